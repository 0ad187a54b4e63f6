"""Who asks, and what says so: members, keys of other programs, and the record of what everybody did."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from shared.models.frozen import Frozen

Role = Literal["recruiter", "admin", "candidate", "service"]


class Caller(Frozen):
    """Whom a request comes from. What a role sees and may do is decided in shared/access."""

    uid: Annotated[str, "who", "uid-7"] = "local"
    role: Annotated[Role, "what they are", "recruiter"] = "admin"
    pools: Annotated[tuple[str, ...], "of a recruiter or service; an admin sees every pool", '["default"]'] = ()
    candidate_id: Annotated[str | None, "of a candidate: their own record", "9f2c41d07ab35e6688c1"] = None


class Member(Frozen):
    """What somebody who signs in may be. The id is their uid, or the e-mail address of a service account."""

    id: str
    role: Role
    pools: tuple[str, ...] = ()
    candidate_id: str | None = None
    added_by: str = ""
    at: str = ""


class ApiKey(Frozen):
    """A key another program signs in with. The key itself is shown once and never stored."""

    id: str
    name: str
    role: Role
    pools: tuple[str, ...] = ()
    hash: str  # keyed hash of the key's secret part
    issued_by: str
    at: str
    expires_at: str | None = None
    revoked_at: str | None = None


class AuditEntry(Frozen):
    """Who did what to whom, written once and never changed. No personal data: ids, counts, versions, hashes."""

    id: str
    at: str
    who: str
    role: Role
    action: str
    subjects: tuple[str, ...] = ()
    details: dict[str, Any] = Field(default_factory=dict)
    request_id: str | None = None
