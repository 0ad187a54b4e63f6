"""One record shown to somebody outside of its pool: `readers` on the candidate, written by admins alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from shared.access.reads import MOST_SHARED, Reads, could_be_id
from shared.access.scope import allow
from shared.errors import InvalidRequest
from shared.models.collections import CANDIDATES, MEMBERS
from shared.ports import Ports, Update, Write
from shared.retry import write_until_accepted

MOST_READERS: Final = 100  # of one record: a list everybody is on is a pool


def share(ports: Ports, reads: Reads, candidate_id: str, uid: str) -> list[str]:
    """Show the candidate to this member; return who it is shared with. Twice is fine.

    Raises `NotAllowed`, `NotFound`, `InvalidRequest` for somebody who is no member or cannot be shared with.
    """
    allow(reads.caller, "share")
    member = ports.store.get(MEMBERS, [uid], fields=("role",)).get(uid) if could_be_id(uid) else None
    if member is None or member.data["role"] != "recruiter":
        raise InvalidRequest("reader: the uid of a member who is a recruiter")
    if ports.store.count(CANDIDATES, [("readers", "array_contains", uid)]) >= MOST_SHARED:
        raise InvalidRequest(f"{MOST_SHARED} records are shared with this reader: give them the pool")
    return _change(ports, reads, candidate_id, lambda readers: [*readers, *({uid} - set(readers))])


def unshare(ports: Ports, reads: Reads, candidate_id: str, uid: str) -> list[str]:
    """Show the candidate to this member no longer; return who it is still shared with. Twice is fine."""
    allow(reads.caller, "share")
    return _change(ports, reads, candidate_id, lambda readers: [each for each in readers if each != uid])


def _change(ports: Ports, reads: Reads, candidate_id: str, wanted: Callable[[list[str]], list[str]]) -> list[str]:
    def build() -> tuple[list[Write], list[str]]:
        row = reads.one(CANDIDATES, candidate_id, fields=("readers",))
        before = list(row.data.get("readers") or ())
        after = wanted(before)
        if after == before:
            return [], before
        if len(after) > MOST_READERS:
            raise InvalidRequest(f"a record is shared with at most {MOST_READERS}; more are a pool")
        return [Update(CANDIDATES, row.id, {"readers": after}, row.version)], after

    return write_until_accepted(ports.store, build, f"candidate {candidate_id}")
