"""Text files in whatever letters they were saved."""

from __future__ import annotations

import codecs
from typing import Final

from shared.reading.documents.markdown import is_markdown, without_marks
from shared.reading.documents.raw_text import RawText

_WIDE: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def read_plain(content: bytes) -> RawText:
    """Return the text of a text file."""
    text, encoding = decode(content)
    warnings = () if encoding.startswith("utf") else (f"the text is not UTF-8; it was read as {encoding}",)
    if is_markdown(text):
        shown, links = without_marks(text)
        return RawText("txt", shown, links=links, warnings=warnings)
    return RawText("txt", text, warnings=warnings)


def decode(content: bytes, declared: str | None = None) -> tuple[str, str]:
    """Return the text and the name of its encoding: a mark first, UTF-8 second, then what is declared or likely."""
    for mark, name in _WIDE:
        if content.startswith(mark):
            return content.decode(name, "replace"), name
    if wide := _utf16(content[:4000]):
        return content.decode(wide, "replace"), wide
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    name = declared if declared and _known(declared) else _likely(content)
    return content.decode(name, "replace"), name


def _utf16(sample: bytes) -> str | None:
    half = max(1, len(sample) // 2)
    even, odd = sample[::2].count(0) / half, sample[1::2].count(0) / half
    if len(sample) < 8:
        return None
    if max(even, odd) < 0.4:
        return None
    if min(even, odd) > 0.1:
        return None
    if odd > even:
        return "utf-16-le"
    return "utf-16-be"


def _known(name: str) -> bool:
    try:
        return codecs.lookup(name).name not in ("utf-8", "utf-16", "utf-32", "utf-7", "idna", "punycode")
    except (LookupError, ValueError):
        return False


def _likely(content: bytes) -> str:
    """Return the code page chardet thinks likeliest; Windows-1252 when it has no opinion."""
    import chardet  # 30 ms, and most files are UTF-8

    guess = chardet.detect(content[:65536])["encoding"]
    if guess and _known(guess):
        return codecs.lookup(guess).name
    return "cp1252"
