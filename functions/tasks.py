"""The task functions: one handler for every row of the table of stages."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from time import monotonic
from typing import Any, Final

from flask import Request, Response
from pydantic import ValidationError

from functions.callers import check_signature
from functions.guard import check_query
from functions.parameters import flag, number
from functions.problems import respond
from functions.runtime import Runtime
from shared.errors import InvalidRequest, ShortlistError, safe_traceback
from shared.models.task import Task
from shared.operations.dispatch import deliver
from shared.pipeline.backlog import all_ids, due_ids
from shared.pipeline.run import tasks_for
from shared.stages.table import ATTEMPTS, FAN_OUT, ORDER, TABLE, StageRow

_BATCH: Final = 50  # ids of a task, at most
_COUNTS: Final = ("done", "failed", "skipped", "unchanged")
log = logging.getLogger("shortlist.tasks")


def run_task(runtime: Runtime, request: Request, export: str) -> Response:
    """Do the task a queue or a person sends to a function, named as main.py exports it.

    2xx: done, or impossible for ever. 503 and 429 with Retry-After: send it again. A queue would send an impossible
    task again and again, so it gets 200 and the log has the reason; people get the status of the error.
    """
    served = [function for function in TABLE if function.export == export]
    return respond(_run_or_give_up, runtime, request, served)


def queue_candidates(runtime: Runtime, request: Request) -> Response:
    """Queue every candidate that awaits a stage (`force=true`: enrich all again) in batches of ids."""
    return respond(_queue_candidates, runtime, request)


def _run_or_give_up(runtime: Runtime, request: Request, served: Sequence[StageRow]) -> dict[str, Any]:
    deployed = served[0].deployed
    check_signature(runtime, request, deployed)
    try:
        return _run(runtime, request, served)
    except ShortlistError as error:
        if error.retryable or "X-CloudTasks-TaskName" not in request.headers:
            raise
        log.error("a task of %s is given up: %s", deployed, safe_traceback(error))
        return {"given_up": str(error)}


def _run(runtime: Runtime, request: Request, served: Sequence[StageRow]) -> dict[str, int]:
    task = _read_task(request, served)
    until = monotonic() + runtime.settings.task_seconds
    tally = deliver(runtime.ports, task, last_attempt=_is_last(request), until=until)
    return {name: getattr(tally, name) for name in _COUNTS}


def _read_task(request: Request, served: Sequence[StageRow]) -> Task:
    try:
        task = Task.model_validate_json(request.get_data())
    except ValidationError as error:
        problems = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise InvalidRequest(f"not a task: {problems}") from error
    if (task.kind, task.stage) not in {(function.kind, function.stage) for function in served}:
        raise InvalidRequest(f"a task for {task.kind} {task.stage} was sent to {served[0].deployed}")
    return task


def _is_last(request: Request) -> bool:
    """Whether the queue will not send this task again.

    It counts the deliveries that met `Busy`. The last one writes failures of the outside world down; what another
    worker still holds then is left to the next sweep.
    """
    retries = request.headers.get("X-CloudTasks-TaskRetryCount", "0")
    return retries.isdecimal() and int(retries) + 1 >= ATTEMPTS


def _queue_candidates(runtime: Runtime, request: Request) -> dict[str, Any]:
    check_signature(runtime, request, FAN_OUT)
    if request.method != "POST":
        raise InvalidRequest(f"{FAN_OUT} takes POST")
    check_query(("batchSize", "force"))
    size = number("batchSize", _BATCH, 1, _BATCH)
    force = flag("force")
    ports = runtime.ports
    if force:
        tasks = tasks_for("candidates", "enrich", all_ids(ports, "candidates"), size, force=True)
    else:
        tasks = []
        for stage in ORDER["candidates"]:
            tasks += tasks_for("candidates", stage, due_ids(ports, "candidates", stage), size)
    ports.queue.enqueue(tasks)
    queued = sum(len(task.ids) for task in tasks)
    return {"queued": queued, "tasks": len(tasks), "batch_size": size, "force": force}
