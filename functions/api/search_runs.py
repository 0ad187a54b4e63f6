"""Searches over HTTP."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from functions.edge import caller, ports

search_runs = Blueprint("search_runs", __name__)


@search_runs.post("/api/search-runs/")
def create_search_run() -> Any:
    """Find people for a job text, best first, with reasons."""
    from functions.api.search_run import read_search_run
    from shared.access import allow
    from shared.search import search

    who = caller(request)
    allow(who, "search")
    asked = read_search_run(request.get_data())
    found = search(
        ports(),
        asked.job_offer_text,
        caller=who,
        top_k=asked.top_k,
        weights=asked.weights,
        where=asked.filters,
    )
    return found.to_json()
