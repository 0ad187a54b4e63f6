"""A backup of a home on this machine: database, vectors, secret and the files the database names, in one file."""

from __future__ import annotations

import fcntl
import io
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final, Protocol, cast

from shared.errors import InvalidRequest, Misconfigured, NotFound, UnreadableFile
from shared.models.collections import COLLECTIONS, SCHEMA_VERSION
from shared.operations.archive import FORMAT, ArchiveReader, ArchiveWriter, Header, is_safe_name
from shared.operations.encryption import EncryptingWriter, decrypted, is_encrypted
from shared.operations.secret import secret_fingerprint
from shared.paging import iter_all
from shared.ports import Store

DATABASE: Final = "shortlist.db"
SECRET: Final = "key.secret"
_VECTORS: Final = "vectors"
_FILES: Final = "files"
# collection -> the fields that name a file
_FILE_FIELDS: Final[dict[str, tuple[str, ...]]] = {
    "imports": ("file", "rewritten", "rejects_file"),
    "previews": ("file",),
    "documents": ("file",),
}


class HomeStore(Store, Protocol):
    """The store of a home on this machine."""

    def copy_to(self, folder: Path) -> None:
        """Copy database and vectors, as they are at one moment, into an empty folder."""


@dataclass(frozen=True)
class BackupReport:
    """What a backup holds, or what was restored from one."""

    created_at: str
    bytes: int
    files: int
    missing: list[str]  # files the database names whose bytes are gone
    encrypted: bool
    records: dict[str, int] = field(default_factory=dict)  # collection -> documents; empty ones are left out


def back_up(
    home: Path, store: HomeStore, open_store: Callable[[Path], Store], target: Path, now: str, passphrase: str | None
) -> BackupReport:
    """Write a backup of the home to a new file, which is there whole or not at all; others may go on working.

    `open_store` opens the store of another folder. Raises `InvalidRequest` where the target exists or cannot be
    written, and while another backup of this home is being made.
    """
    if target.exists():
        raise InvalidRequest(f"{target} exists; give the backup another name")
    with _copy_of(home, store) as copy:
        copied_store = open_store(copy)
        try:
            names = list(named_files(copied_store))
            records = _count_records(copied_store)
        finally:
            copied_store.close()
        header: Header = {
            "format": FORMAT,
            "schema_version": SCHEMA_VERSION,
            "secret_fingerprint": secret_fingerprint((home / SECRET).read_bytes()),
            "created_at": now,
        }
        missing = _write_archive(home, copy, names, header, target, passphrase)
    return BackupReport(
        created_at=now,
        bytes=target.stat().st_size,
        files=len(names) - len(missing),
        missing=missing,
        encrypted=passphrase is not None,
        records=records,
    )


def restore(source: Path, home: Path, open_store: Callable[[Path], Store], passphrase: str | None) -> BackupReport:
    """Make a new home of a backup: it is there whole or not at all.

    Raises `InvalidRequest` where the home holds anything or the passphrase is missing or wrong, `Misconfigured` for a
    backup of a newer version, `UnreadableFile` for a file that is no backup or is damaged. Then nothing changed.
    """
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise InvalidRequest(f"{home} holds something already; restore into a new --home, or move it away first")
    with _open_backup(source) as file:
        encrypted = is_encrypted(file)
        if encrypted and passphrase is None:
            raise InvalidRequest(f"{source.name} is encrypted; give its passphrase with --passphrase-file")
        reader = ArchiveReader(decrypted(file, passphrase) if encrypted and passphrase is not None else file)
        _check_version(reader.header)
        unfinished = home.absolute().with_name(f".{home.absolute().name}.unfinished-restore")
        if unfinished.exists():
            shutil.rmtree(unfinished)  # of a restore that was killed
        try:
            unfinished.mkdir(mode=0o700, parents=True)
            contents = reader.extract(unfinished)
            records = _check_restored(unfinished, reader.header, open_store)
            _sync_tree(unfinished)
            os.replace(unfinished, home)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
    files = [name for name in contents["entries"] if name.startswith(f"{_FILES}/")]
    return BackupReport(
        created_at=reader.header["created_at"],
        bytes=source.stat().st_size,
        files=len(files),
        missing=contents["missing"],
        encrypted=encrypted,
        records=records,
    )


