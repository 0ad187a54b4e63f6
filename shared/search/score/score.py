"""One candidate's score: the weighted sum of what is known, and how much of what was asked is known."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from shared.search.request.criteria import Asked
from shared.search.result import FACTORS, NOT_ASKED, Factor, Hit
from shared.search.score.education import score_education
from shared.search.score.experience import most_experience, score_experience
from shared.search.score.facts import Facts, Role
from shared.search.score.location import score_location
from shared.search.score.skill import best_role, most_skill, score_skill

Scorer = Callable[[Asked, Facts, Role | None, float], Factor]

_SCORERS: Final[dict[str, Scorer]] = {
    "skill": score_skill,
    "experience": score_experience,
    "education": lambda asked, facts, _role, _fit: score_education(asked, facts),
    "location": lambda asked, facts, _role, _fit: score_location(asked, facts),
}
# filter -> the factor under which it is said that nothing is recorded for it
_TOLD_BY: Final = {"location": "location", "min_years": "experience", "words": "location"}


def bound(asked: Asked, facts: Facts, weights: Mapping[str, float]) -> float:
    """Return a score this candidate cannot exceed, read from the role and level alone, at a tenth of the cost."""
    if not asked.role:
        return 1.0
    role, fit = best_role(asked, facts)
    rest = weights["education"] + weights["location"]
    return (
        weights["skill"] * most_skill(asked, role, fit)
        + weights["experience"] * most_experience(asked, role, fit)
        + rest
    )


def score(asked: Asked, facts: Facts, weights: Mapping[str, float], unknown: tuple[str, ...] = ()) -> Hit:
    """Return the candidate with score and coverage in 0..1.

    `weights`: over the asked factors, summing to 1. The score is the weighted sum over what is known: an unknown
    counts neither half nor full, it adds nothing and lowers the coverage. `unknown`: filters nothing is recorded for.
    """
    role, fit = best_role(asked, facts) if asked.role else (None, 1.0)
    factors = {
        name: _SCORERS[name](asked, facts, role, fit) if name in asked.factors else NOT_ASKED for name in FACTORS
    }
    for name in unknown:
        factors[_TOLD_BY[name]] = _marked(factors[_TOLD_BY[name]], name)
    total = sum(weights[name] * (factors[name].score or 0.0) for name in FACTORS)
    coverage = sum(weights[name] * factors[name].known for name in FACTORS)
    return Hit(
        candidate_id=facts.id,
        name=facts.person.get("name") or "",
        current_title=facts.title,
        current_company=facts.company,
        pool=facts.data.get("pool") or "",
        score=round(total, 4),
        coverage=round(coverage, 4),
        factors=factors,
        unclassified=not facts.classified,
        model=((facts.data.get("stages") or {}).get("classify") or {}).get("recipe"),
    )


def _marked(factor: Factor, filter_name: str) -> Factor:
    notes = replace(factor.notes, unknown=[*factor.notes.unknown, f"filter {filter_name}: nothing recorded"])
    return replace(factor, notes=notes)
