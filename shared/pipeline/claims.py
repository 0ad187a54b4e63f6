"""Taking records to work on them, and saving what came of it: whoever no longer holds the lease saves nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, cast

import orjson

from shared.leases import has_token, is_held, new_lease, release
from shared.models.collections import RECORDS, Collection
from shared.models.counters import Counters, count_in
from shared.models.task import Task
from shared.ports import Create, Ports, Stored, Update, Versions, Write
from shared.stages.stage import Outcome, Stage, awaiting_after
from shared.stages.table import ORDER
from shared.vocabulary.terms import search_terms

if TYPE_CHECKING:
    from shared.models.documents.people import CandidateDocument
    from shared.models.documents.records import RecordDocument, StageStateData


@dataclass
class Tally(Counters):
    """What happened to the records of one or more tasks."""

    done: int = 0
    failed: int = 0
    skipped: int = 0
    unchanged: int = 0  # the recipe and the input were those of the last time: nothing was asked
    lost: int = 0  # someone else took the lease meanwhile; their outcome stands
    seconds: float = 0.0
    next_ids: list[str] = field(default_factory=list)
    why_skipped: dict[str, int] = field(default_factory=dict)  # how many by reason

    def count_outcome(self, outcome: Outcome[RecordDocument]) -> None:
        """Count one record by what its stage made of it."""
        self.count(outcome.state)
        if outcome.state == "skipped" and outcome.reason:
            count_in(self.why_skipped, {outcome.reason: 1})

    @property
    def records(self) -> int:
        """How many records were dealt with."""
        return self.done + self.failed + self.skipped + self.unchanged


@dataclass
class Claim:
    """`mine` are leased to `token`; `same` need no work; `busy` are held by someone else."""

    token: str
    mine: list[Stored[RecordDocument]] = field(default_factory=list)
    same: list[Stored[RecordDocument]] = field(default_factory=list)
    busy: list[str] = field(default_factory=list)


def claim_records(ports: Ports, task: Task, stage: Stage[RecordDocument]) -> Claim:
    """Lease what of the task still awaits its stage; move on what needs no work."""
    lease = new_lease(ports, task.stage)
    claim = Claim(lease["token"])
    wanted: list[tuple[Stored[RecordDocument], Update[RecordDocument]]] = []
    for record in ports.store.get(RECORDS[task.kind], task.ids).values():
        if record.data.get("awaiting") != task.stage and (not task.force or _did(task, record.data)):
            continue
        if is_held(ports, record.data.get("lease")):
            claim.busy.append(record.id)
        elif not task.force and _is_current(ports, stage, task.stage, record.data):
            next_stage = _moves_to(task, record.data, record.data.get("stages") or {})
            moved: RecordDocument = {"awaiting": next_stage, "lease": None}
            wanted.append((record, Update(RECORDS[task.kind], record.id, moved, record.version)))
        else:
            wanted.append((record, Update(RECORDS[task.kind], record.id, {"lease": lease}, record.version)))
    versions: Versions = {}
    answers = ports.store.commit([[write] for _, write in wanted], versions)
    for (record, write), conflict in zip(wanted, answers, strict=True):
        if conflict:
            claim.busy.append(record.id)
        else:
            claimed: RecordDocument = {**record.data, **write.fields}
            now = Stored(record.id, versions[task.kind, record.id], claimed)
            (claim.same if "awaiting" in write.fields else claim.mine).append(now)
    return claim


def finish_records(
    ports: Ports,
    task: Task,
    stage: Stage[RecordDocument],
    claim: Claim,
    outcomes: Sequence[Outcome[RecordDocument]],
    tally: Tally,
) -> None:
    """Save outcomes and release the leases, refused where the lease is no longer ours; re-read where fields changed.

    A record to be asked about again goes on awaiting its stage, with nothing saved.
    """
    pairs = list(zip(claim.mine, outcomes, strict=True))
    retried = [record.id for record, outcome in pairs if outcome.state == "retryable"]
    release(ports, RECORDS[task.kind], retried, claim.token)
    todo = [pair for pair in pairs if pair[1].state != "retryable"]
    prints = {record.id: fingerprint(stage.inputs(record.data)) for record in claim.mine}
    current, again = {record.id: record for record in claim.mine}, False
    while todo:
        if again:
            current = ports.store.get(RECORDS[task.kind], [record.id for record, _ in todo])
        existing = _existing(ports, [outcome for record, outcome in todo if again or _ran(task, record)])
        groups, kept = [], []
        for record, outcome in todo:
            now = current.get(record.id)
            if now is None or not has_token(now.data.get("lease"), claim.token):
                tally.lost += 1
                continue
            fields = _result(ports, task, stage, now.data, outcome, prints[record.id])
            writes: list[Write] = [Update(RECORDS[task.kind], record.id, fields, now.version)]
            writes += [_put(write, (write.kind, write.id) in existing) for write in outcome.related_writes]
            writes += outcome.deletes
            groups.append(writes)
            kept.append((record, outcome))
        answers, again = ports.store.commit(groups), True
        todo = [pair for pair, conflict in zip(kept, answers, strict=True) if conflict]
        for (record, outcome), conflict in zip(kept, answers, strict=True):
            if not conflict:
                tally.count_outcome(outcome)
                tally.next_ids.append(record.id)


def fingerprint(inputs: Any) -> str:
    """Return a short stable hash of JSON values."""
    return hashlib.blake2b(orjson.dumps(inputs, option=orjson.OPT_SORT_KEYS), digest_size=12).hexdigest()


def _result(
    ports: Ports,
    task: Task,
    stage: Stage[RecordDocument],
    now: RecordDocument,
    outcome: Outcome[RecordDocument],
    claimed_print: str,
) -> RecordDocument:
    states = dict(now.get("stages") or {})
    before = states.get(task.stage) or {}
    states[task.stage] = {
        "state": cast(Literal["done", "failed", "skipped"], outcome.state),  # `again` is not saved
        "input": claimed_print,
        "recipe": stage.recipe(ports),
        "at": ports.now(),
        "attempts": 1 + (before.get("attempts", 0) if before.get("state") == "failed" else 0),
        "reason": outcome.reason if outcome.state == "skipped" else None,
        "error": {"message": outcome.reason or "", "again": False} if outcome.state == "failed" else None,
        "tokens": {"input": outcome.tokens.input, "output": outcome.tokens.output},
    }
    if task.force:
        states[task.stage]["run"] = task.run_id
    fields: RecordDocument = {**outcome.fields, "stages": states, "lease": None, "updated_at": ports.now()}
    if fingerprint(stage.inputs(now)) == claimed_print:  # else the inputs changed meanwhile: keep awaiting
        fields["awaiting"] = _moves_to(task, now, states)
    if task.kind == "candidates" and outcome.fields:
        cast("CandidateDocument", fields)["search_terms"] = search_terms({**now, **outcome.fields})
    return fields


def _moves_to(task: Task, data: RecordDocument, states: Mapping[str, StageStateData]) -> str:
    """What the record awaits after this stage; a record that awaits an earlier stage goes on awaiting that."""
    order, awaiting = ORDER[task.kind], data.get("awaiting")
    if awaiting in order and order.index(awaiting) < order.index(task.stage):
        return str(awaiting)
    return awaiting_after(task.kind, task.stage, states)


def _is_current(ports: Ports, stage: Stage[RecordDocument], name: str, data: RecordDocument) -> bool:
    state = (data.get("stages") or {}).get(name) or {}
    return (
        state.get("state") in ("done", "skipped")
        and state.get("recipe") == stage.recipe(ports)
        and state.get("input") == fingerprint(stage.inputs(data))
    )


def _did(task: Task, data: RecordDocument) -> bool:
    """Whether this forced task did the record already: delivered again, it must not do it twice."""
    return bool(((data.get("stages") or {}).get(task.stage) or {}).get("run") == task.run_id)


def _ran(task: Task, record: Stored[RecordDocument]) -> bool:
    """Whether there may be documents beside the record; of others none is looked for until one is in the way."""
    return task.stage in (record.data.get("stages") or {})


def _existing(ports: Ports, outcomes: Sequence[Outcome[RecordDocument]]) -> set[tuple[str, str]]:
    """Return collection and id of those documents of the outcomes that exist."""
    by_kind: dict[Collection[Any], list[str]] = {}
    for outcome in outcomes:
        for write in outcome.related_writes:
            by_kind.setdefault(write.kind, []).append(write.id)
    return {(str(kind), id_) for kind, ids in by_kind.items() for id_ in ports.store.get(kind, ids, fields=())}


def _put(write: Create[Any], exists: bool) -> Write:
    if exists:
        return Update(write.kind, write.id, write.data, None)
    present = {name: value for name, value in write.data.items() if value is not None}
    return write._replace(data=present)
