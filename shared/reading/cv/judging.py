"""Whether a document is one person's CV: what else it looks like, and whether it is about several people."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from shared.models.candidate import Flag, Person, Profile
from shared.reading.cv.contact import reach_of
from shared.reading.cv.likeness import employer_share, is_place, title_share
from shared.reading.cv.lines import Line
from shared.reading.cv.naming import checked_name
from shared.reading.cv.ownership import HEAD, OF_OTHERS
from shared.reading.cv.sections import Section
from shared.reading.text.names import are_plainly_different
from shared.reading.text.own_reading import UNKNOWN_KIND, agrees
from shared.vocabulary.document_words import KINDS, OtherKind
from shared.vocabulary.text import normalize

_OF_A_CV: Final = ("experience", "education", "skills", "languages", "summary", "certifications", "projects")
_REPEATED: Final = ("experience", "education", "skills")  # headings that a second person's CV has again
_ABOVE_CONTACT: Final = 3  # lines above a contact in which a head's name stands
_TITLE_LINES: Final = 6  # lines in which a document says what it is
_LONGEST_TITLE: Final = 60  # characters
_PLAINLY_A_CV: Final = 4  # points of a CV against which words alone do not count: people write of their work
_TITLE_WORTH, _ENOUGH = 2, 3  # a title counts as two marks; fewer than three say nothing
_LIST_OF_PEOPLE: Final = 3  # people named with their address: fewer may be a person and a colleague
_NEAR_NAME: Final = 5  # lines below a name in which a short CV says how to reach the person
_LONG: Final = 25  # lines from which a CV must have a position
_PUNCTUATION: Final = re.compile(r"[^\w§/'’&-]+")


def judge(sections: Sequence[Section], person: Person, profile: Profile) -> tuple[Flag, ...]:
    """Return what a person should look at before this becomes a candidate: `not_a_cv`, `several_people`, `partly_read`.

    A flag's detail names a kind or a number, never words of the document.
    """
    people = count_people(sections, person.name)
    if people > 1:
        return (Flag(kind="several_people", detail=str(people)),)
    kind = other_kind(sections, person, profile)
    if kind:
        return (Flag(kind="not_a_cv", detail=kind),)
    lines = sum(len(section.lines) for section in sections if section.kind != "letter")
    if lines >= _LONG and not profile.experiences:
        return (Flag(kind="partly_read", detail=f"no position was read from {lines} lines"),)
    return ()


def count_people(sections: Sequence[Section], name: str) -> int:
    """Return how many people have a head of their own, with a CV behind it, or stand in a list with their address."""
    names = [name] if name else []
    listed: list[str] = []
    for place, section in enumerate(sections):
        if section.kind in OF_OTHERS:
            continue
        for number, line in enumerate(section.lines):
            other = _name_at_contact(section.lines, number)
            if not other:
                continue
            if _is_new(other, listed) and "@" in line.text:
                listed.append(other)
            if _is_new(other, names) and _begins_again(sections, place):
                names.append(other)
    if len(listed) >= _LIST_OF_PEOPLE:
        return max(len(listed), len(names))
    return len(names)


def _name_at_contact(lines: Sequence[Line], number: int) -> str | None:
    """Return the name in a contact line or right above it, where the line names a way to reach that person."""
    reach = reach_of(lines[number], True)
    if not reach.emails and not reach.phones:
        return None
    candidates = [
        reach.rest.split("\t")[0],
        *(line.text for line in reversed(lines[max(0, number - _ABOVE_CONTACT) : number])),
    ]
    for text in candidates:
        name = _person_in(text)
        if name and (not reach.emails or any(agrees(email, name) for email in reach.emails)):
            return name
    return None


def _person_in(text: str) -> str | None:
    name = checked_name(text.strip(" |·•-–,"))
    if name is None:
        return None
    if not 2 <= len(name.split()) <= 4:
        return None
    if not all(word[:1].isupper() for word in name.split()):
        return None
    if is_place(name):
        return None
    if title_share(name) > 0.3:
        return None
    if employer_share(name) > 0.8:
        return None
    return name


def _is_new(name: str, names: Sequence[str]) -> bool:
    return all(are_plainly_different(name, other) for other in names)


def _begins_again(sections: Sequence[Section], place: int) -> bool:
    """Whether headings that stood before this section's end come again behind it: another CV begins."""
    before = {section.kind for section in sections[: place + 1]}
    behind = {section.kind for section in sections[place + 1 :]}
    return any(kind in before and kind in behind for kind in _REPEATED)


