"""Exports written anew while they are read: their parts as a stream, so that memory does not grow with them."""

from __future__ import annotations

import csv
import io
from collections.abc import Container, Iterable, Iterator
from typing import BinaryIO, Final, cast

from shared.reading.exports.open import Export, Row

BLOCK: Final = 1 << 20  # bytes or characters at a time


def stream_of(pieces: Iterator[bytes]) -> BinaryIO:
    """Return the pieces as one stream; each is made when it is needed."""
    return cast(BinaryIO, io.BufferedReader(_Pieces(pieces), BLOCK))


def sheet_as_csv(export: Export, empty: Container[int] = ()) -> Iterator[bytes]:
    """Yield a workbook's header and rows as lines of UTF-8 CSV; rows of the numbers in `empty` have empty cells."""
    yield _line(export.header)
    for row in export.records():
        if isinstance(row, Row):  # a sheet has no damaged ones
            cells = [""] * len(row.cells) if row.number in empty else row.cells
            yield _line(cells)


def _line(cells: Iterable[str]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue().encode("utf-8", "replace")


class _Pieces(io.RawIOBase):
    """Pieces of bytes as a stream."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = piece
        part = self._rest[: len(buffer)]
        self._rest = self._rest[len(buffer) :]
        buffer[: len(part)] = part
        return len(part)
