"""Searches over HTTP: run one, read it again, ask why somebody was not found, find people like one."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from functions.edge import caller, number, ports

search_runs = Blueprint("search_runs", __name__)


@search_runs.post("/api/search-runs/")
def create_search_run() -> Any:
    """Find people for a text or a job, best first, with reasons; the run is kept."""
    from functions.api.search_run import SearchBody, read_body
    from functions.audited import note_search
    from shared.search.runs import create_run

    who = caller(request)
    asked = read_body(SearchBody, request.get_data())
    found = create_run(ports(), asked, who)
    note_search(request, found, run=found["id"], job=asked.job_id, said=asked.job_offer_text)
    return found


@search_runs.get("/api/search-runs/")
def get_search_runs() -> Any:
    """List the caller's runs, newest first; `?limit=`."""
    from shared.search.runs import list_runs

    return {"search_runs": list_runs(ports(), caller(request), number(request, "limit", 50, 1, 200))}


@search_runs.get("/api/search-runs/<run_id>/")
def get_search_run(run_id: str) -> Any:
    """Read a run again: its scores as they were, its people as their records are now."""
    from shared.search.runs import read_run

    return read_run(ports(), run_id, caller(request))


@search_runs.post("/api/search-runs/why/")
def ask_why() -> Any:
    """Say why a candidate is absent or low in a search, and the smallest change that would bring them in."""
    from functions.api.search_run import WhyBody, read_body
    from shared.search.why import why

    who = caller(request)
    asked = read_body(WhyBody, request.get_data())
    return why(ports(), asked, asked.candidate_id, who)


@search_runs.get("/api/search-runs/<run_id>/why/<candidate_id>/")
def ask_why_of_run(run_id: str, candidate_id: str) -> Any:
    """Say the same of a run that was kept, as records are now."""
    from shared.search.runs import find_run
    from shared.search.why import why

    who = caller(request)
    return why(ports(), find_run(ports(), run_id, who).asked, candidate_id, who)


@search_runs.get("/api/candidates/<candidate_id>/similar/")
def get_similar(candidate_id: str) -> Any:
    """Find people like this one in their pool, with reasons; `?top_k=`."""
    from functions.audited import note_search
    from shared.search.similar import like

    found = like(ports(), candidate_id, caller(request), number(request, "top_k", 10, 1, 200)).to_json()
    note_search(request, found, like=candidate_id)
    return found
