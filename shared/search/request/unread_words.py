"""Which words of a request no requirement was read from."""

from __future__ import annotations

import re
from collections.abc import Iterator

from shared.models.requirements import Requirements
from shared.vocabulary.occupations import Occupation, name_in
from shared.vocabulary.study import read_degree
from shared.vocabulary.terms import FILLERS, STOP_WORDS, stem
from shared.vocabulary.text import tokenize
from shared.vocabulary.title_meanings import meanings_at


def content_words(text: str) -> tuple[str, ...]:
    """Return the distinct words of a request that say something, in order."""
    found = dict.fromkeys(word for word in tokenize(text) if word not in STOP_WORDS and word not in FILLERS)
    return tuple(found)


def unread_words(wanted: Requirements, occupations: tuple[Occupation, ...]) -> tuple[str, ...]:
    """Return the content words of a short request that no requirement was read from."""
    read = {stem(word) for text in _texts_read(wanted) for word in _parts(text)}
    read |= {stem(word) for word in tokenize(name_in(wanted.text))} if occupations else set()
    has_role = bool(wanted.functions or wanted.specialties)
    unread = []
    for word in content_words(wanted.text):
        names_role = has_role and _is_title_word(word)
        parts = {stem(part) for part in _parts(word)}
        is_read = stem(word) in read or (parts - {stem(word)} <= read and len(parts) > 1)
        if not is_read and not names_role:
            unread.append(word)
    return tuple(unread)


def _texts_read(wanted: Requirements) -> Iterator[str]:
    for skill in wanted.skills:
        yield skill.name
        yield skill.quote
    for evidence in wanted.quotes:
        if evidence.where == "degree":
            yield from (word for word in tokenize(evidence.quote) if any(read_degree(word)))
        else:
            yield evidence.quote
    yield from wanted.places
    yield from wanted.fields_of_study
    if wanted.degree:
        yield wanted.degree
    if wanted.min_years is not None:
        yield f"{wanted.min_years:g}"
    for label in (*wanted.functions, *wanted.specialties, *wanted.levels):
        yield re.sub(r"[_/]", " ", label)


def _parts(text: str) -> list[str]:
    """Return the words of a text and, of words with a hyphen, their parts."""
    whole = tokenize(text)
    return [*whole, *(part for word in whole if "-" in word for part in word.split("-"))]


def _is_title_word(word: str) -> bool:
    meanings = (*meanings_at(word), *meanings_at(stem(word)))
    return any(meaning.fields or meaning.levels for meaning in meanings)
