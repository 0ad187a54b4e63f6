"""Every text of a profile with its name, so that each fact can say where its words stand."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from shared.models.candidate import Evidence, Profile
from shared.vocabulary.skills import canonical, category, find_skills, roles_using, skill_key

_PER_SKILL: Final = 3  # pieces of evidence kept a skill


class StatedSkill(NamedTuple):
    """A skill the profile names, and where."""

    name: str
    category: str | None
    evidence: tuple[Evidence, ...]


@lru_cache(maxsize=32768)
def _named_in(cell: str) -> tuple[tuple[str, str], ...]:
    return tuple(find_skills(cell))


def _cells(profile: Profile) -> Iterator[tuple[str, str]]:
    """Yield (where, text) of every text that may name a skill, the surest first."""
    yield from (("tags", tag) for tag in profile.tags)
    for place, job in enumerate(profile.experiences, start=1):
        if job.title:
            yield f"experience {place} title", job.title
    if profile.headline:
        yield "headline", profile.headline
    yield from (("certifications", name) for name in profile.certifications)


def _prose(profile: Profile) -> Iterator[tuple[str, str]]:
    if profile.summary:
        yield "summary", profile.summary
    for place, job in enumerate(profile.experiences, start=1):
        if job.description:
            yield f"experience {place} description", job.description


def stated_skills(profile: Profile) -> list[StatedSkill]:
    """Return the skills the profile names, in its own order: skills, tags, titles, headline, prose."""
    names: dict[str, str] = {}
    evidence: dict[str, list[Evidence]] = {}

    def note(name: str, where: str, quote: str) -> None:
        key = skill_key(name)
        names.setdefault(key, name)
        found = evidence.setdefault(key, [])
        if len(found) < _PER_SKILL:
            found.append(Evidence(where=where, quote=quote))

    for skill in profile.skills:
        note(canonical(skill.name) or skill.name, "skills", skill.quote or skill.name)
    for where, text in _cells(profile):
        for name, quote in _named_in(text):
            note(name, where, quote)
    for where, text in _prose(profile):
        for name, quote in find_skills(text):
            note(name, where, quote)
    return [StatedSkill(name, category(name), tuple(evidence[key])) for key, name in names.items()]


def likely_roles(skills: list[StatedSkill]) -> list[tuple[tuple[str, str], float, list[StatedSkill]]]:
    """Return ((function, specialty), votes, the skills that speak for it), most votes first.

    A skill shares one vote among the roles it is typical of.
    """
    votes: dict[tuple[str, str], float] = {}
    voters: dict[tuple[str, str], list[StatedSkill]] = {}
    for skill in skills:
        roles = roles_using(skill.name)
        for role in roles:
            votes[role] = votes.get(role, 0.0) + 1 / len(roles)
            voters.setdefault(role, []).append(skill)
    ranked = sorted(votes, key=lambda role: -votes[role])
    return [(role, votes[role], voters[role]) for role in ranked]
