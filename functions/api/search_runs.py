"""Searches over HTTP: run one, read it again, ask why somebody was not found, find people like one."""

from __future__ import annotations

from typing import Any

from functions.api.search_run import SearchBody, WhyBody
from functions.audit import note_search
from functions.parameters import number, read_body
from functions.request import caller, ports
from shared.search.runs import create_run, find_run, list_runs, read_run
from shared.search.similar import like
from shared.search.why import why


def create_search_run() -> Any:
    """Find people for a text or a job, best first, with reasons; the run is kept."""
    who = caller()
    asked = read_body(SearchBody)
    found = create_run(ports(), asked, who)
    note_search(found, run=found["id"], job=asked.job_id, text=asked.job_offer_text)
    return found


def get_search_runs() -> Any:
    """List the caller's runs, newest first; `?limit=`."""
    return {"search_runs": list_runs(ports(), caller(), number("limit", 50, 1, 200))}


def get_search_run(run_id: str) -> Any:
    """Read a run again: its scores as they were, its people as their records are now."""
    return read_run(ports(), run_id, caller())


def ask_why() -> Any:
    """Say why a candidate is absent or low in a search, and the smallest change that would bring them in."""
    who = caller()
    asked = read_body(WhyBody)
    return why(ports(), asked, asked.candidate_id, who)


def ask_why_of_run(run_id: str, candidate_id: str) -> Any:
    """Say the same of a run that was kept, as records are now."""
    who = caller()
    return why(ports(), find_run(ports(), run_id, who).asked, candidate_id, who)


def get_similar(candidate_id: str) -> Any:
    """Find people like this one in their pool, with reasons; `?top_k=`."""
    found = like(ports(), candidate_id, caller(), number("top_k", 10, 1, 200)).to_json()
    note_search(found, like=candidate_id)
    return found
