"""Taking records to work on them, and saving what came of it: whoever no longer holds the lease saves nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import orjson

from shared.leases import has_token, is_held, new_lease, release
from shared.models.counters import Counters, count_in
from shared.models.task import Task
from shared.ports import Create, Data, Delete, Ports, Stored, Update, Versions, Write
from shared.stages import ORDER, Outcome, Stage, after
from shared.vocabulary.terms import search_terms


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

    def count_outcome(self, outcome: Outcome) -> None:
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
    mine: list[Stored] = field(default_factory=list)
    same: list[Stored] = field(default_factory=list)
    busy: list[str] = field(default_factory=list)


def claim_records(ports: Ports, task: Task, stage: Stage) -> Claim:
    """Lease what of the task still awaits its stage; move on what needs no work."""
    lease = new_lease(ports, task.stage)
    claim = Claim(lease["token"])
    wanted: list[tuple[Stored, Update]] = []
    for record in ports.store.get(task.kind, task.ids).values():
        if record.data.get("awaiting") != task.stage and (not task.force or _did(task, record.data)):
            continue
        if is_held(ports, record.data.get("lease")):
            claim.busy.append(record.id)
        elif not task.force and _is_current(ports, stage, task.stage, record.data):
            moved = {"awaiting": _moves_to(task, record.data, record.data.get("stages") or {}), "lease": None}
            wanted.append((record, Update(task.kind, record.id, moved, record.version)))
        else:
            wanted.append((record, Update(task.kind, record.id, {"lease": lease}, record.version)))
    versions: Versions = {}
    answers = ports.store.commit([[write] for _, write in wanted], versions)
    for (record, write), conflict in zip(wanted, answers, strict=True):
        if conflict:
            claim.busy.append(record.id)
        else:
            now = Stored(record.id, versions[task.kind, record.id], {**record.data, **write.fields})
            (claim.same if "awaiting" in write.fields else claim.mine).append(now)
    return claim


def finish_records(
    ports: Ports, task: Task, stage: Stage, claim: Claim, outcomes: Sequence[Outcome], tally: Tally
) -> None:
    """Save outcomes and release the leases, refused where the lease is no longer ours; re-read where fields changed.

    A record to be asked about again goes on awaiting its stage, with nothing saved.
    """
    pairs = list(zip(claim.mine, outcomes, strict=True))
    retried = [record.id for record, outcome in pairs if outcome.state == "again"]
    release(ports, task.kind, retried, claim.token)
    todo = [pair for pair in pairs if pair[1].state != "again"]
    prints = {record.id: fingerprint(stage.inputs(record.data)) for record in claim.mine}
    current, again = {record.id: record for record in claim.mine}, False
    while todo:
        if again:
            current = ports.store.get(task.kind, [record.id for record, _ in todo])
        beside = _existing_beside(ports, [outcome for record, outcome in todo if again or _ran(task, record)])
        groups, kept = [], []
        for record, outcome in todo:
            now = current.get(record.id)
            if now is None or not has_token(now.data.get("lease"), claim.token):
                tally.lost += 1
                continue
            fields = _result(ports, task, stage, now.data, outcome, prints[record.id])
            writes: list[Write] = [Update(task.kind, record.id, fields, now.version)]
            writes += [_put(kind, id_, data, (kind, id_) in beside) for kind, id_, data in outcome.beside]
            writes += [Delete(kind, id_) for kind, id_ in outcome.gone]
            groups.append(writes)
            kept.append((record, outcome))
        answers, again = ports.store.commit(groups), True
        todo = [pair for pair, conflict in zip(kept, answers, strict=True) if conflict]
        for (record, outcome), conflict in zip(kept, answers, strict=True):
            if not conflict:
                tally.count_outcome(outcome)
                tally.next_ids.append(record.id)


def fingerprint(inputs: object) -> str:
    """Return a short stable hash of JSON values."""
    return hashlib.blake2b(orjson.dumps(inputs, option=orjson.OPT_SORT_KEYS), digest_size=12).hexdigest()


def _result(ports: Ports, task: Task, stage: Stage, now: Data, outcome: Outcome, claimed_print: str) -> Data:
    states = dict(now.get("stages") or {})
    before = states.get(task.stage) or {}
    states[task.stage] = {
        "state": outcome.state,
        "input": claimed_print,
        "recipe": stage.recipe(ports),
        "at": ports.now(),
        "attempts": 1 + (before.get("attempts", 0) if before.get("state") == "failed" else 0),
        "reason": outcome.reason if outcome.state == "skipped" else None,
        "error": {"message": outcome.reason or "", "again": False} if outcome.state == "failed" else None,
        "tokens": outcome.tokens.model_dump(),
        **({"run": task.run_id} if task.force else {}),
    }
    fields = {**outcome.fields, "stages": states, "lease": None, "updated_at": ports.now()}
    if fingerprint(stage.inputs(now)) == claimed_print:  # else the inputs changed meanwhile: keep awaiting
        fields["awaiting"] = _moves_to(task, now, states)
    if task.kind == "candidates" and outcome.fields:
        fields["search_terms"] = search_terms({**now, **outcome.fields})
    return fields


def _moves_to(task: Task, data: Data, states: dict[str, Data]) -> str:
    """What the record awaits after this stage; a record that awaits an earlier stage goes on awaiting that."""
    order, awaiting = ORDER[task.kind], data.get("awaiting")
    if awaiting in order and order.index(awaiting) < order.index(task.stage):
        return str(awaiting)
    return after(task.kind, task.stage, states)


def _is_current(ports: Ports, stage: Stage, name: str, data: Data) -> bool:
    state = (data.get("stages") or {}).get(name) or {}
    return (
        state.get("state") in ("done", "skipped")
        and state.get("recipe") == stage.recipe(ports)
        and state.get("input") == fingerprint(stage.inputs(data))
    )


def _did(task: Task, data: Data) -> bool:
    """Whether this forced task did the record already: delivered again, it must not do it twice."""
    return bool(((data.get("stages") or {}).get(task.stage) or {}).get("run") == task.run_id)


def _ran(task: Task, record: Stored) -> bool:
    """Whether there may be documents beside the record; of others none is looked for until one is in the way."""
    return task.stage in (record.data.get("stages") or {})


def _existing_beside(ports: Ports, outcomes: Sequence[Outcome]) -> set[tuple[str, str]]:
    by_kind: dict[str, list[str]] = {}
    for outcome in outcomes:
        for kind, id_, _ in outcome.beside:
            by_kind.setdefault(kind, []).append(id_)
    return {(kind, id_) for kind, ids in by_kind.items() for id_ in ports.store.get(kind, ids, fields=())}


def _put(kind: str, id_: str, data: Data, exists: bool) -> Write:
    return (
        Update(kind, id_, data, None) if exists else Create(kind, id_, {k: v for k, v in data.items() if v is not None})
    )
