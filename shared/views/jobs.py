"""Jobs and their matches as they are answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from typing_extensions import TypedDict

from shared.models.job import Job, Match
from shared.privacy.blind import AS_IS, TEXT, Shape, Sight
from shared.views.answer import CLOSED, Answer, Fields

_MATCH: Final[Shape] = {
    "id": AS_IS,
    "pool": AS_IS,
    "job_id": AS_IS,
    "candidate_id": AS_IS,
    "score": AS_IS,
    "coverage": AS_IS,
    "factors": AS_IS,
    "matching_skills": TEXT,
    "missing_skills": TEXT,
    "weights": AS_IS,
    "job_recipe": AS_IS,
    "candidate_recipe": AS_IS,
    "candidate": {"current_title": TEXT, "current_company": TEXT},
    "job": AS_IS,
}


@dataclass(frozen=True, kw_only=True)
class JobPage(Answer):
    """Jobs, newest first."""

    jobs: list[Job]
    next: str | None


class JobReject(TypedDict):
    """A record that could not be taken."""

    __pydantic_config__ = CLOSED  # type: ignore[misc]
    row: int
    line: int | None
    reason: str


@dataclass(frozen=True, kw_only=True)
class JobImport(Answer):
    """Where every record of a file of jobs went."""

    import_id: str
    pool: str
    filename: str
    rows: int
    created: int
    changed: int
    unchanged: int
    rejected: int
    rejects: list[JobReject]


@dataclass(frozen=True, kw_only=True)
class JobApplication(Answer):
    """Somebody's application."""

    job_id: str
    candidate_id: str


class MatchWithOther(Match):
    """A match with who or what stands on its other side."""

    candidate: dict[str, str | None] | None = None
    job: dict[str, str | None] | None = None


@dataclass(frozen=True, kw_only=True)
class MatchPage(Answer):
    """Matches, best first."""

    matches: list[MatchWithOther]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class Queued(Answer):
    """How many records are matched anew."""

    queued: int


def match_page(matches: Sequence[Fields], end: str | None, sight: Sight) -> MatchPage:
    """Return a page of matches; `end` is where the next page begins."""
    return MatchPage(matches=sight.show_each(matches, _MATCH), next=end)


def job_import(counts: Fields, sight: Sight) -> JobImport:
    """Return where the records of a file went."""
    if sight.blind(counts["pool"]):
        counts = {**counts, "filename": ""}
    return JobImport(**counts)
