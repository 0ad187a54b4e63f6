"""The endpoints of who may see what: pools, members, keys, whom a record is shared with, the audit."""

from __future__ import annotations

from typing import Final

from pydantic import BaseModel

from functions.api.bodies import KeyBody, MemberBody, PoolBody, ReaderBody
from functions.openapi.answers import Answer
from functions.openapi.operation import Operation, json, limit, text
from shared.models.caller import AuditEntry, Member, Role


class Pools(Answer):
    """Names of pools."""

    pools: list[str]


class PoolMade(Answer):
    """A pool that exists now."""

    pool: str


class Me(Answer):
    """Who asks."""

    uid: str
    role: Role
    pools: list[str]
    candidate_id: str | None


class Members(Answer):
    """All members."""

    members: list[Member]


class KeyShown(BaseModel):
    """A key without what lets anybody in."""

    id: str
    name: str
    role: Role
    pools: list[str]
    issued_by: str
    at: str
    expires_at: str | None
    revoked_at: str | None


class Keys(Answer):
    """All keys, revoked ones too."""

    api_keys: list[KeyShown]


class KeyMade(KeyShown):
    """A new key: shown this once."""

    key: str


class Readers(Answer):
    """Whom a candidate is shared with."""

    readers: list[str]


class AuditPage(Answer):
    """Entries of the audit, newest first."""

    entries: list[AuditEntry]


ACCESS: Final[dict[str, Operation]] = {
    "api_keys.get_api_keys": Operation({200: Keys}),
    "api_keys.create_api_key": Operation({201: KeyMade}, body=json(KeyBody)),
    "api_keys.revoke_api_key": Operation({204: None}),
    "audit.get_audit": Operation(
        {200: AuditPage},
        query=(text("who", "A uid."), text("candidate_id"), text("since", "A time, UTC."), limit(100, 1000)),
    ),
    "members.get_me": Operation({200: Me}),
    "members.get_members": Operation({200: Members}),
    "members.put_member": Operation({200: Member}, body=json(MemberBody)),
    "members.delete_member": Operation({204: None}),
    "pools.get_pools": Operation({200: Pools}),
    "pools.create_pool": Operation({201: PoolMade}, body=json(PoolBody)),
    "sharing.get_readers": Operation({200: Readers}),
    "sharing.add_reader": Operation({201: Readers}, body=json(ReaderBody)),
    "sharing.remove_reader": Operation({200: Readers}),
}
