"""Ids of records that were merged into another: where each leads, and which lead to a record."""

from __future__ import annotations

from shared.models.collections import REDIRECTS
from shared.ports import Store


def redirected_id(store: Store, candidate_id: str) -> str | None:
    """Return the id a merged id leads to at last, over as many merges as there were; None when it leads nowhere."""
    followed: set[str] = set()
    current = candidate_id
    while current not in followed:
        followed.add(current)
        redirect = store.get(REDIRECTS, [current], fields=("candidate_id",)).get(current)
        if redirect is None:
            break
        current = redirect.data["candidate_id"]
    return current if current != candidate_id else None


def merged_ids(store: Store, candidate_id: str) -> list[str]:
    """Return the ids that lead to this record: those merged into it, and those merged into these before."""
    ids: dict[str, None] = {}
    targets = [candidate_id]
    while targets:
        rows = store.query(REDIRECTS, [("candidate_id", "in", targets)], fields=())
        targets = [row.id for row in rows if row.id not in ids and row.id != candidate_id]
        ids.update(dict.fromkeys(targets))
    return list(ids)
