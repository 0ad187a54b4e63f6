"""Countries and large cities by their many names, so that `München, Germany` and `Munich` are one place."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from shared.vocabulary.spans import Word, words_at
from shared.vocabulary.tables import read_names, read_rows, split_names
from shared.vocabulary.text import normalize, tokenize

_LONGEST: Final = 4  # words of a name
_LONGEST_CODE: Final = 3  # letters of a country's code
_CLEAR_CODES: Final = frozenset(("UK", "US", "USA", "UAE", "GB"))
_PLAIN_NAME: Final = 5  # a longer first word is a place however it is written
_SHORT_TEXT: Final = 5  # characters up to which a text all in capitals says nothing about its letters
_OPENS: Final = (",", "(")
_CLOSES: Final = (")", ",", ";", "|")
Key = tuple[str, ...]


class _Place(NamedTuple):
    name: str
    country: str


def _countries() -> dict[Key, _Place]:
    countries: dict[Key, _Place] = {}
    for country, names in read_names("countries"):
        for name in (country, *names):
            countries[tuple(tokenize(name))] = _Place(country, country)
    return countries


def _country_codes() -> frozenset[str]:
    """Return the short names that count in capitals only."""
    codes = set()
    for country, names in read_names("countries"):
        for name in (country, *names):
            if len(name) <= _LONGEST_CODE and name.isupper():
                codes.add(name.lower())
    return frozenset(codes)


def _places() -> dict[Key, _Place]:
    places = _countries()
    for country, city, names in read_rows("cities"):
        for name in (city, *split_names(names)):
            places.setdefault(tuple(tokenize(name)), _Place(city, country))
    places.pop((), None)
    return places


_PLACES: Final = _places()
_CODES: Final = _country_codes()


def find_places(text: str) -> list[tuple[str, str, str]]:
    """Return (place, its country, words of `text` that say so), each place once, in order.

    A country names itself twice. Two-letter codes count in capitals only, and most only behind a comma:
    `IT` is seldom Italy.
    """
    text_words = words_at(text)
    places: dict[str, tuple[str, str, str]] = {}
    position = 0
    while position < len(text_words):
        size = _size_of_place(text, text_words, position, places)
        if size:
            first, last = text_words[position], text_words[position + size - 1]
            name, country = _PLACES[_key(text_words, position, size)]
            places.setdefault(name, (name, country, text[first.start : last.end]))
        position += size or 1
    return list(places.values())


def _size_of_place(text: str, text_words: list[Word], position: int, places: dict[str, tuple[str, str, str]]) -> int:
    """Return how many words from `position` on name a place, the longest name first; 0 for none."""
    longest = min(_LONGEST, len(text_words) - position)
    for size in range(longest, 0, -1):
        key = _key(text_words, position, size)
        place = _PLACES.get(key)
        if place is None:
            continue
        first, last = text_words[position], text_words[position + size - 1]
        if not _is_written_as_name(text[first.start : last.end], key, text):
            continue
        if key[0] not in _CODES or _is_country_code(text, first, place.country, places):
            return size
    return 0


def _key(text_words: list[Word], position: int, size: int) -> Key:
    return tuple(word.form.strip(".") for word in text_words[position : position + size])


def _is_country_code(text: str, code: Word, country: str, before: dict[str, tuple[str, str, str]]) -> bool:
    """Whether a code such as IT or CA is a country here: alone, or behind a comma and no city of another country."""
    if code.form.upper() in _CLEAR_CODES:
        return True
    ahead, behind = text[: code.start].rstrip(), text[code.end :].lstrip()
    if ahead and not ahead.endswith(_OPENS):
        return False
    if behind and not behind.startswith(_CLOSES):
        return False
    return all(other == country for _, other, _ in before.values())


def _is_written_as_name(quote: str, key: Key, text: str) -> bool:
    if len(key) == 1 and key[0] in _CODES:
        in_capitals = quote.replace(".", "").isupper()
        return in_capitals and (len(text) < _SHORT_TEXT or not text.isupper())
    if not quote[0].islower():
        return True
    return text.islower() or len(key[0]) > _PLAIN_NAME


@lru_cache(maxsize=16384)
def _places_of(text: str) -> tuple[_Place, ...]:
    return tuple(_Place(name, country) for name, country, _ in find_places(text))


def same_place(a: str, b: str) -> bool:
    """Whether one of the two lies in, or is, the other: city and city, city and its country, by any of their names.

    Places the lexicon does not know are the same when their words are.
    """
    left, right = _places_of(a), _places_of(b)
    if not left or not right:
        return bool(normalize(a)) and set(tokenize(a)) == set(tokenize(b))
    left_cities, right_cities = _cities(left), _cities(right)
    if left_cities and right_cities:
        return bool(left_cities & right_cities)
    left_countries = {place.country for place in left}
    right_countries = {place.country for place in right}
    return bool(left_countries & right_countries)


def _cities(places: tuple[_Place, ...]) -> set[str]:
    return {place.name for place in places if place.name != place.country}
