"""Exports that cannot be read piece by piece, rewritten as UTF-8 CSV with the same rows under the same numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO, Final, cast

from shared.reading.exports import Export, Row

_BLOCK: Final = 1 << 20  # characters


def must_be_rewritten(export: Export) -> bool:
    """Whether the export is a workbook or UTF-16."""
    return export.encoding == "xlsx" or export.encoding.startswith("utf-16")


def rewritten(export: Export, stream: BinaryIO) -> BinaryIO:
    """Return the export as a stream of UTF-8 CSV; memory does not grow with it. `stream`: what `export` was opened on.

    UTF-16 keeps every character, so that damaged lines stay what they are; of a workbook come header and records.
    """
    texts = _records(export) if export.encoding == "xlsx" else _characters(stream, export.encoding)
    return cast(BinaryIO, io.BufferedReader(_Encoded(texts), _BLOCK))


def _characters(stream: BinaryIO, encoding: str) -> Iterator[str]:
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding, "replace", newline="")
    try:
        while block := text.read(_BLOCK):
            yield block
    finally:
        text.detach()


def _records(export: Export) -> Iterator[str]:
    yield _line(export.header)
    for row in export.records():
        if isinstance(row, Row):  # a sheet has no damaged ones
            yield _line(row.cells)


def _line(cells: tuple[str, ...] | list[str]) -> str:
    text = io.StringIO()
    csv.writer(text).writerow(cells)
    return text.getvalue()


class _Encoded(io.RawIOBase):
    """Texts as a stream of UTF-8."""

    def __init__(self, texts: Iterator[str]) -> None:
        self._texts = texts
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        while not self._left:
            text = next(self._texts, None)
            if text is None:
                return 0
            self._left = text.encode("utf-8", "replace")
        taken, self._left = self._left[: len(buffer)], self._left[len(buffer) :]
        buffer[: len(taken)] = taken
        return len(taken)
