"""Pairs of records that may be one person, as they are answered: both sides, and what speaks for and against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from typing_extensions import TypedDict

from shared.privacy.blind import AS_IS, TEXT, Shape, Sight
from shared.views.answer import CLOSED, Answer, Fields

_FIELDS: Final = (
    "id",
    "pool",
    "kind",
    "state",
    "at",
    "evidence_for",
    "evidence_against",
    "decided_by",
    "decided_at",
)
_SIDE: Final[Shape] = {"candidate_id": AS_IS, "current_title": TEXT, "current_company": TEXT}


class ProposalSide(TypedDict):
    """One of the two records."""

    __pydantic_config__ = CLOSED  # type: ignore[misc]
    candidate_id: str
    name: str
    current_title: str | None
    current_company: str | None


class ProposalShown(TypedDict):
    """Two records that may be one person, and what was decided."""

    __pydantic_config__ = CLOSED  # type: ignore[misc]
    id: str
    pool: str
    kind: Literal["shared_contact", "unsure_match", "possible_duplicate"]
    state: Literal["open", "joined", "different"]
    at: str
    evidence_for: list[str]
    evidence_against: list[str]
    sides: list[ProposalSide]
    decided_by: str | None
    decided_at: str | None


@dataclass(frozen=True, kw_only=True)
class ProposalPage(Answer):
    """A page of proposals."""

    proposals: list[ProposalShown]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class ProposalDecided(Answer):
    """A decided proposal; `candidate_id` is the one record where the two were joined."""

    proposal: ProposalShown
    candidate_id: str | None


def proposal_page(proposals: Sequence[Fields], people: Fields, end: str | None, sight: Sight) -> ProposalPage:
    """Return a page. `people`: candidate documents by id; `end`: where the next page begins."""
    return ProposalPage(proposals=[show_proposal(proposal, people, sight) for proposal in proposals], next=end)


def show_proposal(proposal: Fields, people: Fields, sight: Sight) -> Any:
    """Return a proposal with the names of both sides; of who is gone the id alone."""
    words = sight.words_of(proposal["candidate_ids"])
    sides: list[Any] = []
    for id_ in proposal["candidate_ids"]:
        side = _side(id_, people.get(id_) or {})
        sides.append(sight.show(side, _SIDE, words.get(id_)))
    shown = {name: proposal.get(name) for name in _FIELDS}
    return {**shown, "sides": sides}


def _side(id_: str, candidate: Fields) -> Fields:
    positions = (candidate.get("profile") or {}).get("experiences") or [{}]
    return {
        "candidate_id": id_,
        "name": (candidate.get("person") or {}).get("name") or "",
        "current_title": positions[0].get("title"),
        "current_company": positions[0].get("company"),
    }
