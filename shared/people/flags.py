"""Flags on a record that point to another record."""

from __future__ import annotations

from shared.people.stored import StoredPerson
from shared.ports import Ports, Update, Write


def unflag_writes(ports: Ports, gone: StoredPerson) -> list[Write]:
    """Return writes that remove flags of others which point to a record that is gone."""
    others = {flag["candidate_id"] for flag in gone.data.get("flags") or () if flag.get("candidate_id")}
    rows = ports.store.get("candidates", sorted(others), fields=("flags",)) if others else {}
    return [
        Update(
            "candidates", row.id, {"flags": [f for f in row.data["flags"] if f.get("candidate_id") != gone.id]}, None
        )
        for row in rows.values()
        if any(flag.get("candidate_id") == gone.id for flag in row.data.get("flags") or ())
    ]
