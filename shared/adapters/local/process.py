"""This process as a holder of leases: as long as it lives it holds a file lock, and the lock dies with it."""

from __future__ import annotations

import fcntl
import os
import re
import secrets
import threading
from pathlib import Path
from typing import Final

from shared.adapters.local.disk import disk_errors

_NAME: Final = re.compile(r"[0-9a-f]{16}")


class LocalWorker:
    """The `Worker` port over a folder of lock files, one a living process, made when the name is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._starting = threading.Lock()
        self._fd: int | None = None
        self._name = secrets.token_hex(8)

    @property
    def name(self) -> str:
        """A random name, held until the process ends or `close`."""
        with self._starting:
            if self._fd is None:
                with disk_errors("workers"):
                    self._fd = self._start()
                    self._remove_dead()
        return self._name

    def is_dead(self, name: str) -> bool:
        """See the port. A name that is not of this kind is unknown, hence not dead."""
        if not _NAME.fullmatch(name) or name == self._name:
            return False
        with disk_errors("workers"):
            return self._lock_is_free(self._folder / name)

    def close(self) -> None:
        """Give the name up: others see it as dead."""
        with self._starting:
            if self._fd is not None:
                (self._folder / self._name).unlink(missing_ok=True)
                os.close(self._fd)
                self._fd = None
                self._name = secrets.token_hex(8)

    def _start(self) -> int:
        # locked under another name first: nobody can find the file before its lock is held
        self._folder.mkdir(parents=True, exist_ok=True)
        starting = self._folder / f"{self._name}.starting"
        fd = os.open(starting, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(fd, fcntl.LOCK_EX)
        starting.rename(self._folder / self._name)
        return fd

    def _remove_dead(self) -> None:
        for path in self._folder.iterdir():
            if path.name != self._name and _NAME.fullmatch(path.name) and self._lock_is_free(path):
                path.unlink(missing_ok=True)

    def _lock_is_free(self, path: Path) -> bool:
        try:
            fd = os.open(path, os.O_RDWR | os.O_CLOEXEC)
        except FileNotFoundError:
            return True  # the file is there from before the name is known until the process is gone
        try:
            fcntl.flock(fd, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        finally:
            os.close(fd)
        return True
