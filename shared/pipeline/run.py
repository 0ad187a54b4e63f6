"""The stage machine: claim, run, finish, queue what is awaited next. Tasks are hints; the documents are the truth."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Sequence
from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING, Final

from shared.errors import Busy, Retryable, ShortlistError, safe_traceback
from shared.leases import release
from shared.models.collections import RECORDS
from shared.models.task import Task
from shared.pipeline.claims import Claim, Tally, claim_records, fingerprint, finish_records
from shared.pipeline.usage import note_usage
from shared.ports import Ports, Stored
from shared.stages.stage import Outcome, Stage, load_stage
from shared.stages.table import ORDER
from shared.vectors.generations import switch_if_complete

if TYPE_CHECKING:
    from shared.models.documents.records import RecordDocument

__all__ = ["BATCH", "Tally", "claim_records", "deliver", "fingerprint", "finish_records", "run_task", "tasks_for"]
BATCH: Final = 50
log = logging.getLogger("shortlist.pipeline")
calls = logging.getLogger("shortlist.calls")  # one line per record a model is asked about


def run_task(ports: Ports, task: Task, last_attempt: bool = False) -> Tally:
    """Carry out one task: every record ends this stage once, whoever else was told to do the same.

    Raises `Busy` when someone holds some of the records (the rest is done), and `Retryable` when the outside world
    failed, unless `last_attempt`: then the failure is written on the records.
    """
    tally, left = _run(ports, task, last_attempt)
    if left:
        raise left
    return tally


def deliver(
    ports: Ports, task: Task, last_attempt: bool = False, follow: bool = True, until: float | None = None
) -> Tally:
    """Run the task, then queue the next stage for what it moved on. A lost follow-up heals with the next sweep.

    `until`: monotonic seconds at which the rest is queued again instead, as an attempt of its own. Raises what
    `run_task` does; what was done before is queued all the same.
    """
    tally, left = _run(ports, task, last_attempt) if until is None else _run_until(ports, task, last_attempt, until)
    behind = ORDER[task.kind][ORDER[task.kind].index(task.stage) + 1 :]
    if follow and behind and tally.next_ids:
        ports.queue.enqueue(tasks_for(task.kind, behind[0], tally.next_ids))
    if left:
        raise left
    return tally


def _run_until(ports: Ports, task: Task, last_attempt: bool, until: float) -> tuple[Tally, Busy | Retryable | None]:
    """Run the task portion by portion: what was never begun can be given back, what has begun is finished."""
    whole, left = Tally(), None
    size = getattr(load_stage(task.stage, task.kind), "PORTION", BATCH)
    for start in range(0, len(task.ids), size):
        if start and monotonic() >= until:
            log.info("stage %s run %s gives %d records back", task.stage, task.run_id, len(task.ids) - start)
            ports.queue.enqueue([task.model_copy(update={"ids": task.ids[start:]})])
            break
        try:
            portion = task.model_copy(update={"ids": task.ids[start : start + size]})
            tally, error = _run(ports, portion, last_attempt)
        except Retryable as unreachable:
            return whole, unreachable
        whole.add(tally)
        whole.next_ids += tally.next_ids
        left = left or error
        if isinstance(left, Retryable):
            break
    return whole, left


def _run(ports: Ports, task: Task, last_attempt: bool) -> tuple[Tally, Busy | Retryable | None]:
    """Return what happened, and the error to answer with once that is queued on."""
    began, tally, stage = monotonic(), Tally(), load_stage(task.stage, task.kind)
    claim = claim_records(ports, task, stage)
    tally.unchanged += len(claim.same)
    tally.next_ids += [record.id for record in claim.same]
    left: Busy | Retryable | None = None
    if claim.busy:
        left = Busy(f"{task.stage}: {len(claim.busy)} of {len(task.ids)} records are held by another worker")
    if claim.mine:
        outcomes = _outcomes(ports, task, stage, claim, last_attempt)
        outcomes = [_given_up(outcome) for outcome in outcomes] if last_attempt else outcomes
        again = [outcome.reason for outcome in outcomes if outcome.state == "retryable"]
        finish_records(ports, task, stage, claim, outcomes, tally)
        note_usage(ports, task, [outcome.tokens for outcome in outcomes])
        if task.stage == "embed":
            switch_if_complete(ports, task.kind, stage.recipe(ports))
        if again:
            left = Retryable(f"{task.stage}: {len(again)} of {len(task.ids)} records are left: {again[0]}")
    tally.seconds = monotonic() - began
    _tell(task, tally, len(claim.busy))
    return tally, left


def tasks_for(kind: str, stage: str, ids: Sequence[str], batch_size: int = BATCH, force: bool = False) -> list[Task]:
    """Cut ids into tasks of at most `batch_size`."""
    run_id, size = secrets.token_hex(6), max(1, min(batch_size, BATCH))
    groups = [tuple(ids[start : start + size]) for start in range(0, len(ids), size)]
    return [Task(kind=kind, stage=stage, ids=group, run_id=run_id, force=force) for group in groups]


def _tell(task: Task, tally: Tally, busy: int) -> None:
    facts = {name: getattr(tally, name) for name in ("done", "failed", "skipped", "unchanged", "lost")} | {"busy": busy}
    said = " ".join(f"{name} {number}" for name, number in facts.items())
    extra = {**facts, "stage": task.stage, "run": task.run_id, "seconds": round(tally.seconds, 3)}
    log.info("stage %s run %s %s seconds %.3f", task.stage, task.run_id, said, tally.seconds, extra=extra)


def _outcomes(
    ports: Ports, task: Task, stage: Stage[RecordDocument], claim: Claim, last_attempt: bool
) -> list[Outcome[RecordDocument]]:
    calls.info("%s", "\n".join(f"{task.stage} {record.id}" for record in claim.mine))
    try:
        return stage.run(claim.mine, ports)
    except Retryable as error:
        if not last_attempt:
            release(ports, RECORDS[task.kind], [record.id for record in claim.mine], claim.token)
            raise
        return [Outcome("retryable", reason=str(error))] * len(claim.mine)
    except ShortlistError as error:
        return [Outcome("failed", reason=str(error))] * len(claim.mine)
    except Exception as error:
        log.error("stage %s broke on a batch of %d: %s", task.stage, len(claim.mine), safe_traceback(error))
        return [_alone(ports, task, stage, record, error, len(claim.mine)) for record in claim.mine]
    except BaseException:  # Ctrl-C: nothing was saved, so nothing may stay leased
        release(ports, RECORDS[task.kind], [record.id for record in claim.mine], claim.token)
        raise


def _given_up(outcome: Outcome[RecordDocument]) -> Outcome[RecordDocument]:
    """After the last attempt, what was to come again has failed."""
    if outcome.state != "retryable":
        return outcome
    return replace(outcome, state="failed", reason=f"{outcome.reason} (gave up after the last attempt)")


def _alone(
    ports: Ports, task: Task, stage: Stage[RecordDocument], record: Stored[RecordDocument], error: Exception, size: int
) -> Outcome[RecordDocument]:
    """One bad record must not take the batch with it: ask again for each by itself."""
    if size == 1:
        return Outcome("failed", reason=f"{task.stage} broke: {type(error).__name__}")
    try:
        return stage.run([record], ports)[0]
    except Exception as broken:
        return Outcome("failed", reason=f"{task.stage} broke: {type(broken).__name__}")
