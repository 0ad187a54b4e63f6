"""Privacy as it is answered: what is held about somebody, receipts of erasures, how long things are kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from shared.models.erasure import Erasure
from shared.privacy.blind import AS_IS, Shape, Sight
from shared.views.answer import Answer, Fields

_PERSONAL_DATA: Final[Shape] = {"candidate_id": AS_IS, "pool": AS_IS, "notes": AS_IS}


@dataclass(frozen=True, kw_only=True)
class PersonalData(Answer):
    """Everything that is held about a person."""

    candidate_id: str
    pool: str
    at: str
    documents: dict[str, list[dict[str, Any]]]
    vectors: Any
    files: list[str]
    export_rows: list[Any]
    notes: list[str]


@dataclass(frozen=True, kw_only=True)
class Erased(Answer):
    """Where the person was removed from."""

    receipt: Erasure


@dataclass(frozen=True, kw_only=True)
class Erasures(Answer):
    """Receipts of erasures, newest first."""

    erasures: list[Erasure]


@dataclass(frozen=True, kw_only=True)
class Retention(Answer):
    """What is over its time."""

    applied: bool
    due: list[dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class PoolRules(Answer):
    """A pool's rules."""

    pool: str
    retention_days: dict[str, int]
    blind: bool


@dataclass(frozen=True, kw_only=True)
class Impact(Answer):
    """Selection rates by group for one job; groups of fewer people than `fewest` are not told."""

    job_id: str
    since: str | None
    until: str | None
    stages: list[str]
    fewest: int
    selections: dict[str, dict[str, Any]]


def personal_data(held: Fields, sight: Sight) -> PersonalData:
    """Return everything that is held about a person; seen blind, that it is held and nothing of it."""
    return PersonalData(**sight.show_about(held["candidate_id"], held, _PERSONAL_DATA))
