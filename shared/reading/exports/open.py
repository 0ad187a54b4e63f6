"""Export files of any dialect, opened as records under a header that is understood."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO, Final, NamedTuple

from shared.errors import UnreadableFile
from shared.reading.exports.encoding import Encoding, detect_encoding
from shared.reading.exports.headers import Columns, field_of, map_headers, protected_attribute
from shared.reading.exports.records import Reject, Row, placed_records, read_records
from shared.reading.exports.sheets import is_sheet, sheet_rows

__all__ = ["Export", "Placed", "Reject", "Row", "open_export"]

_DELIMITERS: Final = (",", ";", "\t", "|")
_HEADER_WITHIN: Final = 20  # records in which the header must stand
_HEAD_CHARS: Final = 1 << 20  # of the text, to look for it
_SEP_LINE: Final = re.compile(r"\"?sep=(.)\"?\s*", re.I)
_NAMES: Final = ("name", "first_name", "last_name")
_SHOWN_HEADERS: Final = 30


@dataclass(frozen=True)
class Export:
    """An opened export. `records` may be called again and again; the stream stays the caller's."""

    header: tuple[str, ...]
    columns: Columns
    encoding: str  # `xlsx` for a workbook
    delimiter: str
    warnings: list[str]
    _stream: BinaryIO = field(repr=False)
    _filename: str = field(repr=False)
    _text: Encoding | None = field(repr=False)  # None: a workbook
    _head: _Head = field(repr=False)

    def records(self, start: int = 1) -> Iterator[Row | Reject]:
        """Yield data records from number `start` on (1 = the first); every record is a Row or a Reject.

        A Row's cells are as many as the header's. Memory does not grow with the file.
        """
        if self._text is None:
            return self._sheet_records(start)
        return self._text_records(self._text, start)

    def placed(self) -> Iterator[Placed]:
        """Yield every record of a text export with the lines it stands on; of a workbook with no lines."""
        if self._text is None:
            yield from (Placed(row.number, 0, row.cells, []) for row in self.records() if isinstance(row, Row))
            return
        with _lines_of(self._stream, self._text) as lines:
            held: list[str] = []  # the lines from the last record on
            first, open_ = self._behind_header(lines), None
            records = placed_records(_kept(lines, held), self.delimiter, len(self.header), first)
            for number, line, found in records:
                if open_:
                    yield Placed(open_[0], open_[1], open_[2], held[: line - open_[1]])
                del held[: line - (open_[1] if open_ else first)]
                open_ = number, line, found if isinstance(found, list) else None
            if open_:
                yield Placed(open_[0], open_[1], open_[2], held)

    def _text_records(self, encoding: Encoding, start: int) -> Iterator[Row | Reject]:
        with _lines_of(self._stream, encoding) as lines:
            yield from read_records(lines, self.delimiter, len(self.header), self._behind_header(lines), start)

    def _behind_header(self, lines: Iterator[str]) -> int:
        """Read down to the header and with it; return the number of the next line."""
        above = 0
        if self._head.has_sep_line:
            next(lines, None)
            above = 1
        parsed = csv.reader(lines, delimiter=self.delimiter)
        for _ in islice(parsed, self._head.skip):
            pass
        return above + parsed.line_num + 1

    def _sheet_records(self, start: int) -> Iterator[Row | Reject]:
        """Rows of the sheet; the empty ones below the last person are formatting, not records."""
        width, number, empty = len(self.header), 0, 0
        rows = sheet_rows(self._stream, self._filename)[self._head.sheet]
        for cells in islice(rows, self._head.skip, None):
            if not any(cells):
                empty += 1
                continue
            for _ in range(empty):
                number += 1
                if number >= start:
                    yield Row(number, [""] * width)
            empty, number = 0, number + 1
            if number >= start:
                yield Row(number, (cells + [""] * width)[:width])


class Placed(NamedTuple):
    """A record with the lines it stands on, as they are in the file."""

    number: int
    line: int  # the first one's number, 1 = the file's first; 0 in a workbook
    cells: list[str] | None  # None: damaged
    lines: list[str]


