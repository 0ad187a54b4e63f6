"""Keys other programs sign in with: shown once, stored as a keyed hash, scoped, revocable."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from shared.access.reads import could_be_id
from shared.access.scope import allow
from shared.errors import InvalidRequest, NotFound, NotSignedIn
from shared.models.caller import ApiKey, Caller, Role
from shared.models.collections import API_KEYS
from shared.ports import Create, Ports, Update

PREFIX: Final = "sk_"
_KEY: Final = re.compile(r"sk_([0-9a-f]{12})_([0-9a-f]{64})")
_MOST_DAYS: Final = 3650
_ROLES: Final = ("service", "admin")


def issue(
    ports: Ports, caller: Caller, name: str, role: Role, pools: Sequence[str], days: int | None = None
) -> tuple[ApiKey, str]:
    """Make a key for a program, good for so many days or until revoked; return its record and the key itself.

    Raises `NotAllowed` for all but admins, `InvalidRequest` for a key that could see nothing or has no name.
    """
    allow(caller, "administer")
    if role not in _ROLES:
        raise InvalidRequest(f"role {role}: a key is for a program, so service or admin")
    if (role == "service") != bool(pools):
        raise InvalidRequest("a service's key names the pools it sees; an admin's names none, it sees all")
    if not name.strip() or len(name) > 100:
        raise InvalidRequest("name: say in at most 100 characters what the key is for")
    if days is not None and not 1 <= days <= _MOST_DAYS:
        raise InvalidRequest(f"days: 1 to {_MOST_DAYS}")
    id_, secret = secrets.token_hex(6), secrets.token_hex(32)
    key = ApiKey(id=id_, name=name.strip(), role=role, pools=tuple(pools), hash=_hash(ports, id_, secret),
                 issued_by=caller.uid, at=ports.now(), expires_at=_in(ports, days))  # fmt: skip
    ports.store.commit([[Create(API_KEYS, id_, key.model_dump(mode="json", exclude_none=True))]])
    return key, f"{PREFIX}{id_}_{secret}"


def revoke(ports: Ports, caller: Caller, id_: str) -> None:
    """Let nobody in with this key any more; twice is fine. Raises `NotAllowed`, `NotFound`."""
    allow(caller, "administer")
    row = ports.store.get(API_KEYS, [id_]).get(id_) if could_be_id(id_) else None
    if row is None:
        raise NotFound(f"no key {id_}")
    if not row.data.get("revoked_at"):
        ports.store.commit([[Update(API_KEYS, id_, {"revoked_at": ports.now()}, None)]])


def list_keys(ports: Ports, caller: Caller) -> list[ApiKey]:
    """Return all keys, revoked ones too. Raises `NotAllowed`."""
    allow(caller, "administer")
    return [ApiKey.model_validate(row.data) for row in ports.store.query(API_KEYS)]


def caller_of_key(ports: Ports, key: str) -> Caller:
    """Return whom a key stands for. Raises `NotSignedIn`, the same for every key that is none."""
    parts = _KEY.fullmatch(key)
    row = ports.store.get(API_KEYS, [parts[1]]).get(parts[1]) if parts else None
    if parts and row:
        known = ApiKey.model_validate(row.data)
        fits = hmac.compare_digest(known.hash, _hash(ports, known.id, parts[2]))
        if fits and not known.revoked_at and (known.expires_at is None or ports.now() < known.expires_at):
            return Caller(uid=f"key:{known.id}", role=known.role, pools=known.pools)
    raise NotSignedIn("the key is not valid: unknown, revoked or expired")


def _in(ports: Ports, days: int | None) -> str | None:
    if days is None:
        return None
    then = datetime.fromisoformat(ports.now()) + timedelta(days=days)
    return then.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _hash(ports: Ports, id_: str, secret: str) -> str:
    return hmac.new(ports.key_secret, f"api key\x1f{id_}\x1f{secret}".encode(), hashlib.sha256).hexdigest()
