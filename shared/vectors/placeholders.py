"""Vectors that no encoder made: old systems store stand-ins, which a search would take for people."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from shared.models.collections import DIMENSIONS

Kind = Literal["wrong_length", "not_a_number", "zero", "constant", "sequential", "repeating", "not_unit", "shared"]
KINDS: Final[tuple[Kind, ...]] = (
    "wrong_length", "not_a_number", "zero", "constant", "sequential", "repeating", "not_unit", "shared",
)  # fmt: skip
UNIT: Final = 1e-3  # how far from 1 the length may be: what both stores accept
MANY: Final = 3  # different texts of which one vector cannot be true
_STEPS: Final = 64  # differences at the start that say how a sequence goes on
_REGULAR: Final = 0.9  # share of differences that are the same; the rest is where a sequence starts over
_HALF: Final = DIMENSIONS // 2

Matrix = NDArray[np.float32]
Flags = NDArray[np.bool_]
TextsOf = Callable[[Sequence[str]], Mapping[str, str]]


def kinds_of(vectors: Sequence[Any]) -> list[Kind | None]:
    """Return what is wrong with each vector, the first of KINDS that fits; None for a genuine one.

    vectors: arrays or lists of any length, as a store gives them. `shared` is never said here: see `SharedVectors`.
    """
    found: list[Kind | None] = ["wrong_length"] * len(vectors)
    places = [place for place, vector in enumerate(vectors) if np.shape(vector) == (DIMENSIONS,)]
    if places:
        with np.errstate(over="ignore"):  # a double too large for a float is no number either
            rows = np.stack([np.asarray(vectors[place], np.float32) for place in places])
        for place, kind in zip(places, _kinds(rows), strict=True):
            found[place] = kind
    return found


def _kinds(rows: Matrix) -> list[Kind | None]:
    numbers: Flags = np.asarray(np.isfinite(rows).all(axis=1))
    rows = np.where(numbers[:, np.newaxis], rows, np.float32(0))
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows, dtype=np.float64))
    wrong: dict[Kind, Flags] = {
        "wrong_length": _padded(rows),
        "not_a_number": ~numbers,
        "zero": lengths == 0,
        "constant": _constant(rows),
        "sequential": _sequential(rows),
        "repeating": _repeating(rows),
        "not_unit": np.abs(lengths - 1) > UNIT,
    }
    kinds: list[Kind | None] = [None] * len(rows)
    for kind in reversed(wrong):
        for place in np.flatnonzero(wrong[kind]):
            kinds[place] = kind
    return kinds


def _padded(rows: Matrix) -> Flags:
    """Half a vector, filled up with zeros: 384 dimensions made to look like 768."""
    full: Flags = (np.count_nonzero(rows[:, :_HALF], axis=1) > _HALF // 2) & ~rows[:, _HALF:].any(axis=1)
    return full


def _constant(rows: Matrix) -> Flags:
    lowest, highest = rows.min(axis=1), rows.max(axis=1)
    flags: Flags = highest - lowest <= np.float32(1e-4) * np.maximum(np.abs(lowest), np.abs(highest))
    return flags


def _sequential(rows: Matrix) -> Flags:
    """0.414, 0.415, 0.416 …: as good as all steps are the same, up or down, starting over now and then or not."""
    steps = np.diff(rows, axis=1)
    usual = np.median(steps[:, :_STEPS], axis=1, keepdims=True)
    precision = np.abs(rows).max(axis=1, keepdims=True) * np.float32(4e-7)  # of a float32, doubled
    same = np.abs(steps - usual) <= np.abs(usual) * np.float32(0.01) + precision
    flags: Flags = (same.mean(axis=1) >= _REGULAR) & (np.abs(usual) > precision).ravel()
    return flags


def _repeating(rows: Matrix) -> Flags:
    """A shorter vector written several times over."""
    flags: Flags = np.zeros(len(rows), np.bool_)
    for period in (_HALF, DIMENSIONS // 3):
        flags |= (rows[:, period:] == rows[:, :-period]).all(axis=1)
    return flags & rows.any(axis=1)


class SharedVectors:
    """The same vector on many different texts. Pages are added as they come; 40 bytes a vector are kept."""

    def __init__(self) -> None:
        self._ids: dict[bytes, list[str]] = defaultdict(list)

    def add(self, ids: Sequence[str], vectors: Sequence[Any]) -> None:
        """Take a page of vectors in."""
        for id_, vector in zip(ids, vectors, strict=True):
            content = np.ascontiguousarray(vector, np.float32).tobytes()
            self._ids[hashlib.blake2b(content, digest_size=8).digest()].append(id_)

    def ids(self, texts_of: TextsOf) -> list[str]:
        """Return the ids whose vector also stands for other texts: at least MANY different ones in all.

        `texts_of` gives the texts the vectors were made of, by id; it is asked only about vectors that come often.
        People with the same text rightly have the same vector.
        """
        found: list[str] = []
        for ids in self._ids.values():
            if len(ids) >= MANY and len(set(map(_plain, texts_of(ids).values()))) >= MANY:
                found += ids
        return found


def _plain(text: str) -> str:
    return " ".join("".join(letter if letter.isalnum() else " " for letter in text.casefold()).split())
