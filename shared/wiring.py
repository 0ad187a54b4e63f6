"""The composition root: which adapter stands behind which port. The only place that names adapters."""

from __future__ import annotations

import logging
import os
import secrets
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, cast

from shared.config import Settings
from shared.models.task import Task
from shared.ports import Model, Ports, Store

if TYPE_CHECKING:
    from shared.adapters.threads import ThreadQueue

Deliver = Callable[[Ports, Task, bool], object]  # what a delivered task does; True on its last attempt


def connect(settings: Settings, deliver: Deliver) -> Ports:
    """Return the ports of one machine: SQLite, a folder, threads and the offline model, all below `settings.home`."""
    from shared.adapters.folder import FolderFiles
    from shared.adapters.process import LocalWorker
    from shared.adapters.sqlite import SqliteStore
    from shared.adapters.threads import ThreadQueue

    home = settings.home
    home.mkdir(mode=0o700, parents=True, exist_ok=True)  # it holds personal data
    _log_calls(settings.call_log)
    held: list[Ports] = []
    ports = Ports(
        store=SqliteStore(home / "shortlist.db"),
        files=FolderFiles(home / "files"),
        queue=ThreadQueue(lambda task, last: deliver(held[0], task, last), settings.workers),
        model=cast(Model, _Lazy(_offline_model)),
        worker=LocalWorker(home / "workers"),
        now=utc_now,
        key_secret=_secret(home / "key.secret"),
    )
    held.append(ports)
    return ports


def deliver_nothing(ports: Ports, task: Task, last_attempt: bool) -> None:
    """Do nothing with a task: for processes that only write."""


def scratch_store() -> tuple[Store, Callable[[], None]]:
    """Return an empty store in a temporary folder, and what removes it."""
    from shared.adapters.sqlite import SqliteStore

    folder = tempfile.TemporaryDirectory(prefix="shortlist-")
    store = SqliteStore(Path(folder.name) / "scratch.db")

    def remove() -> None:
        store.close()
        folder.cleanup()

    return store, remove


def thread_queue(ports: Ports) -> ThreadQueue:
    """Return the embedded queue, for what only one machine can do: wait for it, stop it, ask what failed."""
    from shared.adapters.threads import ThreadQueue

    assert isinstance(ports.queue, ThreadQueue)
    return ports.queue


def utc_now() -> str:
    """Return the time as the documents write it: to the microsecond, so that two imports are never of one time."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class _Lazy:
    """Something that is made when it is first asked for anything: the lexicons cost more than a health check."""

    def __init__(self, make: Callable[[], object]) -> None:
        self._make = cache(make)

    def __getattr__(self, name: str) -> object:
        return getattr(self._make(), name)


def _offline_model() -> object:
    from shared.adapters.offline.model import OfflineModel

    return OfflineModel()


def _secret(path: Path) -> bytes:
    """The secret of the identity keys, made on first use; two processes that start together agree on one."""
    if not path.exists():
        fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_bytes(secrets.token_bytes(32))
        try:
            os.link(fresh, path)  # fails when another process was first
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_bytes()


def _log_calls(path: Path | None) -> None:
    calls = logging.getLogger("shortlist.calls")
    if path and not calls.handlers:
        calls.addHandler(logging.FileHandler(path, encoding="utf-8"))
        calls.setLevel(logging.INFO)
        calls.propagate = False
