"""The skill factor: is it the asked role, and are the asked skills stated."""

from __future__ import annotations

from typing import Final

from shared.search.request.criteria import Asked, SkillGroup
from shared.search.result import Factor, Notes, Quote, blend
from shared.search.score.facts import Facts, Role
from shared.search.score.roles import LEADS_NOBODY, SECOND_ROLE, leads_people, role_fit
from shared.vocabulary.terms import search_terms
from shared.vocabulary.text import tokenize

ROLE_SHARE: Final = 0.8  # of the factor, when a role and skills are asked: a skill is learnt faster than a trade
INFERRED: Final = 0.3  # a skill likely from the role, stated nowhere
NICE: Final = 0.3  # weight of a skill that would be welcome, beside 1 for one that must be there
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
    return best, max(fit, 0.0)


def most_skill(asked: Asked, role: Role | None, fit: float) -> float:
    """Return what the skill factor can reach at most, every asked skill being stated."""
    return fit if role else (1 - ROLE_SHARE if asked.skills else 0.0)


def score_skill(asked: Asked, facts: Facts, role: Role | None, fit: float) -> Factor:
    """Return the skill factor. `role`, `fit`: what `best_role` found.

    Skills count only as far as the role fits: Go on a front-end profile is no back-end engineer.
    """
    notes = Notes()
    if asked.words:
        return _by_words(asked, facts, notes)
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
    return blend(parts, notes)


def _weight(group: SkillGroup) -> float:
    return 1.0 if group.must else NICE


def _role_part(asked: Asked, facts: Facts, role: Role | None, fit: float, notes: Notes) -> float | None:
    wanted = " or ".join([*(f"{f}/{s}" for f, s in asked.specialties), *asked.functions])
    if role is None:
        notes.unknown.append(f"role: nothing says what this person does ({wanted} asked)")
        return None
    held = "/".join(part for part in (role.function, ", ".join(role.specialties)) if part)
    if fit >= _GOOD_FIT:
        notes.met.append(f"role: {held}" if fit >= 0.9 else f"role: {held}, near {wanted}")
    else:
        notes.missing.append(f"role: {wanted} asked, {held} held")
    for words_of in role.evidence:
        notes.quote(words_of["where"], words_of["quote"])
    return fit


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


def _by_words(asked: Asked, facts: Facts, notes: Notes) -> Factor:
    """Score by the share of the search's words that stand in the record: all there is when nothing was understood."""
    terms = set(search_terms(facts.data))
    met = 0
    for word in asked.words:
        if word in terms or f"skill:{word}" in terms:
            met += 1
            notes.met.append(word)
            if found := _where(word, facts):
                notes.quote(found.where, found.quote)
        else:
            notes.missing.append(word)
    return Factor(met / len(asked.words), 1.0, notes)


def _where(word: str, facts: Facts) -> Quote | None:
    """Return the first cell of the record that holds the word."""
    cells: list[tuple[str, str | None]] = [
        ("name", facts.person.get("name")),
        ("headline", facts.profile.get("headline")),
    ]
    for place, job in enumerate(facts.jobs, start=1):
        cells += [(f"experience {place} title", job.get("title")), (f"experience {place} company", job.get("company"))]
    for place, study in enumerate(facts.profile.get("educations") or (), start=1):
        cells += [
            (f"education {place} degree", study.get("degree")),
            (f"education {place} school", study.get("school")),
        ]
    cells += [("tags", tag) for tag in facts.profile.get("tags") or ()]
    cells += [("skills", item["name"]) for item in facts.profile.get("skills") or ()]
    cells.append(("location", facts.person.get("location")))
    return next((Quote(where, cell) for where, cell in cells if cell and word in tokenize(cell)), None)
