"""Export files of any dialect, opened as records under a header that is understood."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import BinaryIO, Final, NamedTuple

from shared.errors import UnreadableFile
from shared.reading.exports.column_contents import SAMPLE, content_warnings, decide_date_orders
from shared.reading.exports.dialects import DateOrder, recognize_dialect
from shared.reading.exports.encoding import Encoding, detect_encoding
from shared.reading.exports.headers import Columns, field_of, map_headers, protected_attribute
from shared.reading.exports.records import Reject, Row, placed_records, read_records
from shared.reading.exports.sheets import is_sheet, sheet_rows

__all__ = ["Export", "PlacedRecord", "Reject", "Row", "open_export"]

_DELIMITERS: Final = (",", ";", "\t", "|")
_HEADER_WITHIN: Final = 20  # records in which the header must stand
_HEAD_CHARS: Final = 1 << 20  # of the text, to look for it
_SEP_LINE: Final = re.compile(r"\"?sep=(.)\"?\s*", re.I)
_NAMES: Final = frozenset(("name", "first_name", "last_name"))
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
    dialect: str | None = None  # whose export it looks like

    def records(self, start: int = 1) -> Iterator[Row | Reject]:
        """Yield data records from number `start` on (1 = the first); every record is a Row or a Reject.

        A Row's cells are as many as the header's. Memory does not grow with the file.
        """
        if self._text is None:
            return self._sheet_records(start)
        return self._text_records(self._text, start)

    def placed(self) -> Iterator[PlacedRecord]:
        """Yield every record of a text export with the lines it stands on; of a workbook with no lines."""
        if self._text is None:
            for row in self._sheet_records(1):
                yield PlacedRecord(row.number, 0, row.cells, [])
            return
        with _lines_of(self._stream, self._text) as lines:
            buffer: list[str] = []  # the lines from the last record on
            buffered_from = self._skip_header(lines)
            pending: PlacedRecord | None = None
            copied = _copy_lines(lines, buffer)
            for number, line, content in placed_records(copied, self.delimiter, len(self.header), buffered_from):
                if pending:
                    yield pending._replace(lines=buffer[: line - pending.line])
                del buffer[: line - buffered_from]
                buffered_from = line
                cells = content if isinstance(content, list) else None
                pending = PlacedRecord(number, line, cells, [])
            if pending:
                yield pending._replace(lines=buffer)

    def _text_records(self, encoding: Encoding, start: int) -> Iterator[Row | Reject]:
        with _lines_of(self._stream, encoding) as lines:
            yield from read_records(lines, self.delimiter, len(self.header), self._skip_header(lines), start)

    def _skip_header(self, lines: Iterator[str]) -> int:
        """Read down to the header and with it; return the number of the next line."""
        lines_above = 0
        if self._head.has_sep_line:
            next(lines, None)
            lines_above = 1
        parsed = csv.reader(lines, delimiter=self.delimiter)
        for _ in islice(parsed, self._head.skip):
            pass
        return lines_above + parsed.line_num + 1

    def _sheet_records(self, start: int) -> Iterator[Row]:
        """Rows of the sheet; the empty ones below the last person are formatting, not records."""
        padding = [""] * len(self.header)
        last_filled = 0
        rows = sheet_rows(self._stream, self._filename)[self._head.sheet]
        for number, cells in enumerate(islice(rows, self._head.skip, None), 1):
            if not any(cells):
                continue
            for empty in range(max(last_filled + 1, start), number):
                yield Row(empty, list(padding))
            if number >= start:
                yield Row(number, (cells + padding)[: len(padding)])
            last_filled = number


class PlacedRecord(NamedTuple):
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


def open_export(
    stream: BinaryIO, filename: str, by_hand: Mapping[str, str] | None = None, dates: DateOrder | None = None
) -> Export:
    """Open an export file: its dialect is read from the content, never from the name. `stream` must be seekable.

    Takes UTF-8, UTF-16 and Windows-1252; commas, semicolons, tabs, bars; a `sep=` line; a header within the first
    20 records; XLSX and XLS. `by_hand`: header -> field, where a person knows better. `dates`: the order of all dates,
    else the cells decide. Raises UnreadableFile, saying why, for everything else.
    """
    head, text = _find_head(stream, filename)
    columns = map_headers(head.header, by_hand)
    _require_name(columns, filename)
    export = Export(
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
    return _with_contents(export, dates)


def read_header(stream: BinaryIO, filename: str) -> tuple[str, ...]:
    """Return the header of an export, whatever its columns mean. Raises UnreadableFile."""
    return tuple(_find_head(stream, filename)[0].header)


def _find_head(stream: BinaryIO, filename: str) -> tuple[_Head, Encoding | None]:
    if is_sheet(stream, filename):
        head, text = _head_of_sheets(stream, filename), None
    else:
        text = detect_encoding(stream, filename)
        head = _head_of_text(stream, text)
    if head is None or head.score == 0:
        raise UnreadableFile(
            f"{filename}: no header row found in the first {_HEADER_WITHIN} rows; a column Name is needed"
        )
    return head, text


def _with_contents(export: Export, dates: DateOrder | None) -> Export:
    """Return the export with what its cells say of its columns."""
    sample = [row.cells for row in islice(export.records(), SAMPLE) if isinstance(row, Row)]
    rows = (row.cells for row in export.records() if isinstance(row, Row)) if export.columns.dates else ()
    dialect = recognize_dialect(export.header)
    usual_order = dialect.dates if dialect else None
    month_first, warnings = decide_date_orders(export.columns, rows, dates, usual_order)
    warnings += content_warnings(export.columns, sample)
    columns = replace(export.columns, month_first=month_first)
    name = dialect.name if dialect else None
    return replace(export, columns=columns, warnings=[*export.warnings, *warnings], dialect=name)


def _require_name(columns: Columns, filename: str) -> None:
    if columns.indexes.keys() & _NAMES:
        return
    headers = [f"“{name.strip()}”" for name in columns.header[:_SHOWN_HEADERS] if name.strip()]
    listed = ", ".join(headers)
    raise UnreadableFile(f"{filename}: the required column Name (or First name / Last name) is missing; found {listed}")


def _head_of_sheets(stream: BinaryIO, filename: str) -> _Head | None:
    heads = []
    for number, rows in enumerate(sheet_rows(stream, filename)):
        heads.append(_best_row(islice(rows, _HEADER_WITHIN), sheet=number))
    return _best_head(heads)


def _best_head(heads: Iterable[_Head | None]) -> _Head | None:
    """Return the head with the highest score, the first of equals."""
    best: _Head | None = None
    for head in heads:
        if head and (best is None or head.score > best.score):
            best = head
    return best


def _head_of_text(stream: BinaryIO, encoding: Encoding) -> _Head | None:
    with _lines_of(stream, encoding) as lines:
        head = list(_first_lines(lines))
    marked = _SEP_LINE.fullmatch(head[0]) if head else None
    delimiters = (marked[1],) if marked else _DELIMITERS
    body = head[1:] if marked else head
    heads = []
    for delimiter in delimiters:
        heads.append(_best_row(_rows(body, delimiter), delimiter=delimiter, has_sep_line=marked is not None))
    return _best_head(heads)


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
        score = _count_known(cells)
        if score and (best is None or score > best.score):
            best = _Head(cells, score, number, delimiter, has_sep_line, sheet)
    return best


def _count_known(cells: Sequence[str]) -> int:
    fields = set()
    for cell in cells:
        if 0 < len(cell) < 80:
            fields.add(field_of(cell) or protected_attribute(cell))
    return len(fields - {None})


def _copy_lines(lines: Iterable[str], buffer: list[str]) -> Iterator[str]:
    for line in lines:
        buffer.append(line)
        yield line


@contextmanager
def _lines_of(stream: BinaryIO, encoding: Encoding) -> Iterator[Iterator[str]]:
    """The stream's lines from the start, whatever ends them; the stream stays open."""
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding.name, encoding.errors, newline="")
    lines = (line.replace("\x00", "") for line in text) if encoding.has_nul else iter(text)
    try:
        yield lines
    finally:
        text.detach()
