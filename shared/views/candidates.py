"""Candidates as they are answered: lists, one record, and what happened to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, NotRequired, cast

from typing_extensions import TypedDict

from shared.models.candidate import Application, Classification, DocumentRef, Flag, Labelled, Person, Profile
from shared.models.candidate import Candidate as Record
from shared.privacy.blind import ANY, AS_IS, TEXT, Shape, Sight
from shared.views.answer import CLOSED, Answer, Fields

QUOTES: Final[Shape] = {"where": AS_IS, "quote": TEXT}
_SKILL: Final[Shape] = {"name": TEXT, "category": AS_IS, "quote": TEXT, "evidence": QUOTES}
_LABELS: Final[Shape] = {"function": AS_IS, "level": AS_IS, "specialties": AS_IS}
# What a blind reader sees of a record.
PROFILE: Final[Shape] = {
    "headline": TEXT,
    "summary": TEXT,
    "experiences": {
        "title": TEXT,
        "company": TEXT,
        "current": AS_IS,
        "months": AS_IS,
        "description": TEXT,
        "achievements": TEXT,
        "quote": TEXT,
    },
    "educations": {"degree": TEXT, "quote": TEXT},
    "skills": _SKILL,
    "certifications": TEXT,
    "languages": {"name": TEXT, "level": TEXT, "quote": TEXT},
    "tags": TEXT,
    "total_years": AS_IS,
}
APPLICATION: Final[Shape] = {
    "job_title": TEXT,
    "job_location": TEXT,
    "stage": TEXT,
    "disqualified": AS_IS,
    "source": TEXT,
    "tags": TEXT,
    "import_id": AS_IS,
    "job_id": AS_IS,
}
RECORD: Final[Shape] = {
    "id": AS_IS,
    "pool": AS_IS,
    "schema_version": AS_IS,
    "profile": PROFILE,
    "applications": APPLICATION,
    "labelled": _LABELS,
    "corrected": AS_IS,
    "classification": {
        "functions": {"name": AS_IS, "level": AS_IS, "specialties": AS_IS, "confidence": AS_IS, "evidence": QUOTES},
        "function": AS_IS,
        "level": AS_IS,
    },
    "enrichment": {
        "trajectory": {
            "years": AS_IS,
            "positions": AS_IS,
            "median_tenure_months": AS_IS,
            "months_between_promotions": AS_IS,
            "current_level": AS_IS,
            "levels": AS_IS,
        },
        "skills": _SKILL,
        "inferred_skills": _SKILL,
        "strengths": {"text": TEXT, "evidence": QUOTES},
        "summary": TEXT,
    },
    "awaiting": AS_IS,
    "stages": {
        ANY: {
            "state": AS_IS,
            "input": AS_IS,
            "recipe": AS_IS,
            "attempts": AS_IS,
            "reason": TEXT,
            "error": {"message": TEXT, "again": AS_IS},
            "tokens": AS_IS,
            "run": AS_IS,
        }
    },
    "flags": {"kind": AS_IS, "detail": TEXT, "candidate_id": AS_IS},
    "shares_keys": AS_IS,
}


class CandidateCard(TypedDict):
    """A candidate as lists show it."""

    __pydantic_config__ = CLOSED  # type: ignore[misc]
    id: str
    pool: str
    created_at: str
    updated_at: str
    person: NotRequired[Person]
    profile: NotRequired[Profile]
    applications: NotRequired[tuple[Application, ...]]
    classification: NotRequired[Classification | None]
    labelled: NotRequired[Labelled | None]
    corrected: NotRequired[tuple[str, ...]]
    awaiting: str
    documents: NotRequired[tuple[DocumentRef, ...]]
    flags: NotRequired[tuple[Flag, ...]]


@dataclass(frozen=True, kw_only=True)
class CandidatePage(Answer):
    """A page of candidates."""

    candidates: list[CandidateCard]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class CandidateAnswer(Answer):
    """One record. Its `ETag` is its version."""

    candidate: Record


@dataclass(frozen=True, kw_only=True)
class CandidateCreated(CandidateAnswer):
    """The record of somebody typed in."""

    effect: Literal["created", "merged", "unchanged"]


@dataclass(frozen=True, kw_only=True)
class Tags(Answer):
    """All tags of the person."""

    tags: list[str]


def candidate_page(rows: Sequence[Fields], end: str | None, sight: Sight) -> CandidatePage:
    """Return a page of records; `end` is where the next page begins."""
    cards = [sight.show(row, RECORD, sight.words(cast(Any, row))) for row in rows]
    return CandidatePage(candidates=cards, next=end)


def candidate_record(candidate_id: str, record: Fields, sight: Sight) -> Record:
    """Return one record; `record` holds the fields its readers may see."""
    shown = sight.show(dict(record), RECORD, sight.words(cast(Any, record)))
    return cast(Record, {**shown, "id": candidate_id})


def tags_of(record: Fields, sight: Sight) -> Tags:
    """Return the tags of a record."""
    tags = (record.get("profile") or {}).get("tags") or []
    return Tags(tags=sight.show(tags, TEXT, sight.words(cast(Any, record))))
