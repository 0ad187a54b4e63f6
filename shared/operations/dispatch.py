"""What a delivered task does: the one table from the kind of record it names to who does the work."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Sequence
from time import monotonic
from typing import Final

from shared.models.collections import SOURCES
from shared.models.task import Task
from shared.pipeline import run as pipeline
from shared.pipeline.run import Tally
from shared.ports import Ports
from shared.stages.table import ORDER, first_stage


def deliver(
    ports: Ports, task: Task, last_attempt: bool = False, follow: bool = True, until: float | None = None
) -> Tally:
    """Carry out a task, then with `follow` queue what comes next. `until`: monotonic seconds at which to give back.

    Raises `Busy` and `Retryable` to be told again, `KeyError` for a kind nobody does.
    """
    return HANDLERS[task.kind](ports, task, last_attempt, follow, until)


def _deliver_imports(ports: Ports, task: Task, last_attempt: bool, follow: bool, until: float | None) -> Tally:
    from shared.imports.steps import SECONDS, import_step, step_task

    began, tally = monotonic(), Tally()
    for import_id in task.ids:
        ended = import_step(ports, import_id, until - monotonic() if until else SECONDS, last_attempt)
        if follow and ended:
            _queue_people(ports, import_id)
        elif follow:
            ports.queue.enqueue([step_task(import_id)])
        tally.done += 1
    tally.seconds = monotonic() - began
    return tally


def _queue_people(ports: Ports, import_id: str) -> None:
    """Queue the first stage of everyone the import brought or changed; who does not await it passes."""
    from shared.paging import iter_pages

    queued: set[str] = set()
    for rows in iter_pages(ports.store, SOURCES, [("import_id", "==", import_id)], ("candidate_id",)):
        people = {row.data["candidate_id"] for row in rows} - queued
        queued |= people
        ports.queue.enqueue(pipeline.tasks_for("candidates", first_stage("candidates"), sorted(people)))


def _deliver_documents(ports: Ports, task: Task, last_attempt: bool, follow: bool, until: float | None) -> Tally:
    """Run a stage of CV files; behind the last one their people are due."""
    tally = pipeline.deliver(ports, task, last_attempt, follow, until)
    if follow and task.stage == ORDER["documents"][-1]:
        from shared.cv_files.receive import owners_of

        people = sorted(set(owners_of(ports, tally.next_ids).values()))
        ports.queue.enqueue(pipeline.tasks_for("candidates", first_stage("candidates"), people))
    return tally


def work_now(ports: Ports, kind: str, ids: Sequence[str]) -> None:
    """Do all stages of these few records before returning; what comes behind them is queued."""
    run_id, stages = secrets.token_hex(6), ORDER[kind]
    for stage in stages:
        deliver(ports, Task(kind=kind, stage=stage, ids=tuple(ids), run_id=run_id), follow=stage == stages[-1])


Handler = Callable[[Ports, Task, bool, bool, float | None], Tally]
HANDLERS: Final[dict[str, Handler]] = {
    "candidates": pipeline.deliver,
    "jobs": pipeline.deliver,
    "imports": _deliver_imports,
    "documents": _deliver_documents,
}
