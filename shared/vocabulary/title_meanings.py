"""From the words of a title, in any language, to what they mean: compounds split, longest phrase first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from shared.vocabulary.spans import Word, words_at
from shared.vocabulary.tables import read_names
from shared.vocabulary.text import tokenize

_LONGEST: Final = 5  # words of a phrase
_LONGEST_UNSPACED: Final = 12  # characters of a phrase in a script without blanks
_SHORTEST_HEAD: Final = 4  # characters of the first part of a compound
_SHORTEST_TAIL: Final = 3
_FIRST_EASTERN: Final = "\u2e80"
_ENDINGS: Final = ("innen", "in", "s", "a", "e", "as", "en")  # of gender and number
_LINKS: Final = ("s", "en", "s-")  # between the parts of a compound
_NUMERALS: Final = {
    "i": "junior",
    "ii": "mid",
    "iii": "senior",
    "iv": "senior",
    "1": "junior",
    "2": "mid",
    "3": "senior",
}
_FIELD_FILES: Final = ("title_crafts", "title_fields", "title_trades")
Phrase = tuple[str, ...]


class Meaning(NamedTuple):
    """A phrase of the title: what it says of the field, of the level, and where it stands."""

    word: Word
    fields: frozenset[str]
    levels: frozenset[str]
    after_to: bool = False  # `to` stands before it


class _Sense(NamedTuple):
    fields: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()


def _phrases(file: str) -> list[tuple[Phrase, frozenset[str]]]:
    """Return (phrase, what it means) for every name of a file."""
    phrases = []
    for meaning, names in read_names(file):
        for name in names:
            phrase = tuple(tokenize(name))
            if phrase:
                phrases.append((phrase, frozenset((meaning,))))
    return phrases


def _lexicon() -> dict[Phrase, _Sense]:
    senses: dict[Phrase, _Sense] = {}
    for phrase, level in _phrases("title_levels"):
        sense = senses.get(phrase, _Sense())
        senses[phrase] = _Sense(sense.fields, sense.levels | level)
    for file in _FIELD_FILES:
        for phrase, field in _phrases(file):
            sense = senses.get(phrase, _Sense())
            senses[phrase] = _Sense(sense.fields | field, sense.levels)
    return senses


def _unspaced_words(senses: dict[Phrase, _Sense]) -> frozenset[str]:
    return frozenset(phrase[0] for phrase in senses if len(phrase) == 1 and phrase[0][0] > _FIRST_EASTERN)


_SENSES: Final = _lexicon()
_WORDS: Final = frozenset(word for phrase in _SENSES for word in phrase)
_UNSPACED: Final = _unspaced_words(_SENSES)


def _without_endings(form: str) -> list[str]:
    """Return `form` without the endings of gender and number that the lexicon may not list."""
    forms = []
    for ending in _ENDINGS:
        if form.endswith(ending):
            forms.append(form.removesuffix(ending))
    if form.endswith("a"):
        forms.append(form[:-1] + "o")
    return forms


@lru_cache(maxsize=16384)
def _lexicon_words(form: str) -> tuple[str, ...]:
    """Return the lexicon's word, or words of a compound, for one word; `()` when it is unknown."""
    if form in _WORDS:
        return (form,)
    variants = [form]
    for shorter in _without_endings(form):
        if len(shorter) >= _SHORTEST_HEAD and shorter in _WORDS:
            return (shorter,)
        if len(shorter) > 2:
            variants.append(shorter)
    for variant in variants:
        parts = _compound(variant)
        if parts:
            return parts
    if "-" not in form:
        return ()
    return tuple(part for part in form.split("-") if part in _WORDS)


def _compound(form: str) -> tuple[str, ...]:
    """Split a compound into two words of the lexicon, the longest first part first; `()` when it cannot be."""
    for cut in range(len(form) - _SHORTEST_TAIL, _SHORTEST_HEAD - 1, -1):
        head, tail = form[:cut], form[cut:]
        if tail not in _WORDS:
            continue
        for base in _bases(head):
            long_enough = len(base) >= _SHORTEST_HEAD or ("-" in head and len(base) >= 2)
            if long_enough and base in _WORDS:
                return base, tail
    return ()


def _bases(head: str) -> list[str]:
    """Return the first part of a compound with and without what links it to the second."""
    return [head, head.rstrip("-"), *(head.removesuffix(link) for link in _LINKS)]


def _split_unspaced(word: Word) -> list[Word]:
    """Split a word of a script without blanks, longest known piece first."""
    form = word.form
    is_exact = len(form) == word.end - word.start
    pieces = []
    position = 0
    while position < len(form):
        size = _size_of_unspaced(form, position)
        if size:
            start = word.start + position if is_exact else word.start
            end = start + size if is_exact else word.end
            pieces.append(Word(form[position : position + size], start, end))
        position += size or 1
    return pieces


def _size_of_unspaced(form: str, position: int) -> int:
    for size in range(min(_LONGEST_UNSPACED, len(form) - position), 0, -1):
        if form[position : position + size] in _UNSPACED:
            return size
    return 0


def _title_words(title: str) -> list[Word]:
    """Return the words of a title, compounds and scripts without blanks split."""
    title_words: list[Word] = []
    for word in words_at(title):
        is_eastern = bool(word.form) and word.form[-1] > _FIRST_EASTERN
        if is_eastern and word.form not in _WORDS:
            title_words += _split_unspaced(word)
            continue
        for form in _lexicon_words(word.form) or (word.form,):
            title_words.append(Word(form, word.start, word.end))
    return title_words


def meanings_at(title: str) -> list[Meaning]:
    """Return what the phrases of `title` mean, in order; words that mean nothing here are left out."""
    title_words = _title_words(title)
    meanings: list[Meaning] = []
    position, after_to = 0, False
    while position < len(title_words):
        after_to = after_to or title_words[position].form == "to"
        size = _size_of_phrase(title_words, position)
        meaning = _meaning(title_words, position, size, after_to)
        if meaning:
            meanings.append(meaning)
        position += size or 1
    return meanings


def _size_of_phrase(title_words: Sequence[Word], position: int) -> int:
    """Return how many words from `position` on are a phrase of the lexicon, the longest first; 0 for none."""
    for size in range(min(_LONGEST, len(title_words) - position), 0, -1):
        if _phrase(title_words, position, size) in _SENSES:
            return size
    return 0


def _phrase(title_words: Sequence[Word], position: int, size: int) -> Phrase:
    return tuple(word.form for word in title_words[position : position + size])


def _meaning(title_words: Sequence[Word], position: int, size: int, after_to: bool) -> Meaning | None:
    """Return what the phrase means; a numeral at the end of a title is a level and means nothing elsewhere."""
    first = title_words[position]
    is_last = position + max(size, 1) == len(title_words)
    if not size:
        level = _NUMERALS.get(first.form)
        if level is None or position == 0 or not is_last:
            return None
        return Meaning(first, frozenset(), frozenset((level,)), after_to)
    phrase = _phrase(title_words, position, size)
    place = Word(" ".join(phrase), first.start, title_words[position + size - 1].end)
    if place.form in _NUMERALS and not is_last:
        return None
    sense = _SENSES[phrase]
    return Meaning(place, sense.fields, sense.levels, after_to)
