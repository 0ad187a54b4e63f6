"""What searches answer, as JSON values. Imported for type checking only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

from shared.models.documents.searches import SearchAskedData


class QuoteJson(TypedDict):
    """Words that stand in the document, and where."""

    where: str
    quote: str


class FactorJson(TypedDict):
    """One factor of a score."""

    asked: bool
    score: float | None
    met: list[str]
    missing: list[str]
    unknown: list[str]
    evidence: list[QuoteJson]


class HitJson(TypedDict):
    """One person found."""

    candidate_id: str
    name: str
    current_title: str | None
    current_company: str | None
    pool: str
    score: float
    coverage: float
    factors: dict[str, FactorJson]
    unclassified: bool
    model: str | None
    explanation: str


class SkillAsked(TypedDict):
    """A skill asked for: any of these names."""

    any_of: list[str]
    must: bool


class RequirementsJson(TypedDict, total=False):
    """What the text was read as."""

    functions: list[str]
    specialties: list[str]
    levels: list[str]
    manages_people: bool | None
    skills: list[SkillAsked]
    min_years: float | None
    degree: str | None
    fields_of_study: list[str]
    places: list[str]
    remote: bool
    summary: str
    quotes: list[QuoteJson]
    words: list[str]


class FilterCounts(TypedDict):
    """How many people a filter dropped, and of how many nothing is recorded for it."""

    dropped: int
    unknown: int


class FilteredCounts(TypedDict):
    """Where people went before they were scored: `legs` is how many each way of looking found."""

    found: int
    legs: Mapping[str, int]
    filters: dict[str, FilterCounts]
    considered: int


class SearchCounts(FilteredCounts):
    """Where people went."""

    returned: int


class PresetJson(TypedDict):
    """Which weights are applied, and which would suit the level asked for."""

    applied: str
    suggested: str | None
    reason: str | None
    weights: dict[str, float]


class RelaxJson(TypedDict):
    """Filters that may be dropped together, and how many people that brings."""

    filters: list[str]
    adds: int


class SearchJson(TypedDict):
    """What a search found."""

    results: list[HitJson]
    weights: dict[str, float]
    took_ms: float
    model: str
    requirements: RequirementsJson
    counts: SearchCounts
    notes: list[str]
    preset: PresetJson
    timings: dict[str, float]
    relax: list[RelaxJson]
    not_understood: list[str]
    nobody: bool
    closest: list[HitJson]


class RunJson(SearchJson):
    """What a search found that was kept under this id."""

    id: str


class RunHitJson(TypedDict, total=False):
    """A person of a kept run: the numbers as they were, the rest as the record is now; `gone` of those erased since."""

    candidate_id: str
    name: str
    current_title: str | None
    current_company: str | None
    pool: str
    score: float
    coverage: float
    factors: dict[str, FactorJson] | dict[str, float | None]
    unclassified: bool
    model: str | None
    explanation: str
    changed: bool
    score_now: float
    gone: bool


class StoredRunJson(TypedDict, total=False):
    """A kept run with its people; a list of runs leaves out most of it."""

    id: str
    caller: str
    at: str
    asked: SearchAskedData
    pools: list[str]
    weights: dict[str, float]
    results: list[RunHitJson]
    considered: int
    recipes: dict[str, str]
    timings: dict[str, float]
    took_ms: float


class ChangeJson(TypedDict):
    """What leaving something out of a search brings a person; `moves_out`: how many of the first ones fall out."""

    drop: list[str]
    rank: int | None
    score: float
    moves_out: int


class FoundByJson(TypedDict):
    """Whether somebody was looked at, and their rank in every way of looking."""

    looked_at: bool
    people_looked_at: int
    ranks: dict[str, int | None]


class StageJson(TypedDict):
    """What a stage that search rests on did to the record."""

    state: str
    reason: str | None


class CostJson(TypedDict):
    """What a factor costs of the full score, and what it lacks."""

    weight: float
    costs: float
    missing: list[str]
    unknown: list[str]


class WhyJson(TypedDict):
    """Where somebody stands in a search and what keeps them there."""

    candidate_id: str
    in_results: bool
    rank: int | None
    top_k: int
    score: float
    coverage: float
    last_score: float | None
    explanation: str
    filters: list[str]
    found_by: FoundByJson
    stages: dict[str, StageJson]
    factors: dict[str, CostJson]
    changes: list[ChangeJson]
    smallest: ChangeJson | None
    reasons: list[str]
