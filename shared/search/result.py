"""What a search answers: people with scores, and for every score what it rests on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from shared.search.answers import (
        FactorJson,
        HitJson,
        PresetJson,
        RelaxJson,
        RequirementsJson,
        SearchCounts,
        SearchJson,
    )

FACTORS: Final = ("skill", "experience", "education", "location")


@dataclass(frozen=True, slots=True)
class Quote:
    """Words that stand in the document, and where."""

    where: str
    quote: str


@dataclass(slots=True)
class Notes:
    """What was met, missing or unknown while a factor was read; filled by the scorer, frozen into a `Factor`."""

    met: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    evidence: list[Quote] = field(default_factory=list)

    def quote(self, where: str, text: str | None) -> None:
        """Keep the words a fact rests on, once."""
        found = Quote(where, text or "")
        if text and found not in self.evidence:
            self.evidence.append(found)


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of a score. `score` in 0..1, None when nothing is known; `known`: share of what was asked that is."""

    score: float | None
    known: float
    notes: Notes
    asked: bool = True

    def to_json(self) -> FactorJson:
        """Return the factor as JSON values."""
        return {
            "asked": self.asked,
            "score": None if self.score is None else round(self.score, 4),
            "met": self.notes.met,
            "missing": self.notes.missing,
            "unknown": self.notes.unknown,
            "evidence": [{"where": e.where, "quote": e.quote} for e in self.notes.evidence],
        }


NOT_ASKED: Final = Factor(None, 0.0, Notes(), asked=False)


def blend(parts: list[tuple[float, float | None]], notes: Notes) -> Factor:
    """Return the factor of (weight, score or None) parts: unknown parts add nothing and lower `known`."""
    total = sum(weight for weight, _ in parts)
    known = sum(weight for weight, score in parts if score is not None)
    if not known:
        return Factor(None, 0.0, notes)
    return Factor(sum(weight * score for weight, score in parts if score is not None) / total, known / total, notes)


@dataclass(frozen=True, slots=True)
class Hit:
    """One person found."""

    candidate_id: str
    name: str
    current_title: str | None
    current_company: str | None
    pool: str
    score: float
    coverage: float
    factors: Mapping[str, Factor]
    unclassified: bool  # labels were read from the titles alone
    model: str | None  # what classified this person
    explanation: str = ""  # one paragraph, composed from the factors

    def to_json(self) -> HitJson:
        """Return the person as JSON values."""
        return {
            "candidate_id": self.candidate_id,
            "name": self.name,
            "current_title": self.current_title,
            "current_company": self.current_company,
            "pool": self.pool,
            "score": self.score,
            "coverage": self.coverage,
            "factors": {name: self.factors[name].to_json() for name in FACTORS},
            "unclassified": self.unclassified,
            "model": self.model,
            "explanation": self.explanation,
        }


@dataclass(frozen=True, slots=True)
class SearchResult:
    """The answer to a search. `counts` says where people went: found, dropped by which filter, scored, shown."""

    results: tuple[Hit, ...]
    weights: Mapping[str, float]  # applied: over the asked factors, summing to 1
    took_ms: float
    model: str
    requirements: RequirementsJson
    counts: SearchCounts
    preset: PresetJson  # which weights are applied, which would suit
    notes: tuple[str, ...] = ()
    timings: Mapping[str, float] = field(default_factory=dict)  # ms a phase: understand, embed, retrieve, score
    relax: tuple[RelaxJson, ...] = ()  # nobody found: which filters to drop, and how many each brings
    not_understood: tuple[str, ...] = ()  # words of the request that no list and nobody's record knows
    closest: tuple[Hit, ...] = ()  # where nobody matches: who comes nearest

    def to_json(self) -> SearchJson:
        """Return the answer as JSON values."""
        return {
            "results": [hit.to_json() for hit in self.results],
            "weights": dict(self.weights),
            "took_ms": self.took_ms,
            "model": self.model,
            "requirements": self.requirements,
            "counts": self.counts,
            "notes": list(self.notes),
            "preset": self.preset,
            "timings": dict(self.timings),
            "relax": list(self.relax),
            "not_understood": list(self.not_understood),
            "nobody": not self.results,
            "closest": [hit.to_json() for hit in self.closest],
        }
