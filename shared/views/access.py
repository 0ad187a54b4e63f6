"""Who may see what: pools, members, keys, whom a record is shared with, the audit."""

from __future__ import annotations

from dataclasses import dataclass

from typing_extensions import TypedDict

from shared.models.caller import AuditEntry, Member, Role
from shared.views.answer import Answer


@dataclass(frozen=True, kw_only=True)
class Pools(Answer):
    """Names of pools."""

    pools: list[str]


@dataclass(frozen=True, kw_only=True)
class PoolCreated(Answer):
    """A pool that exists now."""

    pool: str


@dataclass(frozen=True, kw_only=True)
class Me(Answer):
    """Who asks."""

    uid: str
    role: Role
    pools: list[str]
    candidate_id: str | None


@dataclass(frozen=True, kw_only=True)
class Members(Answer):
    """All members."""

    members: list[Member]


class ApiKey(TypedDict):
    """A key without what lets anybody in."""

    id: str
    name: str
    role: Role
    pools: list[str]
    issued_by: str
    at: str
    expires_at: str | None
    revoked_at: str | None


@dataclass(frozen=True, kw_only=True)
class ApiKeys(Answer):
    """All keys, revoked ones too."""

    api_keys: list[ApiKey]


class ApiKeyCreated(ApiKey):
    """A new key: shown this once."""

    key: str


@dataclass(frozen=True, kw_only=True)
class Readers(Answer):
    """Whom a candidate is shared with."""

    readers: list[str]


@dataclass(frozen=True, kw_only=True)
class AuditPage(Answer):
    """Entries of the audit, newest first."""

    entries: list[AuditEntry]
