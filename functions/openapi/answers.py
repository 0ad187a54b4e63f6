"""What every answer is, and what every refusal says."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class Answer(BaseModel):
    """An answer holds what is named here and nothing besides."""

    model_config = ConfigDict(extra="forbid")


class Problem(BaseModel):
    """What went wrong (RFC 9457). Some kinds of problem say more."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    code: str = Field(description="Stays as it is when `detail` is worded anew.")
    detail: str
    request_id: str
