"""Which meanings, standing together in a title, say which role: one reading of job titles for everybody."""

from __future__ import annotations

from itertools import product
from typing import Final, NamedTuple

from shared.vocabulary.tables import read_rows

Role = tuple[str, str | None]  # function, specialty


class Rule(NamedTuple):
    """`needs` all stand in the title; `score` is how surely they then say `roles` (4 certain, 1 a hint)."""

    needs: frozenset[str]
    roles: tuple[Role, ...]
    score: float


def _read_role(text: str) -> Role:
    function, _, specialty = text.partition("/")
    return function, specialty or None


def _rules() -> tuple[Rule, ...]:
    """Return the rules of the file; `a|b` among the needs means either, and makes a rule each."""
    rules = []
    for score, needs, roles in read_rows("title_rules"):
        role_pairs = tuple(_read_role(role) for role in roles.split())
        alternatives = [need.split("|") for need in needs.split()]
        rules += [Rule(frozenset(choice), role_pairs, float(score)) for choice in product(*alternatives)]
    return tuple(rules)


RULES: Final = _rules()
