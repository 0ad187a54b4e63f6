"""Where the rows of an import went."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from shared.models.batch import Import
from shared.models.counters import Counters
from shared.ports import Data

_SKIPPED = ("disqualified", "no_name", "duplicate", "erased")
_PLAIN = ("rows", "created", "merged", "unchanged", "rejected", "flagged")


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

    def document(self) -> Data:
        """Return the counts as an import stores them; what was dropped stands beside them."""
        return {name: getattr(self, name) for name in _PLAIN} | {"skipped": dict(self.skipped)}

    @classmethod
    def of(cls, document: Data) -> Counts:
        """Return the counts a document holds."""
        counts = dict(document.get("counts") or {})
        skipped = cls().skipped | dict(counts.pop("skipped", {}))
        return cls(**counts, skipped=skipped, dropped=dict(document.get("dropped") or {}))


def summed(parts: Iterable[Counts]) -> Counts:
    """Add the parts up."""
    whole = Counts()
    for part in parts:
        whole.add(part)
    return whole


def import_counts(done: Import) -> Data:
    """Return an import's counts in the order people read them."""
    counts = done.counts
    result: Data = {"import_id": done.id, "rows": counts.rows}
    result |= {name: getattr(counts, name) for name in ("created", "merged", "unchanged")}
    result |= {"skipped": counts.skipped.model_dump(), "rejected": counts.rejected, "flagged": counts.flagged}
    extra = {"dropped": done.dropped, "warnings": list(done.warnings), "rejects_file": done.rejects_file}
    return result | {name: value for name, value in extra.items() if value}
