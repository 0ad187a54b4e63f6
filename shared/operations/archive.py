"""The file a backup is: a tar with a header first and, last, the size and hash of all between them."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final, TypedDict, cast

from shared.errors import UnreadableFile
from shared.models.values import JsonValue

FORMAT: Final = 1
HEADER: Final = "header.json"
CONTENTS: Final = "contents.json"
_BLOCK: Final = 1 << 20
_MOST_JSON: Final = 1 << 28  # bytes of a header or a list of contents


class Header(TypedDict):
    """What a backup says of itself before anything else."""

    format: int
    schema_version: int
    secret_fingerprint: str
    created_at: str


class Entry(TypedDict):
    """One file of a backup."""

    size: int
    sha256: str


class Contents(TypedDict):
    """What is in a backup, and which files it should hold but could not: their bytes were gone."""

    entries: dict[str, Entry]
    missing: list[str]


class ArchiveWriter:
    """Writes one archive to an open stream; `finish` makes it complete."""

    def __init__(self, target: BinaryIO, header: Header) -> None:
        self._tar = tarfile.TarFile.open(fileobj=target, mode="w|", format=tarfile.PAX_FORMAT)
        self._contents: Contents = {"entries": {}, "missing": []}
        self._add_json(HEADER, header)

    def add(self, name: str, path: Path) -> bool:
        """Add a file under this name; return False where it is gone, which the archive then says."""
        try:
            file = path.open("rb")
        except FileNotFoundError:
            self._contents["missing"].append(name)
            return False
        with file:
            size = file.seek(0, io.SEEK_END)
            file.seek(0)
            hashed = _HashedReader(file, size)
            self._tar.addfile(_tar_info(name, size), cast(BinaryIO, hashed))
        self._contents["entries"][name] = {"size": size, "sha256": hashed.digest()}
        return True

    def finish(self) -> Contents:
        """Write what is in it, and its end."""
        self._add_json(CONTENTS, self._contents)
        self._tar.close()
        return self._contents

    def _add_json(self, name: str, value: Header | Contents) -> None:
        content = json.dumps(value).encode()
        self._tar.addfile(_tar_info(name, len(content)), io.BytesIO(content))


class ArchiveReader:
    """Reads an archive from a stream, front to back. Raises `UnreadableFile` for what is none, or is damaged."""

    def __init__(self, source: BinaryIO) -> None:
        try:
            self._tar = tarfile.TarFile.open(fileobj=source, mode="r|")
        except tarfile.TarError as error:
            raise UnreadableFile("not a backup of Shortlist") from error
        self.header = cast(Header, self._json(self._next(), HEADER))
        if self.header.get("format") != FORMAT:
            raise UnreadableFile("a backup of another version of Shortlist; restore it with that one")

    def extract(self, folder: Path) -> Contents:
        """Write every file below the folder, which is empty; return what was in it, checked against its hashes."""
        found: dict[str, Entry] = {}
        while (member := self._next()).name != CONTENTS:
            found[member.name] = self._write(member, folder)
        contents = cast(Contents, self._json(member, CONTENTS))
        if contents["entries"] != found:
            raise UnreadableFile("the backup is damaged: a file in it is not what it should be")
        return contents

    def _next(self) -> tarfile.TarInfo:
        try:
            member = self._tar.next()
        except (tarfile.TarError, EOFError) as error:
            raise UnreadableFile("the backup is damaged or cut off") from error
        if member is None:
            raise UnreadableFile("the backup is cut off")
        return member

    def _json(self, member: tarfile.TarInfo, name: str) -> JsonValue:
        if member.name != name or not member.isfile() or member.size > _MOST_JSON:
            raise UnreadableFile("not a backup of Shortlist")
        try:
            value: JsonValue = json.loads(self._content(member).read())
            return value
        except ValueError as error:
            raise UnreadableFile("the backup is damaged") from error

    def _content(self, member: tarfile.TarInfo) -> BinaryIO:
        content = self._tar.extractfile(member)
        if content is None:
            raise UnreadableFile("the backup is damaged")
        return cast(BinaryIO, content)

    def _write(self, member: tarfile.TarInfo, folder: Path) -> Entry:
        if not member.isfile() or not is_safe_name(member.name):
            raise UnreadableFile("the backup names a file outside of itself")
        path = folder / member.name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        content = self._content(member)
        digest = hashlib.sha256()
        size = 0
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            while block := _read_block(content):
                digest.update(block)
                size += len(block)
                file.write(block)
        return {"size": size, "sha256": digest.hexdigest()}


def is_safe_name(name: str) -> bool:
    """Tell whether a name of an archive stays inside the folder it is extracted to."""
    path = PurePosixPath(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts and "\0" not in name


class _HashedReader:
    """Reads exactly `size` bytes of a file, zeros behind its end where it became shorter, and hashes them."""

    def __init__(self, file: BinaryIO, size: int) -> None:
        self._file = file
        self._left = size
        self._digest = hashlib.sha256()

    def read(self, size: int) -> bytes:
        wanted = min(size, self._left)
        block = self._file.read(wanted).ljust(wanted, b"\0")
        self._left -= wanted
        self._digest.update(block)
        return block

    def digest(self) -> str:
        return self._digest.hexdigest()


def _tar_info(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size = size
    info.mode = 0o600
    return info


def _read_block(content: BinaryIO) -> bytes:
    try:
        return content.read(_BLOCK)
    except tarfile.TarError as error:
        raise UnreadableFile("the backup is cut off") from error
