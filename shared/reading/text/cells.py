"""Cells as values: lists, mail addresses, phone numbers, languages, yes and no; and text made tidy first."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from shared.reading.text.dates import is_unknown
from shared.reading.text.markup import looks_decoded_twice, undo_double_decoding, without_emoji, without_tags
from shared.vocabulary.bounds import LONGEST_BLANKS, bounded
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
_PHONE_CUT: Final = re.compile(r"[;|\n]|\s/\s|,(?=\s*[+(\d])")
_LABEL_BEHIND: Final = re.compile(r"\s*\((?!\d)[^\W\d][^()\d]{0,20}\)$|\s+(?!ext|x\b)[^\W\d]{3,12}$", re.I)
_LABEL_BEFORE: Final = re.compile(r"^[^\W\d][^\d(+:]{0,20}[:.]?\s*(?=[+(\d])")
_SHORTENED: Final = re.compile(r"\d(?:[.,]\d+)?E\+?\d{1,2}", re.I)
_NO_PHONE: Final = re.compile(r"^\D*(?:\d\D*){0,4}$")


def tidy(cells: Sequence[str], joined: str) -> Sequence[str]:
    """Return the cells without zero-width marks, NULs and odd blanks, and with letters decoded twice repaired.

    `joined`: the cells as one text, so that a clean record costs one look.
    """
    if not joined.isascii() and looks_decoded_twice(joined):
        cells = [undo_double_decoding(cell) for cell in cells]  # first: its letters may look like odd blanks
    if not joined.isprintable():
        cells = [_printable(cell) for cell in cells]
    if len(joined) > LONGEST_BLANKS:
        cells = [bounded(cell) for cell in cells]
    return cells


def _printable(cell: str) -> str:
    if cell.isprintable():
        return cell
    return clean(cell.replace("\r\n", "\n").replace("\r", "\n").replace("_x000D_", "").replace("\x00", ""))


def person_name(text: str) -> str:
    """Return a name as it is shown: one line, no tags, no pictures; empty for what stands for nothing."""
    if not text.isalnum():
        text = without_emoji(without_tags(text))
        if "(" in text:
            text = _NAME_MARKS.sub("", text)
        text = " ".join(text.split()).strip(" ,;|")
    if len(text) < 5 and is_unknown(text):
        return ""
    return text


def emails_of(text: str) -> list[str]:
    """Return the mail addresses of a cell as written, in order."""
    if "@" not in text:
        return []
    return list(dict.fromkeys(_EMAIL.findall(text)))


def phones_of(text: str) -> list[str]:
    """Return the phone numbers of a cell as written, without labels (`mobile`), in order.

    What has fewer than five digits is none, nor is what a spreadsheet shortened (`4.47701E+11`).
    """
    numbers: dict[str, None] = {}
    for part in _PHONE_CUT.split(text):
        number = _without_label(part.strip(" ,'\""))
        if number and not _NO_PHONE.match(number):
            numbers[number] = None
    return list(numbers)


def _without_label(number: str) -> str:
    """Return `+44 7700 900001` for `Mobile: +44 7700 900001 (private)`; empty for a shortened number."""
    has_letters = any(map(str.isalpha, number))
    if not has_letters:
        return number
    if is_shortened_number(number):
        return ""
    number = _LABEL_BEHIND.sub("", number)
    return _LABEL_BEFORE.sub("", number)


def is_shortened_number(text: str) -> bool:
    """Tell whether a spreadsheet wrote a long number as a power of ten: its last digits are lost."""
    return _SHORTENED.fullmatch(text) is not None


def parts_of(text: str) -> list[str]:
    """Return the values of a cell that holds several: by line break, `;`, `|`, else by comma."""
    values: dict[str, None] = {}
    for part in _cut(text):
        value = part.strip(" \t\"'•·")
        if "<" in value or "&" in value:
            value = without_tags(value).strip(" \t\"'•·")
        if value and (len(value) > 7 or not is_unknown(value)):
            values[value] = None
    return list(values)


def _cut(text: str) -> list[str]:
    if "\n" in text or ";" in text or "|" in text:
        return _STRONG_CUT.split(text)
    if text.isascii():
        return text.strip("[]{}").split(",")
    return _WEAK_CUT.split(text)


def languages_of(text: str) -> list[dict[str, str]]:
    """Return spoken languages with the level as worded: `German (C1), English - fluent`."""
    languages = []
    for part in parts_of(text):
        match = _LEVELED.match(part)
        if match and match[2].strip():
            languages.append({"name": match[1].strip(), "level": match[2].strip(), "quote": part})
        else:
            languages.append({"name": part, "quote": part})
    return languages


def prose(text: str) -> str | None:
    """Return free text without markup, None when it stands for nothing."""
    if "<" in text or "&" in text:
        text = without_tags(text)
    if not text or (len(text) < 8 and is_unknown(text)):
        return None
    return text


@lru_cache(maxsize=1024)
def is_yes(text: str) -> bool:
    """Tell whether a cell says yes, in any of our languages."""
    return normalize(text) in _YES
