"""A record taken out of its pool: what was said of the person goes, the files it was said in stay."""

from __future__ import annotations

from typing import Final

from shared.errors import NotFound, Retryable
from shared.people.flags import unflag_writes
from shared.people.match_deletes import match_deletes
from shared.people.notes import note_deletes
from shared.people.stored import load_people, plan_changes
from shared.ports import Delete, Ports, Write

_TRIES: Final = 20


def remove_candidate(ports: Ports, candidate_id: str) -> None:
    """Remove the record with its sources, keys, vectors, matches and notes. Raises `NotFound`, `Retryable`.

    The same file imported again brings the person back: erasure is what keeps them away.
    """
    for _ in range(_TRIES):
        known = load_people(ports, [candidate_id]).get(candidate_id)
        if known is None:
            raise NotFound(f"no candidate {candidate_id}")
        redirects = ports.store.query("redirects", [("candidate_id", "==", known.id)], fields=())
        writes: list[Write] = [*plan_changes([known], [], ports.now()), *unflag_writes(ports, known)]
        writes += match_deletes(ports, "candidate_id", [known.id]) + note_deletes(ports, known.id)
        writes += [Delete("redirects", row.id) for row in redirects]
        if ports.store.commit([writes]) == [None]:
            return
    raise Retryable(f"candidate {candidate_id} is being written by others; try again")
