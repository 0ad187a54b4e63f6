"""Searches over HTTP."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from functions.edge import ports
from shared.errors import WrongCall

search_runs = Blueprint("search_runs", __name__)


class SearchRun(BaseModel):
    """What is asked for."""

    model_config = ConfigDict(extra="forbid")

    job_offer_text: str = Field(max_length=100_000)
    weights: dict[str, float] | None = None
    top_k: int = 10
    filters: dict[str, str] | None = None


@search_runs.post("/api/search-runs/")
def create_search_run() -> Any:
    """Find people for a job text, best first, with reasons."""
    from shared.models.caller import Caller
    from shared.search import search

    try:
        asked = SearchRun.model_validate_json(request.get_data())
    except ValidationError as error:
        problems = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'body'}: {e['msg']}" for e in error.errors())
        raise WrongCall(problems) from error
    found = search(
        ports(),
        asked.job_offer_text,
        caller=Caller(),
        top_k=asked.top_k,
        weights=asked.weights,
        where=asked.filters,
    )
    return found.to_json()
