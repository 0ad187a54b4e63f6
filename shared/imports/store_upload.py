"""Files as they arrive: kept once, hashed on the way."""

from __future__ import annotations

import hashlib
import io
from typing import BinaryIO

from shared.ports import Files


class _Hashed(io.RawIOBase):
    """A stream that hashes what is read through it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.sha256 = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        self.sha256.update(data)
        buffer[: len(data)] = data
        return len(data)


def store_file(files: Files, path: str, stream: BinaryIO) -> str:
    """Write the stream from its beginning to `path`; return its SHA-256 in hex. Raises `StorageFull`."""
    stream.seek(0)
    hashed = _Hashed(stream)
    files.write(path, io.BufferedReader(hashed, 1 << 20))  # type: ignore[type-var]
    return hashed.sha256.hexdigest()
