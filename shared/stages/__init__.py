"""The order of the stages, per kind of record. A stage is a file here and a name in ORDER."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any, Final, Literal, Protocol, cast

from shared.models.candidate import FAILED, READY, Tokens
from shared.ports import Data, Ports, Stored

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
class Outcome:
    """What a stage made of one record: `fields` are set on it, `beside` are documents kept next to it, `gone` those
    that are no longer."""

    state: Literal["done", "failed", "skipped", "again"]  # again: nothing is saved, the record is asked about anew
    fields: Data = field(default_factory=dict)
    beside: tuple[tuple[str, str, Data], ...] = ()  # (collection, id, document)
    reason: str | None = None  # why skipped, failed for good or not done now; no personal data
    tokens: Tokens = field(default_factory=Tokens)
    gone: tuple[tuple[str, str], ...] = ()  # (collection, id)


class Stage(Protocol):
    """What a stage file offers. It reads files and the model; it never saves and never queues."""

    REQUIRED: bool  # whether later stages need it: then its failure ends the record's way

    def inputs(self, data: Data) -> Any:
        """Return, as JSON values, all of the record this stage reads: its hash says whether the work is still good."""

    def recipe(self, ports: Ports) -> str:
        """Return model, prompt and schema versions as one readable string."""

    def run(self, records: Sequence[Stored], ports: Ports) -> list[Outcome]:
        """Return one outcome a record, in order. Raises `Retryable` for the whole batch."""


def load(stage: str, kind: str = "candidates") -> Stage:
    """Return the stage's file; it is imported on first use."""
    return cast(Stage, import_module(_ELSEWHERE.get((kind, stage), f"shared.stages.{stage}")))


def first(kind: str) -> str:
    """Return the stage a new or changed record awaits."""
    return ORDER[kind][0]


def after(kind: str, stage: str, states: dict[str, Data]) -> str:
    """Return what a record awaits once `stage` has ended: the next stage, `ready` or `failed`."""
    order = ORDER[kind]
    failed = [name for name in order if states.get(name, {}).get("state") == "failed"]
    if stage in failed and load(stage, kind).REQUIRED:
        return FAILED
    behind = order[order.index(stage) + 1 :]
    return behind[0] if behind else (FAILED if failed else READY)
