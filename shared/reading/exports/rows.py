"""One record of an export becomes facts about one person."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from shared.reading.exports.column_groups import read_groups
from shared.reading.exports.damage import repair_dates, unwrap_formulas
from shared.reading.exports.headers import Columns
from shared.reading.exports.history import is_read_whole, read_educations, read_experiences
from shared.reading.text.cells import (
    emails_of,
    is_yes,
    languages_of,
    parts_of,
    person_name,
    phones_of,
    prose,
    tidy,
)
from shared.reading.text.dates import read_instant
from shared.reading.text.instructions import gives_instructions, may_instruct
from shared.reading.text.links import links_of
from shared.vocabulary.skills import canonical
from shared.vocabulary.text import clean, normalize

# How the cells of a field that has several columns become one text; the others take the first filled cell.
_LIST_FIELDS: Final = frozenset(("tags", "skills", "languages", "certifications"))
_JOINED_BY: Final = dict.fromkeys(
    (*_LIST_FIELDS, "email", "phone", "social", "linkedin", "github", "website"), "\n"
) | {"experiences": "\n", "educations": "\n", "location": ", ", "summary": "\n"}
_LINK_FIELDS: Final = ("linkedin", "github", "social", "website")
_APPLICATION_FIELDS: Final = ("job_title", "job_location", "stage", "source")
_SHORT: Final = 60  # characters; longer texts hardly ever repeat
_YEARS: Final = re.compile(
    r"(?:ca\.?\s*)?\d{1,2}(?:[.,]\d)?\s*(?:\+|(?:-|–|to|bis|a)\s*\d{1,2})?\s*\+?\s*"
    r"(?:years?|yrs?|y|jahre?|ans?|annees|años|anni|anos)?\.?(?:\s+(?:of\s+)?experience)?",
    re.I,
)
_TURNED_DOWN: Final = frozenset(
    normalize(word)
    for word in """
    rejected, disqualified, declined by employer, not suitable, unsuitable, not qualified, archived, abgelehnt, absage,
    disqualifiziert, refuse, rejete, rechazado, descartado, descalificado, rifiutato, scartato, rejeitado, reprovado
    """.split(",")
)
_TOTAL: Final = re.compile(r"(?:grand\s+)?(?:total|summe|gesamt|totale|suma|count|anzahl)\w*\s*[:=]?\s*[\d.,]*", re.I)
# Behind a comma these are no given names: `Ann Lee, PhD`.
_TITLES_BEHIND: Final = re.compile(
    r"(?:[a-z]{1,3}\.){2,}[a-z]{0,3}|ph\.?d\.?|m\.?b\.?a\.?|jr\.?|sr\.?|i{1,3}|iv|esq\.?|cpa|cfa|pmp|md|rn|phr|shrm.*|mph|msc|bsc",
    re.I,
)
_Facts = dict[str, Any]


def read_row(columns: Columns, cells: Sequence[str]) -> _Facts:
    """Return what a record says in the shape of `Facts`, defaults left out. `cells`: as many as the header's.

    Protected columns are not looked at. Never raises on any text.
    """
    joined = " ".join(cells)
    cells = tidy(cells, joined)
    if "=" in joined:
        cells = unwrap_formulas(cells)
    if columns.dates:
        cells = repair_dates(columns, cells)
    values = _values(columns, cells)
    tags = parts_of(values["tags"]) if "tags" in values else []
    facts: _Facts = {"person": _person(values), "profile": _profile(columns, cells, values, tags)}
    application = _application(values, tags)
    if application:
        facts["application"] = application
    extra = _extra(columns, cells)
    if extra:
        facts["extra"] = extra
    said_at = _said_at(values)
    if said_at:
        facts["said_at"] = said_at
    if _may_hide_orders(values, facts):
        flags = _flags(columns, cells)
        if flags:
            facts["flags"] = flags
    return facts


def name_of(columns: Columns, cells: Sequence[str]) -> str:
    """Return the name a record shows, empty when there is none; cheap."""
    first, last = columns.field(cells, "first_name"), columns.field(cells, "last_name")
    name = _name(columns.field(cells, "name"), first, last)
    if name and _TOTAL.fullmatch(name) and sum(map(bool, cells)) == 1:
        return ""  # the sum below a report
    return name


def is_disqualified(columns: Columns, cells: Sequence[str]) -> bool:
    """Tell whether the record says that this person was turned down, in a column of its own or as status or stage."""
    if is_yes(columns.field(cells, "disqualified")):
        return True
    return _is_turned_down(columns.field(cells, "status")) or _is_turned_down(columns.field(cells, "stage"))


@lru_cache(maxsize=1024)
def _is_turned_down(text: str) -> bool:
    return normalize(text) in _TURNED_DOWN


def _extra(columns: Columns, cells: Sequence[str]) -> dict[str, str]:
    extra = {}
    for index, name in columns.kept.items():
        text = cells[index].strip()
        if text:
            extra[name] = text
    return extra


def _values(columns: Columns, cells: Sequence[str]) -> dict[str, str]:
    """The filled fields of a record as text."""
    values = {}
    for name, index in columns.single:
        text = cells[index].strip()
        if text:
            values[name] = text
    for name, indexes in columns.several:
        text = _joined(columns, cells, name, indexes)
        if text:
            values[name] = text
    return values


def _joined(columns: Columns, cells: Sequence[str], name: str, indexes: Sequence[int]) -> str:
    """The cells of a field that has several columns as one text."""
    joint = _JOINED_BY.get(name)
    if joint is None:
        return columns.field(cells, name)
    parts: list[str] = []
    for index in indexes:
        text = cells[index].strip()
        if name in _LIST_FIELDS:
            parts += parts_of(text) if text else ()
        elif text and not (name == "location" and _is_repeated(text, parts)):
            parts.append(text)
    return joint.join(dict.fromkeys(parts))


def _is_repeated(place: str, parts: Sequence[str]) -> bool:
    """Tell whether a cell before says this place, too: `Leeds` behind `Leeds, United Kingdom`."""
    return any(place in part.split(", ") for part in parts)


def _name(whole: str, first: str, last: str) -> str:
    if not whole.isprintable() or not first.isprintable() or not last.isprintable():
        whole, first, last = clean(whole), clean(first), clean(last)
    name = _in_order(person_name(whole)) if whole else ""
    return name or person_name(f"{first} {last}")


def _in_order(name: str) -> str:
    """Return `Ann Lee` for `Lee, Ann`; `Ann Lee, PhD` stays."""
    if "," not in name:
        return name
    last, _, first = name.partition(",")
    first = first.strip()
    is_swapped = first and "," not in first and len(first.split()) <= 3 and not _TITLES_BEHIND.fullmatch(first)
    if not is_swapped or any(char.isdigit() for char in name) or len(last.split()) > 4:
        return name
    return name if _TITLES_BEHIND.fullmatch(first.split()[0]) else f"{first} {last.strip()}"


def _person(values: Mapping[str, str]) -> _Facts:
    get = values.get
    name = get("name", "")
    if "first_name" in values or "last_name" in values or not name.isprintable():
        name = _name(name, get("first_name", ""), get("last_name", ""))
    else:
        name = _in_order(person_name(name))
    person: _Facts = {"name": name}
    emails = emails_of(get("email", ""))
    if emails:
        person["emails"] = emails
    phones = phones_of(values["phone"]) if "phone" in values else []
    if phones:
        person["phones"] = phones
    links = _links(values)
    if links:
        person["links"] = links
    place = prose(values["location"]) if "location" in values else None
    if place:
        person["location"] = place
    return person


def _links(values: Mapping[str, str]) -> dict[str, str]:
    links: dict[str, str] = {}
    for name in _LINK_FIELDS:
        if name in values:
            own_links = links_of(values[name])
            links = own_links | links if links else own_links
    return links


def _application(values: Mapping[str, str], tags: list[str]) -> _Facts:
    application: _Facts = {}
    for name in _APPLICATION_FIELDS:
        text = prose(values[name]) if name in values else None
        if text:
            application[name] = text
    if is_yes(values.get("disqualified", "")) or _is_turned_down(values.get("status", "")):
        application["disqualified"] = True
    if tags:
        application["tags"] = tags
    applied = read_instant(values["applied_at"]) if "applied_at" in values else None
    if applied:
        application["applied_at"] = applied
    return application


def _profile(columns: Columns, cells: Sequence[str], values: dict[str, str], tags: list[str]) -> _Facts:
    profile: _Facts = {}
    for name in ("headline", "summary"):
        text = prose(values[name]) if name in values else None
        if text:
            profile[name] = text
    for name, read in _LISTS:
        items = read(values[name]) if name in values else None
        if items:
            profile[name] = items
    if columns.groups:
        _add_groups(profile, columns, cells)
    if tags:
        profile["tags"] = tags
    if "current_title" in values or "current_company" in values:
        _add_current(profile, values)
    return profile


def _read_experiences(text: str) -> list[dict[str, Any]]:
    """The positions of a cell; `5-10 years` says how long somebody has worked, and names none."""
    if len(text) < 30 and _YEARS.fullmatch(text):
        return []
    return read_experiences(text)


def _skills(text: str) -> list[dict[str, str]]:
    quotes: dict[str, str] = {}
    for part in parts_of(text):
        quotes.setdefault(canonical(part) or part, part)
    return [{"name": name, "quote": quote} for name, quote in quotes.items()]


_HISTORIES: Final = ("experiences", "educations")
_NO_PROSE: Final = frozenset(
    ("experiences", "educations", "email", "phone", "social", "linkedin", "github", "created_at")
)
_LISTS: Final[tuple[tuple[str, Callable[[str], list[Any]]], ...]] = (
    ("experiences", _read_experiences),
    ("educations", read_educations),
    ("skills", _skills),
    ("languages", languages_of),
    ("certifications", parts_of),
)


def _add_groups(profile: _Facts, columns: Columns, cells: Sequence[str]) -> None:
    """Add positions and degrees that stand in columns, unless the history of the record has them."""
    for kind in _HISTORIES:
        entries = list(profile.get(kind, ()))
        for entry in read_groups(columns.groups, kind, cells):
            if not any(_is_same_entry(entry, other) for other in entries):
                entries.append(entry)
        if entries:
            profile[kind] = entries


def _is_same_entry(entry: _Facts, other: _Facts) -> bool:
    for name in ("title", "company", "degree", "school"):
        if name in entry and normalize(entry[name]) != normalize(other.get(name, "")):
            return False
    return True


def _add_current(profile: _Facts, values: Mapping[str, str]) -> None:
    """Put the position of the columns `Title` and `Company` first, unless the history already has it."""
    title = prose(values.get("current_title", ""))
    company = prose(values.get("current_company", ""))
    current: _Facts = {}
    if title:
        current["title"] = title
    if company:
        current["company"] = company
    if not current:
        return
    history = profile.get("experiences", ())
    if any(_is_same_entry(current, entry) for entry in history):
        return
    profile["experiences"] = [{**current, "current": True, "quote": title or company}, *history]


def _said_at(values: Mapping[str, str]) -> str | None:
    for name in ("updated_at", "created_at", "applied_at"):
        moment = read_instant(values[name]) if name in values else None
        if moment:
            return moment
    return None


def _may_hide_orders(values: Mapping[str, str], facts: _Facts) -> bool:
    """Whether any text could give orders to a machine; contact data and histories read to the last letter cannot."""
    profile = facts["profile"]
    for name in _HISTORIES:
        if name in values and not is_read_whole(values[name], profile.get(name, ())):
            return True
    for name, text in values.items():
        if name not in _NO_PROSE and (_may_order(text) if len(text) < _SHORT else may_instruct(text)):
            return True
    return any(map(may_instruct, facts.get("extra", {}).values()))


_may_order: Final = lru_cache(maxsize=4096)(may_instruct)  # stages, jobs, places and tags repeat very often


def _flags(columns: Columns, cells: Sequence[str]) -> list[_Facts]:
    flags = []
    for index in columns.safe:
        if gives_instructions(cells[index]):
            detail = f"text in “{columns.header[index].strip()}” reads like instructions to a machine"
            flags.append({"kind": "instruction_text", "detail": detail})
    return flags
