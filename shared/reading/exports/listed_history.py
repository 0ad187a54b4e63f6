"""Histories without "at": title and employer by a comma, dash or bar, entries by lines, semicolons or commas."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from shared.reading.text.dates import Period, is_open, is_unknown, read_month, read_period
from shared.vocabulary.title_meanings import meanings_at

_LONGEST: Final = 4000  # characters of a cell
_BEHIND_DATES: Final = re.compile(r"(?<=[)\]])\s*[;,|]\s*(?=\S)")
_IN_PARENTHESES: Final = re.compile(r"^(.*?)[\s,]*[(\[]([^()\[\]]{4,40})[)\]]$")
_BEHIND_COMMA: Final = re.compile(r"^(.*),\s*([^,]{4,40})$")
_BARS: Final = re.compile(r"\s+\|\s+")
_JOINTS: Final = (re.compile(r"\s+[-–—]\s+"), re.compile(r"\s*,\s+"))


class ListedEntry(NamedTuple):
    """One position or degree: `first` and `second` as they stand, and its words."""

    first: str
    second: str
    period: Period
    quote: str


def read_listed(cell: str) -> list[ListedEntry] | None:
    """Return the entries with the title, or the degree, first; None where not every one is dated and in two parts.

    Nothing is guessed from one entry with a comma: `Engineer, Payments (2020 - 2021)` is one title.
    """
    if len(cell) > _LONGEST or " at " in cell.lower():
        return None
    pieces = _pieces(cell)
    entries = []
    for piece in pieces:
        entry = _in_bars(piece) or _in_two_parts(piece)
        if entry is None:
            return None
        entries.append(entry)
    is_sure = len(entries) > 1 or any(joint in cell for joint in (" - ", " – ", " — ", " | "))
    return _titles_first(entries) if entries and is_sure else None


def _pieces(cell: str) -> list[str]:
    pieces = []
    for line in cell.split("\n"):
        parts = _BEHIND_DATES.split(line)
        if len(parts) == 1 and ";" in line:
            parts = line.split(";")
        pieces += [part.strip() for part in parts if part.strip()]
    return pieces


def _in_bars(piece: str) -> ListedEntry | None:
    """Read `Engineer | Acme | 2022-01 | 2023-05` and `Engineer | Acme | 2022 - 2023`."""
    parts = _BARS.split(piece)
    if len(parts) not in (3, 4):
        return None
    period = read_period(" - ".join(parts[2:]))
    start = read_month(parts[2])
    if len(parts) == 4 and start and is_open(parts[3]):
        period = Period(start, None, True)
    return ListedEntry(parts[0], parts[1], period, piece) if period else None


def _in_two_parts(piece: str) -> ListedEntry | None:
    """Read `Engineer - Acme (2018 - 2021)` and `Acme, Engineer, Mar 2018 - Dec 2021`."""
    match = _IN_PARENTHESES.match(piece) or _BEHIND_COMMA.match(piece)
    period = read_period(match[2]) if match else None
    if match is None or period is None:
        return None
    for joint in _JOINTS:
        parts = joint.split(match[1])
        if len(parts) == 2 and not any(is_unknown(part) for part in parts):
            return ListedEntry(parts[0].strip(), parts[1].strip(), period, piece)
    return None


def _titles_first(entries: Sequence[ListedEntry]) -> list[ListedEntry]:
    """Return all entries in one order: the part that more often reads like a title is the first."""
    balance = 0
    for entry in entries:
        balance += bool(meanings_at(entry.first)) - bool(meanings_at(entry.second))
    if balance >= 0:
        return list(entries)
    return [entry._replace(first=entry.second, second=entry.first) for entry in entries]
