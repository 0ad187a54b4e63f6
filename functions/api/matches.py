"""Matches over HTTP: who answers a job, which jobs a person answers, and to look again."""

from __future__ import annotations

from typing import Any

from flask import request

from functions.parameters import json_object, number
from functions.request import caller, ports, reads
from shared.access import allow, sees_everything
from shared.errors import InvalidRequest
from shared.jobs.match_lists import list_matches, refresh, refresh_all


def get_matches_of_job(job_id: str) -> Any:
    """List the people who answer a job, best first: `?limit=&after=` (the last answer's `next`)."""
    return _list("job_id", job_id)


def get_matches_of_candidate(candidate_id: str) -> Any:
    """List the open jobs a person answers, best first: `?limit=&after=` (the last answer's `next`)."""
    return _list("candidate_id", candidate_id)


def refresh_matches() -> Any:
    """Match anew: JSON `{"job_id": …}`, `{"candidate_id": …}`, or `{}` for every open job of the caller's pools."""
    who, said = caller(), json_object()
    kinds = {"job_id": "jobs", "candidate_id": "candidates"}
    if len(said) > 1 or not set(said) <= set(kinds):
        raise InvalidRequest("send `{}`, or one of job_id and candidate_id")
    allow(who, "change")
    if not said:
        return {"queued": refresh_all(ports(), None if sees_everything(who) else who.pools)}, 202
    ((name, id_),) = said.items()
    row = reads().one(kinds[name], str(id_), fields=("pool",))
    allow(who, "change", row.data["pool"])
    return {"queued": refresh(ports(), "jobs" if name == "job_id" else "candidates", [row.id])}, 202


def _list(side: Any, id_: str) -> Any:
    score, _, last = request.args.get("after", "").partition("~")
    try:
        after = (float(score), last) if last else None
    except ValueError as error:
        raise InvalidRequest(f"after={score!r}: take the last answer's `next`") from error
    found, end = list_matches(ports(), reads(), side, id_, number("limit", 50, 1, 200), after)
    return {"matches": found, "next": end}
