"""The task functions: one generic handler for every line of the table in shared/models/task_functions.py."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from flask import Request

from functions.edge import check_signature, endpoint, flag, number, ports, settings
from shared.errors import ShortlistError, WrongCall, where
from shared.models.task_functions import ATTEMPTS, TASK_FUNCTIONS, TaskFunction

if TYPE_CHECKING:
    from shared.models.task import Task

FAN_OUT: Final = "batchEnrichCandidates"  # the deployed name
log = logging.getLogger("shortlist.tasks")


def task_endpoint(export: str) -> Callable[[Request], Any]:
    """Return the HTTP function of one or more stages, named as main.py exports it.

    2xx: done, or never to be done. 503 and 429 with Retry-After: come again. A queue that would bring what can never
    be done again and again is told 200, and the log says so; people get the error's own status.
    """
    served = tuple(each for each in TASK_FUNCTIONS if each.export == export)
    deployed = served[0].deployed

    def run(request: Request) -> Any:
        check_signature(request, deployed)
        try:
            return _run(request, served)
        except ShortlistError as error:
            if error.again or "X-CloudTasks-TaskName" not in request.headers:
                raise
            log.error("a task of %s is given up: %s", deployed, where(error))
            return {"given_up": str(error)}

    run.__name__ = run.__qualname__ = export
    return endpoint(run)


def _run(request: Request, served: Sequence[TaskFunction]) -> dict[str, int]:
    from shared.operations.dispatch import deliver

    task = _task(request, served)
    until = monotonic() + settings().task_seconds
    tally = deliver(ports(), task, last_attempt=_is_last(request), until=until)
    return {name: getattr(tally, name) for name in ("done", "failed", "skipped", "unchanged")}


def _is_last(request: Request) -> bool:
    """Whether the queue will not bring this task again. Deliveries that met `Busy` are among those it counts: the last
    one writes failures of the outside world down, and what is still held then is left to the next sweep."""
    retries = request.headers.get("X-CloudTasks-TaskRetryCount", "0")
    return retries.isdecimal() and int(retries) + 1 >= ATTEMPTS


def _task(request: Request, served: Sequence[TaskFunction]) -> Task:
    from pydantic import ValidationError

    from shared.models.task import Task

    try:
        task = Task.model_validate_json(request.get_data())
    except ValidationError as error:
        problems = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise WrongCall(f"not a task: {problems}") from error
    if (task.kind, task.stage) not in {(each.kind, each.stage) for each in served}:
        raise WrongCall(f"a task for {task.kind} {task.stage} was sent to {served[0].deployed}")
    return task


@endpoint
def batch_enrich_candidates(request: Request) -> Any:
    """Fan out: queue every candidate that awaits a stage (`force=true`: enrich all again) in batches of ids."""
    from shared.pipeline.backlog import all_ids, due_ids
    from shared.pipeline.run import tasks_for
    from shared.stages import ORDER

    check_signature(request, FAN_OUT)
    if request.method != "POST":
        raise WrongCall(f"{FAN_OUT} wants POST")
    size, force = number(request, "batchSize", 50, 1, 50), flag(request, "force")
    if force:
        tasks = tasks_for("candidates", "enrich", all_ids(ports(), "candidates"), size, force=True)
    else:
        stages = ORDER["candidates"]
        tasks = [t for s in stages for t in tasks_for("candidates", s, due_ids(ports(), "candidates", s), size)]
    ports().queue.enqueue(tasks)
    return {"queued": sum(len(task.ids) for task in tasks), "tasks": len(tasks), "batch_size": size, "force": force}
