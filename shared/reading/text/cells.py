"""Cells as values: lists, mail addresses, phone numbers, languages, yes and no; and text made tidy first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from shared.reading.text.dates import is_unknown
from shared.reading.text.markup import looks_decoded_twice, undo_double_decoding, without_emoji, without_tags
from shared.vocabulary.text import clean, normalize

_EMAIL: Final = re.compile(r"[^\s@<>,;|\"'()\[\]:]+@[^\s@<>,;|\"'()\[\]:?]+\.[^\s@<>,;|\"'()\[\]:.?]+")
_NAME_MARKS: Final = re.compile(r"\s*(?:\((?:she|he|they|er|sie|elle|il|ella|él)\b[^)]*\))", re.I)
_LEVELED: Final = re.compile(r"(.+?)\s*(?:[(\[:–—]|\s-\s|-(?=\s))\s*([^)\]]+)[)\]]?$")
_YES_WORDS: Final = """
    yes y true 1 x on ja j wahr oui o vrai si s sim verdadero vero verdadeiro tak да disqualified rejected ✓ ✔
"""
_YES: Final = frozenset(normalize(word) for word in _YES_WORDS.split())
_STRONG_CUT: Final = re.compile(r"[\n;|]")
_WEAK_CUT: Final = re.compile(r"[,、，]")
_NO_PHONE: Final = re.compile(r"^\D*(?:\d\D*){0,4}$")


def tidy(cells: Sequence[str], joined: str) -> Sequence[str]:
    """Return the cells without zero-width marks, NULs and odd blanks, and with letters decoded twice repaired.

    `joined`: the cells as one text, so that a clean record costs one look.
    """
    if not joined.isascii() and looks_decoded_twice(joined):
        cells = [undo_double_decoding(cell) for cell in cells]  # first: its letters may look like odd blanks
    if not joined.isprintable():
        cells = [cell if cell.isprintable() else _printable(cell) for cell in cells]
    return cells


def _printable(cell: str) -> str:
    return clean(cell.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "").replace("\x00", ""))


def person_name(text: str) -> str:
    """Return a name as it is shown: one line, no tags, no pictures; empty for what stands for nothing."""
    if not text.isalnum():
        text = without_emoji(without_tags(text))
        if "(" in text:
            text = _NAME_MARKS.sub("", text)
        text = " ".join(text.split()).strip(" ,;|")
    return "" if len(text) < 5 and is_unknown(text) else text


def emails_of(text: str) -> list[str]:
    """Return the mail addresses of a cell as written, in order."""
    if "@" not in text:
        return []
    return list(dict.fromkeys(_EMAIL.findall(text)))


def phones_of(text: str) -> list[str]:
    """Return the phone numbers of a cell as written, in order; what has fewer than five digits is none."""
    parts = re.split(r"[;|\n]|\s/\s|,(?=\s*[+(\d])", text) if not _simple_phone(text) else [text]
    return list(dict.fromkeys(number for part in parts if not _NO_PHONE.match(number := part.strip(" ,'\""))))


def _simple_phone(text: str) -> bool:
    return not (";" in text or "|" in text or "\n" in text or "," in text or "/" in text)


def parts_of(text: str) -> list[str]:
    """Return the values of a cell that holds several: by line break, `;`, `|`, else by comma."""
    if "\n" in text or ";" in text or "|" in text:
        parts = _STRONG_CUT.split(text)
    else:
        parts = text.strip("[]{}").split(",") if text.isascii() else _WEAK_CUT.split(text)
    found: dict[str, None] = {}
    for part in parts:
        part = (without_tags(part) if "<" in part or "&" in part else part).strip(" \t\"'•·")
        if part and (len(part) > 7 or not is_unknown(part)):
            found[part] = None
    return list(found)


def languages_of(text: str) -> list[dict[str, str]]:
    """Return spoken languages with the level as worded: `German (C1), English - fluent`."""
    found = []
    for part in parts_of(text):
        match = _LEVELED.match(part)
        name, level = (match[1], match[2]) if match else (part, None)
        found.append({"name": name.strip(), **({"level": level.strip()} if level else {}), "quote": part})
    return found


def prose(text: str) -> str | None:
    """Return free text without markup, None when it stands for nothing."""
    if "<" in text or "&" in text:
        text = without_tags(text)
    return None if not text or (len(text) < 8 and is_unknown(text)) else text


@lru_cache(maxsize=1024)
def is_yes(text: str) -> bool:
    """Whether a cell says yes, in any of our languages."""
    return normalize(text) in _YES
