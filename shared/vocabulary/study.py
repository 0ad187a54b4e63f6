"""What a degree says: its level and its field of study, in the languages degrees are written in."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from shared.vocabulary.tables import read_names
from shared.vocabulary.text import normalize, tokenize

DEGREES: Final = ("school", "associate", "diploma", "bachelor", "master", "phd")  # lowest first

Key = tuple[str, ...]


class _Reading(NamedTuple):
    """A phrase of a degree: what it means, how many words it has and where it begins."""

    meaning: str
    size: int
    start: int


def _meanings(file: str) -> dict[Key, str]:
    """Return the words of each name of the file -> what it means; the first row that has a name wins."""
    meanings: dict[Key, str] = {}
    for meaning, names in read_names(file):
        for name in names:
            meanings.setdefault(tuple(tokenize(name)), meaning)
    meanings.pop((), None)
    return meanings


_LEVEL_OF: Final = _meanings("degrees")
_FIELD_OF: Final = _meanings("study_fields")
_LONGEST: Final = max(map(len, (*_LEVEL_OF, *_FIELD_OF)))
_WEAK: Final = frozenset(
    ("be", "as", "aa", "ma", "ms", "bs", "ba", "dr", "med", "bed", "cap", "fp", "dea", "promotion", "associate")
)
_UNSPACED: Final = re.compile(r"[\u2e80-\uffdc]")


_FIRST_EASTERN: Final = "\u2e80"


@lru_cache(maxsize=16384)
def read_degree(text: str) -> tuple[str | None, str | None]:
    """Return (level, field) of a degree as written: `BSc Computer Science` gives `("bachelor", "computer science")`.

    Level is one of DEGREES, field one of the study fields; either is None when the text does not say.
    """
    return _level(text), _field(text)


def _level(text: str) -> str | None:
    text_words = tokenize(text)
    levels = set()
    for reading in _readings(text_words, _LEVEL_OF, text):
        is_weak = reading.size == 1 and text_words[reading.start] in _WEAK
        if reading.start == 0 or not is_weak:
            levels.add(reading.meaning)
    if not levels:
        return None
    highest = max(levels, key=DEGREES.index)
    if highest == "phd" and "bachelor" in levels and "master" not in levels and text_words[0] not in ("phd", "doctor"):
        return "bachelor"  # "promotion" of anything else
    return highest


def _field(text: str) -> str | None:
    """Return the field with the longest name, the first of equals."""
    readings = _readings(tokenize(text), _FIELD_OF, text)
    if not readings:
        return None
    return max(readings, key=lambda reading: (reading.size, -reading.start)).meaning


def fields_of_study(text: str) -> tuple[str, ...]:
    """Return every study field the text names, in order."""
    readings = _readings(tokenize(text), _FIELD_OF, text)
    return tuple(dict.fromkeys(reading.meaning for reading in readings))


def _readings(text_words: list[str], meanings: dict[Key, str], text: str) -> list[_Reading]:
    """Return the phrases of the text that mean something, longest first at every place."""
    readings = []
    position = 0
    while position < len(text_words):
        size = _size_of_phrase(text_words, position, meanings)
        if size:
            key = tuple(text_words[position : position + size])
            readings.append(_Reading(meanings[key], size, position))
        position += size or 1
    if readings or not _UNSPACED.search(text):
        return readings
    return _unspaced_readings(meanings, text)


def _size_of_phrase(text_words: list[str], position: int, meanings: dict[Key, str]) -> int:
    for size in range(min(_LONGEST, len(text_words) - position), 0, -1):
        if tuple(text_words[position : position + size]) in meanings:
            return size
    return 0


def _unspaced_readings(meanings: dict[Key, str], text: str) -> list[_Reading]:
    """Return the phrases of a text in a script without blanks, wherever in a word they stand."""
    folded = normalize(text)
    readings = []
    for key, meaning in meanings.items():
        if len(key) == 1 and key[0] > _FIRST_EASTERN and key[0] in folded:
            readings.append(_Reading(meaning, 1, 0))
    return readings
