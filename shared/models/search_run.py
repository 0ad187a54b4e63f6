"""A search as it was asked and answered, so that it can be read again: ids and numbers, never names or quotes."""

from __future__ import annotations

from pydantic import Field

from shared.models.frozen import Frozen
from shared.models.requirements import Requirements


class SearchAsked(Frozen):
    """What a search run asks for: a text or a job, and how it is to be answered."""

    job_offer_text: str | None = Field(default=None, max_length=100_000)
    job_id: str | None = None
    weights: dict[str, float] | None = None  # summing to 1
    preset: str | None = None  # instead of weights: executive, manager, individual
    top_k: int = 10
    filters: dict[str, str | float] | None = None
    strict: bool = False  # drop who does not say a place or years asked for
    words: str | None = Field(default=None, max_length=1000)  # a word query everybody found must answer
    rewrite: bool = False  # let the model tell each explanation anew, where it keeps to what was given


class RunHit(Frozen):
    """One person found. Who they are and the words behind the score are read from their record, while there is one."""

    candidate_id: str
    score: float
    coverage: float
    factors: dict[str, float | None]  # of the asked factors; None: nothing is known


class SearchRun(Frozen):
    """A search that was run. Whoever asked may read it again, and admins."""

    id: str
    caller: str  # uid of who asked
    at: str
    asked: SearchAsked
    pools: tuple[str, ...] = ()  # that were searched
    requirements: Requirements  # what the text was read as
    weights: dict[str, float]  # applied: over the asked factors, summing to 1
    results: tuple[RunHit, ...] = ()  # best first
    considered: int = 0  # people that were scored
    recipes: dict[str, str] = Field(default_factory=dict)  # what read the text, and what embedded it
    timings: dict[str, float] = Field(default_factory=dict)  # milliseconds a phase
    took_ms: float = 0.0
