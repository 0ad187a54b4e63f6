"""What SQLite says when something is wrong, said in our words: the one place its errors are translated."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from shared.adapters.local.disk import disk_errors
from shared.errors import Misconfigured, Retryable, ShortlistError, StorageFull, UnreadableFile

# primary result codes: https://www.sqlite.org/rescode.html
_ERRORS: Final[dict[int, tuple[type[ShortlistError], str]]] = {
    sqlite3.SQLITE_FULL: (StorageFull, "the disk is full"),
    sqlite3.SQLITE_BUSY: (Retryable, "another process is writing and did not finish in time"),
    sqlite3.SQLITE_LOCKED: (Retryable, "another connection is writing and did not finish in time"),
    sqlite3.SQLITE_PROTOCOL: (Retryable, "another process is opening it"),
    sqlite3.SQLITE_IOERR: (Retryable, "the disk failed to read or write"),
    sqlite3.SQLITE_NOMEM: (Retryable, "out of memory"),
    sqlite3.SQLITE_NOTADB: (UnreadableFile, "not a database of ours"),
    sqlite3.SQLITE_CORRUPT: (UnreadableFile, "the database is damaged; restore the folder from a copy"),
    sqlite3.SQLITE_CANTOPEN: (Misconfigured, "cannot be opened; SHORTLIST_HOME must be a folder one can write to"),
    sqlite3.SQLITE_READONLY: (Misconfigured, "is read-only; SHORTLIST_HOME must be a folder one can write to"),
    sqlite3.SQLITE_PERM: (Misconfigured, "may not be opened; SHORTLIST_HOME must be a folder one can write to"),
}


@contextmanager
def sqlite_errors(path: Path) -> Iterator[None]:
    """Raise what SQLite or the disk raises inside the block as one of ours. A mistake in a statement stays a bug."""
    try:
        with disk_errors(path.name):
            yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        if code not in _ERRORS:
            raise
        kind, reason = _ERRORS[code]
        raise kind(f"{path.name}: {reason}") from error
