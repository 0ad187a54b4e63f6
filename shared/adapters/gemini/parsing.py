"""From what Gemini read in a CV to facts: every one stands word for word in the text, or it is left out."""

from __future__ import annotations

import re
from typing import Final

from shared.adapters.gemini.quotes import exact
from shared.adapters.gemini.schemas import EducationSaid, ExperienceSaid, LanguageSaid, ParseSaid, PersonSaid, SkillSaid
from shared.models.candidate import Education, Experience, Language, Person, Profile, Skill
from shared.models.grounding import grounded
from shared.models.source import Facts
from shared.reading.text.links import links_of
from shared.vocabulary.career import total_years
from shared.vocabulary.skills import canonical, category

_DATE: Final = re.compile(r"(?:19|20)\d\d(?:-(?:0[1-9]|1[0-2]))?")
_MAIL: Final = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")
_FEWEST_DIGITS: Final = 7  # of a phone number


def facts(said: ParseSaid, text: str, today: str) -> Facts:
    """Return the facts of the CV `text` that stand in it. `today` is YYYY-MM."""
    profile = Profile(
        headline=_line(said.headline) or None,
        summary=_line(said.summary) or None,
        experiences=tuple(map(_experience, said.experiences)),
        educations=tuple(map(_education, said.educations)),
        skills=_skills(said.skills, text),
        certifications=tuple(filter(None, map(_line, said.certifications))),
        languages=tuple(map(_language, said.languages)),
    )
    kept = grounded(Facts(person=_person(said.person, text), profile=profile), text)
    years = total_years(((job.start, job.end, job.current) for job in kept.profile.experiences), today)
    return kept.model_copy(update={"profile": kept.profile.model_copy(update={"total_years": years})})


def _person(said: PersonSaid, text: str) -> Person:
    mails = [found.lower() for each in said.emails if (found := exact(each, text, any_case=True))]
    phones = [_line(each) for each in said.phones if sum(c.isdigit() for c in each) >= _FEWEST_DIGITS]
    return Person(
        name=_line(said.name),
        emails=tuple(dict.fromkeys(mail for mail in mails if _MAIL.fullmatch(mail))),
        phones=tuple(dict.fromkeys(phones)),
        links=links_of(" ".join(said.links)),
        location=_line(said.location) or None,
    )


def _experience(said: ExperienceSaid) -> Experience:
    return Experience(
        title=_line(said.title) or None,
        company=_line(said.company) or None,
        start=_date(said.start),
        end=None if said.current else _date(said.end),
        current=said.current,
        description=said.description,
        achievements=tuple(filter(None, map(_line, said.achievements))),
        quote=said.quote,
    )


def _education(said: EducationSaid) -> Education:
    return Education(
        degree=_line(said.degree) or None,
        school=_line(said.school) or None,
        start=_date(said.start),
        end=_date(said.end),
        quote=said.quote,
    )


def _skills(said: list[SkillSaid], text: str) -> tuple[Skill, ...]:
    """The quote must be a word of its own: a C is not named by every word with a c."""
    found: dict[str, Skill] = {}
    for each in said:
        quote, name = exact(each.quote, text), canonical(each.name) or _line(each.name)
        if quote and name:
            found.setdefault(name, Skill(name=name, category=category(name), quote=quote))
    return tuple(found.values())


def _language(said: LanguageSaid) -> Language:
    return Language(name=_line(said.name), level=_line(said.level) or None, quote=said.quote)


def _date(said: str | None) -> str | None:
    return said if said and _DATE.fullmatch(said) else None


def _line(said: str | None) -> str:
    return " ".join((said or "").split())
