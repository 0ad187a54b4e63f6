"""Where the rows of an import went."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, Required, TypedDict, cast

from shared.models.batch import Import
from shared.models.counters import Counters

if TYPE_CHECKING:
    from shared.models.documents.imports import ImportCountsData, ImportDocument, SkippedData, SliceDocument

_SKIPPED: Final = ("disqualified", "no_name", "duplicate", "erased")


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
        counts.skipped.update(cast("dict[str, int]", stored.get("skipped") or {}))
        return counts


def sum_counts(parts: Iterable[Counts]) -> Counts:
    """Add the parts up."""
    total = Counts()
    for part in parts:
        total.add(part)
    return total


class ImportSummary(TypedDict, total=False):
    """Where the rows of an import went, and what is odd about its file where anything is."""

    import_id: Required[str]
    rows: Required[int]
    created: Required[int]
    merged: Required[int]
    unchanged: Required[int]
    skipped: Required[dict[str, int]]
    rejected: Required[int]
    flagged: Required[int]
    dropped: dict[str, int]
    warnings: list[str]
    rejects_file: str | None


def import_counts(import_: Import) -> ImportSummary:
    """Return an import's counts in the order people read them."""
    counts = import_.counts
    summary: ImportSummary = {
        "import_id": import_.id,
        "rows": counts.rows,
        "created": counts.created,
        "merged": counts.merged,
        "unchanged": counts.unchanged,
        "skipped": counts.skipped.model_dump(),
        "rejected": counts.rejected,
        "flagged": counts.flagged,
    }
    if import_.dropped:
        summary["dropped"] = import_.dropped
    if import_.warnings:
        summary["warnings"] = list(import_.warnings)
    if import_.rejects_file:
        summary["rejects_file"] = import_.rejects_file
    return summary
