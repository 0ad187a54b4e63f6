"""Flags and proposals of others that point to a record."""

from __future__ import annotations

from shared.models.collections import CANDIDATES
from shared.people.proposals import proposal_deletes
from shared.people.stored import StoredPerson
from shared.ports import Ports, Update, Write


def unflag_writes(ports: Ports, gone: StoredPerson) -> list[Write]:
    """Return writes that remove flags of others which point to a record that is gone, and proposals about it."""
    flags = gone.data.get("flags") or ()
    others = {other for flag in flags if (other := flag.get("candidate_id"))}
    if not others:
        return []
    rows = ports.store.get(CANDIDATES, sorted(others), fields=("flags",))
    writes: list[Write] = []
    for row in rows.values():
        before = row.data.get("flags") or []
        kept = [flag for flag in before if flag.get("candidate_id") != gone.id]
        if len(kept) < len(before):
            writes.append(Update(CANDIDATES, row.id, {"flags": kept}, None))
    return writes + proposal_deletes(ports, [gone.id])
