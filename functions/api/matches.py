"""Matches over HTTP: who answers a job, which jobs a person answers, and to look again."""

from __future__ import annotations

from typing import Any, Final

from flask import request
from pydantic import BaseModel, ConfigDict

from functions.openapi.operation import AFTER, JSON, VIEW, Body, limit, operation
from functions.parameters import json_object, number
from functions.request import caller, ports, reads, sight
from shared.access import allow, sees_everything
from shared.errors import InvalidRequest
from shared.jobs.match_lists import list_matches, refresh, refresh_all
from shared.views.jobs import MatchPage, Queued, match_page

_PAGES: Final = (limit(50, 200), AFTER, VIEW)


class RefreshBody(BaseModel):
    """What is to be matched anew: one job, one candidate, or all open jobs."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"maxProperties": 1})

    job_id: str = ""
    candidate_id: str = ""


@operation({200: MatchPage}, query=_PAGES)
def get_matches_of_job(job_id: str) -> MatchPage:
    """List the people who answer a job, best first: `?limit=&after=` (the last answer's `next`)."""
    return _list("job_id", job_id)


@operation({200: MatchPage}, query=_PAGES)
def get_matches_of_candidate(candidate_id: str) -> MatchPage:
    """List the open jobs a person answers, best first: `?limit=&after=` (the last answer's `next`)."""
    return _list("candidate_id", candidate_id)


@operation({202: Queued}, refuses=(404,), body=Body({JSON: RefreshBody}, required=False))
def refresh_matches() -> Any:
    """Match anew: JSON `{"job_id": …}`, `{"candidate_id": …}`, or `{}` for every open job of the caller's pools."""
    who, body = caller(), json_object()
    if len(body) > 1 or not set(body) <= set(RefreshBody.model_fields):
        raise InvalidRequest("send `{}`, or one of job_id and candidate_id")
    allow(who, "change")
    if not body:
        pools = None if sees_everything(who) else who.pools
        return Queued(queued=refresh_all(ports(), pools)), 202
    kind: Any = "jobs" if "job_id" in body else "candidates"
    (id_,) = body.values()
    row = reads().one(kind, str(id_), fields=("pool",))
    allow(who, "change", row.data["pool"])
    return Queued(queued=refresh(ports(), kind, [row.id])), 202


def _list(side: Any, id_: str) -> MatchPage:
    matches, end = list_matches(ports(), reads(), side, id_, number("limit", 50, 1, 200), _after())
    return match_page(matches, end, sight())


def _after() -> tuple[float, str] | None:
    score, _, last = request.args.get("after", "").partition("~")
    if not last:
        return None
    try:
        return float(score), last
    except ValueError as error:
        raise InvalidRequest(f"after={score!r}: take the last answer's `next`") from error
