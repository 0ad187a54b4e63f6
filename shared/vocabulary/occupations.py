"""Which occupation a job title names, in eight languages."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from shared.vocabulary.tables import FOLDER, read_names, read_rows, split_names
from shared.vocabulary.text import normalize, tokenize

_LONGEST: Final = 6  # words in the longest name that is looked for inside a title


class Occupation(NamedTuple):
    """An occupation: its key, its ISCO-08 unit group (four digits), and the keys of those near to it."""

    key: str
    unit: str
    near: frozenset[str]


class _Files(NamedTuple):
    names: dict[str, tuple[str, ...]]  # name, normalized -> occupations
    occupations: dict[str, Occupation]
    stop_words: frozenset[str]


@lru_cache(maxsize=1)
def _files() -> _Files:
    """Return the occupation files; read when a title is first looked up, so that other commands start without them."""
    names: dict[str, list[str]] = {}
    occupations: dict[str, Occupation] = {}
    for path in sorted((FOLDER / "occupations").glob("[0-9].tsv")):
        for row in read_rows(f"occupations/{path.stem}"):
            unit, key, *cells, near = row
            occupations[key] = Occupation(key, unit, frozenset(split_names(near)))
            for cell in cells:
                for name in split_names(cell):
                    names.setdefault(_plain(name), []).append(key)
    for acronym, meant in read_names("acronyms"):
        names[acronym] = [key for name in meant for key in names.get(_plain(name), ())]
    unique = {name: tuple(dict.fromkeys(keys)) for name, keys in names.items()}
    stop_words = frozenset(normalize(row[0]) for row in read_rows("occupations/stop_words"))
    return _Files(unique, occupations, stop_words)


def read_occupations(title: str) -> tuple[Occupation, ...]:
    """Return the occupations a title names; several when its name is ambiguous, none when no name stands in it."""
    name = name_in(title)
    return _occupations(_files(), name) if name else ()


@lru_cache(maxsize=32768)
def name_in(title: str) -> str:
    """Return the name of an occupation that a title holds, in comparable words; '' when it holds none.

    The whole title is looked up first, then the longest names in it, the last one first: `Night Shift Truck Driver`.
    A word that says nothing by itself, such as `service`, names no occupation inside a longer title.
    """
    files = _files()
    whole = _plain(title)
    words = whole.split()
    if whole in files.names:
        return whole
    for size in range(min(_LONGEST, len(words)), 0, -1):
        for start in range(len(words) - size, -1, -1):
            name = _singular(" ".join(words[start : start + size]), files)
            if name in files.names and name not in files.stop_words:
                return name
    return ""


def _occupations(files: _Files, name: str) -> tuple[Occupation, ...]:
    return tuple(files.occupations[key] for key in files.names[name])


def _singular(name: str, files: _Files) -> str:
    return name[:-1] if name not in files.names and name.endswith("s") else name


def _plain(name: str) -> str:
    return " ".join(tokenize(name.replace("-", " ")))
