"""Rows meet the people already stored: who is new, who is known, who joins whom; one atomic group of writes each."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from shared.models.collections import CANDIDATES, KEYS, SOURCES
from shared.people.fold import ROLE_MAILBOX, new_candidate
from shared.people.match_deletes import match_deletes
from shared.people.prepared import PreparedSource
from shared.people.resolve.components import Component, gather
from shared.people.resolve.crowds import crowd_writes
from shared.people.resolve.findings import Findings, find_proposals, proposal_writes
from shared.people.resolve.judge import JudgedPerson, Judgement, judge
from shared.people.resolve.pointers import pointer_writes
from shared.people.stored import StoredPerson, plan_changes
from shared.people.suppression import not_erased
from shared.ports import Create, Delete, Ports, Stored, Write
from shared.retry import attempts

if TYPE_CHECKING:
    from shared.models.documents.people import KeyDocument, SourceDocument


@dataclass
class Resolved:
    """Where the rows of a chunk went; the counts are net: people the same import brought apart and then joined."""

    created: int = 0
    merged: int = 0
    unchanged: int = 0
    duplicate: int = 0
    erased: int = 0  # of people who asked to be forgotten: nothing of them was stored
    flagged: int = 0  # candidates newly seen to share an address with somebody else
    names: set[str] = field(default_factory=set)  # name keys of people written
    employers: set[str] = field(default_factory=set)


def resolve(ports: Ports, rows: Sequence[PreparedSource], on_duplicate: str = "merge") -> Resolved:
    """Store prepared rows, each in one atomic group with its keys and candidate; repeat what others got ahead of.

    Raises `Retryable` when the same people are written by others all the time.
    """
    result = Resolved()
    conflicted = store_once(ports, result, rows, on_duplicate=on_duplicate)
    retry_conflicts(ports, result, conflicted, on_duplicate)
    return result


def retry_conflicts(
    ports: Ports, result: Resolved, conflicted: Sequence[PreparedSource], on_duplicate: str = "merge"
) -> None:
    """Store the rows others got ahead of, and count them. Raises `Retryable` when they do so all the time."""
    for _ in attempts("rows met other writers all the time; run the same import again"):
        if not conflicted:
            return
        conflicted = store_once(ports, result, (), conflicted, on_duplicate)


def store_once(
    ports: Ports,
    result: Resolved,
    rows: Sequence[PreparedSource],
    conflicted: Sequence[PreparedSource] = (),
    on_duplicate: str = "merge",
    also: Sequence[Sequence[Write]] = (),
) -> list[PreparedSource]:
    """Store what can be stored in one commit, and count it; return the rows others got ahead of.

    Give those back as `conflicted`, with the next rows or by themselves. `also`: groups to commit with them.
    """
    allowed = not_erased(ports, _other_than(conflicted, rows, result))
    result.erased += len(rows) - len(allowed)
    gathered = gather(ports, allowed, conflicted)
    result.unchanged += gathered.stored_since
    decisions = [_decided(ports, component, on_duplicate, result) for component in gathered.components]
    refused = _store(ports, gathered.alone, decisions, result, also)
    return gathered.deferred + _not_stored_yet(ports, refused, result)


@dataclass
class Decision:
    """A component that was judged, and what is written of it."""

    component: Component
    judgement: Judgement
    findings: Findings
    writes: list[Write]


def decide(ports: Ports, component: Component, by: str | None) -> Decision:
    """Judge a component; return the one atomic group of writes that makes it so."""
    now = ports.now()
    judgement = judge(ports, component)
    findings = find_proposals(judgement)
    gone = _gone(component, judgement)
    targets = [
        person.target(findings.flags[person.id], person.id in findings.sharing, gone) for person in judgement.people
    ]
    for person in judgement.people:
        _set_outcomes(person, by)
    crowd: KeyDocument = {"crowd": True}
    marked = {hash_: Stored(hash_, 0, crowd) for hash_ in component.crowds}
    writes = plan_changes(component.people, targets, now, by, {**component.keys, **marked})
    new_crowds = {hash_ for hash_ in component.crowds if not _is_crowd(component, hash_)}
    if new_crowds:
        writes += crowd_writes(_carrying(component), new_crowds, component.keys)
    writes += proposal_writes(ports, findings, component.people, judgement.people[0].pool, now)
    if gone:
        writes += match_deletes(ports, "candidate_id", gone)
        writes += pointer_writes(ports, component.people, gone, findings.proposals)
    return Decision(component, judgement, findings, writes)


def _is_crowd(component: Component, hash_: str) -> bool:
    return hash_ in component.keys and bool(component.keys[hash_].data.get("crowd"))


def _carrying(component: Component) -> list[SourceDocument]:
    sources: list[SourceDocument] = [row.source for row in component.rows]
    for person in component.people:
        sources += person.documents().values()
    return sources


def _gone(component: Component, judgement: Judgement) -> dict[str, str]:
    """Return candidates that join another -> that one."""
    return {stored.id: person.id for person in judgement.people for stored in person.people if stored.id != person.id}


def _set_outcomes(person: JudgedPerson, by: str | None) -> None:
    """Say of each source of this import whether it made the person or joined them."""
    ours = [id_ for id_, source in person.sources.items() if brought_by(source) == by]
    is_ours = len(ours) == len(person.sources)
    maker = next((id_ for id_ in ours if person.sources[id_].get("outcome") == "created"), None) if is_ours else None
    for id_ in ours:
        outcome: Literal["created", "merged"] = "created" if id_ == maker else "merged"
        if person.sources[id_].get("outcome") != outcome:
            person.sources[id_] = {**person.sources[id_], "outcome": outcome}


def brought_by(source: SourceDocument) -> str | None:
    """Return what brought a source: its import, or the document it was read from."""
    return source.get("import_id") or source.get("document_id")


def _decided(ports: Ports, component: Component, on_duplicate: str, result: Resolved) -> Decision:
    by = brought_by(component.rows[0].source)
    decision = decide(ports, component, by)
    if on_duplicate == "skip":
        kept = [row for person in decision.judgement.people if not _has_stored(person) for row in person.rows[:1]]
        if len(kept) < len(component.rows):
            result.duplicate += len(component.rows) - len(kept)
            component.rows = kept
            return decide(ports, component, by)
    return decision


def _has_stored(person: JudgedPerson) -> bool:
    return len(person.sources) > len(person.rows)


def _other_than(
    conflicted: Sequence[PreparedSource], rows: Sequence[PreparedSource], result: Resolved
) -> Sequence[PreparedSource]:
    """Return the rows that do not say again what a conflicted one says."""
    if not conflicted:
        return rows
    waiting = {row.source_id for row in conflicted}
    others = [row for row in rows if row.source_id not in waiting]
    result.unchanged += len(rows) - len(others)
    return others


def _store(
    ports: Ports,
    alone: Sequence[PreparedSource],
    decisions: Sequence[Decision],
    result: Resolved,
    also: Sequence[Sequence[Write]],
) -> list[PreparedSource]:
    """Write rows that are people of their own, and components; count them and return the rows others got ahead of."""
    now = ports.now()
    groups = [new_person(row, now) for row in alone]
    answers = ports.store.commit([*groups, *(decision.writes for decision in decisions), *also])
    refused: list[PreparedSource] = []
    for row, group, conflict in zip(alone, groups, answers, strict=False):
        if conflict:
            refused.append(row)
        else:
            result.created += 1
            result.flagged += _has_role_mailbox(row)
            _note(result, group[-1:])
    for decision, conflict in zip(decisions, answers[len(alone) :], strict=False):
        if conflict:
            refused += decision.component.rows
        else:
            _count(result, decision)
    return refused


def new_person(row: PreparedSource, now: str) -> list[Write]:
    """Return the writes of somebody who shares no key with anybody."""
    owner = row.candidate_id
    source: Any = row.source
    alone = new_candidate(owner, source["pool"], now, [source])
    keys = [Create(KEYS, key["hash"], {"kind": key["kind"], "candidate_id": owner}) for key in row.keys]
    return [Create(SOURCES, row.source_id, source), *keys, Create(CANDIDATES, owner, alone)]


def _not_stored_yet(ports: Ports, rows: list[PreparedSource], result: Resolved) -> list[PreparedSource]:
    if not rows:
        return []
    stored = ports.store.get(SOURCES, [row.source_id for row in rows], fields=())
    result.unchanged += sum(row.source_id in stored for row in rows)
    return [row for row in rows if row.source_id not in stored]


def _count(result: Resolved, decision: Decision) -> None:
    rows = decision.component.rows
    if rows:
        by = brought_by(rows[0].source)
        before = sum(_is_all(person.documents().values(), by) for person in decision.component.people)
        after = sum(_is_all(person.sources.values(), by) for person in decision.judgement.people)
        result.created += after - before
        result.merged += len(rows) - (after - before)
    result.flagged += sum(_is_newly_flagged(person, decision.findings) for person in decision.judgement.people)
    _note(result, decision.writes)


def _is_all(sources: Iterable[SourceDocument], by: str | None) -> bool:
    return all(brought_by(source) == by for source in sources)


def _has_role_mailbox(row: PreparedSource) -> bool:
    return ROLE_MAILBOX in (row.source["facts"].get("flags") or ())


def _is_newly_flagged(person: JudgedPerson, findings: Findings) -> bool:
    before: StoredPerson | None = person.heir
    if before is None and any(_has_role_mailbox(row) for row in person.rows):
        return True
    known = before.data.get("flags") or () if before else ()
    return any(flag not in known for flag in findings.flags[person.id])


def _note(result: Resolved, writes: Iterable[Write]) -> None:
    for write in writes:
        if write[0] == "candidates" and not isinstance(write, Delete):
            data = write[2]
            result.names.add(data.get("name_key") or "")
            result.employers.add(data.get("employer_key") or "")
