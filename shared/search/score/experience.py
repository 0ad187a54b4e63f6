"""The experience factor: level and years in the asked role; experience in another trade is worth that much less."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from shared.search.request.criteria import Asked
from shared.search.result import Factor, Notes, blend
from shared.search.score.dates import years
from shared.search.score.facts import Facts, Position, Role, title_roles
from shared.search.score.roles import PRACTITIONERS, level_fit, occupation_fit, role_fit

LEVEL_SHARE: Final = 0.85  # beside years in the role, when the search names no years
LEVEL_SHARE_WITH_YEARS: Final = 0.6
_IN_ROLE: Final = 0.5  # a position of at least this fit counts as time in the role
# Years in the role after which more of them say little, by asked level; an un-levelled role is like mid.
_ENOUGH: Final = {"intern": 0.0, "junior": 0.0, "mid": 2.0, "senior": 4.0}
_ENOUGH_ABOVE: Final = 5.0


def most_experience(asked: Asked, role: Role | None, fit: float) -> float:
    """Return what the experience factor can reach at most for this role, all years being there."""
    if role is None:
        return 0.0
    share = _level_share(asked)
    level = level_fit(asked, role.level, role.manages) if role.level else 0.0
    return fit * (share * level + 1 - share)


def _level_share(asked: Asked) -> float:
    return LEVEL_SHARE if asked.min_years is None else LEVEL_SHARE_WITH_YEARS


def score_experience(asked: Asked, facts: Facts, role: Role | None, fit: float) -> Factor:
    """Return the experience factor. `role`, `fit`: the held role nearest to the asked one, and how near, 0..1.

    Every part is multiplied by `fit` when a role is asked: experience is experience in the asked role.
    """
    notes = Notes()
    if asked.role and role is None:
        notes.unknown.append("experience in the role: nothing says what this person does")
        return Factor(None, 0.0, notes)
    reach = fit if asked.role else 1.0
    parts: list[tuple[float, float | None]] = []
    share = _level_share(asked) if asked.leveled else 0.0
    if asked.leveled:
        parts.append((share, _scaled(_level_part(asked, facts, role, notes), reach)))
    if asked.role or asked.min_years is not None:
        parts.append((1 - share, _scaled(_years_part(asked, facts, notes), reach)))
    return blend(parts, notes)


def _scaled(score: float | None, reach: float) -> float | None:
    return None if score is None else score * reach


def _level_part(asked: Asked, facts: Facts, role: Role | None, notes: Notes) -> float | None:
    held = role or (facts.roles[0] if facts.roles else None)
    wanted = " or ".join(asked.levels) or ("manager of people" if asked.manages_people else "")
    if held is None or held.level is None:
        notes.unknown.append(f"level: {wanted or 'not stated'}")
        return None
    fit = level_fit(asked, held.level, held.manages)
    if wanted and fit < 0.9:
        notes.missing.append(f"level: {wanted} asked, {held.level} held")
    else:
        notes.met.append(f"level: {held.level}")
    if facts.title:
        notes.quote(facts.title_where, facts.title)
    return fit


def _years_part(asked: Asked, facts: Facts, notes: Notes) -> float | None:
    positions = facts.positions if not asked.role else tuple(p for p in facts.positions if _in_role(asked, p))
    total = _years_of(asked, facts, positions)
    needed = asked.min_years if asked.min_years is not None else _enough(asked)
    subject = "in the role" if asked.role else "of experience"
    if total is None:
        notes.unknown.append(f"years {subject}: no dates say")
        return None
    _note_years(asked, total, subject, positions, notes)
    return min(1.0, total / needed) if needed else 1.0


def _years_of(asked: Asked, facts: Facts, positions: tuple[Position, ...]) -> float | None:
    if not asked.role:
        return facts.total_years
    spans = [position.span for position in positions if position.span]
    # No position in the role is none of it, when the others are dated; undated positions say nothing.
    undated = any(position.span is None for position in positions) or facts.total_years is None
    return years(spans) if spans or not undated else None


def _note_years(asked: Asked, total: float, subject: str, positions: tuple[Position, ...], notes: Notes) -> None:
    if asked.min_years is not None and total < asked.min_years:
        notes.missing.append(f"{asked.min_years:g} years {subject} asked, {total:g} found")
    else:
        notes.met.append(f"{total:g} years {subject}")
    for position in positions:
        if position.span and position.title:
            notes.quote(position.where, position.title)


def _enough(asked: Asked) -> float:
    return _ENOUGH.get(asked.levels[0] if asked.levels else PRACTITIONERS[1], _ENOUGH_ABOVE)


def _in_role(asked: Asked, position: Position) -> bool:
    return bool(position.title) and _title_fit(asked, position.title) >= _IN_ROLE


@lru_cache(maxsize=32768)
def _title_fit(asked: Asked, title: str) -> float:
    if asked.occupations:
        return occupation_fit(asked, title) or 0.0
    roles, _, _ = title_roles(title)
    return max((role_fit(asked, function, specialties) for function, specialties in roles), default=0.0)
