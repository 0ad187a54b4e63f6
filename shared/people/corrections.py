"""What a recruiter changes on a record: a source of its own that stands over all others, kept and undone like them."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Final

from shared.errors import Conflict, NotFound, WasErased
from shared.models.collections import CANDIDATES, KEYS
from shared.people.fold import fold
from shared.people.keys import keys_of
from shared.people.resolve.crowds import without_crowds
from shared.people.stored import StoredPerson, TargetPerson, carriers_of, load_people, plan_changes
from shared.people.suppression import is_erased
from shared.ports import Ports, Stored, Write
from shared.retry import write_until_accepted
from shared.vocabulary.text import normalize

if TYPE_CHECKING:
    from shared.models.documents.people import (
        CandidateDocument,
        FactsData,
        IdentityKeyData,
        KeyDocument,
        SourceDocument,
    )
    from shared.models.documents.profiles import PersonData

_CONTACTS: Final = {"emails", "links"}  # what identity keys are made of
Sources = dict[str, "SourceDocument"]
Check = Callable[["CandidateDocument"], object]  # raises where the record is not the one that was to be changed


def correct_candidate(
    ports: Ports, candidate_id: str, facts: FactsData, editor: str, check: Check
) -> CandidateDocument:
    """Let the record say what `facts` say (see `Facts`; a field that is there is set, empty takes it away).

    Raises `NotFound`, what `check` raises of the record as it is, `Conflict` for an e-mail address or LinkedIn name
    that is another record's, `WasErased` for one of somebody who was erased, `Retryable`.
    """
    source: SourceDocument = {
        "id": f"correction-{secrets.token_hex(8)}",
        "kind": "correction",
        "editor": editor,
        "facts": facts,
    }

    def corrected(known: StoredPerson) -> Sources:
        keys = _free_keys(ports, known, facts.get("person") or {})
        mine: SourceDocument = {**source, **_whose(ports, known), "keys": keys}
        sources: Sources = {id_: row.data for id_, row in known.sources.items()} | {str(mine["id"]): mine}
        return _with_keys_of(ports, known, sources) if _CONTACTS & {*(facts.get("person") or ())} else sources

    return _changed(ports, candidate_id, corrected, check)


def tag_candidate(ports: Ports, candidate_id: str, tag: str, put: bool, editor: str) -> CandidateDocument:
    """Put a tag on the record, or take it away, whatever applications say; twice is fine.

    All tags set by hand are one source, so that a hundred clicks do not make a hundred sources. Raises `NotFound`,
    `Retryable`.
    """

    def tagged(known: StoredPerson) -> Sources:
        id_ = f"tags-{known.id}"
        stored: FactsData = known.sources[id_].data["facts"] if id_ in known.sources else {}
        tags_put = _others(stored.get("tags_put") or (), tag)
        tags_dropped = _others(stored.get("tags_dropped") or (), tag)
        (tags_put if put else tags_dropped).append(tag)
        source: SourceDocument = {
            "id": id_,
            "kind": "correction",
            "editor": editor,
            "facts": {"tags_put": tags_put, "tags_dropped": tags_dropped},
            "keys": [],
            **_whose(ports, known),
        }
        return {**known.documents(), id_: source}

    return _changed(ports, candidate_id, tagged, lambda data: None)


def _others(tags: Iterable[str], tag: str) -> list[str]:
    return [other for other in tags if normalize(other) != normalize(tag)]


def _changed(
    ports: Ports, candidate_id: str, sources_of: Callable[[StoredPerson], Sources], check: Check
) -> CandidateDocument:
    def build() -> tuple[list[Write], None]:
        person = load_people(ports, [candidate_id]).get(candidate_id)
        if person is None:
            raise NotFound(f"no candidate {candidate_id}")
        check(person.data)
        target = TargetPerson(person.id, person.data["pool"], person, sources_of(person))
        return plan_changes([person], [target], ports.now(), by="correction"), None

    write_until_accepted(ports.store, build, f"candidate {candidate_id}")
    return ports.store.get(CANDIDATES, [candidate_id])[candidate_id].data


def _whose(ports: Ports, known: StoredPerson) -> SourceDocument:
    return {"candidate_id": known.id, "pool": known.data["pool"], "at": ports.now(), "outcome": "merged"}


def _free_keys(ports: Ports, known: StoredPerson, person: PersonData) -> list[IdentityKeyData]:
    """Return the keys the corrected contacts claim. Raises `Conflict` when somebody else holds one."""
    keys = keys_of(person, known.data["pool"], ports.key_secret)
    if keys and is_erased(ports, [key["hash"] for key in keys]):
        raise WasErased("somebody of this address was erased and is not taken in again")
    held = ports.store.get(KEYS, [key["hash"] for key in keys]) if keys else {}
    for key in keys:
        carriers = carriers_of(held[key["hash"]].data) if key["hash"] in held else [known.id]
        if known.id not in carriers and carriers:
            what = "e-mail address" if key["kind"] == "email" else "LinkedIn name"
            raise Conflict(f"this {what} is candidate {carriers[0]}'s: merge the two, or correct the other first")
    return without_crowds({"keys": keys, "facts": {"person": person}}, _crowds(held), ports.key_secret)


def _crowds(held: Mapping[str, Stored[KeyDocument]]) -> set[str]:
    return {hash_ for hash_, key in held.items() if key.data.get("crowd")}


def _with_keys_of(ports: Ports, known: StoredPerson, sources: Sources) -> Sources:
    """Let go of keys of contacts the person has no longer: whoever really has them is no longer taken for this one."""
    person = fold(list(sources.values()))["person"]
    own = {key["hash"] for key in keys_of(person, known.data["pool"], ports.key_secret)}
    return {
        id_: {**source, "keys": [key for key in source.get("keys") or () if key["hash"] in own or key["kind"] == "ats"]}
        for id_, source in sources.items()
    }
