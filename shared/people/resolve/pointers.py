"""What other records say of a candidate who joined another points to that one from now on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shared.models.collections import CANDIDATES, PROPOSALS
from shared.people.resolve.findings import PAIR_FLAGS, Proposal, proposal_id
from shared.people.resolve.judge import moved_flags
from shared.people.stored import StoredPerson
from shared.ports import Create, Delete, Ports, Update, Write


def pointer_writes(
    ports: Ports, people: Sequence[StoredPerson], gone: Mapping[str, str], opened: Mapping[str, Proposal]
) -> list[Write]:
    """Return writes that let flags and proposals of others name whom these joined.

    `people`: all candidates that are written; `opened`: proposals that are written, too.
    """
    if not any(_points_elsewhere(person) for person in people if person.id in gone):
        return []
    written = {person.id for person in people}
    outside = {
        other
        for person in people
        if person.id in gone
        for flag in person.data.get("flags") or ()
        if (other := flag.get("candidate_id")) and other not in written
    }
    writes: list[Write] = []
    rows = ports.store.get(CANDIDATES, sorted(outside), fields=("flags",)) if outside else {}
    for row in rows.values():
        flags = moved_flags(row.data.get("flags") or [], gone, row.id)
        writes.append(Update(CANDIDATES, row.id, {"flags": flags}, row.version))
    return writes + _proposal_moves(ports, gone, opened)


def _points_elsewhere(person: StoredPerson) -> bool:
    return any(flag.get("candidate_id") for flag in person.data.get("flags") or ())


def _proposal_moves(ports: Ports, gone: Mapping[str, str], opened: Mapping[str, Proposal]) -> list[Write]:
    """Proposals that key evidence opened are written with their people; the others move with whom they name."""
    writes: list[Write] = []
    targets: set[str] = set(opened)
    for id_, heir in gone.items():
        for row in ports.store.query(PROPOSALS, [("candidate_ids", "array_contains", id_)]):
            if row.data["kind"] in PAIR_FLAGS and row.data["state"] == "open":
                continue
            other = next((each for each in row.data["candidate_ids"] if each != id_), id_)
            other = gone.get(other, other)
            writes.append(Delete(PROPOSALS, row.id))
            new_id = proposal_id(heir, other)
            if other != heir and new_id not in targets and not ports.store.get(PROPOSALS, [new_id], fields=()):
                targets.add(new_id)
                document = {**row.data, "id": new_id, "candidate_ids": sorted((heir, other))}
                writes.append(Create(PROPOSALS, new_id, document))
    return writes
