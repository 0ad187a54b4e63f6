"""From what Gemini read in a CV to facts: every one stands word for word in the text, or it is left out."""

from __future__ import annotations

import re
from typing import Final

from shared.adapters.gemini.quotes import exact
from shared.adapters.gemini.schemas import EducationSaid, ExperienceSaid, LanguageSaid, ParseSaid, PersonSaid, SkillSaid
from shared.models.candidate import Education, Experience, Language, Person, Profile, Skill
from shared.models.source import Facts
from shared.reading.links import links_of
from shared.vocabulary.skills import canonical, category

_DATE: Final = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2]))?")
_MAIL: Final = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_FEWEST_DIGITS: Final = 7  # of a phone number


def facts(said: ParseSaid, text: str) -> Facts:
    """Return the facts of the CV `text`."""
    profile = Profile(
        headline=exact(said.headline, text, any_case=True),
        summary=exact(said.summary, text),
        experiences=tuple(job for each in said.experiences if (job := _experience(each, text))),
        educations=tuple(degree for each in said.educations if (degree := _education(each, text))),
        skills=_skills(said.skills, text),
        certifications=tuple(name for each in said.certifications if (name := exact(each, text))),
        languages=tuple(found for each in said.languages if (found := _language(each, text))),
    )
    return Facts(person=_person(said.person, text), profile=profile)


def _person(said: PersonSaid, text: str) -> Person:
    mails = [
        mail.lower() for each in said.emails if (mail := exact(each, text, any_case=True)) and _MAIL.fullmatch(mail)
    ]
    links = " ".join(each for each in said.links if exact(each, text, any_case=True))
    return Person(
        name=_spelled(said.name, text) or "",
        emails=tuple(dict.fromkeys(mails)),
        phones=tuple(dict.fromkeys(phone for each in said.phones if (phone := _phone(each, text)))),
        links=links_of(links),
        location=exact(said.location, text, any_case=True),
    )


def _spelled(name: str | None, text: str) -> str | None:
    """Return a name as the model spells it (`Ada Lovelace` for ADA LOVELACE), if the text holds it."""
    return " ".join(name.split()) if name and exact(name, text, any_case=True) else None


def _phone(said: str, text: str) -> str | None:
    found = exact(said, text)
    return found if found and sum(c.isdigit() for c in found) >= _FEWEST_DIGITS else None


def _experience(said: ExperienceSaid, text: str) -> Experience | None:
    quote = exact(said.quote, text)
    title, company = exact(said.title, text, any_case=True), exact(said.company, text, any_case=True)
    if not quote or not (title or company):
        return None
    return Experience(
        title=title,
        company=company,
        start=_date(said.start, text),
        end=None if said.current else _date(said.end, text),
        current=said.current,
        description=exact(said.description, text) or "",
        quote=quote,
    )


def _education(said: EducationSaid, text: str) -> Education | None:
    quote = exact(said.quote, text)
    degree, school = exact(said.degree, text, any_case=True), exact(said.school, text, any_case=True)
    if not quote or not (degree or school):
        return None
    return Education(
        degree=degree, school=school, start=_date(said.start, text), end=_date(said.end, text), quote=quote
    )


def _date(said: str | None, text: str) -> str | None:
    """Return the date if the CV names its year, in two digits at least."""
    if not said or not _DATE.fullmatch(said):
        return None
    year = said[:4]
    return said if year in text or re.search(rf"(?<!\d){year[2:]}(?!\d)", text) else None


def _skills(said: list[SkillSaid], text: str) -> tuple[Skill, ...]:
    found: dict[str, Skill] = {}
    for each in said:
        quote = exact(each.quote, text)
        name = canonical(each.name) or exact(each.name, text, any_case=True)
        if quote and name:
            found.setdefault(name, Skill(name=name, category=category(name), quote=quote))
    return tuple(found.values())


def _language(said: LanguageSaid, text: str) -> Language | None:
    quote = exact(said.quote, text)
    return Language(name=said.name.strip(), level=exact(said.level, text), quote=quote) if quote else None
