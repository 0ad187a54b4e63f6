"""The endpoints of duties: what is held about somebody, receipts of erasures, how long things are kept."""

from __future__ import annotations

from typing import Any, Final

from functions.api.duties_bodies import RulesBody, SelfBody
from functions.openapi.answers import Answer
from functions.openapi.operation import Operation, json, limit, text
from shared.models.erasure import Erasure


class Held(Answer):
    """Everything that is held about a person."""

    candidate_id: str
    pool: str
    at: str
    documents: dict[str, list[dict[str, Any]]]
    vectors: Any
    files: list[str]
    export_rows: list[Any]
    notes: list[str]


class Erasures(Answer):
    """Receipts of erasures, newest first."""

    erasures: list[Erasure]


class Retention(Answer):
    """What is over its time."""

    applied: bool
    due: list[dict[str, Any]]


class RulesShown(Answer):
    """A pool's rules."""

    pool: str
    retention_days: dict[str, int]
    blind: bool


class Impact(Answer):
    """Selection rates by group for one job; groups of fewer people than `fewest` are not told."""

    job_id: str
    since: str | None
    until: str | None
    stages: list[str]
    fewest: int
    selections: dict[str, dict[str, Any]]


DUTIES: Final[dict[str, Operation]] = {
    "duties.get_held": Operation({200: Held}),
    "duties.get_erasures": Operation({200: Erasures}, query=(limit(100, 1000),)),
    "duties.get_impact": Operation(
        {200: Impact},
        query=(text("stage", "Counts as selected; repeatable."), text("since", "A time."), text("until", "A time.")),
    ),
    "duties.put_self_description": Operation({204: None}, body=json(SelfBody)),
    "duties.get_retention": Operation({200: Retention}),
    "duties.get_rules": Operation({200: RulesShown}),
    "duties.put_rules": Operation({200: RulesShown}, body=json(RulesBody)),
}
