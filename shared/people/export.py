"""How people go out again: whole documents without vectors, as JSON lines or as CSV a spreadsheet may open."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, TextIO

import orjson

from shared.models.collections import CANDIDATES
from shared.models.values import without
from shared.paging import iter_all
from shared.ports import Ports

if TYPE_CHECKING:
    from shared.models.documents.people import CandidateDocument
    from shared.models.documents.profiles import ExperienceData

Cell = str | float | list[str] | None
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
COLUMNS: Final = (
    "id", "pool", "name", "emails", "phones", "linkedin", "location", "current_title", "current_company",
    "function", "level", "specialties", "years", "skills", "inferred_skills", "educations", "summary", "tags",
    "applications", "awaiting", "flags", "sources", "created_at", "updated_at",
)  # fmt: skip


def documents(ports: Ports) -> Iterator[CandidateDocument]:
    """Yield every candidate document without vectors, by id."""
    for row in iter_all(ports.store, CANDIDATES):
        yield {**row.data, "id": row.id}


def write_jsonl(people: Iterable[CandidateDocument], out: TextIO) -> None:
    """Write a document a line."""
    for document in people:
        out.write(orjson.dumps(without(document, CANDIDATES.vectors)).decode() + "\n")


def write_csv(people: Iterable[CandidateDocument], out: TextIO) -> None:
    """Write a row a person; lists are joined by ` | `, cells a spreadsheet would compute are neutralised."""
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for document in people:
        row = _row(document)
        writer.writerow([_harmless(row[name]) for name in COLUMNS])


def _row(document: CandidateDocument) -> dict[str, Cell]:
    person = document.get("person") or {}
    profile = document.get("profile") or {}
    label = document.get("classification") or {}
    enriched = document.get("enrichment") or {}
    positions = profile.get("experiences") or []
    latest: ExperienceData = positions[0] if positions else {}
    skills = enriched.get("skills") or profile.get("skills") or ()
    return {
        "id": document.get("id"),
        "pool": document.get("pool"),
        "awaiting": document.get("awaiting"),
        "created_at": document.get("created_at"),
        "updated_at": document.get("updated_at"),
        "name": person.get("name"),
        "emails": person.get("emails"),
        "phones": person.get("phones"),
        "location": person.get("location"),
        "linkedin": (person.get("links") or {}).get("linkedin"),
        "tags": profile.get("tags"),
        "current_title": latest.get("title"),
        "current_company": latest.get("company"),
        "function": label.get("function"),
        "level": label.get("level"),
        "summary": enriched.get("summary"),
        "specialties": [s for function in label.get("functions") or () for s in function.get("specialties") or ()],
        "years": (enriched.get("trajectory") or {}).get("years"),
        "skills": [skill["name"] for skill in skills],
        "inferred_skills": [skill["name"] for skill in enriched.get("inferred_skills") or ()],
        "educations": [_joined(e.get("degree"), e.get("school")) for e in profile.get("educations") or ()],
        "applications": [_joined(a.get("job_title"), a.get("stage")) for a in document.get("applications") or ()],
        "flags": [flag["kind"] for flag in document.get("flags") or ()],
        "sources": [_joined(s.get("import_id"), str(s.get("row") or "")) for s in document.get("sources") or ()],
    }


def _joined(*parts: str | None) -> str:
    return ", ".join(filter(None, parts))


def _harmless(value: Cell) -> str:
    text = ""
    if isinstance(value, list):
        text = " | ".join(value)
    elif value is not None:
        text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
