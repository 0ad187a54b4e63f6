"""Finding the closest vectors: sign codes say which rows are worth an exact look, exact products decide."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from shared.adapters.sqlite.vectors_file import Codes, sign_codes
from shared.ports import Vector

SMALL: Final = 4_000  # so few rows are scored exactly
RESCORED: Final = 2_000  # rows scored exactly, or 20 times the limit where that is more
_BLOCK: Final = 16_384  # codes a step: what fits the processor's cache
_EVEN_BYTES: Final = np.uint32(0x00FF00FF)

Slots = NDArray[np.int64]


def closest(vectors: Vector, codes: Codes, slots: Slots, query: Vector, limit: int) -> tuple[Slots, Vector]:
    """Return the slots among `slots` with the largest dot products and those products, best first.

    vectors: (n, 768) float32, codes: (n, 12) uint64, query: (768,) float32.
    """
    wanted = max(RESCORED, 20 * limit)
    if len(slots) > max(SMALL, wanted):
        slots = _likely(codes, slots, sign_codes(query[np.newaxis])[0], wanted)
    products = vectors[slots] @ query
    if len(products) > limit:
        best = np.argpartition(products, -limit)[-limit:]
        slots, products = slots[best], products[best]
    order = np.lexsort((slots, -products))
    return slots[order], products[order]


def _likely(codes: Codes, slots: Slots, query: Codes, wanted: int) -> Slots:
    # all rows with the smallest distances, at least `wanted`: distances are small whole numbers, so they are counted
    distances = _distances(codes, query)[slots] if 4 * len(slots) > len(codes) else _distances(codes[slots], query)
    reached = np.searchsorted(np.cumsum(np.bincount(distances)), wanted)
    return slots[np.flatnonzero(distances <= reached)]


def _distances(codes: Codes, query: Codes) -> NDArray[np.uint16]:
    # Hamming distances. Four counts of at most 64 lie in one 32-bit word: three words add up without overflow
    distances = np.empty(len(codes), np.uint16)
    for start in range(0, len(codes), _BLOCK):
        words = np.bitwise_count(codes[start : start + _BLOCK] ^ query).view(np.uint32)
        sums = words[:, 0] + words[:, 1] + words[:, 2]
        pairs = (sums & _EVEN_BYTES) + ((sums >> np.uint32(8)) & _EVEN_BYTES)
        distances[start : start + _BLOCK] = pairs + (pairs >> np.uint32(16))
    return distances
