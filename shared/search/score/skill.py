"""The skill factor: is it the asked role, and are the asked skills stated."""

from __future__ import annotations

from typing import Final

from shared.search.request.criteria import Asked, SkillGroup
from shared.search.result import Factor, Notes, blend
from shared.search.score.facts import Facts, Role
from shared.search.score.roles import LEADS_NOBODY, SAME_FUNCTION, SECOND_ROLE, leads_people, occupation_fit, role_fit
from shared.search.score.words import score_words, words_share

ROLE_SHARE: Final = 0.8  # of the factor, when a role and skills are asked: a skill is learnt faster than a trade
INFERRED: Final = 0.3  # a skill likely from the role, stated nowhere
NICE: Final = 0.3  # weight of a skill that would be welcome, beside 1 for one that must be there
PAST_ROLE: Final = 0.6  # an occupation of a former job, while another one is held
_GOOD_FIT: Final = 0.5


def best_role(asked: Asked, facts: Facts) -> tuple[Role | None, float]:
    """Return the held role nearest to the asked one and its fit, 0..1; (None, 0) when no role is known."""
    best, fit = None, -1.0
    for place, role in enumerate(facts.roles):
        found = role_fit(asked, role.function, role.specialties) * (SECOND_ROLE if place else 1.0)
        if asked.leads and not leads_people(role.level, role.manages):
            found *= LEADS_NOBODY
        if found > fit:
            best, fit = role, found
    if best and asked.occupations:
        fit = _occupation_fit(asked, facts, fit)
    return best, max(fit, 0.0)


def _occupation_fit(asked: Asked, facts: Facts, function_fit: float) -> float:
    """Return how near the person's occupations are, the current job's first; the same function alone is not near."""
    fits = [function_fit * SAME_FUNCTION]
    titles = [facts.title, *(job.get("title") for job in facts.jobs if job is not facts.current)]
    for place, title in enumerate(titles or [facts.profile.get("headline")]):
        near = occupation_fit(asked, title) if title else None
        if near is not None:
            fits.append(near if place == 0 else near * PAST_ROLE)
    return max(fits)


def most_skill(asked: Asked, role: Role | None, fit: float) -> float:
    """Return what the skill factor can reach at most, every asked skill being stated."""
    understood = fit if role else (1 - ROLE_SHARE if asked.skills else 0.0)
    share = words_share(asked)
    return understood * (1 - share) + share


def score_skill(asked: Asked, facts: Facts, role: Role | None, fit: float) -> Factor:
    """Return the skill factor. `role`, `fit`: what `best_role` found.

    Skills count only as far as the role fits: Go on a front-end profile is no back-end engineer.
    """
    notes = Notes()
    parts = _understood_parts(asked, facts, role, fit, notes)
    if not asked.words:
        return blend(parts, notes)
    share = words_share(asked)
    shares = [(weight * (1 - share), found) for weight, found in parts]
    return blend([*shares, (share, score_words(asked, facts, notes))], notes)


def _understood_parts(
    asked: Asked, facts: Facts, role: Role | None, fit: float, notes: Notes
) -> list[tuple[float, float | None]]:
    parts: list[tuple[float, float | None]] = []
    share = ROLE_SHARE if asked.skills else 1.0
    if asked.role:
        parts.append((share, _role_part(asked, facts, role, fit, notes)))
    total = sum(_weight(group) for group in asked.skills)
    left = 1 - share if asked.role else 1.0
    reach = fit if asked.role and role else 1.0
    for group in asked.skills:
        found = _skill_part(group, facts, notes)
        parts.append((left * _weight(group) / total, None if found is None else found * reach))
    return parts


def _weight(group: SkillGroup) -> float:
    return 1.0 if group.must else NICE


def _role_part(asked: Asked, facts: Facts, role: Role | None, fit: float, notes: Notes) -> float | None:
    wanted = _role_asked(asked)
    if role is None:
        notes.unknown.append(f"role: nothing says what this person does ({wanted} asked)")
        return None
    held = "/".join(part for part in (role.function, ", ".join(role.specialties)) if part)
    if asked.occupations and facts.title:
        held = facts.title
    if fit >= _GOOD_FIT:
        notes.met.append(f"role: {held}" if fit >= 0.9 else f"role: {held}, near {wanted}")
    else:
        notes.missing.append(f"role: {wanted} asked, {held} held")
    for words_of in role.evidence:
        notes.quote(words_of["where"], words_of["quote"])
    return fit


def _role_asked(asked: Asked) -> str:
    if asked.occupations:
        return " or ".join(occupation.key.replace("_", " ") for occupation in asked.occupations)
    return " or ".join([*(f"{function}/{specialty}" for function, specialty in asked.specialties), *asked.functions])


def _skill_part(group: SkillGroup, facts: Facts, notes: Notes) -> float | None:
    for name, key in zip(group.names, group.keys, strict=True):
        if key in facts.skills:
            notes.met.append(name)
            notes.evidence.append(facts.skills[key])
            return 1.0
    for key in group.keys:
        if key in facts.inferred:
            name, quotes = facts.inferred[key]
            notes.missing.append(f"{name}: not stated, likely from the role")
            notes.evidence.extend(quotes[:1])
            return INFERRED
    if not facts.skills and not facts.inferred:
        notes.unknown.append(f"{group.label}: no skills are recorded")
        return None
    notes.missing.append(group.label if group.must else f"{group.label} (nice to have)")
    return 0.0
