"""Searches over HTTP: run one, read it again, ask why somebody was not found, find people like one."""

from __future__ import annotations

from typing import Any

from pydantic import ConfigDict

from functions.audit import note_search
from functions.openapi.operation import JSON, VIEW, Body, integer, limit, operation
from functions.parameters import number, read_body
from functions.request import caller, ports, sight
from shared.models.search_run import SearchAsked
from shared.search.runs import create_run, find_run, list_runs, read_run
from shared.search.similar import like
from shared.search.why import why
from shared.views.search_runs import (
    Explanation,
    SearchAnswer,
    SearchRuns,
    StoredRun,
    explanation,
    search_answer,
    stored_run,
)


class SearchBody(SearchAsked):
    """The body of a search run; a key nobody knows is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class WhyBody(SearchBody):
    """The body of a "why not?": a search, and whom it should have found."""

    candidate_id: str


@operation({200: SearchAnswer}, refuses=(404,), query=(VIEW,), body=Body({JSON: SearchBody}))
def create_search_run() -> SearchAnswer:
    """Find people for a text or a job, best first, with reasons; the run is kept."""
    body = read_body(SearchBody)
    result = create_run(ports(), body, caller())
    note_search(result, run=result["id"], job=body.job_id, text=body.job_offer_text)
    return search_answer(result, sight())


@operation({200: SearchRuns}, query=(limit(50, 200),))
def get_search_runs() -> SearchRuns:
    """List the caller's runs, newest first; `?limit=`."""
    runs: Any = list_runs(ports(), caller(), number("limit", 50, 1, 200))
    return SearchRuns(search_runs=runs)


@operation({200: StoredRun}, query=(VIEW,))
def get_search_run(run_id: str) -> StoredRun:
    """Read a run again: its scores as they were, its people as their records are now."""
    return stored_run(read_run(ports(), run_id, caller()), sight())


@operation({200: Explanation}, refuses=(404,), query=(VIEW,), body=Body({JSON: WhyBody}))
def ask_why() -> Explanation:
    """Say why a candidate is absent or low in a search, and the smallest change that would bring them in."""
    body = read_body(WhyBody)
    return explanation(why(ports(), body, body.candidate_id, caller()), sight())


@operation({200: Explanation}, query=(VIEW,))
def ask_why_of_run(run_id: str, candidate_id: str) -> Explanation:
    """Say the same of a run that was kept, as records are now."""
    run = find_run(ports(), run_id, caller())
    return explanation(why(ports(), run.asked, candidate_id, caller()), sight())


@operation({200: SearchAnswer}, query=(integer("top_k", 10, 1, 200), VIEW))
def get_similar(candidate_id: str) -> SearchAnswer:
    """Find people like this one in their pool, with reasons; `?top_k=`."""
    result = like(ports(), candidate_id, caller(), number("top_k", 10, 1, 200)).to_json()
    note_search(result, like=candidate_id)
    return search_answer(result, sight())
