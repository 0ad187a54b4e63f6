"""Every stage as one row: order, file, queue, function, command, cost and lookups all follow from it.

It imports nothing of the product, because entry points and collections read it before anything heavy is loaded.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["imports", "documents", "jobs", "candidates"]  # the collection of the records a task names
FilesRole = Literal["", "objectViewer", "objectUser"]


@dataclass(frozen=True)
class StageRow:
    """One stage of one kind of record."""

    kind: Kind
    stage: str  # as stored, logged and typed
    module: str  # has `inputs`, `recipe` and `run`
    required: bool  # later stages need it: its failure ends the record's way
    calls: float  # of the model, a record
    quota_weight: float  # its share of the model's quota, against the other rows
    export: str  # the entry point: the name in main.py
    deployed: str  # the function's name on Google Cloud, and its path in `shortlist serve`
    queue: str  # the Cloud Tasks queue
    memory: str  # of the deployed function
    files: FilesRole  # what its account may do with the bucket: roles/storage.…
    command: str  # the help of `shortlist STAGE`; stages of candidates only
    by_steps: bool  # done step by step under the record's own lease, not by pipeline/run.py


def _row(
    kind: Kind,
    stage: str,
    *,
    module: str = "",
    required: bool = False,
    calls: float = 0.0,
    quota_weight: float | None = None,
    export: str = "",
    queue: str = "",
    memory: str = "512Mi",
    files: FilesRole = "",
    command: str = "",
    by_steps: bool = False,
) -> StageRow:
    """Return a row; what is not given follows from the stage's name."""
    export = export or stage
    return StageRow(
        kind=kind,
        stage=stage,
        module=module or f"shared.stages.{stage}",
        required=required,
        calls=calls,
        quota_weight=calls if quota_weight is None else quota_weight,
        export=export,
        deployed=_camel_case(export),
        queue=queue or stage.replace("_", "-"),
        memory=memory,
        files=files,
        command=command or f"Run {stage} for the candidates that await it.",
        by_steps=by_steps,
    )


def _camel_case(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)


# The rows of a kind stand in the order their records go through them.
TABLE: Final[tuple[StageRow, ...]] = (
    _row("imports", "import_rows", module="shared.imports.steps", memory="1Gi", files="objectUser", by_steps=True),
    _row("documents", "parse", required=True, calls=1, memory="1Gi", files="objectViewer"),
    # Its outcome is people, so it lies with the CV files.
    _row("documents", "admit", module="shared.cv_files.admit", required=True),
    # Jobs are few: one function and one queue do all their stages, with a small share of the quota.
    _row("jobs", "enrich", module="shared.stages.enrich_job", required=True, calls=1, quota_weight=0.1,
         export="run_jobs", queue="jobs"),
    _row("jobs", "embed", module="shared.stages.embed_job", required=True, calls=0.04, quota_weight=0,
         export="run_jobs", queue="jobs"),
    _row("jobs", "match", module="shared.stages.match_job", export="run_jobs", queue="jobs"),
    _row("candidates", "classify", calls=1,
         command="Classify the candidates that await it: function, level, specialties."),
    _row("candidates", "enrich", calls=1, export="batch_enrich",
         command="Enrich the candidates that await it: career, skills, strengths, summary."),
    # 4 texts a person, 100 texts a call.
    _row("candidates", "embed", required=True, calls=0.04,
         command="Embed the candidates that await it: 768-d vectors."),
    _row("candidates", "match", command="Match the candidates that await it with the open jobs of their pool."),
)  # fmt: skip
FAN_OUT: Final = "batchEnrichCandidates"  # the deployed name of the function that queues candidates
ATTEMPTS: Final = 8  # of each queue; on the last one the failure is written down
_BRING_PEOPLE: Final = ("imports", "documents")  # behind their last stage, people await their first


def rows_of(kind: str) -> tuple[StageRow, ...]:
    """Return the stages of a kind of record, in order."""
    return tuple(row for row in TABLE if row.kind == kind)


def row_of(kind: str, stage: str) -> StageRow:
    """Return one stage. Raises `KeyError`."""
    for row in TABLE:
        if (row.kind, row.stage) == (kind, stage):
            return row
    raise KeyError(f"no stage {stage} of {kind}")


def _order() -> dict[str, tuple[str, ...]]:
    stages: dict[str, tuple[str, ...]] = {}
    for row in TABLE:
        if not row.by_steps:
            stages[row.kind] = (*stages.get(row.kind, ()), row.stage)
    return stages


ORDER: Final = _order()  # kind -> its stages, of the records pipeline/run.py works on


def first_stage(kind: str) -> str:
    """Return the stage a new or changed record awaits."""
    return rows_of(kind)[0].stage


def next_row(row: StageRow) -> StageRow | None:
    """Return the stage that is queued when this one is done; None behind the last."""
    rows = rows_of(row.kind)
    later = rows[rows.index(row) + 1 :]
    if later:
        return later[0]
    if row.kind in _BRING_PEOPLE:
        return rows_of("candidates")[0]
    return None


def stage_paths(kind: str) -> tuple[str, ...]:
    """Return the paths of a kind's documents that stages are looked up by."""
    paths: list[str] = []
    for stage in ORDER[kind]:
        paths += (f"stages.{stage}.state", f"stages.{stage}.recipe")
    return tuple(paths)
