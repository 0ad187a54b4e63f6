"""Joining and parting people because a person says so; what was said stays with the sources for good."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from shared.access.reads import could_be_id
from shared.access.redirects import redirected_id
from shared.errors import InvalidRequest, NotFound
from shared.models.collections import CANDIDATES, REDIRECTS
from shared.models.values import without
from shared.people.match_deletes import match_deletes
from shared.people.resolve.judge import inherited, moved_flags
from shared.people.resolve.pointers import pointer_writes
from shared.people.stored import SourceDocuments, StoredPerson, TargetPerson, load_people, plan_changes
from shared.ports import Ports, Stored, Write
from shared.retry import write_until_accepted

if TYPE_CHECKING:
    from shared.models.documents.people import RedirectDocument, SourceDocument
    from shared.models.documents.profiles import FlagData


def find_id(ports: Ports, candidate_id: str) -> str:
    """Return the id a candidate has now: a merged id leads to the record it joined. Raises `NotFound`."""
    if could_be_id(candidate_id):
        for id_ in (candidate_id, redirected_id(ports.store, candidate_id)):
            if id_ and ports.store.get(CANDIDATES, [id_], fields=()):
                return id_
    raise NotFound(f"no candidate {candidate_id}")


def merge(ports: Ports, one: str, other: str) -> str:
    """Make two candidates one, because a person says so; return the id that stays (the older record's)."""

    def build() -> tuple[list[Write], str]:
        ids = [find_id(ports, one), find_id(ports, other)]
        if ids[0] == ids[1]:
            raise InvalidRequest(f"{one} and {other} are one candidate already")
        people = list(load_people(ports, ids).values())
        if len({person.data["pool"] for person in people}) > 1:
            raise InvalidRequest(f"{one} and {other} are in different pools")
        return merge_writes(ports, people)

    return write_until_accepted(ports.store, build, f"candidate {one} or {other}")


def merge_writes(ports: Ports, people: Sequence[StoredPerson]) -> tuple[list[Write], str]:
    """Return the writes that make these people one for good, and the id that stays."""
    heir = min(people, key=lambda person: (person.data.get("created_at") or "", person.id))
    gone = {person.id: heir.id for person in people if person is not heir}
    decision = secrets.token_hex(8)
    sources: SourceDocuments = {}
    for person in (heir, *people):
        for id_, source in person.documents().items():
            sources[id_] = _joined(source, decision, people)
    pointers = [flag for person in people for flag in person.data.get("flags") or ()]
    before = StoredPerson(
        heir.id, heir.version, {**heir.data, "flags": moved_flags(pointers, gone, heir.id)}, heir.sources, heir.keys
    )
    absorbed = inherited([person.data for person in people if person is not heir])
    target = TargetPerson(heir.id, heir.data.get("pool", "default"), before, sources, absorbed)
    writes = plan_changes(people, [target], ports.now(), by="hand")
    writes += match_deletes(ports, "candidate_id", gone)
    return writes + pointer_writes(ports, people, gone, {}), heir.id


def _joined(source: SourceDocument, decision: str, people: Sequence[StoredPerson]) -> SourceDocument:
    """Return a source that stays with these people; an earlier decision that they are different is void."""
    others = [
        mark for person in people for document in person.documents().values() for mark in document.get("apart") or ()
    ]
    both_sides = {mark.rpartition("/")[0] for mark in others if _other_side(mark) in others}
    apart = [mark for mark in source.get("apart") or () if mark.rpartition("/")[0] not in both_sides]
    joined: SourceDocument = {**source, "together": [*(source.get("together") or ()), decision]}
    if apart or "apart" in source:
        joined["apart"] = apart
    return joined


def _other_side(mark: str) -> str:
    decision, _, side = mark.rpartition("/")
    return f"{decision}/{'1' if side == '0' else '0'}"


def set_apart(groups: Sequence[SourceDocuments]) -> list[SourceDocuments]:
    """Return the sources of two or more people, marked so that nothing but a person ever joins them again."""
    marked: list[SourceDocuments] = [dict(group) for group in groups]
    for second in range(1, len(marked)):
        for first in range(second):
            decision = secrets.token_hex(8)
            for side, place in enumerate((first, second)):
                marked[place] = {id_: _apart(source, f"{decision}/{side}") for id_, source in marked[place].items()}
    return marked


def _apart(source: SourceDocument, mark: str) -> SourceDocument:
    return {**source, "apart": [*(source.get("apart") or ()), mark]}


def split(ports: Ports, candidate_id: str) -> list[str]:
    """Take a merged candidate apart again; return all ids, the one that stays first.

    Records that once were on their own come back under their old ids; else each source becomes a record. They are
    flagged, and nothing joins them again by itself.
    """

    def build() -> tuple[list[Write], list[str]]:
        person = load_people(ports, [find_id(ports, candidate_id)]).popitem()[1]
        targets = _split(ports, person)
        if len(targets) < 2:
            raise InvalidRequest(f"{candidate_id} has one source; there is nothing to split")
        return plan_changes([person], targets, ports.now(), by="split"), [target.id for target in targets]

    return write_until_accepted(ports.store, build, f"candidate {candidate_id}")


def _split(ports: Ports, person: StoredPerson) -> list[TargetPerson]:
    sources: SourceDocuments = {id_: _without_decisions(source) for id_, source in person.documents().items()}
    redirects = ports.store.query(REDIRECTS, [("candidate_id", "==", person.id)])
    leaving = _former_records(redirects, sources) or _one_by_one(sources)
    gone = {id_ for group in leaving.values() for id_ in group}
    groups: dict[str, SourceDocuments] = {person.id: {id_: s for id_, s in sources.items() if id_ not in gone}}
    for id_, own in leaving.items():
        groups[id_] = {source_id: sources[source_id] for source_id in own}
    groups = {id_: group for id_, group in groups.items() if group}
    restored = {row.id for row in redirects}
    targets: list[TargetPerson] = []
    for id_, group in zip(groups, set_apart(list(groups.values())), strict=True):
        before = person if id_ == person.id else None
        flags = [_split_flag(other) for other in groups if other != id_]
        targets.append(
            TargetPerson(
                id_, person.data["pool"], before, group, flags=flags, restored=id_ in restored, shares_keys=True
            )
        )
    return targets


def _without_decisions(source: SourceDocument) -> SourceDocument:
    return without(source, ("together",))


def _split_flag(other: str) -> FlagData:
    return {"kind": "split", "detail": "a person said that they are not the same", "candidate_id": other}


def _former_records(redirects: Iterable[Stored[RedirectDocument]], sources: SourceDocuments) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for row in redirects:
        own = [id_ for id_ in row.data["sources"] if id_ in sources]
        if own:
            groups[row.id] = own
    return groups


def _one_by_one(sources: SourceDocuments) -> dict[str, list[str]]:
    """Let each source but the first be a record; corrections stay with the first."""
    own = [id_ for id_, source in sources.items() if source["kind"] != "correction"]
    own.sort(key=lambda id_: (sources[id_]["at"], sources[id_].get("row") or 0, id_))
    return {secrets.token_hex(10): [id_] for id_ in own[1:]}


def keep_apart_writes(ports: Ports, people: Sequence[StoredPerson]) -> list[Write]:
    """Return the writes that note for good that two people are not the same."""
    marked = set_apart([person.documents() for person in people])
    ids = [person.id for person in people]
    targets: list[TargetPerson] = []
    for person, sources in zip(people, marked, strict=True):
        others = [id_ for id_ in ids if id_ != person.id]
        kept = [flag for flag in person.data.get("flags") or () if flag.get("candidate_id") not in others]
        before = StoredPerson(person.id, person.version, {**person.data, "flags": kept}, person.sources, person.keys)
        flags = [_split_flag(other) for other in others]
        targets.append(TargetPerson(person.id, person.data["pool"], before, sources, flags=flags))
    return plan_changes(people, targets, ports.now(), by="hand")
