"""Zipped documents, opened with a budget: what an archive says about its sizes is not believed."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from lzma import LZMAError
from typing import Final
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from shared.errors import UnreadableFile

_BOMB: Final = 30  # times its packed size; office files stay under 20
_MEGABYTE: Final = 1 << 20
_BROKEN: Final = (
    KeyError,
    zipfile.BadZipFile,
    OSError,
    ValueError,
    EOFError,
    NotImplementedError,
    zlib.error,
    LZMAError,
)
DAMAGED: Final = "the file is damaged; ask for it again"


class Archive:
    """Parts of a zipped document. `budget` is what may still be unpacked, in bytes."""

    def __init__(self, content: bytes, unpacked_mb: int) -> None:
        self._budget = unpacked_mb * _MEGABYTE
        self._limit = unpacked_mb
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            raise UnreadableFile(DAMAGED) from None
        unpacked = sum(info.file_size for info in self._zip.infolist())
        if unpacked > self._budget and unpacked > _BOMB * len(content):
            raise UnreadableFile(f"it unpacks to more than {unpacked_mb} MB; ask for it as PDF")
        self.names = self._zip.namelist()

    def read(self, name: str) -> bytes:
        """Return a part. Raises UnreadableFile when it is over the budget, damaged or protected."""
        return b"".join(self.chunks(name, self._budget + 1))

    def chunks(self, name: str, size: int = 1 << 15) -> Iterator[bytes]:
        """Yield a part piece by piece; who has found what they look for stops. Raises as `read` does."""
        try:
            with self._zip.open(name) as part:
                while data := part.read(size):
                    self._budget -= len(data)
                    if self._budget < 0:
                        raise UnreadableFile(f"it unpacks to more than {self._limit} MB; ask for it as PDF")
                    yield data
        except RuntimeError:
            raise UnreadableFile("it is protected by a password; ask for a copy without") from None
        except _BROKEN:
            raise UnreadableFile(DAMAGED) from None

    def xml(self, name: str) -> Element:
        """Return a part as a tree. Raises UnreadableFile for a document type: no office program writes one."""
        return parse_xml(self.read(name))


def parse_xml(data: bytes) -> Element:
    """Parse without entities and without anything from outside."""
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:  # decoded here, so that no declared encoding can hide a document type from the search below
        text = data.decode("utf-16" if wide else "utf-8-sig")
        if "<!DOCTYPE" in text:  # entities can be declared nowhere else
            raise UnreadableFile("it holds definitions that no office program writes; ask for it as PDF")
        return ElementTree.fromstring(text)
    except (UnicodeDecodeError, ElementTree.ParseError):
        raise UnreadableFile(DAMAGED) from None
