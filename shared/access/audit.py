"""Who searched what, saw whom, changed or shared what: one document a request, written once and never touched again."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, cast

from shared.access import allow
from shared.models.caller import AuditEntry, Caller
from shared.models.collections import AUDIT
from shared.models.values import JsonValue
from shared.ports import Create, Ports

if TYPE_CHECKING:
    from shared.models.documents.access import AuditDocument

MOST_SUBJECTS: Final = 1000  # ids of one entry; more are counted


def record(
    ports: Ports,
    caller: Caller,
    action: str,
    subjects: Sequence[str] = (),
    details: Mapping[str, JsonValue] | None = None,
    request_id: str | None = None,
) -> str:
    """Write down what somebody did to these candidates; return the entry's id. `details`: never personal data."""
    said = dict(details or {})
    if len(subjects) > MOST_SUBJECTS:
        said["subjects_in_all"] = len(subjects)
    entry = AuditEntry(id=secrets.token_hex(8), at=ports.now(), who=caller.uid, role=caller.role, action=action,
                       subjects=tuple(subjects[:MOST_SUBJECTS]), details=said, request_id=request_id)  # fmt: skip
    ports.store.commit(
        [[Create(AUDIT, entry.id, cast("AuditDocument", entry.model_dump(mode="json", exclude_none=True)))]]
    )
    return entry.id


def fingerprint(ports: Ports, text: str) -> str:
    """Return a keyed hash of words that may name somebody: equal searches are recognised, nothing can be read."""
    return hmac.new(ports.key_secret, f"audit\x1f{text}".encode(), hashlib.sha256).hexdigest()[:32]


def entries(
    ports: Ports,
    caller: Caller,
    who: str | None = None,
    candidate_id: str | None = None,
    since: str | None = None,
    limit: int = 100,
) -> list[AuditEntry]:
    """Return what was done, newest first, by one caller or to one candidate. Raises `NotAllowed` for all but admins."""
    allow(caller, "administer")
    where: list[Any] = [("subjects", "array_contains", candidate_id)] if candidate_id else []
    where += [("who", "==", who)] if who else []
    where += [("at", ">=", since)] if since else []
    rows = ports.store.query(AUDIT, where, order="-at", limit=limit)
    return [AuditEntry.model_validate(row.data) for row in rows]