def other_kind(sections: Sequence[Section], person: Person, profile: Profile) -> str | None:
    """Return what a document looks like that is no CV, None where it is one."""
    lines = [line for section in sections for line in section.lines]
    shape = _points_of_a_cv(sections, person, profile)
    kind, points, titled = _likeliest_kind(lines)
    if kind and points > shape and (titled or shape < _PLAINLY_A_CV):
        return kind
    if _is_a_person(sections, person, profile):
        return None
    return kind or UNKNOWN_KIND


def _points_of_a_cv(sections: Sequence[Section], person: Person, profile: Profile) -> int:
    kinds = {section.kind for section in sections if section.lines}
    dated_work = "experience" in kinds and any(job.start for job in profile.experiences)
    dated_study = "education" in kinds and any(study.end for study in profile.educations)
    points = 2 * dated_work + dated_study + (len(kinds.intersection(_OF_A_CV)) > 1)
    by_name = any(agrees(email, person.name) for email in person.emails)
    return points + 2 * by_name


def _likeliest_kind(lines: Sequence[Line]) -> tuple[str | None, int, bool]:
    """Return a kind or None, its points, and whether the document calls itself that."""
    said = " " + " ".join(_PUNCTUATION.sub(" ", normalize(line.text)) for line in lines) + " "
    said = " ".join(said.split()).join("  ")
    titles = [
        normalize(line.text).strip(" .:*#-–—=_") for line in lines[:_TITLE_LINES] if len(line.text) <= _LONGEST_TITLE
    ]
    best: tuple[str | None, int, bool] = (None, 0, False)
    for kind in KINDS:
        titled = any(_is_title(title, kind.titles) for title in titles)
        points = _count_marks(kind, said) + _TITLE_WORTH * titled
        if points >= _ENOUGH and points > best[1]:
            best = (kind.name, points, titled)
    return best


def _count_marks(kind: OtherKind, said: str) -> int:
    return sum(f" {mark} " in said or (mark > "\u2e80" and mark in said) for mark in kind.marks)


def _is_title(title: str, titles: frozenset[str]) -> bool:
    """Whether a line is a kind's title, or begins with it and goes on in a number or behind a dash."""
    if title in titles:
        return True
    head = re.split(r"\s*[-–—:#№]|\s+(?:no|nr|n°|num)\b|\s*\d", title, maxsplit=1)[0]
    return head in titles


def _is_a_person(sections: Sequence[Section], person: Person, profile: Profile) -> bool:
    """Whether a name and at least one of contact, position and education were read, in the shape of a CV."""
    kinds = {section.kind for section in sections if section.lines}
    headings = kinds.intersection(_OF_A_CV)
    contact = bool(person.emails or person.phones or person.links)
    facts = contact or bool(profile.experiences) or bool(profile.educations)
    if not person.name:
        if not bool(headings):
            return False
        if bool(profile.experiences):
            return True
        if not contact:
            return False
        return len(headings) > 1
    if not facts:
        return False
    if bool(headings):
        return True
    if "letter" in kinds:
        return True
    return _is_short_head(sections, person)


def _is_short_head(sections: Sequence[Section], person: Person) -> bool:
    """Whether contact stands right below the name at the top, as in a CV without headings."""
    head = [line for section in sections if section.kind in HEAD for line in section.lines]
    for place, line in enumerate(head):
        if normalize(person.name) in normalize(line.text):
            near = head[place : place + _NEAR_NAME + 1]
            return any(not reach_of(other, True).is_empty for other in near)
    return False
