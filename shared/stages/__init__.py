"""The order of the stages, per kind of record. A stage is a file here and a name in ORDER."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, Protocol, cast

from shared.models.candidate import FAILED, READY, Tokens
from shared.ports import Create, D, D_co, Delete, Ports, Stored

if TYPE_CHECKING:
    from shared.models.documents.records import RecordDocument, StageStateData

ORDER: Final[dict[str, tuple[str, ...]]] = {
    "documents": ("parse", "admit"),
    "jobs": ("enrich", "embed", "match"),
    "candidates": ("classify", "enrich", "embed", "match"),
}
# Stages whose file is not shared/stages/NAME.py: `admit` lies with the intake, because its outcome is people; what is
# done to jobs has the names of what is done to people.
_ELSEWHERE: Final = {
    ("documents", "admit"): "shared.cv_files.admit",
    ("jobs", "enrich"): "shared.stages.enrich_job",
    ("jobs", "embed"): "shared.stages.embed_job",
    ("jobs", "match"): "shared.stages.match_job",
}


@dataclass(frozen=True, slots=True)
class Outcome(Generic[D_co]):
    """What a stage made of one record: `fields` are set on it, other documents are written or removed with it."""

    state: Literal["done", "failed", "skipped", "again"]  # again: nothing is saved, the record is asked about anew
    fields: D_co = field(default_factory=lambda: cast(Any, {}))
    related_writes: tuple[Create[Any], ...] = ()  # where such a document exists, its fields are set
    reason: str | None = None  # why skipped, failed for good or not done now; no personal data
    tokens: Tokens = field(default_factory=Tokens)
    deletes: tuple[Delete, ...] = ()


class Stage(Protocol[D]):
    """What a stage file offers. It reads files and the model; it never saves and never queues."""

    REQUIRED: bool  # whether later stages need it: then its failure ends the record's way

    def inputs(self, data: D) -> Any:
        """Return, as JSON values, all of the record this stage reads: its hash says whether the work is still good."""

    def recipe(self, ports: Ports) -> str:
        """Return model, prompt and schema versions as one readable string."""

    def run(self, records: Sequence[Stored[D]], ports: Ports) -> list[Outcome[D]]:
        """Return one outcome a record, in order. Raises `Retryable` for the whole batch."""


def load(stage: str, kind: str = "candidates") -> Stage[RecordDocument]:
    """Return the stage's file; it is imported on first use."""
    return cast("Stage[RecordDocument]", import_module(_ELSEWHERE.get((kind, stage), f"shared.stages.{stage}")))


def has_failed(states: Mapping[str, StageStateData], stage: str) -> bool:
    """Whether the stage failed the last time it ran."""
    return stage in states and states[stage].get("state") == "failed"


def first(kind: str) -> str:
    """Return the stage a new or changed record awaits."""
    return ORDER[kind][0]


def after(kind: str, stage: str, states: Mapping[str, StageStateData]) -> str:
    """Return what a record awaits once `stage` has ended: the next stage, `ready` or `failed`."""
    order = ORDER[kind]
    failed = [name for name in order if has_failed(states, name)]
    if stage in failed and load(stage, kind).REQUIRED:
        return FAILED
    behind = order[order.index(stage) + 1 :]
    return behind[0] if behind else (FAILED if failed else READY)
