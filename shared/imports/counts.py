"""Where the rows of an import went."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, cast

from shared.models.batch import Import
from shared.models.counters import Counters
from shared.ports import Data

if TYPE_CHECKING:
    from shared.models.documents.imports import ImportCountsData

_SKIPPED: Final = ("disqualified", "no_name", "duplicate", "erased")
_NUMBERS: Final = ("rows", "created", "merged", "unchanged", "rejected", "flagged")
_OUTCOMES: Final = ("created", "merged", "unchanged")


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
        document: Data = {name: getattr(self, name) for name in _NUMBERS}
        document["skipped"] = dict(self.skipped)
        return cast("ImportCountsData", document)

    @classmethod
    def of(cls, document: Mapping[str, Any]) -> Counts:
        """Return the counts a document holds."""
        numbers = dict(document.get("counts") or {})
        counts = cls(dropped=dict(document.get("dropped") or {}))
        counts.skipped.update(numbers.pop("skipped", {}))
        for name, number in numbers.items():
            setattr(counts, name, number)
        return counts


def sum_counts(parts: Iterable[Counts]) -> Counts:
    """Add the parts up."""
    total = Counts()
    for part in parts:
        total.add(part)
    return total


def import_counts(import_: Import) -> Data:
    """Return an import's counts in the order people read them."""
    counts = import_.counts
    result: Data = {"import_id": import_.id, "rows": counts.rows}
    for name in _OUTCOMES:
        result[name] = getattr(counts, name)
    result["skipped"] = counts.skipped.model_dump()
    result["rejected"] = counts.rejected
    result["flagged"] = counts.flagged
    optional = {"dropped": import_.dropped, "warnings": list(import_.warnings), "rejects_file": import_.rejects_file}
    for name, value in optional.items():
        if value:
            result[name] = value
    return result
