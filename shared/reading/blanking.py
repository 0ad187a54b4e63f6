"""An export without some of its records: their cells are empty, everything else stays where and as it was."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO, Final, cast

from shared.reading.exports import Export, Placed, Row

_BLOCK: Final = 1 << 20


def blanked(export: Export, stream: BinaryIO, records: Iterable[Placed]) -> BinaryIO:
    """Return the export as a stream in which these records are empty rows; row and line numbers stay.

    `stream`: what `export` was opened on. Text keeps every other byte, but for the marks of UTF-16; a workbook
    becomes UTF-8 CSV with its header and rows.
    """
    if export.encoding == "xlsx":
        numbers = {each.number for each in records}
        return _stream(text.encode("utf-8", "replace") for text in _sheet(export, numbers))
    gone = {each.line: len(each.lines) for each in records}
    return _stream(_text(stream, export, gone))


def _sheet(export: Export, numbers: set[int]) -> Iterator[str]:
    yield _line(export.header)
    for row in export.records():
        if isinstance(row, Row):
            yield _line([""] * len(row.cells) if row.number in numbers else row.cells)


def _line(cells: Iterable[str]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue()


def _text(stream: BinaryIO, export: Export, gone: Mapping[int, int]) -> Iterator[bytes]:
    wide = export.encoding.startswith("utf-16")
    # Bytes that are not UTF-16 are taken as they are: line ends and delimiters are the same ones in all of the others.
    encoding = export.encoding if wide else "latin-1"
    encoder = codecs.getincrementalencoder(encoding)("replace")
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding, "replace", newline="")
    empty = '""' + export.delimiter * (len(export.header) - 1)  # no blank line: those are not counted as records
    try:
        until = 0
        for number, line in enumerate(text, 1):
            if number in gone:
                until = number + gone[number]
                yield encoder.encode(empty + _end_of(line))
            elif number < until:
                yield encoder.encode(_end_of(line))
            else:
                yield encoder.encode(line)
    finally:
        text.detach()


def _end_of(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]


def _stream(pieces: Iterator[bytes]) -> BinaryIO:
    return cast(BinaryIO, io.BufferedReader(_Pieces(pieces), _BLOCK))


class _Pieces(io.RawIOBase):
    """Pieces of bytes as a stream."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._left = piece
        taken, self._left = self._left[: len(buffer)], self._left[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)
