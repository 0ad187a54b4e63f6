"""An export without some of its records: their cells are empty, everything else stays where and as it was."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO

from shared.reading.exports.open import Export, PlacedRecord
from shared.reading.exports.streams import sheet_as_csv, stream_of


def redact_records(export: Export, stream: BinaryIO, records: Iterable[PlacedRecord]) -> BinaryIO:
    """Return the export as a stream in which these records are empty rows; row and line numbers stay.

    `stream`: what `export` was opened on. Text keeps every other byte, but for the marks of UTF-16; a workbook
    becomes UTF-8 CSV with its header and rows.
    """
    if export.encoding == "xlsx":
        numbers = {record.number for record in records}
        return stream_of(sheet_as_csv(export, empty=numbers))
    line_counts = {record.line: len(record.lines) for record in records}
    return stream_of(_text(stream, export, line_counts))


def _text(stream: BinaryIO, export: Export, line_counts: Mapping[int, int]) -> Iterator[bytes]:
    is_wide = export.encoding.startswith("utf-16")
    # Bytes that are not UTF-16 are taken as they are: line ends and delimiters are the same ones in all of the others.
    encoding = export.encoding if is_wide else "latin-1"
    encoder = codecs.getincrementalencoder(encoding)("replace")
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding, "replace", newline="")
    empty = '""' + export.delimiter * (len(export.header) - 1)  # no blank line: those are not counted as records
    try:
        redacted_until = 0
        for number, line in enumerate(text, 1):
            if number in line_counts:
                redacted_until = number + line_counts[number]
                line = empty + _line_end(line)
            elif number < redacted_until:
                line = _line_end(line)
            yield encoder.encode(line)
    finally:
        text.detach()


def _line_end(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]
