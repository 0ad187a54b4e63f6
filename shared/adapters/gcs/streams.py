"""Objects as streams: read in large ranges, written from sources of any kind; neither is ever whole in memory."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from shared.adapters.gcs.errors import storage_errors

if TYPE_CHECKING:
    from google.cloud.storage.blob import Blob

CHUNK: Final = 4 << 20  # bytes a request, in both directions; a multiple of 256 KiB, as resumable uploads demand


class ObjectReader(io.RawIOBase):
    """One generation of an object, read by ranges: each `readinto` is one request. Wrap it in a `BufferedReader`.

    `blob`: with its metadata loaded, so that its size is known and every range is of that generation.
    """

    def __init__(self, blob: Blob, options: dict[str, Any]) -> None:
        self._blob, self._options = blob, options
        self._size, self._at = int(blob.size), 0

    def readable(self) -> bool:
        """See io."""
        return True

    def seekable(self) -> bool:
        """See io."""
        return True

    def tell(self) -> int:
        """See io."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """See io; behind the end is allowed, and reads nothing."""
        self._at = max(0, offset + {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence])
        return self._at

    def readinto(self, buffer: Any, /) -> int:
        """See io. Raises `NotFound` when this generation was deleted meanwhile, `Retryable`."""
        data = self._range(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def readall(self) -> bytes:
        """See io: the rest in one request, where io would ask for 8 KiB at a time."""
        return self._range(self._size - self._at)

    def _range(self, length: int) -> bytes:
        end = min(self._at + length, self._size)
        if end <= self._at:
            return b""
        with storage_errors(str(self._blob.name)):
            # Raw: an object with Content-Encoding gzip has no ranges of its unpacked bytes.
            data: bytes = self._blob.download_as_bytes(
                start=self._at, end=end - 1, raw_download=True, checksum=None, **self._options
            )
        self._at += len(data)
        return data


class UploadSource:
    """Any readable stream as an upload needs it: `read` returns short only at the end (a short read in the middle would
    end the object there), and `tell` counts from where the stream stood.
    """

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._read = stream, 0

    def tell(self) -> int:
        """Return how many bytes were read."""
        return self._read

    def read(self, size: int) -> bytes:
        """Return exactly `size` bytes, fewer only at the end of the stream."""
        parts, missing = [], size
        while missing and (part := self._stream.read(missing)):
            parts.append(part)
            missing -= len(part)
        self._read += size - missing
        return b"".join(parts)
