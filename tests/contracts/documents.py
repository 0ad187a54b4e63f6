"""Documents the contract suite writes."""

from __future__ import annotations

from typing import Any

import numpy as np

from shared.models.collections import DIMENSIONS
from shared.ports import Create, Data, Vector


def candidate(id: str, **fields: Any) -> Create:
    data: Data = {"id": id, "pool": "p", "awaiting": "classify", "employer_key": "2026-01-01T00:00:00Z", **fields}
    return Create("candidates", id, data)


def unit(seed: int, dimensions: int = DIMENSIONS) -> Vector:
    """A random unit vector, zero from `dimensions` on."""
    vector = np.zeros(DIMENSIONS, np.float32)
    vector[:dimensions] = np.random.default_rng(seed).standard_normal(dimensions)
    return vector / np.float32(np.linalg.norm(vector))
