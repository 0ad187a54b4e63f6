"""Which factor counts how much: one table for the whole product, and the rules for changing it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Set
from typing import Final

from shared.errors import InvalidRequest
from shared.search.result import FACTORS

DEFAULT: Final[Mapping[str, float]] = {"skill": 0.5, "experience": 0.25, "education": 0.15, "location": 0.1}
_TOLERANCE: Final = 1e-6


def read_weights(given: Mapping[str, float] | None) -> dict[str, float]:
    """Return a weight for every factor; omitted ones count 0.

    Raises `InvalidRequest` for unknown names, negative or non-finite numbers, and sums other than 1.
    """
    if given is None:
        return dict(DEFAULT)
    unknown = sorted(set(given) - set(FACTORS))
    if unknown:
        raise InvalidRequest(f"unknown weight {', '.join(unknown)}: the factors are {', '.join(FACTORS)}")
    wrong = [f"{name}={value:g}" for name, value in given.items() if not (math.isfinite(value) and value >= 0)]
    if wrong:
        raise InvalidRequest(f"weights must be 0 or more: {', '.join(wrong)}")
    total = sum(given.values())
    if abs(total - 1) > _TOLERANCE:
        raise InvalidRequest(f"weights must sum to 1, these sum to {total:g}")
    return {name: float(given.get(name, 0.0)) for name in FACTORS}


def apply_weights(weights: Mapping[str, float], asked: Set[str]) -> dict[str, float]:
    """Return the weights over the asked factors, summing to 1, and 0 for the others.

    When none of the asked factors has any weight the answer is all zeros: nothing can be scored.
    """
    total = sum(weights[name] for name in asked)
    return {name: weights[name] / total if name in asked and total else 0.0 for name in FACTORS}
