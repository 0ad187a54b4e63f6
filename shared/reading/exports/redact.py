"""An export without some of its records: their cells are empty, everything else stays where and as it was."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO

from shared.reading.exports.open import Export, Placed
from shared.reading.exports.streams import as_csv, streamed


def blanked(export: Export, stream: BinaryIO, records: Iterable[Placed]) -> BinaryIO:
    """Return the export as a stream in which these records are empty rows; row and line numbers stay.

    `stream`: what `export` was opened on. Text keeps every other byte, but for the marks of UTF-16; a workbook
    becomes UTF-8 CSV with its header and rows.
    """
    if export.encoding == "xlsx":
        numbers = {each.number for each in records}
        return streamed(as_csv(export, empty=numbers))
    gone = {each.line: len(each.lines) for each in records}
    return streamed(_text(stream, export, gone))


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
