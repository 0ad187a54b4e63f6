"""The full-account grammar of a work history: a line of dates, a line `Company : Role`, a blank line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from shared.reading.text.dates import Period, read_period

_HEAD: Final = re.compile(
    r"^\s*[-–—•*]\s+(?:[^\W\d]{3,12}\.?\s+)?[\d/.-]{4,10}\s*(?:[-–—]|to)\s*[^:|()\n]{0,20}$", re.M
)


class Block(NamedTuple):
    """One entry; `first` and `second` are what stands before and behind the colon."""

    first: str
    second: str
    period: Period
    quote: str
    below: list[str]


def is_blocks(cell: str) -> bool:
    """Whether a line of nothing but dates stands above the first entry."""
    return "\n" in cell and _HEAD.search(cell) is not None and _period_of(cell.lstrip().split("\n", 1)[0]) is not None


def read_blocks(cell: str) -> Iterator[Block]:
    """Yield the entries in the order of the cell."""
    period: Period | None = None
    lines: list[str] = []
    for line in cell.split("\n"):
        if found := _period_of(line):
            if period and lines:
                yield _block(period, lines)
            period, lines = found, []
        elif line.strip():
            lines.append(line.strip())
    if period and lines:
        yield _block(period, lines)


def _block(period: Period, lines: list[str]) -> Block:
    first, _, second = lines[0].partition(" : ") if " : " in lines[0] else lines[0].partition(": ")
    return Block(first.strip(" :"), second.strip(), period, lines[0], lines[1:])


def _period_of(line: str) -> Period | None:
    line = line.strip()
    if line[:2] in ("- ", "– ", "• ", "* "):
        line = line[2:]
    if not 4 <= len(line) <= 40 or not any(c.isdigit() for c in line[:12]):
        return None
    return read_period(line)
