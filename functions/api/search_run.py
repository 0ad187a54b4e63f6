"""What a search over HTTP may ask: a file of its own, so that a health check does not wait for pydantic."""

from __future__ import annotations

from typing import TypeVar

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
        problems = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'body'}: {e['msg']}" for e in error.errors())
        raise WrongCall(problems) from error
