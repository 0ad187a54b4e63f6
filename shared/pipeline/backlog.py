"""What is still to be done: due, stale and failed records, counted and queued from the documents alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Final, TypedDict

from shared.leases import is_held
from shared.models.candidate import FAILED, READY
from shared.models.collections import RECORDS
from shared.paging import iter_all, iter_pages
from shared.pipeline.run import BATCH, tasks_for
from shared.ports import Ports, Stored, Update, Where
from shared.stages.stage import has_failed, load_stage
from shared.stages.table import ORDER, first_stage, row_of

if TYPE_CHECKING:
    from shared.models.documents.records import RecordDocument, StageStateData

SWEEP: Final = 2000  # ids queued at a time
_SAMPLE: Final = 200  # finished records whose tokens give the average a plan is made with


@dataclass(frozen=True)
class StagePlan:
    """What one stage has before it, and what that will cost."""

    stage: str
    due: int  # await this stage now, or will once the stages before it are done
    stale: int  # done, but by another recipe
    failed: int
    why: tuple[str, ...]
    calls: int
    tokens: int
    dollars: float


class StageFailure(TypedDict):
    """A stage that failed for one record."""

    id: str
    stage: str
    reason: str
    attempts: int
    at: str | None


class RecordCounts(TypedDict):
    """How many records of a kind there are, what they await, and how each stage ended for how many."""

    total: int
    awaiting: dict[str, int]
    stages: dict[str, dict[str, int]]
    sources: int


def due_ids(ports: Ports, kind: str, stage: str, limit: int | None = None) -> list[str]:
    """Return ids that await the stage."""
    return [
        row.id
        for row in ports.store.query(RECORDS[kind], [("awaiting", "==", stage)], limit=limit, fields=("awaiting",))
    ]


def all_ids(ports: Ports, kind: str, limit: int | None = None) -> list[str]:
    """Return every id of the kind."""
    return [row.id for row in ports.store.query(RECORDS[kind], limit=limit, fields=())]


def sweep(ports: Ports, kind: str = "candidates", limit: int = SWEEP) -> int:
    """Queue what the documents still await, stage by stage; return how many records were queued."""
    queued = 0
    for stage in ORDER[kind]:
        ids = due_ids(ports, kind, stage, limit)
        ports.queue.enqueue(tasks_for(kind, stage, ids))
        queued += len(ids)
    return queued


def queue_all(ports: Ports, kind: str) -> dict[str, int]:
    """Queue all that the documents still await and nobody does now; return how many records, by stage."""
    queued: dict[str, int] = {}
    for stage in ORDER[kind]:
        for rows in iter_pages(ports.store, RECORDS[kind], [("awaiting", "==", stage)], ("lease",)):
            free = [row.id for row in rows if not is_held(ports, row.data.get("lease"))]
            ports.queue.enqueue(tasks_for(kind, stage, free))
            queued[stage] = queued.get(stage, 0) + len(free)
    return queued


def queue_due(ports: Ports, kind: str, ids: Sequence[str], batch_size: int = BATCH) -> int:
    """Queue what these records await; return how many were queued."""
    rows, queued = ports.store.get(RECORDS[kind], ids, fields=("awaiting",)).values(), 0
    for stage in ORDER[kind]:
        due = [row.id for row in rows if row.data["awaiting"] == stage]
        ports.queue.enqueue(tasks_for(kind, stage, due, batch_size))
        queued += len(due)
    return queued


def retry_some(ports: Ports, kind: str, ids: Sequence[str]) -> int:
    """Set those of these records that failed to await their first failed stage again; return how many."""
    rows = ports.store.get(RECORDS[kind], ids, fields=("awaiting", "stages")).values()
    failed = [row for row in rows if row.data["awaiting"] == FAILED]
    return _await(ports, kind, failed)


def bring_in_stale(ports: Ports, kind: str = "candidates") -> int:
    """Set finished records whose recipe is no longer the current one to await that stage; return how many."""
    return sum(_await(ports, kind, stale, stage) for stage in ORDER[kind] for stale in stale_pages(ports, kind, stage))


def bring_in(ports: Ports, kind: str, stage: str, most: int) -> list[str]:
    """Do so for at most so many records of one stage; return their ids."""
    ids: list[str] = []
    for stale in stale_pages(ports, kind, stage) if most > 0 else ():
        stale = stale[: most - len(ids)]
        _await(ports, kind, stale, stage)
        ids += [row.id for row in stale]  # one that changed meanwhile is told what it awaits, and passes
        if len(ids) >= most:
            break
    return ids


def count_stale(ports: Ports, kind: str, stage: str) -> int:
    """Count the finished records whose recipe of this stage is no longer the current one."""
    other: Where = [(f"stages.{stage}.recipe", "!=", load_stage(stage, kind).recipe(ports))]
    return sum(ports.store.count(kind, [*other, ("awaiting", "==", end)]) for end in (READY, FAILED))


def stale_pages(ports: Ports, kind: str, stage: str) -> Iterator[list[Stored[RecordDocument]]]:
    """Yield the finished records whose recipe of this stage is no longer the current one, some at a time."""
    recipe = load_stage(stage, kind).recipe(ports)
    for rows in iter_pages(ports.store, RECORDS[kind], [(f"stages.{stage}.recipe", "!=", recipe)], ("awaiting",)):
        yield [row for row in rows if row.data.get("awaiting") in (READY, FAILED)]


def retry(ports: Ports, kind: str = "candidates") -> int:
    """Set failed records to await their first failed stage again; return how many."""
    moved = 0
    for rows in iter_pages(ports.store, RECORDS[kind], [("awaiting", "==", FAILED)], ("stages",)):
        moved += _await(ports, kind, rows)
    return moved


def failures(ports: Ports, kind: str = "candidates") -> Iterator[StageFailure]:
    """Yield every failed stage of every record: id, stage, reason, attempts, when."""
    for stage in ORDER[kind]:
        where: Where = [(f"stages.{stage}.state", "==", "failed")]
        for row in iter_all(ports.store, RECORDS[kind], where, ("stages",)):
            state = row.data["stages"][stage]
            yield {
                "id": row.id,
                "stage": stage,
                "reason": (state.get("error") or {}).get("message", ""),
                "attempts": state.get("attempts", 1),
                "at": state.get("at"),
            }


def stats(ports: Ports, kind: str = "candidates") -> RecordCounts:
    """Count records by what they await and by what each stage did."""
    count = ports.store.count
    awaiting = {name: count(kind, [("awaiting", "==", name)]) for name in (*ORDER[kind], READY, FAILED)}
    stages = {
        stage: {state: count(kind, [(f"stages.{stage}.state", "==", state)]) for state in ("done", "skipped", "failed")}
        for stage in ORDER[kind]
    }
    return {"total": count(kind), "awaiting": awaiting, "stages": stages, "sources": count("sources")}


def plan(ports: Ports, kind: str = "candidates") -> list[StagePlan]:
    """Say what a run would do: how many records a stage, why, model calls, tokens and dollars. Reads no record."""
    plans, before = [], 0
    for stage in ORDER[kind]:
        recipe = load_stage(stage, kind).recipe(ports)
        waiting = ports.store.count(kind, [("awaiting", "==", stage)])
        other: Where = [(f"stages.{stage}.recipe", "!=", recipe)]
        stale = count_stale(ports, kind, stage)
        failed = ports.store.count(kind, [(f"stages.{stage}.state", "==", "failed")])
        why = [f"{waiting} await {stage}"] if waiting else []
        why += [f"{before} will, once the stages before are done"] if before else []
        why += (
            [f"{stale} were done by another recipe than {recipe!r}: {_old_recipes(ports, kind, other)}"]
            if stale
            else []
        )
        before += waiting
        records = before + stale
        used = average_tokens(ports, kind, stage)
        dollars = ports.model.dollars(stage, round(used["input"] * records), round(used["output"] * records))
        tokens = round((used["input"] + used["output"]) * records)
        calls = ceil(records * row_of(kind, stage).calls)
        plans.append(StagePlan(stage, before, stale, failed, tuple(why), calls, tokens, dollars))
    return plans


def _first_failed(kind: str, states: Mapping[str, StageStateData]) -> str:
    return next((name for name in ORDER[kind] if has_failed(states, name)), first_stage(kind))


def _await(ports: Ports, kind: str, rows: Sequence[Stored[RecordDocument]], stage: str | None = None) -> int:
    """Set what records await, their first failed stage unless another is given; return how many.

    One that changed meanwhile is left to the next sweep.
    """
    moves = [(row, stage or _first_failed(kind, row.data.get("stages") or {})) for row in rows]
    return ports.store.commit(
        [[Update(RECORDS[kind], row.id, {"awaiting": to}, row.version)] for row, to in moves]
    ).count(None)


def _old_recipes(ports: Ports, kind: str, where: Where) -> str:
    rows = ports.store.query(RECORDS[kind], where, limit=20, fields=("stages",))
    stage = where[0][0].split(".")[1]
    return ", ".join(sorted({repr(row.data["stages"][stage]["recipe"]) for row in rows}))


def average_tokens(ports: Ports, kind: str, stage: str) -> dict[str, float]:
    """Return what records recently used in this stage, on average: `input` and `output`; 0 while none is done."""
    rows = ports.store.query(
        RECORDS[kind], [(f"stages.{stage}.state", "==", "done")], limit=_SAMPLE, fields=("stages",)
    )
    used = [row.data["stages"][stage].get("tokens") or {} for row in rows]
    number = max(1, len(used))
    return {
        "input": sum(tokens.get("input", 0) for tokens in used) / number,
        "output": sum(tokens.get("output", 0) for tokens in used) / number,
    }
