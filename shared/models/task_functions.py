"""The table stage -> export of main.py -> deployed name -> queue: doors, queues and deployment follow it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class TaskFunction:
    """How the work on a kind of record is called where."""

    kind: str  # the collection of the records a task names
    stage: str
    export: str  # the name in main.py, the entry point
    deployed: str  # the function's name on Google Cloud, and its path in `shortlist serve`
    queue: str  # the Cloud Tasks queue


TASK_FUNCTIONS: Final = (
    TaskFunction("imports", "import_rows", "import_rows", "importRows", "import-rows"),
    TaskFunction("documents", "parse", "parse", "parse", "parse"),
    TaskFunction("documents", "admit", "admit", "admit", "admit"),
    TaskFunction("candidates", "classify", "classify", "classify", "classify"),
    TaskFunction("candidates", "enrich", "batch_enrich", "batchEnrich", "enrich"),
    TaskFunction("candidates", "embed", "embed", "embed", "embed"),
    TaskFunction("candidates", "match", "match", "match", "match"),
    # Jobs are few: one function and one queue do all their stages.
    TaskFunction("jobs", "enrich", "run_jobs", "runJobs", "jobs"),
    TaskFunction("jobs", "embed", "run_jobs", "runJobs", "jobs"),
    TaskFunction("jobs", "match", "run_jobs", "runJobs", "jobs"),
)
FAN_OUT: Final = "batchEnrichCandidates"  # the deployed name of the function that queues candidates
ATTEMPTS: Final = 8  # of each queue; on the last one the failure is written down


def function_of(kind: str, stage: str) -> TaskFunction:
    """Return the function that does this stage. Raises `KeyError`."""
    return next(each for each in TASK_FUNCTIONS if (each.kind, each.stage) == (kind, stage))