def named_files(store: Store) -> Iterator[str]:
    """Yield the path of every file that documents name, each once."""
    seen: set[str] = set()
    for kind, fields in _FILE_FIELDS.items():
        for row in iter_all(store, COLLECTIONS[kind], fields=fields):
            for name in fields:
                path = row.data.get(name)
                if isinstance(path, str) and path and path not in seen and is_safe_name(path):
                    seen.add(path)
                    yield path


@contextmanager
def _copy_of(home: Path, store: HomeStore) -> Iterator[Path]:
    """Lend a folder with the database and its vectors as of one moment. What a killed backup left goes first."""
    copy = home / ".backup"
    with open(home / ".backup.lock", "ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InvalidRequest("another backup of this home is being made") from error
        shutil.rmtree(copy, ignore_errors=True)
        copy.mkdir(mode=0o700)
        try:
            store.copy_to(copy)
            yield copy
        finally:
            shutil.rmtree(copy, ignore_errors=True)


def _write_archive(
    home: Path, copy: Path, names: list[str], header: Header, target: Path, passphrase: str | None
) -> list[str]:
    """Write the archive beside the target, then give it its name; return the files that are missing."""
    unfinished = target.with_name(f".{target.name}.unfinished")
    with _new_file(unfinished) as file:
        stream = _encrypting(file, passphrase)
        archive = ArchiveWriter(stream, header)
        archive.add(DATABASE, copy / DATABASE)
        archive.add(SECRET, home / SECRET)
        for path in sorted((copy / _VECTORS).glob("*")):
            archive.add(f"{_VECTORS}/{path.name}", path)
        for name in names:
            archive.add(f"{_FILES}/{name}", home / _FILES / name)
        contents = archive.finish()
        if stream is not file:
            stream.close()
        file.flush()
        os.fsync(file.fileno())
    os.replace(unfinished, target)
    return contents["missing"]


def _encrypting(file: BinaryIO, passphrase: str | None) -> BinaryIO:
    if passphrase is None:
        return file
    return cast(BinaryIO, io.BufferedWriter(EncryptingWriter(file, passphrase), 1 << 20))


@contextmanager
def _new_file(path: Path) -> Iterator[BinaryIO]:
    """Open a file only this user may read; it goes where writing it fails."""
    try:
        path.unlink(missing_ok=True)  # of a backup that was killed
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            yield file
    except OSError as error:
        path.unlink(missing_ok=True)
        raise InvalidRequest(f"{path.parent}: {(error.strerror or 'cannot be written').lower()}") from error
    except BaseException:
        path.unlink(missing_ok=True)
        raise


@contextmanager
def _open_backup(path: Path) -> Iterator[BinaryIO]:
    try:
        file = path.open("rb")
    except FileNotFoundError as error:
        raise NotFound(f"{path} does not exist") from error
    except OSError as error:
        raise InvalidRequest(f"{path}: {(error.strerror or 'cannot be read').lower()}") from error
    with file:
        yield file


def _check_version(header: Header) -> None:
    if header["schema_version"] > SCHEMA_VERSION:
        raise Misconfigured(
            f"a newer Shortlist made this backup (schema {header['schema_version']}, this one knows {SCHEMA_VERSION}); "
            "install that version"
        )


def _check_restored(folder: Path, header: Header, open_store: Callable[[Path], Store]) -> dict[str, int]:
    """Open what was restored and count it. Raises `UnreadableFile` where a part is missing or of another home."""
    for name in (DATABASE, SECRET):
        if not (folder / name).is_file():
            raise UnreadableFile(f"the backup has no {name}")
    if secret_fingerprint((folder / SECRET).read_bytes()) != header["secret_fingerprint"]:
        raise UnreadableFile("the backup is damaged: its secret is of another home")
    store = open_store(folder)
    try:
        return _count_records(store)
    finally:
        store.close()


def _count_records(store: Store) -> dict[str, int]:
    counts = {kind: store.count(kind) for kind in COLLECTIONS}
    return {kind: count for kind, count in counts.items() if count}


def _sync_tree(folder: Path) -> None:
    """Have the disk keep every file below the folder."""
    for path in folder.rglob("*"):
        if path.is_file():
            _sync(path)
    _sync(folder)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
