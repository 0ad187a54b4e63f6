"""What the database file says of itself: the version of its schema, and which secret its keys were made with.

Both are checked when the file is opened, before anything is written.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from shared.adapters.sqlite.schema import Table
from shared.errors import Misconfigured
from shared.models.collections import SCHEMA_VERSION

_FINGERPRINT: Final = "secret_fingerprint"
_HOLD_RECORDS: Final = ("candidates", "documents", "jobs", "imports", "batches")  # of a pool


def check_home(db: sqlite3.Connection, path: Path, fingerprint: str | None) -> None:
    """Raise `Misconfigured` for a database of a newer version, or one whose keys another secret made."""
    version = schema_version(db)
    if version > SCHEMA_VERSION:
        raise Misconfigured(
            f"{path.parent}: a newer Shortlist wrote this home (schema {version}, this one knows {SCHEMA_VERSION}); "
            "install that version, or restore a backup of before"
        )
    stored = stored_fingerprint(db)
    if fingerprint is not None and stored is not None and stored != fingerprint:
        raise Misconfigured(
            f"{path.parent / 'key.secret'}: not the secret this home was made with; put the right one back "
            "(a backup holds it)"
        )


def migrate(db: sqlite3.Connection, tables: Mapping[str, Table], now: str) -> None:
    """Bring an older database to this version. Call inside a transaction, with all tables made."""
    version = schema_version(db)
    if version < 1:
        _register_pools(db, tables, now)
    if version < SCHEMA_VERSION:
        db.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def schema_version(db: sqlite3.Connection) -> int:
    """Return the version of the schema; 0 for a new file and for one of before there were versions."""
    version: int = db.execute("PRAGMA user_version").fetchone()[0]
    return version


def stored_fingerprint(db: sqlite3.Connection) -> str | None:
    """Return the fingerprint of the secret; None where none was written down yet."""
    if not _has_table(db, "home"):
        return None
    row = db.execute("SELECT value FROM home WHERE name = ?", [_FINGERPRINT]).fetchone()
    return row[0] if row else None


def write_fingerprint(db: sqlite3.Connection, fingerprint: str) -> None:
    """Write the fingerprint of the secret down, unless it is. Call inside a transaction."""
    if stored_fingerprint(db) == fingerprint:
        return
    db.execute("CREATE TABLE IF NOT EXISTS home (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
    db.execute("INSERT OR REPLACE INTO home VALUES (?, ?)", [_FINGERPRINT, fingerprint])


def copy_before_migration(db: sqlite3.Connection, path: Path) -> None:
    """Copy a database of an older version beside itself, once. Call outside of transactions."""
    version = schema_version(db)
    if version >= SCHEMA_VERSION or not _has_table(db, "meta"):
        return
    target = path.with_name(f"{path.stem}.before-version-{SCHEMA_VERSION}{path.suffix}")
    if target.exists():
        return
    unfinished = target.with_name(f".{target.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    copy_database(db, unfinished)
    os.replace(unfinished, target)


def copy_database(db: sqlite3.Connection, target: Path) -> None:
    """Write the database as it is at this moment to a new file, readable by this user only."""
    os.close(os.open(target, os.O_CREAT | os.O_EXCL, 0o600))  # SQLite fills an empty file
    db.execute("VACUUM INTO ?", [str(target)])


def _has_table(db: sqlite3.Connection, name: str) -> bool:
    found = db.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", [name])
    return found.fetchone() is not None


def _register_pools(db: sqlite3.Connection, tables: Mapping[str, Table], now: str) -> None:
    """Make a pool of every name that holds records: pools used to be made by the first record in them."""
    pools = tables.get("pools")
    if pools is None:
        return
    for kind in _HOLD_RECORDS:
        if kind not in tables:
            continue
        sql = f'SELECT DISTINCT pool FROM "{kind}" WHERE pool IS NOT NULL AND pool NOT IN (SELECT id FROM pools)'
        for (name,) in db.execute(sql).fetchall():
            cells = pools.cells({"id": name, "created_at": now})
            db.execute(pools.insert, (None, name, 0, *cells))
