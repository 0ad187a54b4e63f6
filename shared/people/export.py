"""How people go out again: whole documents without vectors, as JSON lines or as CSV a spreadsheet may open."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final, TextIO

import orjson

from shared.models.collections import COLLECTIONS
from shared.paging import every
from shared.ports import Data, Ports

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
COLUMNS: Final = (
    "id", "pool", "name", "emails", "phones", "linkedin", "location", "current_title", "current_company",
    "function", "level", "specialties", "years", "skills", "inferred_skills", "educations", "summary", "tags",
    "applications", "awaiting", "flags", "sources", "created_at", "updated_at",
)  # fmt: skip


def documents(ports: Ports) -> Iterator[Data]:
    """Return every candidate document without vectors, by id."""
    return ({"id": row.id, **row.data} for row in every(ports.store, "candidates"))


def write_jsonl(people: Iterable[Data], out: TextIO) -> None:
    """Write a document a line."""
    for document in people:
        out.write(orjson.dumps(_without_vectors(document)).decode() + "\n")


def write_csv(people: Iterable[Data], out: TextIO) -> None:
    """Write a row a person; lists are joined by ` | `, cells a spreadsheet would compute are neutralised."""
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for document in people:
        row = _row(document)
        writer.writerow([_harmless(row[name]) for name in COLUMNS])


def _without_vectors(document: Data) -> Data:
    return {name: value for name, value in document.items() if name not in COLLECTIONS["candidates"].vectors}


def _row(document: Mapping[str, Any]) -> dict[str, Any]:
    person, profile = document.get("person") or {}, document.get("profile") or {}
    label, enriched = document.get("classification") or {}, document.get("enrichment") or {}
    latest = (profile.get("experiences") or [{}])[0]
    row = {name: document.get(name) for name in ("id", "pool", "awaiting", "created_at", "updated_at")}
    row |= {name: person.get(name) for name in ("name", "emails", "phones", "location")}
    row |= {"linkedin": (person.get("links") or {}).get("linkedin"), "tags": profile.get("tags")}
    row |= {"current_title": latest.get("title"), "current_company": latest.get("company")}
    row |= {"function": label.get("function"), "level": label.get("level"), "summary": enriched.get("summary")}
    row["specialties"] = [s for function in label.get("functions") or () for s in function.get("specialties") or ()]
    row["years"] = (enriched.get("trajectory") or {}).get("years")
    row["skills"] = [skill["name"] for skill in enriched.get("skills") or profile.get("skills") or ()]
    row["inferred_skills"] = [skill["name"] for skill in enriched.get("inferred_skills") or ()]
    row["educations"] = [_joined(e.get("degree"), e.get("school")) for e in profile.get("educations") or ()]
    row["applications"] = [_joined(a.get("job_title"), a.get("stage")) for a in document.get("applications") or ()]
    row["flags"] = [flag["kind"] for flag in document.get("flags") or ()]
    row["sources"] = [_joined(s.get("import_id"), str(s.get("row") or "")) for s in document.get("sources") or ()]
    return row


def _joined(*parts: str | None) -> str:
    return ", ".join(filter(None, parts))


def _harmless(value: Any) -> str:
    text = " | ".join(map(str, value)) if isinstance(value, list | tuple) else "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text
