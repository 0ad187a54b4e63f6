"""Which letters the bytes of a text export are, found out in one pass that keeps nothing."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import BinaryIO, Final

from shared.errors import UnreadableFile

_START: Final = 1 << 20  # bytes that tell text from all else
_BLOCK: Final = 1 << 15  # bytes: larger ones get new memory from the system each time, which takes longer than decoding
_DAMAGED: Final = "reading-cp1252"  # decode what is not UTF-8 byte by byte as Windows-1252
_ENOUGH_BAD: Final = 2000  # bytes after which a file is taken for Windows-1252 without counting on
_ESCAPED: Final = re.compile(r"[\udc80-\udcff]")  # what `surrogateescape` makes of a byte that is not UTF-8
_CONTROLS: Final = bytes(code for code in range(32) if code not in (9, 10, 12, 13, 27))
_BINARY: Final = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF", "a PDF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"{\\rtf", "an RTF document"),
    (b"SQLite format 3", "a database"),
)


@dataclass(frozen=True)
class Encoding:
    """How to decode a file, and what a reader of it should know."""

    name: str
    errors: str = "strict"
    has_nul: bool = False
    warnings: tuple[str, ...] = ()


def detect_encoding(stream: BinaryIO, filename: str) -> Encoding:
    """Return how to decode the stream. Memory does not grow with its size; the stream is left anywhere.

    Raises UnreadableFile for an empty file and for what is not text.
    """
    stream.seek(0)
    start = stream.read(_START)
    if not start.strip(b"\xef\xbb\xbf\xff\xfe \r\n\t\x00"):
        raise UnreadableFile(f"{filename}: the file is empty, so there is no header row")
    for magic, kind in _BINARY:
        if start.startswith(magic):
            raise UnreadableFile(f"{filename}: this is {kind}, not a CSV or XLSX export")
    utf16 = _utf16(start)
    if utf16:
        return Encoding(utf16, "replace")
    if _looks_binary(start[:65536]):
        raise UnreadableFile(f"{filename}: this is not text, and not an XLSX export either")
    return _utf8_or_cp1252(stream, start)


def _utf16(start: bytes) -> str | None:
    if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    sample = start[:4000]
    if len(sample) < 8:
        return None
    even = sample[::2].count(0) * 2 / len(sample)
    odd = sample[1::2].count(0) * 2 / len(sample)
    if odd > 0.4 and even < 0.1:
        return "utf-16-le"
    if even > 0.4 and odd < 0.1:
        return "utf-16-be"
    return None


def _looks_binary(sample: bytes) -> bool:
    """Text holds next to no control characters; a stray NUL is forgiven."""
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return controls > 8 + len(sample) // 30


def _utf8_or_cp1252(stream: BinaryIO, chunk: bytes) -> Encoding:
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    bad = multibyte = 0
    has_nul = False
    while bad <= _ENOUGH_BAD:
        has_nul = has_nul or b"\x00" in chunk
        text = decoder.decode(chunk, final=not chunk)  # at the end, a character that was cut counts, too
        bad += _bad_bytes(text)
        if bad:
            multibyte += _lead_bytes(chunk)
        if not chunk:
            break
        chunk = stream.read(_BLOCK)
    if not bad:
        return Encoding("utf-8-sig", "strict", has_nul)
    is_mostly_utf8 = multibyte - bad > bad and bad <= _ENOUGH_BAD
    if is_mostly_utf8:
        return Encoding("utf-8-sig", _DAMAGED, has_nul, (f"{bad} bytes are not UTF-8 and were read as Windows-1252",))
    return Encoding("cp1252", "replace", has_nul, ("the file is not UTF-8; it was read as Windows-1252",))


def _bad_bytes(text: str) -> int:
    """Count what is not UTF-8; encoding again is many times faster than looking at each character."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return len(_ESCAPED.findall(text))
    return 0


def _lead_bytes(chunk: bytes) -> int:
    return len(chunk) - len(chunk.translate(None, bytes(range(0xC2, 0xF5))))


def _as_cp1252(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.start + 1].decode("cp1252", "replace"), error.start + 1


codecs.register_error(_DAMAGED, _as_cp1252)