@dataclass(frozen=True)
class _Head:
    """Where the header was found."""

    header: list[str]
    score: int  # how many of its cells are known column names
    skip: int  # records down to and with the header
    delimiter: str = ""
    has_sep_line: bool = False
    sheet: int = 0


def open_export(stream: BinaryIO, filename: str) -> Export:
    """Open an export file: its dialect is read from the content, never from the name. `stream` must be seekable.

    Takes UTF-8, UTF-16 and Windows-1252; commas, semicolons, tabs, bars; a `sep=` line; a header within the first
    20 records; XLSX and XLS. Raises UnreadableFile, saying why, for everything else.
    """
    if is_sheet(stream, filename):
        head, text = _head_of_sheets(stream, filename), None
    else:
        text = detect_encoding(stream, filename)
        head = _head_of_text(stream, text)
    if head is None or head.score == 0:
        raise UnreadableFile(
            f"{filename}: no header row found in the first {_HEADER_WITHIN} rows; a column Name is needed"
        )
    columns = map_headers(head.header)
    _require_name(columns, filename)
    return Export(
        header=tuple(head.header),
        columns=columns,
        encoding=text.name if text else "xlsx",
        delimiter=head.delimiter,
        warnings=[*(text.warnings if text else ()), *columns.warnings],
        _stream=stream,
        _filename=filename,
        _text=text,
        _head=head,
    )


def _require_name(columns: Columns, filename: str) -> None:
    if any(name in columns.indexes for name in _NAMES):
        return
    seen = ", ".join(f"“{name.strip()}”" for name in columns.header[:_SHOWN_HEADERS] if name.strip())
    raise UnreadableFile(f"{filename}: the required column Name (or First name / Last name) is missing; found {seen}")


def _head_of_sheets(stream: BinaryIO, filename: str) -> _Head | None:
    found = [
        _best_row(islice(rows, _HEADER_WITHIN), sheet=number)
        for number, rows in enumerate(sheet_rows(stream, filename))
    ]
    return max((head for head in found if head), key=lambda head: head.score, default=None)


def _head_of_text(stream: BinaryIO, encoding: Encoding) -> _Head | None:
    with _lines_of(stream, encoding) as lines:
        head = list(_first_lines(lines))
    marked = _SEP_LINE.fullmatch(head[0]) if head else None
    delimiters = (marked[1],) if marked else _DELIMITERS
    body = head[1:] if marked else head
    found = [
        _best_row(_rows(body, delimiter), delimiter=delimiter, has_sep_line=marked is not None)
        for delimiter in delimiters
    ]
    return max((head for head in found if head), key=lambda head: head.score, default=None)


def _first_lines(lines: Iterable[str]) -> Iterator[str]:
    size = 0
    for line in lines:
        yield line
        size += len(line)
        if size > _HEAD_CHARS:
            return


def _rows(lines: Sequence[str], delimiter: str) -> Iterator[list[str]]:
    try:
        yield from islice(csv.reader(lines, delimiter=delimiter), _HEADER_WITHIN)
    except csv.Error:  # a cell over the limit: what came before it is all there is to look at
        return


def _best_row(
    rows: Iterable[list[str]], delimiter: str = "", has_sep_line: bool = False, sheet: int = 0
) -> _Head | None:
    """Return the row with the most known column names, the first of equals."""
    best: _Head | None = None
    for number, cells in enumerate(rows, 1):
        score = _known(cells)
        if score and (best is None or score > best.score):
            best = _Head(cells, score, number, delimiter, has_sep_line, sheet)
    return best


def _known(cells: Sequence[str]) -> int:
    short = [cell for cell in cells if 0 < len(cell) < 80]
    return len({field_of(cell) or protected_attribute(cell) for cell in short} - {None})


def _kept(lines: Iterable[str], held: list[str]) -> Iterator[str]:
    for line in lines:
        held.append(line)
        yield line


@contextmanager
def _lines_of(stream: BinaryIO, encoding: Encoding) -> Iterator[Iterator[str]]:
    """The stream's lines from the start, whatever ends them; the stream stays open."""
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding.name, encoding.errors, newline="")
    try:
        yield (line.replace("\x00", "") for line in text) if encoding.has_nul else iter(text)
    finally:
        text.detach()
