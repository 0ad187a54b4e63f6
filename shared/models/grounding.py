"""Facts read from a text must stand in it: what cannot be found there is dropped, whoever read it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Final, TypeVar
from urllib.parse import unquote

from shared.models.candidate import Education, Experience, Language, Person, Profile, Skill
from shared.models.source import Facts
from shared.vocabulary.skills import find_skills, skill_key
from shared.vocabulary.text import normalize

_ERAS: Final = ("令和", "平成", "昭和")
_NO_LETTERS: Final = re.compile(r"[\W_]+")
_SENTENCE: Final = re.compile(r"(?<=[.!?。！？।])\s*(?=\S)")
_HYPHEN: Final = re.compile(r"[\ufffe\u00ad]")
Quoted = TypeVar("Quoted", Experience, Education, Skill, Language)


class _Text:
    """A text prepared for looking things up: as written, and as bare letters and digits."""

    def __init__(self, text: str) -> None:
        self.raw = text
        self.bare = _bare(text)
        self.digits = "".join(str(unicodedata.digit(c)) for c in text if c.isdigit())

    def says(self, words: str | None) -> bool:
        """Whether the words stand in the text, blanks, accents, marks and capitals aside."""
        bare = _bare(words or "")
        return bool(bare) and bare in self.bare

    def quote(self, words: str) -> str:
        """Return the words exactly as the text has them, '' when it does not."""
        if not words.strip():
            return ""
        if words in self.raw:
            return words
        pattern = r"\s+".join(map(re.escape, words.split()))
        found = re.search(pattern, self.raw)
        return found.group() if found else ""

    def dates(self, date: str | None) -> bool:
        """Whether the year of a date stands in the text, in full, with two digits or counted by an era."""
        year = (date or "")[:4]
        if year in self.digits:
            return True
        return bool(year) and (
            f"'{year[2:]}" in self.raw
            or f"’{year[2:]}" in self.raw
            or f"/{year[2:]}" in self.raw
            or any(e in self.raw for e in _ERAS)
        )


def grounded(facts: Facts, text: str) -> Facts:
    """Return the facts that stand in `text`; every quote left is word for word a part of it.

    A position, degree, skill or language whose quote cannot be found is dropped; a field that cannot, is emptied.
    `headline`, `summary` and certifications must stand in the text themselves.
    """
    said = _Text(text)
    profile = facts.profile
    kept = profile.model_copy(
        update={
            "headline": profile.headline if said.says(profile.headline) else None,
            "summary": " ".join(filter(said.says, _SENTENCE.split(profile.summary or ""))) or None,
            "experiences": tuple(_positions(profile, said)),
            "educations": tuple(_degrees(profile, said)),
            "skills": tuple(_skills(profile.skills, said)),
            "certifications": tuple(name for name in profile.certifications if said.says(name)),
            "languages": tuple(_languages(profile.languages, said)),
        }
    )
    return facts.model_copy(update={"person": _person(facts.person, said), "profile": kept})


def _person(person: Person, said: _Text) -> Person:
    digits = said.digits
    return person.model_copy(
        update={
            "name": person.name if said.says(person.name) else "",
            "emails": tuple(mail for mail in person.emails if said.says(mail) or said.says(_spelt(mail))),
            "phones": tuple(p for p in person.phones if (d := _digits(p)) and d in digits),
            "links": {site: url for site, url in person.links.items() if said.says(_page(url))},
            "location": person.location if said.says(person.location) else None,
        }
    )


def _positions(profile: Profile, said: _Text) -> Iterable[Experience]:
    for job, quote in _found(profile.experiences, said):
        title = job.title if said.says(job.title) else None
        company = job.company if said.says(job.company) else None
        if title or company:
            yield job.model_copy(
                update={
                    "title": title,
                    "company": company,
                    "start": job.start if said.dates(job.start) else None,
                    "end": job.end if said.dates(job.end) else None,
                    "description": "\n".join(filter(said.says, job.description.split("\n"))),
                    "achievements": tuple(each for each in job.achievements if said.says(each)),
                    "quote": quote,
                }
            )


def _degrees(profile: Profile, said: _Text) -> Iterable[Education]:
    for study, quote in _found(profile.educations, said):
        degree = study.degree if said.says(study.degree) else None
        school = study.school if said.says(study.school) else None
        if degree or school:
            start = study.start if said.dates(study.start) else None
            end = study.end if said.dates(study.end) else None
            yield study.model_copy(
                update={"degree": degree, "school": school, "start": start, "end": end, "quote": quote}
            )


def _skills(skills: Iterable[Skill], said: _Text) -> Iterable[Skill]:
    for skill, quote in _found(skills, said):
        known = {skill_key(name) for name, _ in find_skills(quote)} | {skill_key(quote)}
        named = skill.name if skill_key(skill.name) in known or _bare(skill.name) in _bare(quote) else quote
        yield skill.model_copy(update={"name": named, "quote": quote})


def _languages(languages: Iterable[Language], said: _Text) -> Iterable[Language]:
    for language, quote in _found(languages, said):
        if said.says(language.name):
            level = language.level if said.says(language.level) else None
            yield language.model_copy(update={"level": level, "quote": quote})


def _found(items: Iterable[Quoted], said: _Text) -> Iterable[tuple[Quoted, str]]:
    return ((item, quote) for item in items if (quote := said.quote(item.quote)))


def _bare(text: str) -> str:
    """Letters and digits only, folded: what blanks, hyphens at line ends and typesetting cannot change."""
    return _NO_LETTERS.sub("", normalize(_HYPHEN.sub("", text)))


def _spelt(mail: str) -> str:
    """An address as people write it against robots: `maja at example dot org`."""
    local, _, domain = mail.partition("@")
    return f"{local} at {domain.replace('.', ' dot ')}"


def _digits(text: str) -> str:
    return "".join(str(unicodedata.digit(c)) for c in text if c.isdigit())


def _page(url: str) -> str:
    """The part of an address a person writes: without scheme, `www.` and percent signs."""
    return re.sub(r"^\w+://(?:www\.)?", "", unquote(url)).rstrip("/")
