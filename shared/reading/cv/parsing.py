"""A CV's text into facts: contacts first, then the name, then what stands under each heading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from shared.models.candidate import Education, Experience, Person, Profile, Skill
from shared.models.grounding import grounded
from shared.models.source import Facts
from shared.reading.cv.contact import Contact, read_contact
from shared.reading.cv.layout import Entry, read_entries
from shared.reading.cv.likeness import (
    degree_share,
    employer_share,
    is_place,
    may_head,
    school_share,
    title_share,
)
from shared.reading.cv.lines import Line, lines_of, quote_of
from shared.reading.cv.listing import ranked, read_certifications, read_languages, read_skills, skills_in
from shared.reading.cv.naming import Named, find_name
from shared.reading.cv.pairing import Pair, Shares
from shared.reading.cv.sections import Section, heading_of, is_title_page, sections_of
from shared.reading.instructions import gives_instructions
from shared.vocabulary.career import total_years
from shared.vocabulary.section_words import LABELS
from shared.vocabulary.text import plain

_JOBS: Final = Shares(title_share, employer_share, ("title", "company"))
_STUDIES: Final = Shares(degree_share, school_share, ("degree", "school"))
_MAX_DESCRIPTION: Final = 4000  # characters a position keeps of what stands below it
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
    sections = sections_of(lines)
    contact = read_contact(text, sections)
    named = find_name(sections, contact)
    sections = _without_contact(_parted(sections, named), contact, named)
    person = Person(
        name=named.name if named else "",
        emails=tuple(contact.emails),
        phones=tuple(contact.phones),
        links=contact.links,
        location=contact.location,
    )
    return grounded(Facts(person=person, profile=_profile(text, sections, named, today)), text)


def _parted(sections: list[Section], named: Named | None) -> list[Section]:
    """A side bar written before the main column ends where the name stands: what follows belongs to the front."""
    if named is None or sections[named.section].kind == "header":
        return sections
    whole = sections[named.section]
    front = Section("header", whole.lines[named.place :])
    before = Section(whole.kind, whole.lines[: named.place])
    return [*sections[: named.section], before, front, *sections[named.section + 1 :]]


def _without_contact(sections: Iterable[Section], contact: Contact, named: Named | None) -> list[Section]:
    spent = contact.spent | ({named.line.start} if named else set())
    return [Section(s.kind, [line for line in s.lines if line.start not in spent]) for s in sections]


def _profile(text: str, sections: Sequence[Section], named: Named | None, today: str) -> Profile:
    experiences = _experiences(text, sections)
    skills = read_skills(_under("skills", sections))
    used = " ".join(f"{job.title or ''} {job.description}" for job in experiences)
    if not skills:
        free = [
            line.text for s in sections if s.kind in ("header", "summary", "experience", "projects") for line in s.lines
        ]
        skills = skills_in("\n".join(free))
    return Profile(
        headline=_headline(sections),
        summary=_summary(text, sections),
        experiences=tuple(experiences),
        educations=tuple(_educations(text, sections)),
        skills=_categorised(ranked(skills, used)),
        certifications=tuple(read_certifications(_under("certifications", sections))),
        languages=tuple(read_languages(_under("languages", sections))),
        total_years=total_years(((job.start, job.end, job.current) for job in experiences), today),
    )


def _under(kind: str, sections: Iterable[Section]) -> list[Line]:
    return [line for section in sections if section.kind == kind for line in section.lines]


def _categorised(skills: Sequence[Skill]) -> tuple[Skill, ...]:
    return tuple(skills)


def _headline(sections: Sequence[Section]) -> str | None:
    """The first line of the front that reads like a title, with its specialities where it is not longer than a line."""
    for line in (line for s in sections if s.kind == "header" for line in s.lines):
        if title_share(line.cells[0]) > 0.45 and may_head(line.cells[0]) and not is_title_page(line.text):
            return line.cells[0]
    return None


def _summary(text: str, sections: Sequence[Section]) -> str | None:
    lines = [line for line in _under("summary", sections) if not _is_private(line.text)]
    shown = " ".join(line.text.replace("\t", " ") for line in lines)[:_MAX_SUMMARY].strip()
    return shown or None


def _is_private(text: str) -> bool:
    label, colon, _ = text.replace("：", ":", 1).partition(":")
    return bool(colon) and LABELS.get(plain(label)) in ("private", "contact", "name")


def _experiences(text: str, sections: Sequence[Section]) -> list[Experience]:
    entries = [e for s in sections if s.kind == "experience" for e in read_entries(s.lines, _JOBS, False)]
    if not entries and not any(s.kind == "experience" and s.lines for s in sections):
        entries = [
            e for e in read_entries(_under("header", sections), _JOBS, False) if e.pair.what and e.pair.score > 0.5
        ]
    return _newest_first([_experience(text, entry) for entry in _with_groups(entries)])


def _with_groups(entries: Sequence[Entry]) -> list[Entry]:
    """An employer with dates of its own over several positions names theirs."""
    found: list[Entry] = []
    group: Entry | None = None
    for k, entry in enumerate(entries):
        following = entries[k + 1] if k + 1 < len(entries) else None
        if entry.pair.where and not entry.pair.what and following and following.pair.what and not following.pair.where:
            group = entry
        elif entry.pair.what and not entry.pair.where and group:
            found.append(entry._replace(pair=entry.pair._replace(where=group.pair.where)))
        else:
            group = entry if entry.pair.where else None
            found.append(entry)
    return [entry for entry in found if entry.pair.what or entry.pair.where]


def _experience(text: str, entry: Entry) -> Experience:
    period = entry.period
    bullets = _bullets(entry.below)
    below = [line for line in entry.below if not is_place(line.text) and not heading_of(line.text)]
    return Experience(
        title=entry.pair.what,
        company=entry.pair.where,
        start=period.start if period else None,
        end=period.end if period else None,
        current=period.current if period else None,
        description="\n".join(line.text.replace("\t", " ") for line in below)[:_MAX_DESCRIPTION],
        achievements=tuple(bullets),
        quote=quote_of(text, entry.head),
    )


def _bullets(lines: Sequence[Line]) -> list[str]:
    """What is listed below a position: bullets with the lines they run on to, else its sentences, one a line."""
    if not any(line.bullet for line in lines):
        sentences = [line.text for line in lines if line.text.endswith((".", "。", "।"))]
        return sentences if len(sentences) == len(lines) else []
    found: list[str] = []
    for line in lines:
        if line.bullet:
            found.append(line.text)
        elif found and not line.gap:
            found[-1] = f"{found[-1]} {line.text}"
    return found


def _newest_first(jobs: list[Experience]) -> list[Experience]:
    dated = [job for job in jobs if job.start]
    if len(dated) < len(jobs):
        return jobs
    return sorted(jobs, key=lambda job: (bool(job.current), job.end or job.start or "", job.start or ""), reverse=True)


def _educations(text: str, sections: Sequence[Section]) -> list[Education]:
    found = []
    for section in sections:
        if section.kind == "education":
            entries = read_entries(section.lines, _STUDIES, True) or _undated(section.lines)
            found += [_education(text, entry) for entry in entries if entry.pair.what or entry.pair.where]
    return found


def _undated(lines: Sequence[Line]) -> list[Entry]:
    """Studies without dates: a line that names a degree or a school, with the other one beside it."""
    from shared.reading.cv.pairing import pair_of

    found: list[Entry] = []
    k = 0
    while k < len(lines):
        one = pair_of([], [lines[k].text], [], _STUDIES)
        two = (
            pair_of([], [lines[k].text, lines[k + 1].text], [], _STUDIES)
            if k + 1 < len(lines)
            else Pair(None, None, -2)
        )
        if two.what and two.where and not (one.what and one.where) and two.score > 0.9:
            found.append(Entry(two, None, list(lines[k : k + 2]), []))
            k += 2
            continue
        if one.score > -0.3:
            found.append(Entry(one, None, [lines[k]], []))
        k += 1
    return found


def _education(text: str, entry: Entry) -> Education:
    period = entry.period
    start, end = (period.start, period.end) if period else (None, None)
    if period and period.current is None and start:
        start, end = None, start  # one date of a degree is when it was given
    return Education(
        degree=entry.pair.what, school=entry.pair.where, start=start, end=end, quote=quote_of(text, entry.head)
    )
