"""Candidates as the stages write them and requirements by hand, for tests of searching."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from fake_model import FakeModel, unit_vector

from shared.models.requirements import RequiredSkill, Requirements
from shared.ports import Create, Data, Delete, Ports, Store
from shared.vocabulary.skills import find_skills
from shared.vocabulary.terms import search_terms

NOW = "2026-06-15T12:00:00Z"


def search_ports(store: Store, requirements: Requirements) -> Ports:
    """Return ports whose model reads every text as these requirements; files, queue and worker are missing."""
    missing = cast(Any, None)
    return Ports(store, missing, missing, FakeModel(requirements), missing, lambda: NOW, b"secret")


def asking(text: str, skills: Sequence[str] = (), **asked: Any) -> Requirements:
    """Requirements built by hand; the skills are quoted as the text writes them."""
    quotes = dict(find_skills(text))
    wanted = tuple(RequiredSkill(name=name, quote=quotes.get(name, name)) for name in skills)
    return Requirements(text=text, skills=wanted, **asked)


def person(
    store: Store,
    id: str,
    title: str | None,
    *,
    label: tuple[str, str, str] | None = None,
    tags: Sequence[str] = (),
    start: str = "2018-06",
    pool: str = "default",
    location: str | None = None,
    degree: str | None = None,
    stage: str | None = None,
    name: str | None = None,
    more: Mapping[str, Any] | None = None,
) -> None:
    """Store one candidate as the stages write them; it replaces that of the same id.

    `label`: (function, specialty, level).
    """
    jobs = [{"title": title, "company": "Acme GmbH", "start": start, "current": True}] if title else []
    data: Data = {
        "pool": pool,
        "person": {"name": name or f"Person {id}", "location": location},
        "applications": [{"stage": stage, "tags": list(tags)}],
        "profile": {
            "headline": None,
            "experiences": jobs,
            "educations": [{"degree": degree, "school": "TU"}] if degree else [],
            "tags": list(tags),
        },
        **(more or {}),
    }
    if label:
        function, specialty, level = label
        quote = {"where": "experience 1 title", "quote": title or ""}
        held = {"name": function, "level": level, "specialties": [specialty], "confidence": 0.9, "evidence": [quote]}
        data["classification"] = {"functions": [held], "function": function, "level": level}
    data["search_terms"] = search_terms(data)
    data["embedding"] = unit_vector(id)
    store.commit([[Delete("candidates", id)], [Create("candidates", id, {"id": id, **data})]])
    store.commit([[Create("pools", pool, {"id": pool})]])  # is refused when it exists, which is as well
