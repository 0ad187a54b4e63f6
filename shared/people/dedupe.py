"""Records that share a key and were stored apart are judged again: other tools write documents, and rules change."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypedDict

from shared.models.collections import CANDIDATES
from shared.paging import iter_pages
from shared.people.keys import keys_of
from shared.people.proposals import list_open
from shared.people.resolve.components import component_of
from shared.people.resolve.resolve import decide
from shared.people.stored import ADOPTED, StoredPerson, load_people
from shared.ports import Ports, Stored

if TYPE_CHECKING:
    from shared.models.documents.people import CandidateDocument, ProposalDocument
    from shared.models.documents.profiles import PersonData

Watch = Callable[[int], object]  # told how many records more were looked at
_FIELDS = ("pool", "person", "flags")


class JoinedRecords(TypedDict):
    """Records that joined another."""

    into: str
    merged: list[str]


ProposedPair = TypedDict(
    "ProposedPair",
    {"id": str, "ids": list[str], "names": list[str], "kind": str, "for": list[str], "against": list[str]},
)


class LikelyPair(TypedDict):
    """Two records that are alike and share no key."""

    ids: list[str]
    why: str


class DedupeReport(TypedDict):
    """What was joined, and what people are asked about."""

    dry_run: bool
    merged: list[JoinedRecords]
    likely: list[LikelyPair]
    proposals: list[ProposedPair]


def dedupe(ports: Ports, dry_run: bool = False, watch: Watch = lambda records: None) -> DedupeReport:
    """Judge records again that share a key but were stored apart; list what is joined and what is proposed.

    Pairs a person split, and people who only share an address, stay apart. Every record is looked at twice.
    """
    merged: list[JoinedRecords] = []
    for group in _sharing_a_key(ports, watch):
        merged += _judge_again(ports, group, dry_run)
    proposals = list(list_open(ports))
    likely = [proposal for proposal in proposals if proposal["kind"] == "possible_duplicate"]
    doubtful = [proposal for proposal in proposals if proposal["kind"] != "possible_duplicate"]
    watch(ports.store.count(CANDIDATES))
    return {
        "dry_run": dry_run,
        "merged": merged,
        "likely": [{"ids": proposal["candidate_ids"], "why": _reason(proposal)} for proposal in likely],
        "proposals": _with_names(ports, doubtful),
    }


def _with_names(ports: Ports, proposals: Sequence[ProposalDocument]) -> list[ProposedPair]:
    """Return proposals with the names of both sides."""
    ids = {id_ for proposal in proposals for id_ in proposal["candidate_ids"]}
    people = ports.store.get(CANDIDATES, sorted(ids), fields=("person",)) if ids else {}
    shown: list[ProposedPair] = []
    for proposal in proposals:
        names = [_name(people, id_) for id_ in proposal["candidate_ids"]]
        shown.append(
            {
                "id": proposal["id"],
                "ids": proposal["candidate_ids"],
                "names": names,
                "kind": proposal["kind"],
                "for": proposal["evidence_for"],
                "against": proposal["evidence_against"],
            }
        )
    return shown


def _name(people: dict[str, Stored[CandidateDocument]], id_: str) -> str:
    row = people.get(id_)
    person = (row.data.get("person") or {}) if row is not None else {}
    return str(person.get("name") or "(no name)")


def _reason(proposal: ProposalDocument) -> str:
    return ", ".join([*proposal["evidence_for"], *proposal["evidence_against"]])


def _judge_again(ports: Ports, ids: Sequence[str], dry_run: bool) -> list[JoinedRecords]:
    people = [_with_keys(ports, person) for person in load_people(ports, ids).values()]
    decision = decide(ports, component_of(ports, people), by="dedupe")
    joined: list[JoinedRecords] = []
    for person in decision.judgement.people:
        absorbed = sorted(stored.id for stored in person.people if stored.id != person.id)
        if absorbed:
            joined.append({"into": person.id, "merged": absorbed})
    if joined and not dry_run and ports.store.commit([decision.writes]) != [None]:
        return []  # others write them now: the next call finds what is left
    return joined


def _sharing_a_key(ports: Ports, watch: Watch) -> Iterator[list[str]]:
    """Yield groups of candidate ids whose documents say the same key."""
    holder: dict[str, str] = {}
    leader: dict[str, str] = {}
    members: dict[str, list[str]] = {}
    for row in _all(ports, watch):
        for hash_ in _hashes(ports, row):
            other = holder.setdefault(hash_, row.id)
            if other != row.id:
                _tie(leader, members, row.id, other)
    yield from (sorted(ids) for ids in members.values())


def _tie(leader: dict[str, str], members: dict[str, list[str]], one: str, other: str) -> None:
    first, second = leader.get(other, other), leader.get(one, one)
    if first == second:
        return
    joined = members.pop(second, [second])
    members[first] = [*members.get(first, [first]), *joined]
    for id_ in members[first]:
        leader[id_] = first


def _hashes(ports: Ports, row: Stored[CandidateDocument]) -> list[str]:
    person: PersonData = row.data.get("person") or {}
    return [key["hash"] for key in keys_of(person, row.data.get("pool", "default"), ports.key_secret)]


def _with_keys(ports: Ports, person: StoredPerson) -> StoredPerson:
    """Let sources carry the keys that are read from them today; another tool wrote documents without any."""
    for id_, source in person.sources.items():
        if source.version == ADOPTED:
            source.data["keys"] = keys_of(
                source.data["facts"].get("person") or {}, person.data["pool"], ports.key_secret
            )
            person.sources[id_] = source
    return person


def _all(ports: Ports, watch: Watch) -> Iterator[Stored[CandidateDocument]]:
    for rows in iter_pages(ports.store, CANDIDATES, (), _FIELDS):
        yield from rows
        watch(len(rows))
