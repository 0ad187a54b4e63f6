"""Spreadsheet files: rows of text out of XLSX and XLS."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, BinaryIO, Final

from shared.errors import UnreadableFile

_MAX_UNPACKED: Final = 2 << 30  # bytes a workbook may unpack to
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def is_sheet(stream: BinaryIO, filename: str) -> bool:
    """Whether the content is a workbook. Raises UnreadableFile for any other zip archive."""
    stream.seek(0)
    magic = stream.read(8)
    if magic == _OLE:
        return True
    if not magic.startswith(b"PK"):
        return False
    entries = _entries(stream, filename)
    has_sheets = any(entry.filename.startswith(("xl/", "content.xml")) for entry in entries)
    if not has_sheets:
        raise UnreadableFile(f"{filename}: this is a zip archive, not an XLSX export; unpack it first")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > _MAX_UNPACKED:
        raise UnreadableFile(f"{filename}: the workbook unpacks to more than {_MAX_UNPACKED >> 30} GB")
    return True


def _entries(stream: BinaryIO, filename: str) -> list[zipfile.ZipInfo]:
    try:
        with zipfile.ZipFile(stream) as archive:
            return archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise UnreadableFile(f"{filename}: the file is a damaged archive, not a CSV or XLSX export") from error


def sheet_rows(stream: BinaryIO, filename: str) -> list[Iterator[list[str]]]:
    """Return one iterator of rows a sheet, in the workbook's order. Raises UnreadableFile."""
    # reading CSV needs none of it
    from python_calamine import CalamineError, CalamineWorkbook, ZipError

    stream.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(stream)
        return [_rows(book.get_sheet_by_name(name)) for name in book.sheet_names]
    except (CalamineError, ZipError, OSError) as error:
        raise UnreadableFile(f"{filename}: the workbook cannot be read; save it again as XLSX or CSV") from error


def _rows(sheet: Any) -> Iterator[list[str]]:
    for row in sheet.to_python(skip_empty_area=False):
        yield [_text(value) for value in row]


def _text(value: Any) -> str:
    """A cell as a person would write it: whole numbers without a point, moments as ISO."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if value is None or isinstance(value, timedelta):
        return ""
    return str(value)
