"""Exports that cannot be read piece by piece, rewritten as UTF-8 CSV with the same rows under the same numbers."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO

from shared.reading.exports.open import Export
from shared.reading.exports.streams import BLOCK, sheet_as_csv, stream_of


def must_be_transcoded(export: Export) -> bool:
    """Whether the export is a workbook or UTF-16."""
    return export.encoding == "xlsx" or export.encoding.startswith("utf-16")


def transcode(export: Export, stream: BinaryIO) -> BinaryIO:
    """Return the export as a stream of UTF-8 CSV; memory does not grow with it. `stream`: what `export` was opened on.

    UTF-16 keeps every character, so that damaged lines stay what they are; of a workbook come header and records.
    """
    if export.encoding == "xlsx":
        return stream_of(sheet_as_csv(export))
    return stream_of(_characters(stream, export.encoding))


def _characters(stream: BinaryIO, encoding: str) -> Iterator[bytes]:
    stream.seek(0)
    text = io.TextIOWrapper(stream, encoding, "replace", newline="")
    try:
        block = text.read(BLOCK)
        while block:
            yield block.encode("utf-8", "replace")
            block = text.read(BLOCK)
    finally:
        text.detach()
