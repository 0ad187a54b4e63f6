"""A record taken out of its pool: what was said of the person goes, the files it was said in stay."""

from __future__ import annotations

from shared.errors import NotFound
from shared.models.collections import REDIRECTS
from shared.people.flags import unflag_writes
from shared.people.match_deletes import match_deletes
from shared.people.notes import note_deletes
from shared.people.stored import load_people, plan_changes
from shared.ports import Delete, Ports, Write
from shared.retry import write_until_accepted


def remove_candidate(ports: Ports, candidate_id: str) -> None:
    """Remove the record with its sources, keys, vectors, matches and notes. Raises `NotFound`, `Retryable`.

    The same file imported again brings the person back: erasure is what keeps them away.
    """

    def build() -> tuple[list[Write], None]:
        person = load_people(ports, [candidate_id]).get(candidate_id)
        if person is None:
            raise NotFound(f"no candidate {candidate_id}")
        redirects = ports.store.query(REDIRECTS, [("candidate_id", "==", person.id)], fields=())
        writes: list[Write] = [*plan_changes([person], [], ports.now()), *unflag_writes(ports, person)]
        writes += match_deletes(ports, "candidate_id", [person.id])
        writes += note_deletes(ports, person.id)
        writes += [Delete(REDIRECTS, row.id) for row in redirects]
        return writes, None

    write_until_accepted(ports.store, build, f"candidate {candidate_id}")
