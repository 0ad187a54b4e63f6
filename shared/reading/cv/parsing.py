"""A CV's text into facts: contacts first, then the name, then what stands under each heading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from shared.models.candidate import Person, Profile
from shared.models.grounding import grounded
from shared.models.source import Facts
from shared.reading.cv.contact import Contact
from shared.reading.cv.judging import judge
from shared.reading.cv.letter import letter_lines
from shared.reading.cv.likeness import may_head, title_share
from shared.reading.cv.lines import Line, lines_of
from shared.reading.cv.listing import ranked, read_certifications, read_languages, read_skills, skills_in
from shared.reading.cv.naming import Named, is_name_of_a_trade
from shared.reading.cv.ownership import read_person
from shared.reading.cv.positions import read_educations, read_experiences, with_positions
from shared.reading.cv.sections import Section, is_title_page, sections_of
from shared.reading.text.instructions import gives_instructions
from shared.vocabulary.career import total_years
from shared.vocabulary.section_words import LABELS
from shared.vocabulary.text import normalize

_MAX_SUMMARY: Final = 2000
_MAX_TEXT: Final = 200_000  # characters: what no CV needs and a book would cost


def parse_cv(text: str, today: str) -> Facts:
    """Read a CV's text. `today`: YYYY-MM or a longer ISO date, what an open position counts up to.

    Every fact carries the words it rests on; a text without letters gives empty facts.
    """
    text = text[:_MAX_TEXT]
    lines = [line for line in lines_of(text) if not gives_instructions(line.text)]
    if not lines:
        return Facts()
    sections = _sections(lines)
    contact, named = read_person(sections)
    rest = _without_contact(_parted(sections, named), contact, named)
    person = Person(
        name=named.name if named else "",
        emails=tuple(contact.emails),
        phones=tuple(contact.phones),
        links=contact.links,
        location=contact.location,
    )
    profile = _profile(text, rest, today)
    return grounded(Facts(person=person, profile=profile, flags=judge(sections, person, profile)), text)


def _sections(lines: list[Line]) -> list[Section]:
    """The sections of the CV, and what a letter before it says in one of its own."""
    of_letter = letter_lines(lines)
    written = [line for place, line in enumerate(lines) if place in of_letter]
    rest = [line for place, line in enumerate(lines) if place not in of_letter]
    sections = sections_of(rest)
    if written:
        return [*sections, Section("letter", written)]
    return sections


def _parted(sections: list[Section], named: Named | None) -> list[Section]:
    """A side bar written before the main column ends where the name stands: what follows belongs to the front."""
    if named is None:
        return sections
    if sections[named.section].kind == "header":
        return sections
    whole = sections[named.section]
    front = Section("header", whole.lines[named.place :])
    before = Section(whole.kind, whole.lines[: named.place])
    return [*sections[: named.section], before, front, *sections[named.section + 1 :]]


def _without_contact(sections: Iterable[Section], contact: Contact, named: Named | None) -> list[Section]:
    spent = contact.spent | ({named.line.start} if named else set())
    return [Section(s.kind, [line for line in s.lines if line.start not in spent]) for s in sections]


def _profile(text: str, sections: Sequence[Section], today: str) -> Profile:
    sections = with_positions(sections)
    experiences = read_experiences(text, sections)
    skills = read_skills(_under("skills", sections))
    used = " ".join(f"{job.title or ''} {job.description}" for job in experiences)
    if not skills:
        free = [
            line.text for s in sections if s.kind in ("header", "summary", "experience", "projects") for line in s.lines
        ]
        skills = skills_in("\n".join(free))
    return Profile(
        headline=_headline(sections),
        summary=_summary(sections),
        experiences=tuple(experiences),
        educations=tuple(read_educations(text, sections)),
        skills=ranked(skills, used),
        certifications=tuple(read_certifications(_under("certifications", sections))),
        languages=tuple(read_languages(_under("languages", sections))),
        total_years=total_years(((job.start, job.end, job.current) for job in experiences), today),
    )


def _under(kind: str, sections: Iterable[Section]) -> list[Line]:
    return [line for section in sections if section.kind == kind for line in section.lines]


def _headline(sections: Sequence[Section]) -> str | None:
    """The first line of the front that reads like a title, with its specialities where it is not longer than a line."""
    for line in (line for s in sections if s.kind == "header" for line in s.lines):
        text = line.cells[0]
        if is_name_of_a_trade(text):  # a name that was not recognised is no headline, which a model would be shown
            continue
        if title_share(text) > 0.45 and may_head(text) and not is_title_page(line.text):
            return text
    return None


def _summary(sections: Sequence[Section]) -> str | None:
    lines = [line for line in _under("summary", sections) if not _is_private(line.text)]
    shown = " ".join(line.text.replace("\t", " ") for line in lines)[:_MAX_SUMMARY].strip()
    return shown or None


def _is_private(text: str) -> bool:
    label, colon, _ = text.replace("：", ":", 1).partition(":")
    if not bool(colon):
        return False
    return LABELS.get(normalize(label)) in ("private", "contact", "name")
