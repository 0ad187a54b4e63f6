"""What people are asked about: pairs that share a key and are not joined, with what speaks for and against it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Final, Literal

from shared.models.collections import PROPOSALS
from shared.models.values import changed_fields
from shared.people.resolve.crowds import NAME_AT
from shared.people.resolve.evidence import SourceEvidence, agreement, contradictions, supports
from shared.people.resolve.judge import JudgedPerson, Judgement, evidence
from shared.people.resolve.partition import PersonGroup, tie_strength
from shared.people.stored import StoredPerson
from shared.ports import Create, Delete, Ports, Update, Write
from shared.reading.text.names import Agreement

if TYPE_CHECKING:
    from shared.models.documents.people import ProposalDocument
    from shared.models.documents.profiles import FlagData

PAIR_FLAGS: Final = ("shared_contact", "unsure_match")  # of two records, each naming the other
_ASKED_TOGETHER: Final = 5  # people at one key who are asked about pair by pair, when no two names are different
_KEY_WORDS: Final = {"email": "same e-mail address", "linkedin": "same LinkedIn profile", "ats": "same ATS id",
                     NAME_AT: "same e-mail address"}  # fmt: skip
_FOR_WORDS: Final = {
    "phone": "same phone number",
    "position": "same employer and start",
    "school": "same school and year",
}
_AGAINST_WORDS: Final = {
    "linkedin": "other LinkedIn profile",
    "phone": "other phone number",
    "position": "other positions",
}
_NAME_WORDS: Final = {
    Agreement.SAME: "same name",
    Agreement.HALF: "only one of the two names agrees",
    Agreement.FAINT: "the names may be one",
    Agreement.DIFFERENT: "plainly different names",
    Agreement.UNKNOWN: "a name is missing",
}
_SPEAKS_FOR: Final = (Agreement.SAME,)
_DETAILS: Final = {
    "shared_contact": "same address or profile, plainly different name",
    "unsure_match": "same address, profile or id; names or facts agree only in part",
}
_CROWD_FLAGS: Final[dict[str, FlagData]] = {
    "email": {"kind": "shared_mailbox", "detail": "people of different names use one of the addresses"},
    "linkedin": {"kind": "shared_contact", "detail": "people of different names give one LinkedIn profile"},
}


ProposalKind = Literal["shared_contact", "unsure_match", "possible_duplicate"]


@dataclass(frozen=True)
class Proposal:
    """Two records that may be one person."""

    kind: ProposalKind
    ids: tuple[str, str]
    evidence_for: tuple[str, ...]
    evidence_against: tuple[str, ...]

    @property
    def id(self) -> str:
        """The id in `proposals`."""
        return proposal_id(*self.ids)


@dataclass
class Findings:
    """What the people of a component have to do with each other."""

    flags: dict[str, list[FlagData]] = field(default_factory=dict)  # candidate id -> flags
    sharing: set[str] = field(default_factory=set)  # candidates who carry a key that another one carries
    proposals: dict[str, Proposal] = field(default_factory=dict)


def proposal_id(one: str, other: str) -> str:
    """Return the id of the proposal about two candidates."""
    return "~".join(sorted((one, other)))


def find_proposals(judgement: Judgement) -> Findings:
    """Return flags and proposals of people who share a key and are not one."""
    findings = Findings({person.id: [] for person in judgement.people})
    shared = judgement.partition.shared
    for hash_, kind, people in _keys_of_several(judgement.people):
        findings.sharing.update(person.id for person in people)
        if len(people) == 2 or (hash_ not in shared and len(people) <= _ASKED_TOGETHER):
            for one, other in combinations(people, 2):
                _propose(findings, one, other, shared)
        elif flag := _CROWD_FLAGS.get(kind):
            _flag_all(findings, people, flag)
    for person in judgement.people:
        if any(key == NAME_AT for source in evidence(person) for key in source.keys.values()):
            _flag_all(findings, [person], _CROWD_FLAGS["email"])
    return findings


def proposal_writes(
    ports: Ports, findings: Findings, before: Iterable[StoredPerson], pool: str, now: str
) -> list[Write]:
    """Return writes that turn the open proposals of these candidates into those that were found."""
    stale = {id_ for person in before for id_ in _open_pairs(person)} - findings.proposals.keys()
    writes: list[Write] = [Delete(PROPOSALS, id_) for id_ in sorted(stale)]
    known = ports.store.get(PROPOSALS, sorted(findings.proposals)) if findings.proposals else {}
    for id_, proposal in findings.proposals.items():
        if id_ not in known:
            writes.append(Create(PROPOSALS, id_, proposal_document(proposal, pool, now)))
        elif known[id_].data["state"] == "open" and _differs(known[id_].data, proposal):
            fields = _said(proposal)
            writes.append(Update(PROPOSALS, id_, fields, known[id_].version))
    return writes


def proposal_document(proposal: Proposal, pool: str, now: str) -> ProposalDocument:
    """Return an open proposal as it is stored."""
    return {
        "id": proposal.id,
        "pool": pool,
        "candidate_ids": list(proposal.ids),
        **_said(proposal),
        "state": "open",
        "at": now,
    }


def likely_duplicate_write(pool: str, one: str, other: str, now: str) -> Create[ProposalDocument]:
    """Return the write of a proposal about two records that are alike and share no key."""
    ids = (one, other) if one < other else (other, one)
    proposal = Proposal("possible_duplicate", ids, ("same name", "same employer"), ("no shared key",))
    return Create(PROPOSALS, proposal.id, proposal_document(proposal, pool, now))


def _said(proposal: Proposal) -> ProposalDocument:
    return {
        "kind": proposal.kind,
        "evidence_for": list(proposal.evidence_for),
        "evidence_against": list(proposal.evidence_against),
    }


def _differs(stored: ProposalDocument, proposal: Proposal) -> bool:
    return bool(changed_fields(stored, _said(proposal)))


def _open_pairs(person: StoredPerson) -> list[str]:
    flags = person.data.get("flags") or ()
    return [
        proposal_id(person.id, other)
        for flag in flags
        if flag["kind"] in PAIR_FLAGS and (other := flag.get("candidate_id"))
    ]


def _keys_of_several(people: Sequence[JudgedPerson]) -> list[tuple[str, str, list[JudgedPerson]]]:
    carriers: dict[str, tuple[str, list[JudgedPerson]]] = {}
    for person in people:
        keys = {hash_: kind for source in evidence(person) for hash_, kind in source.keys.items()}
        for hash_, kind in keys.items():
            carriers.setdefault(hash_, (kind, []))[1].append(person)
    return [(hash_, kind, several) for hash_, (kind, several) in carriers.items() if len(several) > 1]


def _flag_all(findings: Findings, people: Iterable[JudgedPerson], flag: FlagData) -> None:
    for person in people:
        if flag not in findings.flags[person.id]:
            findings.flags[person.id].append({**flag})


def _propose(findings: Findings, one: JudgedPerson, other: JudgedPerson, shared: set[str]) -> None:
    if decided_apart(one.group, other.group):
        return
    proposal = compare(one.id, evidence(one), other.id, evidence(other), shared)
    if proposal is None or proposal.id in findings.proposals:
        return
    findings.proposals[proposal.id] = proposal
    for here, there in (proposal.ids, reversed(proposal.ids)):
        flag: FlagData = {"kind": proposal.kind, "detail": _DETAILS[proposal.kind], "candidate_id": there}
        findings.flags[here].append(flag)


def decided_apart(one: PersonGroup, other: PersonGroup) -> bool:
    """Whether a person said that these two are not the same."""
    mine = {mark for unit in one.units for mark in unit.apart}
    theirs = {mark for unit in other.units for mark in unit.apart}
    decisions = {mark.rpartition("/")[0] for mark in mine} & {mark.rpartition("/")[0] for mark in theirs}
    return bool(decisions)


def compare(
    one_id: str, one: Sequence[SourceEvidence], other_id: str, other: Sequence[SourceEvidence], shared: set[str]
) -> Proposal | None:
    """Return what speaks for and against two records being one; None where nothing but an ATS id is common."""
    pairs = [(a, b) for a in one for b in other if a.keys.keys() & b.keys.keys()]
    if not pairs:
        return None
    first, second = max(pairs, key=lambda pair: _closeness(pair[0], pair[1], shared))
    common = {first.keys[hash_] for hash_ in first.keys.keys() & second.keys.keys()}
    verdict = agreement(first, second)
    if verdict is Agreement.DIFFERENT and common == {"ats"}:
        return None
    kind: ProposalKind = "shared_contact" if verdict is Agreement.DIFFERENT else "unsure_match"
    speaks_for = [_KEY_WORDS[key] for key in sorted(common)]
    speaks_for += [_FOR_WORDS[fact] for fact in supports(first, second)]
    against = [_AGAINST_WORDS[fact] for fact in contradictions(first, second)]
    (speaks_for if verdict in _SPEAKS_FOR else against).append(_NAME_WORDS[verdict])
    ids = (one_id, other_id) if one_id < other_id else (other_id, one_id)
    return Proposal(kind, ids, tuple(dict.fromkeys(speaks_for)), tuple(dict.fromkeys(against)))


def _closeness(one: SourceEvidence, other: SourceEvidence, shared: set[str]) -> tuple[int, int, int, tuple[str, ...]]:
    """Order pairs of sources by how much they look like one person."""
    rank = [Agreement.DIFFERENT, Agreement.UNKNOWN, Agreement.FAINT, Agreement.HALF, Agreement.SAME]
    facts = len(supports(one, other)) - len(contradictions(one, other))
    words = min(one.order, other.order)
    return rank.index(agreement(one, other)), tie_strength(one, other, shared), facts, words
