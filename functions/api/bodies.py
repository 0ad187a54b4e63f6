"""What requests about access may say: a file of its own, so that a health check does not wait for pydantic."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from shared.models.caller import Role


class Body(BaseModel):
    """A JSON body; what it does not know it refuses."""

    model_config = ConfigDict(extra="forbid")


class MemberBody(Body):
    """What a member may be."""

    role: Role
    pools: list[str] = Field(default_factory=list, max_length=100)
    candidate_id: str | None = Field(None, max_length=100)


class KeyBody(Body):
    """A key for a program."""

    name: str = Field(max_length=100)
    role: Role = "service"
    pools: list[str] = Field(default_factory=list, max_length=100)
    days: int | None = None


class ReaderBody(Body):
    """Whom a candidate is shared with."""

    uid: str = Field(min_length=1, max_length=128)


class PoolBody(Body):
    """A pool to be made."""

    name: str = Field(max_length=64)
