"""How much of a CV was used: the lines whose words are in some fact, whoever read them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

from shared.models.source import Facts
from shared.vocabulary.section_words import HEADINGS
from shared.vocabulary.text import normalize

_TELLING: Final = 4  # letters from which a fact inside a line says that the line was used
_MOST_OF_A_HEADING: Final = 4  # words
_MARKS: Final = " \t•·▪*–—-|:#_="
_MOST_TEXT: Final = 60_000  # characters looked at: what is longer is no CV


class Coverage(NamedTuple):
    """Lines of a document that say something, and how many of them are in a fact."""

    lines: int
    used: int


def coverage_of(text: str, facts: Facts) -> Coverage:
    """Count the lines of a CV and those used; headings count as used."""
    said = [normalize(value) for value in _values(facts) if value]
    whole = "\n".join(said)
    telling = {value for value in said if _TELLING <= len(value) <= 80}
    lines = [line for line in text[:_MOST_TEXT].splitlines() if any(map(str.isalnum, line))]
    used = 0
    for line in lines:
        words = normalize(line).strip(_MARKS)
        if words in whole or _is_heading(words) or any(value in words for value in telling):
            used += 1
    return Coverage(len(lines), used)


def _is_heading(words: str) -> bool:
    if words in HEADINGS:
        return True
    first, last = words.partition(" ")[0], words.rpartition(" ")[2]
    return words.count(" ") < _MOST_OF_A_HEADING and (first in HEADINGS or last in HEADINGS)


def _values(facts: Facts) -> Iterator[str]:
    person, profile = facts.person, facts.profile
    yield from (person.name, *person.emails, *person.phones, person.location or "")
    yield from (url.rstrip("/").rpartition("/")[2] for url in person.links.values())
    yield from (profile.headline or "", profile.summary or "", *profile.certifications)
    for job in profile.experiences:
        yield from (job.title or "", job.company or "", *(job.quote or "").splitlines(), *job.achievements)
        yield from job.description.splitlines()
    for study in profile.educations:
        yield from (study.degree or "", study.school or "", *(study.quote or "").splitlines())
    for skill in profile.skills:
        yield skill.quote or skill.name
    for language in profile.languages:
        yield language.quote or language.name
