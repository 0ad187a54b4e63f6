"""How near two occupations are: by ISCO-08's groups, and by the relations the occupation files name.

Occupations of one unit group are siblings, those of one minor group are of the same field. A near relation crosses the
groups: a paralegal works beside a legal secretary.
"""

from __future__ import annotations

from typing import Final

from shared.vocabulary.occupations import Occupation

SAME: Final = 1.0
SAME_UNIT: Final = 0.75
NEAR: Final = 0.6
SAME_MINOR: Final = 0.5


def nearness(first: Occupation, second: Occupation) -> float:
    """Return how near two occupations are, 0..1."""
    if first.key == second.key:
        return SAME
    if first.unit == second.unit:
        return SAME_UNIT
    if second.key in first.near or first.key in second.near:
        return NEAR
    return SAME_MINOR if first.unit[:3] == second.unit[:3] else 0.0
