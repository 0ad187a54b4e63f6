"""Vectors in two memory-mapped files: float32 rows for exact scores, one bit a dimension to find what to score."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from shared.models.collections import DIMENSIONS
from shared.ports import Vector

GROWTH: Final = 4_096  # rows a file grows by; the disk is only used once a row is written
CODE_BYTES: Final = DIMENSIONS // 8
_BLOCK: Final = 1 << 24  # bytes copied at a time

Codes = NDArray[np.uint64]  # (n, 12)


def sign_codes(vectors: Vector) -> Codes:
    """Return one bit a dimension, set where it is above zero: (n, 768) float32 -> (n, 12) uint64."""
    codes: Codes = np.packbits(vectors > 0, axis=1).view(np.uint64)
    return codes


class VectorFile:
    """Rows of one vector field by slot. Knows nothing of ids or transactions; safe to read while others write."""

    def __init__(self, folder: Path, name: str) -> None:
        self._rows = _Rows(folder / f"{name}.f32", np.dtype(np.float32), DIMENSIONS)
        self._codes = _Rows(folder / f"{name}.bits", np.dtype(np.uint64), CODE_BYTES // 8)

    def write(self, slots: Sequence[int], vectors: Vector) -> None:
        """Write (n, 768) float32 rows to their slots and have the disk keep them. Raises OSError (disk full)."""
        self._rows.write(slots, vectors)
        self._codes.write(slots, sign_codes(vectors))

    def wipe(self, slots: Sequence[int]) -> None:
        """Overwrite slots with zeros."""
        zeros = np.zeros((len(slots), DIMENSIONS), np.float32)
        self._rows.write(slots, zeros)
        self._codes.write(slots, sign_codes(zeros))

    def vectors(self, count: int) -> Vector:
        """Return the first `count` rows as a read-only map, (count, 768) float32."""
        return self._rows.map(count)

    def codes(self, count: int) -> Codes:
        """Return the first `count` sign codes as a read-only map, (count, 12) uint64."""
        return self._codes.map(count)

    def copy_to(self, folder: Path, count: int) -> None:
        """Copy the first `count` rows into files of the same names."""
        folder.mkdir(mode=0o700, exist_ok=True)
        self._rows.copy_to(folder, count)
        self._codes.copy_to(folder, count)

    def close(self) -> None:
        """Let go of the files."""
        self._rows.close()
        self._codes.close()


class _Rows:
    """Fixed-size rows of one file. Writes go through `pwrite`: on a full disk it fails, a memory map would crash."""

    def __init__(self, path: Path, dtype: np.dtype[Any], width: int) -> None:
        self._path, self._dtype, self._width = path, dtype, width
        self._row_bytes = dtype.itemsize * width
        self._lock = threading.Lock()
        self._fd: int | None = None
        self._map: NDArray[Any] = np.zeros((0, width), dtype)

    def write(self, slots: Sequence[int], rows: NDArray[Any]) -> None:
        fd = self._open()
        needed = (max(slots, default=-1) + 1) * self._row_bytes
        if needed > os.fstat(fd).st_size:
            step = GROWTH * self._row_bytes
            os.truncate(fd, -(-needed // step) * step)
        content = memoryview(np.ascontiguousarray(rows, self._dtype).tobytes())
        for first, last in _runs(slots):
            _write_all(fd, content[first * self._row_bytes : last * self._row_bytes], slots[first] * self._row_bytes)
        os.fdatasync(fd)

    def map(self, count: int) -> NDArray[Any]:
        with self._lock:
            if len(self._map) < count:
                rows = os.fstat(self._open_locked()).st_size // self._row_bytes
                self._map = np.memmap(self._path, self._dtype, "r", shape=(rows, self._width)).view(np.ndarray)
            return self._map[:count]

    def copy_to(self, folder: Path, count: int) -> None:
        left = count * self._row_bytes
        offset = 0
        target = os.open(folder / self._path.name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        try:
            while block := os.pread(self._open(), min(left, _BLOCK), offset):
                _write_all(target, memoryview(block), offset)
                offset += len(block)
                left -= len(block)
        finally:
            os.close(target)

    def close(self) -> None:
        with self._lock:
            if self._fd is not None:
                os.close(self._fd)
                self._fd = None
            self._map = np.zeros((0, self._width), self._dtype)

    def _open(self) -> int:
        with self._lock:
            return self._open_locked()

    def _open_locked(self) -> int:
        if self._fd is None:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._fd = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        return self._fd


def _runs(slots: Sequence[int]) -> Iterator[tuple[int, int]]:
    # (first, behind last) positions of neighbours that lie side by side in the file
    first = 0
    for position in range(1, len(slots) + 1):
        if position == len(slots) or slots[position] != slots[position - 1] + 1:
            yield first, position
            first = position


def _write_all(fd: int, content: memoryview, offset: int) -> None:
    while content:
        written = os.pwrite(fd, content, offset)
        content, offset = content[written:], offset + written
