"""Records of a CSV text, one by one: good ones at the speed of the standard library, damaged ones with their line."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

MAX_CELL: Final = 8 << 20  # characters; beyond it a quote was not closed
csv.field_size_limit(max(MAX_CELL, csv.field_size_limit()))
_MAX_SPAN: Final = 5000  # lines one record may cover when its quotes are not clean


class Row(NamedTuple):
    """One data record. `number` 1 is the first below the header; blank ones count."""

    number: int
    cells: list[str]


class Reject(NamedTuple):
    """A record that cannot be trusted: its number, the line of the file it starts on, and why."""

    number: int
    line: int
    reason: str


_Record = tuple[int, int, list[str] | str]  # number, line, cells or why there are none


def read_records(
    lines: Iterable[str], delimiter: str, width: int, first_line: int, start: int = 1
) -> Iterator[Row | Reject]:
    """Yield the records of CSV lines from number `start` on. `first_line`: number of the first line given.

    A record shorter than the header is padded when quotes are clean; one that is longer is rejected unless the rest is
    empty. A cell over `MAX_CELL` characters costs its record. A quote that is never closed costs its own line, and
    every line it swallowed up to the end of the file.
    """
    records = _Records(lines, delimiter, width, first_line)
    for number, line, content in records:
        if number < start:
            continue
        if isinstance(content, list):
            yield Row(number, content)
        else:
            yield Reject(number, line, content)


def placed_records(lines: Iterable[str], delimiter: str, width: int, first_line: int) -> Iterator[_Record]:
    """Yield (number, line it starts on, cells or why there are none) of every record, as `read_records` reads them."""
    return iter(_Records(lines, delimiter, width, first_line))


class _Records:
    """Iterates over (number, line, cells or reason)."""

    def __init__(self, lines: Iterable[str], delimiter: str, width: int, first_line: int) -> None:
        self._lines = iter(lines)
        self._again: deque[str] = deque()  # lines to read once more, before the others
        self._read: list[str] = []  # the lines of the record being read, to start again behind its first one
        self._delimiter, self._width, self._line = delimiter, width, first_line
        self._trusted_from = first_line  # a line before it was part of a damaged record
        self._number = 0
        self._doubtful = -1  # number of the last record whose end is not sure: a short one behind it may be its rest
        self._inner_quote = re.compile(rf'(?<!^)(?<![{re.escape(delimiter)}\r\n])"(?![{re.escape(delimiter)}\r\n]|$)')

    def __iter__(self) -> Iterator[_Record]:
        while True:
            try:
                yield from self._clean()
                return
            except csv.Error as error:
                lines, self._read = self._read, []
                yield from self._broken(lines, str(error))

    def _broken(self, lines: list[str], problem: str) -> Iterator[_Record]:
        """Read on where the strict parser stopped; `lines`: those of the record it stopped in."""
        if "unexpected end" in problem:
            return self._swallowed(lines)
        if "field larger" in problem and self._is_large_cell(lines):
            return self._oversized(lines)
        return self._damaged(lines)

    def _is_large_cell(self, lines: list[str]) -> bool:
        """Read on to the line that closes the quote; tell whether it is a cell, and no rows behind a stray quote."""
        quotes = sum(line.count('"') for line in lines)
        while quotes % 2:
            line = self._next_line()
            if line is None:
                return False
            lines.append(line)
            quotes += line.count('"')
        rows = [line for line in lines if line.count(self._delimiter) == self._width - 1]
        return 2 * len(rows) <= len(lines)

    def _next_line(self) -> str | None:
        return self._again.popleft() if self._again else next(self._lines, None)

    def _oversized(self, lines: list[str]) -> Iterator[_Record]:
        """Reject one record for its size; the others follow behind it."""
        self._number += 1
        yield self._number, self._line, f"a cell has more than {MAX_CELL:,} characters"
        self._line += len(lines)

    def _clean(self) -> Iterator[_Record]:
        """The fast path: everything the strict parser accepts."""
        read, width = self._read, self._width
        for cells in csv.reader(self._keeping(), delimiter=self._delimiter, strict=True):
            if cells:
                self._number += 1
                yield self._number, self._line, cells if len(cells) == width else self._fitted(cells)
            self._line += len(read)
            read.clear()

    def _keeping(self) -> Iterator[str]:
        keep = self._read.append
        while self._again:
            keep(self._again[0])
            yield self._again.popleft()
        for line in self._lines:
            keep(line)
            yield line

    def _fitted(self, cells: list[str]) -> list[str] | str:
        """Pad a short record; cut empty cells off a long one, or say why it cannot be read."""
        width = self._width
        if len(cells) < width:
            if self._line < self._trusted_from or self._doubtful == self._number - 1:
                self._doubtful = self._number
                return "part of the damaged record above"
            return cells + [""] * (width - len(cells))
        if any(cell.strip() for cell in cells[width:]):
            return f"{len(cells)} cells under {width} headers"
        return cells[:width]

    def _damaged(self, lines: list[str]) -> Iterator[_Record]:
        """Read one record without trusting its quotes, or give up its first line, and go on behind it."""
        self._again.extendleft(reversed(lines))
        if repaired := self._repaired(lines[0]):
            self._again.popleft()
            self._number += 1
            yield self._number, self._line, repaired
            self._line += 1
            return
        cells, used = self._leniently()
        is_whole = len(cells) == self._width and not self._swallows(used[1:])
        consumed = len(used) if is_whole else 1
        self._again.extendleft(reversed(used[consumed:]))
        self._number += 1
        self._doubtful = self._number
        self._trusted_from = max(self._trusted_from, self._line + len(used))
        yield self._number, self._line, cells if is_whole else "a quote is opened and not closed properly"
        self._line += consumed

    def _repaired(self, line: str) -> list[str] | None:
        """Return the cells of a one-line record whose inner quotes were not doubled, if doubling makes it whole."""
        if '""' in line:
            return None
        try:
            cells = next(csv.reader([self._inner_quote.sub('""', line)], delimiter=self._delimiter, strict=True), [])
        except csv.Error:
            return None
        return cells if len(cells) == self._width else None

    def _leniently(self) -> tuple[list[str], list[str]]:
        """Return the cells of the next record and the lines it took; no cells when it does not end in time."""
        used: list[str] = []

        def supply() -> Iterator[str]:
            for line in self._keeping():
                if len(used) == _MAX_SPAN:
                    raise csv.Error("too many lines")
                used.append(line)
                yield line

        try:
            return next(csv.reader(supply(), delimiter=self._delimiter), []), used
        except csv.Error:
            self._again.extendleft(reversed(self._read[len(used) :]))
            return [], used
        finally:
            self._read.clear()

    def _swallows(self, lines: list[str]) -> bool:
        """Whether a line inside the record is a whole record by itself."""
        try:
            return any(len(cells) == self._width > 1 for cells in csv.reader(lines, delimiter=self._delimiter))
        except csv.Error:
            return True

    def _swallowed(self, lines: list[str]) -> Iterator[_Record]:
        opened = self._line
        for line in lines:
            if line.strip():
                self._number += 1
                first = self._line == opened
                reason = "a quote is opened and never closed" if first else f"inside the quote opened on line {opened}"
                yield self._number, self._line, reason
            self._line += 1
