"""From what Gemini says a text asks for to requirements: what the text does not say is not asked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from shared.adapters.gemini.quotes import exact
from shared.adapters.gemini.schemas import JobSaid, RoleSaid
from shared.models.candidate import Evidence
from shared.models.requirements import RequiredSkill, Requirements
from shared.vocabulary import SPECIALTIES
from shared.vocabulary.places import find_places
from shared.vocabulary.skills import canonical
from shared.vocabulary.study import fields_of_study

_MOST_YEARS: Final = 40


def requirements(said: JobSaid, text: str) -> Requirements:
    """Return the requirements the words of `text` carry."""
    functions: dict[str, None] = {}
    specialties: dict[str, None] = {}
    for role in said.roles:
        if not exact(role.quote, text):
            continue
        if role.function != "general":
            functions[role.function] = None
        if _fits(role):
            specialties[f"{role.function}/{role.specialty}"] = None
    skills = _skills(said, text)
    degree_quotes = _standing(said.degree_quotes, text)
    fields: dict[str, None] = {}
    for quote in degree_quotes:
        fields |= dict.fromkeys(fields_of_study(quote))
    levels_words = exact(said.levels_quote, text)
    people_words = exact(said.people_quote, text)
    return Requirements(
        text=text,
        functions=tuple(functions),
        specialties=tuple(specialties),
        levels=tuple(dict.fromkeys(said.levels)) if levels_words else (),
        manages_people=said.manages_people if people_words else None,
        skills=skills,
        min_years=_years(said, text),
        degree=said.degree if degree_quotes else None,
        fields_of_study=tuple(fields),
        places=_places(said, text),
        remote=exact(said.remote_quote, text) is not None,
        skill_text=", ".join(skill.name for skill in skills),
        experience_text=exact(said.title_quote, text) or "",
        education_text=" ".join(degree_quotes),
        quotes=_evidence(said, text),
    )


def _standing(quotes: Iterable[str | None], text: str) -> list[str]:
    """Return the quotes that stand in the text, in its own words."""
    standing = []
    for quote in quotes:
        words = exact(quote, text)
        if words:
            standing.append(words)
    return standing


def _evidence(said: JobSaid, text: str) -> tuple[Evidence, ...]:
    """Return the words behind each field, those that stand in the text."""
    quotes: dict[str, Sequence[str | None]] = {
        "roles": [role.quote for role in said.roles],
        "degree": said.degree_quotes,
        "places": said.places,
        "levels": [said.levels_quote],
        "manages_people": [said.people_quote],
        "min_years": [said.years_quote],
        "remote": [said.remote_quote],
    }
    evidence: list[Evidence] = []
    for field, field_quotes in quotes.items():
        for words in _standing(field_quotes, text):
            evidence.append(Evidence(where=field, quote=words))
    return tuple(evidence)


def _fits(role: RoleSaid) -> bool:
    return role.specialty is not None and role.specialty in SPECIALTIES[role.function]


def _skills(said: JobSaid, text: str) -> tuple[RequiredSkill, ...]:
    skills: dict[str, RequiredSkill] = {}
    for skill in said.skills:
        quote = exact(skill.quote, text)
        written_name = skill.name.strip()
        if not quote or not written_name:
            continue
        name = canonical(skill.name) or written_name
        skills.setdefault(name, RequiredSkill(name=name, must=skill.must, quote=quote))
    return tuple(skills.values())


def _years(said: JobSaid, text: str) -> float | None:
    """Return the years if the quote holds that number; one written as a word is believed."""
    quote = exact(said.years_quote, text)
    years = said.min_years
    if not quote or years is None or not 0 < years <= _MOST_YEARS:
        return None
    numbers = [float(number) for number in re.findall(r"\d+", quote)]
    if numbers and years not in numbers:
        return None
    return years


def _places(said: JobSaid, text: str) -> tuple[str, ...]:
    """Return the places as we name them; where we know none of them, as the text does."""
    quotes = _standing(said.places, text)
    places: dict[str, None] = {}
    for quote in quotes:
        for place, _, _ in find_places(quote)[:1]:
            places[place] = None
    return tuple(places or dict.fromkeys(quotes))
