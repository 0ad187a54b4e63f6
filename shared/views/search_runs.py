"""Searches as they are answered: who was found, with the reasons, and why somebody was not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Final, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from shared.models.requirements import Requirements
from shared.models.search_run import SearchAsked
from shared.privacy.blind import ANY, AS_IS, TEXT, Shape, Sight
from shared.views.answer import ABSENT, CLOSED, Answer, Fields

_FACTOR: Final[Shape] = {
    "asked": AS_IS,
    "score": AS_IS,
    "met": TEXT,
    "missing": TEXT,
    "unknown": TEXT,
    "evidence": {"where": AS_IS, "quote": TEXT},
}
HIT: Final[Fields] = {
    "candidate_id": AS_IS,
    "current_title": TEXT,
    "current_company": TEXT,
    "pool": AS_IS,
    "score": AS_IS,
    "coverage": AS_IS,
    "factors": {ANY: _FACTOR},
    "unclassified": AS_IS,
    "model": AS_IS,
    "explanation": TEXT,
}
# Of somebody who is gone, a factor is only its number.
_STORED_HIT: Final[Fields] = {**HIT, "factors": TEXT, "gone": AS_IS, "changed": AS_IS, "score_now": AS_IS}
_EXPLANATION: Final[Shape] = {
    "candidate_id": AS_IS,
    "in_results": AS_IS,
    "rank": AS_IS,
    "top_k": AS_IS,
    "score": AS_IS,
    "coverage": AS_IS,
    "last_score": AS_IS,
    "explanation": TEXT,
    "filters": TEXT,
    "found_by": AS_IS,
    "stages": TEXT,
    "factors": TEXT,
    "changes": TEXT,
    "smallest": TEXT,
    "reasons": TEXT,
}


class Quote(TypedDict):
    """Words that stand in the document, and where."""

    __pydantic_config__ = CLOSED  # type: ignore[misc]
    where: str
    quote: str


class FactorAnswer(TypedDict):
    """One factor of a score: what was met, missing and unknown, and the words it rests on."""

    __pydantic_config__ = CLOSED  # type: ignore[misc]
    asked: bool
    score: float | None
    met: list[str]
    missing: list[str]
    unknown: list[str]
    evidence: list[Quote]


class Hit(TypedDict):
    """One person found, with the reasons."""

    candidate_id: str
    name: str
    current_title: str | None
    current_company: str | None
    pool: str
    score: float
    coverage: float
    factors: dict[str, FactorAnswer]
    unclassified: bool
    model: str | None
    explanation: str


@dataclass(frozen=True, kw_only=True)
class SearchAnswer(Answer):
    """What a search found."""

    id: Annotated[str | None, Field(description="Of the run that was kept.")] = ABSENT
    results: list[Hit]
    weights: dict[str, float]
    took_ms: float
    model: str
    requirements: Requirements
    counts: dict[str, Any]
    notes: list[str]
    preset: dict[str, Any]
    timings: dict[str, float]
    relax: list[dict[str, Any]]
    not_understood: Annotated[list[str], Field(description="Words of the request that nobody's record holds.")]
    nobody: Annotated[bool, Field(description="Whether nobody matches; `closest` then names who comes nearest.")]
    closest: list[Hit]


class RunSummary(TypedDict):
    """A run in a list."""

    __pydantic_config__ = CLOSED  # type: ignore[misc]
    id: str
    caller: str
    at: str
    asked: SearchAsked
    considered: NotRequired[int]
    took_ms: NotRequired[float]


@dataclass(frozen=True, kw_only=True)
class SearchRuns(Answer):
    """Search runs, newest first."""

    search_runs: list[RunSummary]


class StoredHit(TypedDict):
    """A hit of a kept run as its record is now; of somebody who is gone only the numbers."""

    candidate_id: str
    score: float
    coverage: float
    gone: bool
    changed: NotRequired[bool | None]
    score_now: NotRequired[float | None]
    name: NotRequired[str | None]
    current_title: NotRequired[str | None]
    current_company: NotRequired[str | None]
    pool: NotRequired[str]
    factors: dict[str, Any]
    unclassified: NotRequired[bool]
    model: NotRequired[str | None]
    explanation: NotRequired[str]


@dataclass(frozen=True, kw_only=True)
class StoredRun(Answer):
    """A kept run."""

    id: str
    caller: str
    at: str
    asked: SearchAsked
    pools: list[str]
    weights: dict[str, float]
    considered: int
    recipes: dict[str, str]
    timings: dict[str, float]
    took_ms: float
    results: list[StoredHit]


@dataclass(frozen=True, kw_only=True)
class Explanation(Answer):
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


def search_answer(result: Fields, sight: Sight) -> SearchAnswer:
    """Return what a search found. To a blind reader, which words nobody holds would say whose names are there."""
    shown = {name: sight.show_each(result[name], HIT) for name in ("results", "closest")}
    unknown_words = [] if sight.blind("") else result["not_understood"]
    return SearchAnswer(**{**result, **shown, "not_understood": unknown_words})


def stored_run(run: Fields, sight: Sight) -> StoredRun:
    """Return a search that was kept."""
    return StoredRun(**{**run, "results": sight.show_each(run["results"], _STORED_HIT)})


def explanation(reasons: Fields, sight: Sight) -> Explanation:
    """Return where somebody stands in a search."""
    return Explanation(**sight.show_about(reasons["candidate_id"], reasons, _EXPLANATION))
