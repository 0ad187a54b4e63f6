"""From the words of a title, in any language, to what they mean: compounds parted, longest phrase first."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from shared.vocabulary.spans import Word, words_at
from shared.vocabulary.text import words
from shared.vocabulary.title_fields import FIELDS, TRADES
from shared.vocabulary.title_words import CRAFTS, LEVEL_MARKS

_LONGEST: Final = 5
_NUMERALS: Final = {
    "i": "junior",
    "ii": "mid",
    "iii": "senior",
    "iv": "senior",
    "1": "junior",
    "2": "mid",
    "3": "senior",
}


class Meaning(NamedTuple):
    """A phrase of the title: what it says of the field, of the level, and where it stands."""

    word: Word
    fields: frozenset[str]
    levels: frozenset[str]
    after_to: bool = False  # `to` stands before it


class _Sense(NamedTuple):
    fields: frozenset[str]
    levels: frozenset[str]


def _lines(table: str) -> list[tuple[str, list[str]]]:
    joined = table.strip().replace("\n  ", " ")
    return [(name, phrases.split(",")) for name, _, phrases in (line.partition(": ") for line in joined.splitlines())]


def _lexicon() -> dict[tuple[str, ...], _Sense]:
    senses: dict[tuple[str, ...], _Sense] = {}
    tables = [(LEVEL_MARKS, True), (CRAFTS, False), (FIELDS, False), (TRADES, False)]
    for table, marks_level in tables:
        for name, phrases in _lines(table):
            for key in filter(None, (tuple(words(phrase)) for phrase in phrases)):
                old = senses.get(key, _Sense(frozenset(), frozenset()))
                one = frozenset((name,))
                senses[key] = (
                    _Sense(old.fields, old.levels | one) if marks_level else _Sense(old.fields | one, old.levels)
                )
    return senses


_SENSES: Final = _lexicon()
_KNOWN: Final = frozenset(word for phrase in _SENSES for word in phrase)
_UNSPACED: Final = {
    phrase[0]: sense for phrase, sense in _SENSES.items() if len(phrase) == 1 and phrase[0] and phrase[0][0] > "\u2e80"
}


def _forms(form: str) -> list[str]:
    """Return `form` without the endings of gender and number that the lexicon may not list."""
    forms = [form[: -len(end)] for end in ("innen", "in", "s", "a", "e", "as", "en") if form.endswith(end)]
    return forms + [form[:-1] + "o"] * form.endswith("a")


@lru_cache(maxsize=16384)
def _known_as(form: str) -> tuple[str, ...]:
    """Return the lexicon's word, or words of a compound, for one word; `()` when it is unknown."""
    if form in _KNOWN:
        return (form,)
    candidates = [form, *(shorter for shorter in _forms(form) if len(shorter) > 2)]
    known = next((shorter for shorter in candidates if len(shorter) > 3 and shorter in _KNOWN), None)
    if known:
        return (known,)
    for whole in candidates:
        for cut in range(len(whole) - 3, 3, -1):
            head, tail = whole[:cut], whole[cut:]
            for base in (
                head,
                head.rstrip("-"),
                head.removesuffix("s"),
                head.removesuffix("en"),
                head.removesuffix("s-"),
            ):
                if len(base) >= 2 and base in _KNOWN and tail in _KNOWN and (len(base) > 3 or "-" in head):
                    return base, tail
    return tuple(part for part in form.split("-") if part in _KNOWN) if "-" in form else ()


def _unspaced(word: Word, exact: bool) -> list[Word]:
    """Part a word of a script without blanks, longest known piece first."""
    pieces, i, form = [], 0, word.form
    while i < len(form):
        size = next((n for n in range(min(12, len(form) - i), 0, -1) if form[i : i + n] in _UNSPACED), 0)
        if size:
            start, end = (word.start + i, word.start + i + size) if exact else (word.start, word.end)
            pieces.append(Word(form[i : i + size], start, end))
        i += size or 1
    return pieces


def _title_words(title: str) -> list[Word]:
    found: list[Word] = []
    for word in words_at(title):
        if word.form and word.form[-1] > "\u2e80" and word.form not in _KNOWN:
            found += _unspaced(word, len(word.form) == word.end - word.start)
        else:
            known = _known_as(word.form) or (word.form,)
            found += [Word(form, word.start, word.end) for form in known]
    return found


def meanings_at(title: str) -> list[Meaning]:
    """Return what the phrases of `title` mean, in order; words that mean nothing here are left out."""
    found = _title_words(title)
    meanings: list[Meaning] = []
    i, after_to = 0, False
    while i < len(found):
        size = next(
            (
                n
                for n in range(min(_LONGEST, len(found) - i), 0, -1)
                if tuple(w.form for w in found[i : i + n]) in _SENSES
            ),
            0,
        )
        after_to = after_to or found[i].form == "to"
        if size:
            phrase = tuple(w.form for w in found[i : i + size])
            sense, place = _SENSES[phrase], Word(" ".join(phrase), found[i].start, found[i + size - 1].end)
            if place.form not in _NUMERALS or i + size == len(found):
                meanings.append(Meaning(place, sense.fields, sense.levels, after_to))
        elif i and i + 1 == len(found) and found[i].form in _NUMERALS:
            level = frozenset((_NUMERALS[found[i].form],))
            meanings.append(Meaning(found[i], frozenset(), level, after_to))
        i += size or 1
    return meanings
