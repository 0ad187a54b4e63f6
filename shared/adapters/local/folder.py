"""Files in a folder of this machine, written whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Final

from shared.adapters.local.disk import disk_errors
from shared.errors import InvalidRequest

_UNFINISHED: Final = ".unfinished-"  # how the name of a file begins while it is written


class FolderFiles:
    """The `Files` port over one folder, made on first write. Paths are relative and stay inside it."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def open(self, path: str) -> BinaryIO:
        """See the port."""
        with disk_errors(path):
            return self._inside(path).open("rb")

    def write(self, path: str, content: BinaryIO | bytes) -> int:
        """See the port: written beside the target, forced to the disk, then renamed over it."""
        target = self._inside(path)
        source = BytesIO(content) if isinstance(content, bytes) else content
        with disk_errors(path):
            target.parent.mkdir(parents=True, exist_ok=True)
            fd, unfinished = tempfile.mkstemp(prefix=_UNFINISHED, dir=target.parent)
            try:
                size = _copy(source, fd)
                os.replace(unfinished, target)
            except BaseException:
                os.unlink(unfinished)
                raise
            _sync_folder(target.parent)
        return size

    def delete(self, path: str) -> None:
        """See the port."""
        with disk_errors(path):
            self._inside(path).unlink(missing_ok=True)

    def exists(self, path: str) -> bool:
        """See the port."""
        return self._inside(path).is_file()

    def list(self, prefix: str) -> Iterator[str]:
        """See the port; `prefix` is the beginning of a path as on Cloud Storage: `imports/7/` or `imports/7/peo`."""
        folder = self._inside(prefix.rpartition("/")[0] or ".")
        with disk_errors(prefix):
            files = [file for file in folder.rglob("*") if file.is_file() and not file.name.startswith(_UNFINISHED)]
        paths = (file.relative_to(self._root.resolve()).as_posix() for file in sorted(files))
        return (path for path in paths if path.startswith(prefix))

    def _inside(self, path: str) -> Path:
        root = self._root.resolve()
        if "\0" in path or not path:
            raise InvalidRequest("a path must not be empty or hold a NUL")
        found = (root / path).resolve()
        if path.startswith("/") or not found.is_relative_to(root):
            raise InvalidRequest("a path must stay inside the folder of files")
        return found


def _copy(source: BinaryIO, fd: int) -> int:
    with os.fdopen(fd, "wb") as file:
        shutil.copyfileobj(source, file, 1 << 20)
        file.flush()
        os.fsync(file.fileno())
        return file.tell()


def _sync_folder(folder: Path) -> None:
    fd = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)
