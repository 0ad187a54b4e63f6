"""Archives of CV files: what people packed into one, and why a part of it cannot be had."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from lzma import LZMAError
from pathlib import PurePath
from typing import BinaryIO, Final

from shared.cv_files.receive import MOST_FILES
from shared.errors import InvalidRequest, UnreadableFile
from shared.reading.file_names import safe_filename

_UNPACKED: Final = (100_000_000, 30)  # bytes an archive may always hold, and else times its own size
_BROKEN_ZIP: Final = (
    zipfile.BadZipFile,
    zlib.error,
    LZMAError,
    OSError,
    RuntimeError,
    NotImplementedError,
    EOFError,
    ValueError,
)


def files_of_zip(stream: BinaryIO, filename: str, max_bytes: int) -> Iterator[tuple[str, bytes | UnreadableFile]]:
    """Yield name and content of every file in the archive, or why there is none; the reason is the archive's when it
    cannot be opened. A file too large is cut just above the limit, and so refused. Raises `InvalidRequest` for too
    many."""
    filename = safe_filename(filename, "archive.zip")
    try:
        with zipfile.ZipFile(stream) as archive:
            entries = _entries(archive, filename)
            for entry in entries:
                yield entry.filename, _content(archive, entry, max_bytes)
    except UnreadableFile as error:
        yield filename, error
    except _BROKEN_ZIP:
        yield filename, UnreadableFile(f"{filename}: the archive is damaged; send the files themselves")


def _entries(archive: zipfile.ZipFile, filename: str) -> list[zipfile.ZipInfo]:
    """Return what people put into the archive. What it says about sizes holds: no more than that is read."""
    entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _is_litter(entry.filename)]
    if not entries:
        raise UnreadableFile(f"{filename}: there are no files in it")
    if len(entries) > MOST_FILES:
        raise InvalidRequest(f"{filename}: more than {MOST_FILES} files; send them in several uploads")
    whole, packed = sum(entry.file_size for entry in entries), sum(entry.compress_size for entry in entries)
    if whole > max(_UNPACKED[0], _UNPACKED[1] * packed):
        raise UnreadableFile(f"{filename}: it unpacks to {whole / 1e6:,.0f} MB; send the files themselves")
    return entries


def _content(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, max_bytes: int) -> bytes | UnreadableFile:
    name = safe_filename(entry.filename, "file")
    if entry.flag_bits & 1:
        return UnreadableFile(f"{name}: it is protected by a password; send it without")
    try:
        with archive.open(entry) as content:
            return content.read(max_bytes + 1)
    except _BROKEN_ZIP:
        return UnreadableFile(f"{name}: it is damaged in the archive; send the file itself")


def is_zip_of_files(content: bytes) -> bool:
    """Whether this is an archive of files, and not a document that is one inside (docx, odt)."""
    if not content.startswith((b"PK\x03\x04", b"PK\x05\x06")):  # the second is an empty one
        return False
    try:
        names = set(zipfile.ZipFile(BytesIO(content)).namelist())
    except _BROKEN_ZIP:
        return False
    return not names & {"[Content_Types].xml", "mimetype", "content.xml"}


def _is_litter(name: str) -> bool:
    """What archivers add and nobody sent."""
    return name.startswith("__MACOSX/") or PurePath(name).name.startswith((".", "~$")) or name.endswith("Thumbs.db")
