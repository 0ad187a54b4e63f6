"""What a stage's file offers, and what it returns for each record."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, Literal, Protocol, cast

from shared.models.candidate import FAILED, READY, Tokens
from shared.ports import Create, D, D_co, Delete, Ports, Stored
from shared.stages.table import ORDER, row_of

if TYPE_CHECKING:
    from shared.models.documents.records import RecordDocument, StageStateData


@dataclass(frozen=True, slots=True)
class Outcome(Generic[D_co]):
    """What a stage made of one record: `fields` are set on it, other documents are written or removed with it."""

    state: Literal["done", "failed", "skipped", "retryable"]  # retryable: nothing is saved, the record is tried again
    fields: D_co = field(default_factory=lambda: cast(Any, {}))
    related_writes: tuple[Create[Any], ...] = ()  # where such a document exists, its fields are set
    reason: str | None = None  # why skipped, failed for good or not done now; no personal data
    tokens: Tokens = field(default_factory=Tokens)
    deletes: tuple[Delete, ...] = ()


class Stage(Protocol[D]):
    """What a stage file offers. It reads files and the model; it never saves and never queues.

    A file may also set `PORTION`: how many records it takes between two looks at the clock.
    """

    def inputs(self, data: D) -> Any:
        """Return, as JSON values, all of the record this stage reads: its hash says whether the work is still good."""

    def recipe(self, ports: Ports) -> str:
        """Return model, prompt and schema versions as one readable string."""

    def run(self, records: Sequence[Stored[D]], ports: Ports) -> list[Outcome[D]]:
        """Return one outcome a record, in order. Raises `Retryable` for the whole batch."""


def load_stage(stage: str, kind: str = "candidates") -> Stage[RecordDocument]:
    """Return the stage's file; it is imported on first use."""
    return cast("Stage[RecordDocument]", import_module(row_of(kind, stage).module))


def has_failed(states: Mapping[str, StageStateData], stage: str) -> bool:
    """Tell whether the stage failed the last time it ran."""
    return stage in states and states[stage].get("state") == "failed"


def awaiting_after(kind: str, stage: str, states: Mapping[str, StageStateData]) -> str:
    """Return what a record awaits once `stage` has ended: the next stage, `ready` or `failed`."""
    if has_failed(states, stage) and row_of(kind, stage).required:
        return FAILED
    order = ORDER[kind]
    later = order[order.index(stage) + 1 :]
    if later:
        return later[0]
    if any(has_failed(states, name) for name in order):
        return FAILED
    return READY
