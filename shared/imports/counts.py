"""Where the rows of an import went."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypedDict, cast

from shared.models.batch import Import
from shared.models.counters import Counters

if TYPE_CHECKING:
    from shared.models.documents.imports import ImportCountsData, ImportDocument, SkippedData, SliceDocument

_SKIPPED = ("disqualified", "no_name", "duplicate", "erased")


@dataclass
class Counts(Counters):
    """The counts of an import, or of a part of one."""

    rows: int = 0
    created: int = 0
    merged: int = 0
    unchanged: int = 0
    rejected: int = 0
    flagged: int = 0
    skipped: dict[str, int] = field(default_factory=lambda: dict.fromkeys(_SKIPPED, 0))
    dropped: dict[str, int] = field(default_factory=dict)  # protected attribute -> cells

    def document(self) -> ImportCountsData:
        """Return the counts as an import stores them; what was dropped stands beside them."""
        return {
            "rows": self.rows,
            "created": self.created,
            "merged": self.merged,
            "unchanged": self.unchanged,
            "rejected": self.rejected,
            "flagged": self.flagged,
            "skipped": cast("SkippedData", dict(self.skipped)),
        }

    @classmethod
    def of(cls, document: ImportDocument | SliceDocument) -> Counts:
        """Return the counts a document holds."""
        stored = document.get("counts") or {}
        counts = cls(
            rows=stored.get("rows", 0),
            created=stored.get("created", 0),
            merged=stored.get("merged", 0),
            unchanged=stored.get("unchanged", 0),
            rejected=stored.get("rejected", 0),
            flagged=stored.get("flagged", 0),
            dropped=dict(document.get("dropped") or {}),
        )
        counts.skipped |= cast("dict[str, int]", stored.get("skipped") or {})
        return counts


def summed(parts: Iterable[Counts]) -> Counts:
    """Add the parts up."""
    whole = Counts()
    for part in parts:
        whole.add(part)
    return whole


class ImportCountsAnswer(TypedDict):
    """Where the rows of an import went."""

    import_id: str
    rows: int
    created: int
    merged: int
    unchanged: int
    skipped: dict[str, int]
    rejected: int
    flagged: int


class ImportAnswer(ImportCountsAnswer, total=False):
    """An import's counts, and what is odd about its file where anything is."""

    dropped: dict[str, int]
    warnings: list[str]
    rejects_file: str | None


def import_counts(done: Import) -> ImportAnswer:
    """Return an import's counts in the order people read them."""
    counts = done.counts
    answer: ImportAnswer = {
        "import_id": done.id,
        "rows": counts.rows,
        "created": counts.created,
        "merged": counts.merged,
        "unchanged": counts.unchanged,
        "skipped": counts.skipped.model_dump(),
        "rejected": counts.rejected,
        "flagged": counts.flagged,
    }
    if done.dropped:
        answer["dropped"] = done.dropped
    if done.warnings:
        answer["warnings"] = list(done.warnings)
    if done.rejects_file:
        answer["rejects_file"] = done.rejects_file
    return answer
