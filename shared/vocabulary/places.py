"""Countries and large cities by their many names, so that `München, Germany` and `Munich` are one place."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from shared.vocabulary.place_names import CITIES, COUNTRIES
from shared.vocabulary.spans import Word, words_at
from shared.vocabulary.text import plain, words

_LONGEST: Final = 4
_CLEAR_CODES: Final = frozenset(("UK", "US", "USA", "UAE", "GB"))


def _joined(table: str) -> list[str]:
    return table.strip().replace("\n  ", " ").splitlines()


def _table() -> tuple[dict[tuple[str, ...], tuple[str, str]], frozenset[str]]:
    """Return phrase -> (place, country), and the short codes that count in capitals only."""
    table: dict[tuple[str, ...], tuple[str, str]] = {}
    codes = set()
    for line in _joined(COUNTRIES):
        country, _, names = line.partition(": ")
        for name in (country, *names.split(", ")):
            if words(name):
                table[tuple(words(name))] = (country, country)
            if len(name) < 4 and name.isupper():
                codes.add(name.lower())
    for line in _joined(CITIES):
        country, _, cities = line.partition(": ")
        for city in cities.split("; "):
            first, *others = city.strip().split("=")
            for name in (first, *(others[0].split(",") if others else ())):
                table.setdefault(tuple(words(name)), (first, country))
    table.pop((), None)
    return table, frozenset(codes)


_PLACES, _CODES = _table()


def find_places(text: str) -> list[tuple[str, str, str]]:
    """Return (place, its country, words of `text` that say so), each place once, in order.

    A country names itself twice. Two-letter codes count in capitals only, and most only behind a comma:
    `IT` is seldom Italy.
    """
    found = words_at(text)
    places: dict[str, tuple[str, str, str]] = {}
    i = 0
    while i < len(found):
        size = 0
        for n in range(min(_LONGEST, len(found) - i), 0, -1):
            key = tuple(w.form.strip(".") for w in found[i : i + n])
            if key in _PLACES:
                quote = text[found[i].start : found[i + n - 1].end]
                place, country = _PLACES[key]
                if _is_name(quote, key, text) and (key[0] not in _CODES or _ends(text, found[i], country, places)):
                    places.setdefault(place, (place, country, quote))
                    size = n
                    break
        i += size or 1
    return list(places.values())


def _ends(text: str, code: Word, country: str, before: dict[str, tuple[str, str, str]]) -> bool:
    """Whether a code such as IT or CA is a country here: alone, or behind a comma and no city of another country."""
    if code.form.upper() in _CLEAR_CODES:
        return True
    alone = not text[: code.start].strip() or text[: code.start].rstrip().endswith((",", "("))
    alone = alone and (not text[code.end :].strip() or text[code.end :].lstrip().startswith((")", ",", ";", "|")))
    return alone and all(known == country for _, known, _ in before.values())


def _is_name(quote: str, key: tuple[str, ...], text: str) -> bool:
    if len(key) == 1 and key[0] in _CODES:
        return quote.replace(".", "").isupper() and (len(text) < 5 or not text.isupper())
    return quote[0].isupper() or not quote[0].islower() or text.islower() or len(key[0]) > 5


@lru_cache(maxsize=16384)
def _read(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((place, country) for place, country, _ in find_places(text))


def same_place(a: str, b: str) -> bool:
    """Whether one of the two lies in, or is, the other: city and city, city and its country, by any of their names.

    Places the lexicon does not know are the same when their words are.
    """
    left, right = _read(a), _read(b)
    if not left or not right:
        return bool(plain(a)) and set(words(a)) == set(words(b))
    cities_left, cities_right = _cities(left), _cities(right)
    if cities_left and cities_right:
        return bool(cities_left & cities_right)
    return bool({country for _, country in left} & {country for _, country in right})


def _cities(places: tuple[tuple[str, str], ...]) -> set[str]:
    return {place for place, country in places if place != country}
