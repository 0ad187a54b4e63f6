"""Connections to one SQLite file: any number that read, one at a time that writes, opened when first needed."""

from __future__ import annotations

import fcntl
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from shared.adapters.sqlite.errors import sqlite_errors
from shared.adapters.sqlite.schema import PAGE
from shared.errors import Retryable

WAIT: Final = 60.0  # seconds another process may hold the write lock before we give up
WRITE_CACHE: Final = 8_000  # KiB: what a commit changes; another process writes in between, so no more is of use
READ_CACHE: Final = 4_000
FOLD_FROM: Final = 64_000_000  # bytes of write-ahead log before it is folded into the file
FOLD_EVERY: Final = 25  # commits; the log's file does not shrink, so its size alone cannot tell
FINISH_WAIT: Final = 3_000  # milliseconds a process that ends waits for readers
CHECKPOINT: Final = 32_000  # pages (256 MB) before that is done at all costs


class Connections:
    """Thread-safe. `create` gets a connection inside a transaction and makes the tables that are missing."""

    def __init__(
        self,
        path: Path,
        create: Callable[[sqlite3.Connection], None],
        max_pages: int | None,
        before_create: Callable[[sqlite3.Connection], None] = lambda db: None,
    ) -> None:
        """`before_create` gets the same connection outside of the transaction: it may refuse the file, or copy it."""
        self._path = path
        self._create = create
        self._before_create = before_create
        self._max_pages = max_pages
        self._lock = threading.RLock()
        self._writer: sqlite3.Connection | None = None
        self._idle: list[sqlite3.Connection] = []
        self._commits = 0

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection for reads. Raises our errors for SQLite's."""
        with sqlite_errors(self._path):
            if self._writer is None:
                with self._lock:
                    self._open_writer()  # it makes the tables
            if self._lock.acquire(blocking=False):
                # nobody writes: the writing connection's cache still holds what it wrote, a reader's does not
                try:
                    yield self._open_writer()
                finally:
                    self._lock.release()
                return
            idle = self._idle
            try:
                db = idle.pop()
            except IndexError:
                db = self._connect(READ_CACHE)
            try:
                yield db
            finally:
                if idle is self._idle:
                    idle.append(db)
                else:  # everything was closed meanwhile
                    db.close()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Lend the writing connection inside a transaction: committed at the end, undone on any error."""
        with self._lock, sqlite_errors(self._path):
            db = self._open_writer()
            with self._turn():
                db.execute("BEGIN IMMEDIATE")
                try:
                    yield db
                    db.execute("COMMIT")
                except BaseException:
                    if db.in_transaction:  # SQLite undoes some failures, a full disk among them, by itself
                        db.execute("ROLLBACK")
                    raise
            self._fold_log(db)

    def _fold_log(self, db: sqlite3.Connection) -> None:
        """Copy a grown log into the file while others may write: SQLite itself would do it while they wait for us."""
        self._commits += 1
        log = self._path.with_name(f"{self._path.name}-wal")
        if self._commits >= FOLD_EVERY and log.exists() and log.stat().st_size > FOLD_FROM:
            self._commits = 0
            db.execute("PRAGMA wal_checkpoint(PASSIVE)")

    def empty_log(self) -> None:
        """Copy the whole log into the file and cut it off. Raises `Retryable` while another process reads the past."""
        with self.alone() as db:
            if db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                raise Retryable(f"{self._path.name}: others still read it as it was before; try again")

    @contextmanager
    def alone(self) -> Iterator[sqlite3.Connection]:
        """Lend the writing connection outside of a transaction while no process of ours writes; they wait."""
        with self._lock, sqlite_errors(self._path):
            db = self._open_writer()
            with self._turn():
                yield db

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait for other processes' writes in a queue of the kernel's: SQLite's own waiting sleeps and looks again."""
        with open(self._path.with_name(f"{self._path.name}.turn"), "ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def close(self) -> None:
        """Close every connection, those lent out when they come back; the next use opens anew."""
        with self._lock:
            idle, self._idle = self._idle, []
            while idle:
                idle.pop().close()
            if self._writer is not None:
                self._writer.close()
                self._writer = None

    def finish(self) -> None:
        """Copy the log into the file and let no thread of this process write any more: it is about to end."""
        self._lock.acquire()  # never released
        if self._writer is None:
            return
        with sqlite_errors(self._path):
            self._writer.execute(f"PRAGMA busy_timeout = {FINISH_WAIT}")
            self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # as far as readers let it
        self.close()

    def _open_writer(self) -> sqlite3.Connection:
        if self._writer is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            db = self._connect(WRITE_CACHE)
            if self._max_pages is not None:
                db.execute(f"PRAGMA max_page_count = {self._max_pages}")
            try:
                self._before_create(db)
                db.execute("BEGIN IMMEDIATE")
                self._create(db)
                db.execute("COMMIT")
            except BaseException:
                db.close()  # or its half transaction would hold the lock until somebody collects it
                raise
            self._writer = db
        return self._writer

    def _connect(self, cache: int) -> sqlite3.Connection:
        db = sqlite3.connect(
            self._path, timeout=WAIT, isolation_level=None, check_same_thread=False, cached_statements=256
        )
        try:
            db.execute(f"PRAGMA page_size = {PAGE}")
            _use_write_ahead_log(db)
            db.execute("PRAGMA synchronous = NORMAL")
            db.execute("PRAGMA secure_delete = ON")  # what is erased is overwritten, not only unlinked
            db.execute(f"PRAGMA wal_autocheckpoint = {CHECKPOINT}")
            db.execute(f"PRAGMA cache_size = -{cache}")
        except BaseException:
            db.close()  # a file that is no database, say
            raise
        return db


def _use_write_ahead_log(db: sqlite3.Connection) -> None:
    # SQLite does not wait for this lock by itself when several processes open a new file at once
    until = time.monotonic() + WAIT
    while True:
        try:
            db.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)
