"""What a search over HTTP may ask: a file of its own, so that a health check does not wait for pydantic."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from shared.errors import WrongCall


class SearchRun(BaseModel):
    """What is asked for."""

    model_config = ConfigDict(extra="forbid")

    job_offer_text: str = Field(max_length=100_000)
    weights: dict[str, float] | None = None
    top_k: int = 10
    filters: dict[str, str] | None = None


def read_search_run(body: bytes) -> SearchRun:
    """Read a request's body. Raises `WrongCall` naming what is wrong."""
    try:
        return SearchRun.model_validate_json(body)
    except ValidationError as error:
        problems = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'body'}: {e['msg']}" for e in error.errors())
        raise WrongCall(problems) from error
