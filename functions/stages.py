"""The task functions: one generic handler, and the table stage -> export of main.py -> deployed name -> queue."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from flask import Request

from functions.edge import endpoint, flag, number, ports
from shared.errors import WrongCall

if TYPE_CHECKING:
    from shared.models.task import Task


@dataclass(frozen=True)
class StageFunction:
    """How a stage is called where."""

    stage: str
    export: str  # the name in main.py, the entry point
    deployed: str  # the function's name on Google Cloud, and its path in `shortlist serve`
    queue: str


STAGE_FUNCTIONS: Final = (
    StageFunction("classify", "classify", "classify", "classify"),
    StageFunction("enrich", "batch_enrich", "batchEnrich", "enrich"),
    StageFunction("embed", "embed", "embed", "embed"),
)
_ATTEMPTS: Final = 8  # of the queue; on the last one the failure is written down


def stage_endpoint(export: str) -> Callable[[Request], Any]:
    """Return the HTTP function of a stage, named as main.py exports it."""
    stage = next(each.stage for each in STAGE_FUNCTIONS if each.export == export)

    def run_stage(request: Request) -> Any:
        from shared.pipeline import deliver

        task = _task(request, stage)
        retries = int(request.headers.get("X-CloudTasks-TaskRetryCount", "0"))
        tally = deliver(ports(), task, last_attempt=retries + 1 >= _ATTEMPTS)
        return {name: getattr(tally, name) for name in ("done", "failed", "skipped", "unchanged")}

    run_stage.__name__ = run_stage.__qualname__ = export
    return endpoint(run_stage)


def _task(request: Request, stage: str) -> Task:
    from pydantic import ValidationError

    from shared.models.task import Task

    try:
        task = Task.model_validate_json(request.get_data())
    except ValidationError as error:
        problems = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise WrongCall(f"not a task: {problems}") from error
    if task.stage != stage:
        raise WrongCall(f"a task for {task.stage} was sent to {stage}")
    return task


@endpoint
def batch_enrich_candidates(request: Request) -> Any:
    """Fan out: queue every candidate that awaits a stage (`force=true`: enrich all again) in batches of ids."""
    from shared.backlog import all_ids, due_ids
    from shared.pipeline import tasks_for
    from shared.stages import ORDER

    if request.method != "POST":
        raise WrongCall("batchEnrichCandidates wants POST")
    size, force = number(request, "batchSize", 50, 1, 50), flag(request, "force")
    if force:
        tasks = tasks_for("candidates", "enrich", all_ids(ports(), "candidates"), size, force=True)
    else:
        stages = ORDER["candidates"]
        tasks = [t for s in stages for t in tasks_for("candidates", s, due_ids(ports(), "candidates", s), size)]
    ports().queue.enqueue(tasks)
    return {"queued": sum(len(task.ids) for task in tasks), "tasks": len(tasks), "batch_size": size, "force": force}
