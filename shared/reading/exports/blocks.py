"""The full-account grammar of a work history: a line of dates, a line `Company : Role`, a blank line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from shared.reading.text.dates import Period, read_period

_HEAD: Final = re.compile(
    r"^\s*[-–—•*]\s+(?:[^\W\d]{3,12}\.?\s+)?[\d/.-]{4,10}\s*(?:[-–—]|to)\s*[^:|()\n]{0,20}$", re.M
)
_BULLETS: Final = ("- ", "– ", "• ", "* ")


class Block(NamedTuple):
    """One entry; `first` and `second` are what stands before and behind the colon."""

    first: str
    second: str
    period: Period
    quote: str
    below: list[str]


def is_blocks(cell: str) -> bool:
    """Tell whether a line of nothing but dates stands above the first entry."""
    if "\n" not in cell or not _HEAD.search(cell):
        return False
    first_line, _, _ = cell.lstrip().partition("\n")
    return _period_of(first_line) is not None


def read_blocks(cell: str) -> Iterator[Block]:
    """Yield the entries in the order of the cell."""
    period: Period | None = None
    lines: list[str] = []
    for line in cell.split("\n"):
        next_period = _period_of(line)
        if next_period:
            yield from _blocks(period, lines)
            period = next_period
            lines = []
        elif line.strip():
            lines.append(line.strip())
    yield from _blocks(period, lines)


def _blocks(period: Period | None, lines: list[str]) -> Iterator[Block]:
    """Yield the entry of these lines; none where dates or words are missing."""
    if period is None or not lines:
        return
    head = lines[0]
    joint = " : " if " : " in head else ": "
    first, _, second = head.partition(joint)
    yield Block(first.strip(" :"), second.strip(), period, head, lines[1:])


def _period_of(line: str) -> Period | None:
    line = line.strip()
    if line.startswith(_BULLETS):
        line = line[2:]
    if not 4 <= len(line) <= 40 or not any(map(str.isdigit, line[:12])):
        return None
    return read_period(line)
