"""From what Gemini says a text asks for to requirements: what the text does not say is not asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
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
    roles = [role for role in said.roles if exact(role.quote, text)]
    skills = _skills(said, text)
    telling = [quote for each in said.degree_quotes if (quote := exact(each, text))]
    return Requirements(
        text=text,
        functions=tuple(dict.fromkeys(role.function for role in roles if role.function != "general")),
        specialties=tuple(dict.fromkeys(f"{r.function}/{r.specialty}" for r in roles if _fits(r))),
        levels=tuple(dict.fromkeys(said.levels)) if exact(said.levels_quote, text) else (),
        manages_people=said.manages_people if exact(said.people_quote, text) else None,
        skills=skills,
        min_years=_years(said, text),
        degree=said.degree if telling else None,
        fields_of_study=tuple(dict.fromkeys(field for each in telling for field in fields_of_study(each))),
        places=_places(said, text),
        remote=exact(said.remote_quote, text) is not None,
        skill_text=", ".join(skill.name for skill in skills),
        experience_text=exact(said.title_quote, text) or "",
        education_text=" ".join(telling),
        quotes=tuple(_quotes(said, text)),
    )


def _quotes(said: JobSaid, text: str) -> Iterator[Evidence]:
    """Yield the words behind each field, those that stand in the text."""
    named = [("roles", role.quote) for role in said.roles] + [("degree", each) for each in said.degree_quotes]
    named += [("places", each) for each in said.places]
    single = {"levels": said.levels_quote, "manages_people": said.people_quote, "min_years": said.years_quote}
    for where, words in (*named, *single.items(), ("remote", said.remote_quote)):
        if quote := exact(words, text):
            yield Evidence(where=where, quote=quote)


def _fits(role: RoleSaid) -> bool:
    return role.specialty is not None and role.specialty in SPECIALTIES[role.function]


def _skills(said: JobSaid, text: str) -> tuple[RequiredSkill, ...]:
    found: dict[str, RequiredSkill] = {}
    for each in said.skills:
        quote = exact(each.quote, text)
        if quote and each.name.strip():
            name = canonical(each.name) or each.name.strip()
            found.setdefault(name, RequiredSkill(name=name, must=each.must, quote=quote))
    return tuple(found.values())


def _years(said: JobSaid, text: str) -> float | None:
    """Return the years if the quote holds that number; one written as a word is believed."""
    quote = exact(said.years_quote, text)
    if not quote or said.min_years is None or not 0 < said.min_years <= _MOST_YEARS:
        return None
    numbers = [float(number) for number in re.findall(r"\d+", quote)]
    return said.min_years if not numbers or said.min_years in numbers else None


def _places(said: JobSaid, text: str) -> tuple[str, ...]:
    quotes = [quote for each in said.places if (quote := exact(each, text))]
    known = [place for quote in quotes for place, _, _ in find_places(quote)[:1]] or quotes
    return tuple(dict.fromkeys(known))
