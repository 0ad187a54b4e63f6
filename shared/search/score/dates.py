"""Years out of dated positions: overlaps counted once, current ones to today, undated ones not guessed."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shared.models.documents.profiles import ExperienceData

Span = tuple[int, int]  # months since year 0, the end not included


@lru_cache(maxsize=4096)
def months(date: str) -> int | None:
    """Return `YYYY-MM` or `YYYY` (taken as July) as months since year 0; None for anything else."""
    year, _, month = date[:7].partition("-")
    if not (len(year) == 4 and year.isdigit()):
        return None
    return int(year) * 12 + (int(month) - 1 if month.isdigit() else 6)


def span_of(job: ExperienceData, now: int, newest: bool) -> Span | None:
    """Return when a position was held; None when its dates do not say.

    An open end lasts to `now` when the position is current, or is the newest and not said to have ended.
    """
    start = months(job.get("start") or "")
    if start is None:
        return None
    end = months(job.get("end") or "")
    current = job.get("current")
    if end is None:
        end = now if current or (current is None and newest) else None
    return (start, min(end, now)) if end is not None and start < min(end, now) else None


def years(spans: Iterable[Span]) -> float:
    """Return the years covered by the spans, overlaps counted once, to a tenth."""
    total, reach = 0, 0
    for start, end in sorted(spans):
        total += max(0, end - max(start, reach))
        reach = max(reach, end)
    return round(total / 12, 1)
