"""Bodies that endpoints read themselves, as models: those that are models anyway stand beside their endpoints."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


class JobSaid(BaseModel):
    """A job as it is sent. The names applicant systems use are understood as well; what is not is kept as `extra`."""

    model_config = ConfigDict(extra="allow")

    id: str | int | None = Field(None, description="Of the system it comes from.")
    position: str | None = None
    company: str | None = None
    location: str | None = None
    url: str | None = None
    tags: list[str] | str | None = None
    description: str | None = None
    seniority: str | None = None
    status: str | None = Field(None, description="open or closed.")
    extra: Any = None


class RefreshSaid(BaseModel):
    """What is to be matched anew: one job, one candidate, or all open jobs."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"maxProperties": 1})

    job_id: str = ""
    candidate_id: str = ""


class CandidateNamed(BaseModel):
    """A candidate by id."""

    candidate_id: str = Field(min_length=1)


class Announced(BaseModel):
    """Names of the files that will be uploaded."""

    uploads: list[str] = Field(min_length=1, max_length=2000)
