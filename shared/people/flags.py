"""Flags and proposals of others that point to a record."""

from __future__ import annotations

from shared.people.proposals import proposal_deletes
from shared.people.stored import StoredPerson
from shared.ports import Ports, Update, Write


def unflag_writes(ports: Ports, gone: StoredPerson) -> list[Write]:
    """Return writes that remove flags of others which point to a record that is gone, and proposals about it."""
    flags = gone.data.get("flags") or ()
    others = {flag["candidate_id"] for flag in flags if flag.get("candidate_id")}
    if not others:
        return []
    rows = ports.store.get("candidates", sorted(others), fields=("flags",))
    writes: list[Write] = []
    for row in rows.values():
        before = row.data.get("flags") or []
        kept = [flag for flag in before if flag.get("candidate_id") != gone.id]
        if len(kept) < len(before):
            writes.append(Update("candidates", row.id, {"flags": kept}, None))
    return writes + proposal_deletes(ports, [gone.id])
