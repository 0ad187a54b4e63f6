"""The endpoints of searches: what was found, with the reasons, and what is kept of it."""

from __future__ import annotations

from typing import Any, Final

from pydantic import BaseModel, Field

from functions.api.search_run import SearchBody, WhyBody
from functions.openapi.answers import Answer
from functions.openapi.operation import Operation, json, limit, whole
from shared.models.requirements import Requirements
from shared.models.search_run import SearchAsked


class Quoted(Answer):
    """Words that stand in the document, and where."""

    where: str
    quote: str


class FactorShown(Answer):
    """One factor of a score: what was met, missing and unknown, and the words it rests on."""

    asked: bool
    score: float | None
    met: list[str]
    missing: list[str]
    unknown: list[str]
    evidence: list[Quoted]


class HitShown(BaseModel):
    """One person found, with the reasons."""

    candidate_id: str
    name: str
    current_title: str | None
    current_company: str | None
    pool: str
    score: float
    coverage: float
    factors: dict[str, FactorShown]
    unclassified: bool
    model: str | None
    explanation: str


class Found(Answer):
    """What a search found."""

    id: str | None = Field(None, description="Of the run that was kept.")
    results: list[HitShown]
    weights: dict[str, float]
    took_ms: float
    model: str
    requirements: Requirements
    counts: dict[str, Any]
    notes: list[str]
    preset: dict[str, Any]
    timings: dict[str, float]
    relax: list[dict[str, Any]]


class RunShort(Answer):
    """A run in a list."""

    id: str
    caller: str
    at: str
    asked: SearchAsked
    considered: int = 0
    took_ms: float = 0.0


class Runs(Answer):
    """Search runs, newest first."""

    search_runs: list[RunShort]


class HitAgain(BaseModel):
    """A hit of a kept run as its record is now; of somebody who is gone only the numbers."""

    candidate_id: str
    score: float
    coverage: float
    gone: bool
    changed: bool | None = None
    score_now: float | None = None
    name: str | None = None
    factors: dict[str, Any]


class RunAgain(BaseModel):
    """A kept run."""

    id: str
    caller: str
    at: str
    asked: SearchAsked
    weights: dict[str, float]
    results: list[HitAgain]


class WhyShown(Answer):
    """Where somebody stands in a search, and what keeps them there."""

    candidate_id: str
    in_results: bool
    rank: int | None
    top_k: int
    score: float
    coverage: float
    last_score: float | None
    explanation: str
    filters: list[str]
    found_by: dict[str, Any]
    stages: dict[str, Any]
    factors: dict[str, Any]
    changes: list[dict[str, Any]]
    smallest: dict[str, Any] | None
    reasons: list[str]


SEARCHES: Final[dict[str, Operation]] = {
    "search_runs.create_search_run": Operation({200: Found}, refuses=(404,), body=json(SearchBody)),
    "search_runs.get_search_runs": Operation({200: Runs}, query=(limit(50, 200),)),
    "search_runs.get_search_run": Operation({200: RunAgain}),
    "search_runs.ask_why": Operation({200: WhyShown}, refuses=(404,), body=json(WhyBody)),
    "search_runs.ask_why_of_run": Operation({200: WhyShown}),
    "search_runs.get_similar": Operation({200: Found}, query=(whole("top_k", 10, 1, 200),)),
}
