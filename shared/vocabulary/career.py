"""How long a career is: months covered by dated positions, overlaps counted once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

_MIDDLE: Final = 7  # `2015` counts as its middle: differences between two such years come out whole
Dated = tuple[str | None, str | None, bool | None]  # start, end, current


def months(date: str | None) -> int | None:
    """Return `2019-04` or `2019` as months from year 0; None when it is neither."""
    year, _, month = (date or "").partition("-")
    if not year.isdigit():
        return None
    if not month:
        return int(year) * 12 + _MIDDLE - 1
    if not month[:2].isdigit():
        return None
    return int(year) * 12 + int(month[:2]) - 1


def span(dated: Dated, today: str) -> tuple[int, int] | None:
    """Return [start, end) in months from year 0. An open end counts to `today` only where the source says current."""
    first, last, current = dated
    now = (months(today) or 0) + 1
    start, end = months(first), months(last)
    if current:
        end = now
    elif end is not None and last and "-" in last:
        end += 1  # a month named as the end was worked
    if start is None or end is None:
        return None
    end = min(end, now)
    return (start, end) if start < end else None


def covered(spans: Iterable[tuple[int, int]]) -> int:
    """Return the months covered by [start, end) spans, overlaps once."""
    total, reached = 0, 0
    for start, end in sorted(spans):
        total += max(0, end - max(start, reached))
        reached = max(reached, end)
    return total


def total_years(positions: Iterable[Dated], today: str) -> float | None:
    """Return the years covered by dated positions as of `today` (YYYY-MM…), to one decimal; None when none is dated."""
    spans = []
    for dated in positions:
        months_worked = span(dated, today[:7])
        if months_worked:
            spans.append(months_worked)
    if not spans:
        return None
    return round(covered(spans) / 12, 1)
