"""Fakes of the ports for unit tests: a store in a dict and a model that answers what it was told to."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, cast

import numpy as np

from shared.models.requirements import RequiredSkill, Requirements
from shared.ports import Data, Ports, Reply, Stored, Vector, Where
from shared.vocabulary.skills import find_skills
from shared.vocabulary.terms import search_terms

NOW = "2026-06-15T12:00:00Z"


class FakeStore:
    """Documents in a dict; reads only, `put` writes. Words rank by rarity and number, as the port says."""

    def __init__(self) -> None:
        self.kinds: dict[str, dict[str, Data]] = {}

    def put(self, kind: str, id: str, data: Data) -> None:
        self.kinds.setdefault(kind, {})[id] = data

    def get(self, kind: str, ids: Sequence[str], fields: Sequence[str] | None = None) -> dict[str, Stored]:
        return {id: self._read(kind, id, fields) for id in ids if id in self.kinds.get(kind, {})}

    def query(
        self,
        kind: str,
        where: Where = (),
        order: str | None = None,
        limit: int | None = None,
        after: tuple[Any, str] | None = None,
        fields: Sequence[str] | None = None,
    ) -> list[Stored]:
        return [self._read(kind, id, fields) for id in sorted(self._matching(kind, where))][:limit]

    def nearest(self, kind: str, field: str, vector: Vector, where: Where, limit: int) -> list[tuple[str, float]]:
        found = self._matching(kind, where)
        near = [(id, float(data[field] @ vector)) for id, data in found.items() if data.get(field) is not None]
        return sorted(near, key=lambda pair: (-pair[1], pair[0]))[:limit]

    def search_words(self, terms: Sequence[str], where: Where, limit: int) -> list[str]:
        found = self._matching("candidates", where)
        holders = {term: [id for id, data in found.items() if term in data.get("search_terms", ())] for term in terms}
        scores: dict[str, float] = {}
        for ids in holders.values():
            for id in ids:
                scores[id] = scores.get(id, 0.0) + 1 / len(ids)
        return sorted(scores, key=lambda id: (-scores[id], id))[:limit]

    def _read(self, kind: str, id: str, fields: Sequence[str] | None) -> Stored:
        data = self.kinds[kind][id]
        return Stored(id, 1, {name: data[name] for name in data if fields is None or name in fields})

    def _matching(self, kind: str, where: Where) -> dict[str, Data]:
        wanted = {path: value for path, op, value in where if op == "=="}
        documents = self.kinds.get(kind, {}).items()
        return {id: data for id, data in documents if all(data.get(path) == wanted[path] for path in wanted)}


class FakeModel:
    """Reads every text as the requirements it was given; vectors are a hash of the text."""

    def __init__(self, requirements: Requirements) -> None:
        self.requirements = requirements

    def recipe(self, task: str) -> str:
        return f"fake-1 {task}-1"

    def split_job(self, text: str) -> Reply[Requirements]:
        return Reply(self.requirements.model_copy(update={"text": text}))

    def embed(self, texts: Sequence[str], purpose: str) -> list[Reply[Vector]]:
        return [Reply(_unit(text)) for text in texts]


def _unit(text: str) -> Vector:
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")
    vector = np.random.default_rng(seed).standard_normal(768).astype(np.float32)
    return vector / np.linalg.norm(vector)


def fake_ports(store: FakeStore, requirements: Requirements) -> Ports:
    """Ports over the fakes; files, queue and worker are not there."""
    missing = cast(Any, None)
    model = cast(Any, FakeModel(requirements))
    return Ports(cast(Any, store), missing, missing, model, missing, lambda: NOW, b"secret")


def asking(text: str, skills: Sequence[str] = (), **asked: Any) -> Requirements:
    """Requirements built by hand; the skills are quoted as the text writes them."""
    quotes = dict(find_skills(text))
    wanted = tuple(RequiredSkill(name=name, quote=quotes.get(name, name)) for name in skills)
    return Requirements(text=text, skills=wanted, **asked)


def person(
    store: FakeStore,
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
    """Store one candidate as the stages write them. `label`: (function, specialty, level)."""
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
    data["embedding"] = _unit(id)
    store.put("candidates", id, data)
    store.put("pools", pool, {})
