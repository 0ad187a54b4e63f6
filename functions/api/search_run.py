"""What a search over HTTP may ask: a file of its own, so that a health check does not wait for pydantic."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import ConfigDict, ValidationError

from shared.errors import WrongCall
from shared.models.search_run import SearchAsked


class SearchBody(SearchAsked):
    """The body of a search run; a key nobody knows is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class WhyBody(SearchBody):
    """The body of a "why not?": a search, and whom it should have found."""

    candidate_id: str


Body = TypeVar("Body", bound=SearchBody)


def read_body(kind: type[Body], body: bytes) -> Body:
    """Read a request's body. Raises `WrongCall` naming what is wrong."""
    try:
        return kind.model_validate_json(body)
    except ValidationError as error:
        raise WrongCall("; ".join(dict.fromkeys(map(_said, error.errors())))) from error


def _said(problem: Mapping[str, Any]) -> str:
    where = ".".join(map(str, problem["loc"])) or "body"
    if problem["type"] == "extra_forbidden":
        return f"unknown key {where}"
    return f"{where}: {problem['msg']}"
