"""Columns that together say one position or degree: `Company 1`, `Title 1`, `Start Date 1`; `School`, `Degree`."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from shared.reading.exports.header_names import GROUP_PARTS
from shared.reading.text.dates import is_open, read_month
from shared.vocabulary.text import normalize

_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_NUMBER: Final = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")
_MARKS: Final = re.compile(r"[\W_]+")
_GROUP_WORDS: Final = re.compile(r"^(?:work|job|employment|experience|position|education|school|degree)\s+(?=\S)")
_NEEDED: Final = {"experiences": ("title", "company"), "educations": ("school", "degree")}
_SINGLE_EDUCATION: Final = {"school": "school", "degree": "degree", "study_field": "field", "graduation": "end"}


@dataclass(frozen=True)
class ColumnGroup:
    """One position or degree in columns."""

    kind: str  # `experiences` or `educations`
    number: int  # 0: columns without a number
    columns: Mapping[str, int]  # part of the entry -> column


def numbered_groups(names: Mapping[int, str]) -> list[ColumnGroup]:
    """Return the groups among these headers, by number. One without a title, company, school or degree is none."""
    columns: dict[tuple[str, int], dict[str, int]] = defaultdict(dict)
    for index, name in names.items():
        place = _place_in_group(name)
        if place:
            kind, number, part = place
            columns[kind, number].setdefault(part, index)
    groups = []
    for (kind, number), parts in sorted(columns.items()):
        if any(part in parts for part in _NEEDED[kind]):
            groups.append(ColumnGroup(kind, number, parts))
    return groups


def education_group(indexes: Mapping[str, Sequence[int]]) -> ColumnGroup | None:
    """Return the degree that columns without a number say."""
    columns = {}
    for field, part in _SINGLE_EDUCATION.items():
        if field in indexes:
            columns[part] = indexes[field][0]
    if not any(part in columns for part in _NEEDED["educations"]):
        return None
    return ColumnGroup("educations", 0, columns)


def read_groups(groups: Sequence[ColumnGroup], kind: str, cells: Sequence[str]) -> list[dict[str, Any]]:
    """Return the entries of a record in the shape of `Experience` or `Education`; empty groups are left out."""
    entries = []
    for group in groups:
        if group.kind == kind:
            texts = {part: cells[index].strip() for part, index in group.columns.items()}
            entry = _entry(texts)
            if any(part in entry for part in _NEEDED[kind]):
                entries.append(entry)
    return entries


def _entry(texts: Mapping[str, str]) -> dict[str, Any]:
    entry: dict[str, Any] = {}
    for part in ("title", "company", "degree", "school", "description"):
        if texts.get(part):
            entry[part] = texts[part]
    field = texts.get("field")
    if field:
        entry["degree"] = f"{entry['degree']}, {field}" if "degree" in entry else field
    entry.update(_dates(texts, is_job="title" in entry or "company" in entry))
    quoted = entry.get("title") or entry.get("company") or entry.get("degree") or entry.get("school") or ""
    return {**entry, "quote": quoted}


def _dates(texts: Mapping[str, str], is_job: bool) -> Iterator[tuple[str, Any]]:
    start = read_month(texts.get("start", ""))
    end_text = texts.get("end", "")
    end = read_month(end_text)
    if start:
        yield "start", start
    if end:
        yield "end", end
    if is_job and end:
        yield "current", False
    elif is_job and start and (not end_text or is_open(end_text)):
        yield "current", True


def _place_in_group(name: str) -> tuple[str, int, str] | None:
    """Return kind, number and part of a header such as `Experience 2: Start Date`; None where it has no number."""
    text = _CAMEL.sub(" ", name)
    numbers = _NUMBER.findall(text)
    if len(numbers) != 1:
        return None
    base = " ".join(_MARKS.sub(" ", normalize(_NUMBER.sub(" ", text))).split())
    for words in (base, _GROUP_WORDS.sub("", base)):
        for kind, parts in _PARTS.items():
            if words in parts:
                is_education = base.startswith(("education", "school", "degree"))
                own_kind = "educations" if is_education and parts[words] in ("start", "end") else kind
                return own_kind, int(numbers[0]), parts[words]
    return None


def _part_names() -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = {}
    for kind, parts in GROUP_PARTS.items():
        table[kind] = {}
        for part, names in parts.items():
            for name in names.split(","):
                table[kind][name.strip()] = part
    return table


_PARTS: Final = _part_names()
