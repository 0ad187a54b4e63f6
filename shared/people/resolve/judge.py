"""Who the people and rows of a component are: which sources make which candidate, and what is asked of a person."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from shared.models.collections import REDIRECTS
from shared.models.values import pick
from shared.people.prepared import PreparedSource
from shared.people.resolve.components import Component
from shared.people.resolve.crowds import without_crowds
from shared.people.resolve.evidence import SourceEvidence, evidence_of
from shared.people.resolve.partition import Partition, PersonGroup, Unit, partition
from shared.people.stored import SourceDocuments, StoredPerson, TargetPerson
from shared.ports import Ports

if TYPE_CHECKING:
    from shared.models.documents.people import CandidateDocument, SourceDocument
    from shared.models.documents.profiles import FlagData


_FOUND_BY_STAGES: Final = ("classification", "enrichment", "stages")


@dataclass(eq=False)
class JudgedPerson:
    """Sources that are one person, the stored candidates they come from, and the rows among them."""

    group: PersonGroup
    people: list[StoredPerson] = field(default_factory=list)  # whose first source is here
    rows: list[PreparedSource] = field(default_factory=list)
    sources: SourceDocuments = field(default_factory=dict)
    new_id: str = ""
    is_restored: bool = False

    @property
    def heir(self) -> StoredPerson | None:
        """The oldest of the stored candidates."""
        return min(self.people, key=_age) if self.people else None

    @property
    def id(self) -> str:
        """The candidate id this person has or will have."""
        return self.heir.id if self.heir else self.new_id

    @property
    def pool(self) -> str:
        """The pool of all sources."""
        return str(next(iter(self.sources.values()))["pool"])

    def target(self, flags: list[FlagData], shares_keys: bool, gone: Mapping[str, str]) -> TargetPerson:
        """Return the candidate as it shall be. `gone`: candidates that join another -> that one."""
        absorbed = [person.data for person in self.people if person is not self.heir]
        before = self.heir
        if before is not None and gone:
            pointers = [flag for person in self.people for flag in person.data.get("flags") or ()]
            before = replace(before, data={**before.data, "flags": moved_flags(pointers, gone, self.id)})
        return TargetPerson(
            self.id,
            self.pool,
            before,
            self.sources,
            inherited(absorbed),
            identity_flags=flags,
            restored=self.is_restored,
            shares_keys=shares_keys,
        )


@dataclass
class Judgement:
    """The people of a component."""

    people: list[JudgedPerson]
    partition: Partition


def judge(ports: Ports, component: Component) -> Judgement:
    """Return who the sources of a component are. People a person joined by hand are not taken apart."""
    documents = _documents(ports, component)
    judged = _judged(component, documents, ())
    split = _split_people(judged, component.people)
    if split:
        by_hand = _joined_by_hand(ports, split)
        if by_hand:
            judged = _judged(component, documents, by_hand)
        _name_parts(ports, judged, split)
    return judged


def inherited(absorbed: Sequence[CandidateDocument]) -> CandidateDocument:
    """Return what stages found on records that join another: it stays where the other has nothing."""
    fields: CandidateDocument = {}
    for data in absorbed:
        fields = {**pick(data, _FOUND_BY_STAGES), **fields}
    return fields


def moved_flags(flags: Sequence[FlagData], gone: Mapping[str, str], owner: str) -> list[FlagData]:
    """Return flags that name whom candidates joined, each once; those that would name their own record are left out."""
    moved: list[FlagData] = []
    for flag in flags:
        new: FlagData = {**flag}
        other = flag.get("candidate_id")
        if other and other in gone:
            new["candidate_id"] = gone[other]
        if new.get("candidate_id") != owner and new not in moved:
            moved.append(new)
    return moved


def units_of(sources: Mapping[str, SourceDocument], together: Iterable[set[str]] = ()) -> list[Unit]:
    """Return the sources of one or more candidates as units: what a person said is one stays one.

    Corrections and sources that say nothing of who it is stay with the first source of their candidate.
    """
    ties = [set(group) for group in together]
    ties += _tied_by_decision(sources)
    ties += _tied_to_first(sources)
    unit_of = _connected(sources, ties)
    units: dict[str, Unit] = {}
    for id_, source in sources.items():
        unit = units.setdefault(unit_of[id_], Unit([]))
        unit.sources.append(evidence_of(source, source.get("keys") or ()))
        unit.apart |= frozenset(source.get("apart") or ())
    return list(units.values())


def _tied_by_decision(sources: Mapping[str, SourceDocument]) -> list[set[str]]:
    decisions: dict[str, set[str]] = {}
    for id_, source in sources.items():
        for decision in source.get("together") or ():
            decisions.setdefault(decision, set()).add(id_)
    return list(decisions.values())


def _tied_to_first(sources: Mapping[str, SourceDocument]) -> list[set[str]]:
    ties: list[set[str]] = []
    first: dict[str, str] = {}
    for id_ in sorted(sources, key=lambda id_: _source_age(sources[id_])):
        if _says_who(sources[id_]):
            first.setdefault(sources[id_]["candidate_id"], id_)
    for id_, source in sources.items():
        leader = first.get(source["candidate_id"])
        if leader and not _says_who(source):
            ties.append({id_, leader})
    return ties


def _says_who(source: SourceDocument) -> bool:
    """Whether a source by itself says who it is about."""
    if source["kind"] == "correction":
        return False
    return bool(source.get("keys") or (source["facts"].get("person") or {}).get("name"))


def _connected(sources: Iterable[str], ties: Iterable[set[str]]) -> dict[str, str]:
    """Return source id -> the id that stands for all it is tied to."""
    leader = {id_: id_ for id_ in sources}
    for tie in ties:
        leaders = {leader[id_] for id_ in tie if id_ in leader}
        lowest = min(leaders, default="")
        for id_ in leader if len(leaders) > 1 else ():
            if leader[id_] in leaders:
                leader[id_] = lowest
    return leader


def _documents(ports: Ports, component: Component) -> SourceDocuments:
    """Return all sources with the keys they carry now."""
    documents: SourceDocuments = {}
    for person in component.people:
        documents |= person.documents()
    documents |= component.replaced
    for row in component.rows:
        documents[row.source_id] = {**row.source, "keys": row.keys}
    if component.crowds:
        for id_, source in documents.items():
            documents[id_] = {**source, "keys": without_crowds(source, component.crowds, ports.key_secret)}
    return documents


def _judged(component: Component, documents: SourceDocuments, together: Iterable[set[str]]) -> Judgement:
    result = partition(units_of(documents, together))
    people = [JudgedPerson(group) for group in result.groups]
    owner: dict[str, JudgedPerson] = {}
    for person in people:
        for evidence in person.group.sources():
            owner[evidence.source_id] = person
            person.sources[evidence.source_id] = documents[evidence.source_id]
    for stored in component.people:
        owner[_first_source(stored)].people.append(stored)
    for row in component.rows:
        person = owner[row.source_id]
        person.rows.append(row)
        person.new_id = person.new_id or row.candidate_id
    return Judgement(people, result)


def _first_source(person: StoredPerson) -> str:
    first = min(person.documents().values(), key=lambda source: (not _says_who(source), _source_age(source)))
    return str(first["id"])


def _split_people(judgement: Judgement, people: Sequence[StoredPerson]) -> list[StoredPerson]:
    """Return stored candidates whose sources are several people now."""
    owner = {id_: person for person in judgement.people for id_ in person.sources}
    return [person for person in people if len({id(owner[id_]) for id_ in person.sources}) > 1]


def _joined_by_hand(ports: Ports, people: Sequence[StoredPerson]) -> list[set[str]]:
    ids = [person.id for person in people]
    redirects = ports.store.query(REDIRECTS, [("candidate_id", "in", ids)])
    by_hand = {row.data["candidate_id"] for row in redirects if row.data.get("by") == "hand"}
    return [set(person.sources) for person in people if person.id in by_hand]


def _name_parts(ports: Ports, judgement: Judgement, split: Sequence[StoredPerson]) -> None:
    """Give parts of a candidate that was taken apart an id: that of a record it once was, or a new one."""
    nameless = [person for person in judgement.people if not person.people and not person.new_id]
    if not nameless:
        return
    redirects = ports.store.query(REDIRECTS, [("candidate_id", "in", [person.id for person in split])])
    former = {row.id: set(row.data["sources"]) for row in redirects}
    for person in nameless:
        old = next((id_ for id_, sources in sorted(former.items()) if set(person.sources) <= sources), None)
        if old:
            del former[old]
        person.new_id = old or secrets.token_hex(10)
        person.is_restored = bool(old)


def _age(person: StoredPerson) -> tuple[str, str]:
    return person.data.get("created_at") or "", person.id


def _source_age(source: SourceDocument) -> tuple[str, int, str]:
    return source["at"], source.get("row") or 0, source["id"]


def evidence(person: JudgedPerson) -> list[SourceEvidence]:
    """Return the evidence of all sources of a person."""
    return person.group.sources()
