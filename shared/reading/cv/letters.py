"""What the letters of words nobody knows say: whether they read like a title or like an employer.

The weights are trained by `benchmarks/train_titles.py` from our own vocabularies.
"""

from __future__ import annotations

from functools import cache, lru_cache
from math import exp, sqrt
from pathlib import Path
from typing import Final
from zlib import crc32

import shared.vocabulary
from shared.vocabulary.text import normalize

BUCKETS: Final = 1 << 16
SCALE: Final = 24.0  # a weight of 1.0 as stored, in a signed byte
FILE: Final = Path(shared.vocabulary.__path__[0]) / "data" / "title_letters.bin"
_SIZES: Final = (2, 3, 4, 5)
_LONGEST: Final = 80  # characters that are looked at


@lru_cache(maxsize=16384)
def title_odds(text: str) -> float:
    """Return -1..1: 1 reads like a title, -1 like an employer, 0 says nothing."""
    buckets = buckets_of(text)
    if not buckets:
        return 0.0
    weights = _weights()
    total = sum(weights[bucket] for bucket in buckets)
    return 2 / (1 + exp(-total / SCALE / sqrt(len(buckets)))) - 1


def buckets_of(text: str) -> list[int]:
    """Return the buckets of a text's character n-grams; words are marked where they begin and end."""
    marked = "".join(f"^{word}$" for word in normalize(text[:_LONGEST]).split())
    buckets: list[int] = []
    for size in _SIZES:
        for start in range(len(marked) - size + 1):
            gram = marked[start : start + size]
            if "$^" not in gram:
                buckets.append(crc32(gram.encode()) % BUCKETS)
    return buckets


@cache
def _weights() -> memoryview:
    return memoryview(FILE.read_bytes()).cast("b")
