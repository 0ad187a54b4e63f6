"""One record of an export becomes facts about one person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Final

from shared.reading.exports.headers import Columns
from shared.reading.exports.history import is_read_whole, read_educations, read_experiences
from shared.reading.text.cells import emails_of, is_yes, languages_of, parts_of, person_name, phones_of, prose, tidy
from shared.reading.text.dates import read_instant
from shared.reading.text.instructions import gives_instructions, may_instruct
from shared.reading.text.links import links_of
from shared.vocabulary.skills import canonical
from shared.vocabulary.text import clean, normalize

# How the cells of a field that has several columns become one text; the others take the first filled cell.
_JOINED_BY: Final = dict.fromkeys(
    ("email", "phone", "social", "linkedin", "github", "website", "tags", "skills", "languages", "certifications"), "\n"
) | {"experiences": "\n", "educations": "\n", "location": ", ", "summary": "\n"}
_LINK_FIELDS: Final = ("linkedin", "github", "social", "website")
_SHORT: Final = 60  # characters; longer texts hardly ever repeat
_Facts = dict[str, Any]


def read_row(columns: Columns, cells: Sequence[str]) -> _Facts:
    """Return what a record says in the shape of `Facts`, defaults left out. `cells`: as many as the header's.

    Protected columns are not looked at. Never raises on any text.
    """
    joined = " ".join(cells)
    cells = tidy(cells, joined)
    values = _values(columns, cells)
    tags = parts_of(values["tags"]) if "tags" in values else []
    facts: _Facts = {"person": _person(values), "profile": _profile(values, tags)}
    if application := _application(values, tags):
        facts["application"] = application
    if extra := {name: text for index, name in columns.kept.items() if (text := cells[index].strip())}:
        facts["extra"] = extra
    if said_at := _said_at(values):
        facts["said_at"] = said_at
    if _may_hide_orders(values, facts) and (flags := _flags(columns, cells)):
        facts["flags"] = flags
    return facts


def name_of(columns: Columns, cells: Sequence[str]) -> str:
    """Return the name a record shows, empty when there is none; cheap."""
    return _name(columns.field(cells, "name"), columns.field(cells, "first_name"), columns.field(cells, "last_name"))


def is_disqualified(columns: Columns, cells: Sequence[str]) -> bool:
    """Whether the record says that this person was turned down."""
    return is_yes(columns.field(cells, "disqualified"))


def _values(columns: Columns, cells: Sequence[str]) -> dict[str, str]:
    """The filled fields of a record as text."""
    values = {name: text for name, index in columns.single if (text := cells[index].strip())}
    for name, indexes in columns.several:
        if joint := _JOINED_BY.get(name):
            text = joint.join(dict.fromkeys(part for index in indexes if (part := cells[index].strip())))
        else:
            text = columns.field(cells, name)
        if text:
            values[name] = text
    return values


def _name(whole: str, first: str, last: str) -> str:
    if not whole.isprintable() or not first.isprintable() or not last.isprintable():
        whole, first, last = clean(whole), clean(first), clean(last)
    name = person_name(whole) if whole else ""
    return name or person_name(f"{first} {last}")


def _person(values: dict[str, str]) -> _Facts:
    get = values.get
    name = get("name", "")
    if "first_name" in values or "last_name" in values or not name.isprintable():
        name = _name(name, get("first_name", ""), get("last_name", ""))
    else:
        name = person_name(name)
    person: _Facts = {"name": name}
    if (text := get("email")) and (emails := emails_of(text)):
        person["emails"] = emails
    if (text := get("phone")) and (phones := phones_of(text)):
        person["phones"] = phones
    if links := _links(values):
        person["links"] = links
    if (text := get("location")) and (place := prose(text)):
        person["location"] = place
    return person


def _links(values: dict[str, str]) -> dict[str, str]:
    links: dict[str, str] = {}
    for name in _LINK_FIELDS:
        if text := values.get(name):
            links = links_of(text) | links if links else links_of(text)
    return links


def _application(values: dict[str, str], tags: list[str]) -> _Facts:
    application: _Facts = {
        name: text for name in ("job_title", "job_location", "stage", "source") if (text := prose(values.get(name, "")))
    }
    if is_yes(values.get("disqualified", "")):
        application["disqualified"] = True
    if tags:
        application["tags"] = tags
    if applied := read_instant(values.get("applied_at", "")):
        application["applied_at"] = applied
    return application


def _profile(values: dict[str, str], tags: list[str]) -> _Facts:
    profile: _Facts = {}
    for name in ("headline", "summary"):
        if (text := values.get(name)) and (shown := prose(text)):
            profile[name] = shown
    for name, read_history in _HISTORIES:
        if (text := values.get(name)) and (entries := read_history(text)):
            profile[name] = entries
    for name, read in _LISTS:
        if (text := values.get(name)) and (found := read(text)):
            profile[name] = found
    if tags:
        profile["tags"] = tags
    if "current_title" in values or "current_company" in values:
        _add_current(profile, values)
    return profile


def _skills(text: str) -> list[dict[str, str]]:
    named = {canonical(part) or part: part for part in reversed(parts_of(text))}
    return [{"name": name, "quote": part} for name, part in reversed(named.items())]


_HISTORIES: Final = (("experiences", read_experiences), ("educations", read_educations))
_NO_PROSE: Final = frozenset(
    ("experiences", "educations", "email", "phone", "social", "linkedin", "github", "created_at")
)
_LISTS: Final[tuple[tuple[str, Callable[[str], list[Any]]], ...]] = (
    ("skills", _skills),
    ("languages", languages_of),
    ("certifications", parts_of),
)


def _add_current(profile: _Facts, values: dict[str, str]) -> None:
    """Put the position of the columns `Title` and `Company` first, unless the history already has it."""
    title, company = prose(values.get("current_title", "")), prose(values.get("current_company", ""))
    if not title and not company:
        return
    for entry in profile.get("experiences", ()):
        same = not title or normalize(entry.get("title", "")) == normalize(title)
        if same and (not company or normalize(entry.get("company", "")) == normalize(company)):
            return
    current = {"title": title, "company": company, "current": True, "quote": title or company}
    named = {name: value for name, value in current.items() if value}
    profile["experiences"] = [named, *profile.get("experiences", ())]


def _said_at(values: dict[str, str]) -> str | None:
    for name in ("updated_at", "created_at", "applied_at"):
        if (text := values.get(name)) and (moment := read_instant(text)):
            return moment
    return None


def _may_hide_orders(values: dict[str, str], facts: _Facts) -> bool:
    """Whether any text could give orders to a machine; contact data and histories read to the last letter cannot."""
    profile = facts["profile"]
    for name, _ in _HISTORIES:
        if name in values and not is_read_whole(values[name], profile.get(name, ())):
            return True
    for name, text in values.items():
        if name not in _NO_PROSE and (_may_order(text) if len(text) < _SHORT else may_instruct(text)):
            return True
    return any(map(may_instruct, facts.get("extra", {}).values()))


_may_order: Final = lru_cache(maxsize=4096)(may_instruct)  # stages, jobs, places and tags repeat very often


def _flags(columns: Columns, cells: Sequence[str]) -> list[_Facts]:
    found = [columns.header[index].strip() for index in columns.safe if gives_instructions(cells[index])]
    detail = "text in “{}” reads like instructions to a machine"
    return [{"kind": "instruction_text", "detail": detail.format(name)} for name in found]
