"""What a search over HTTP may ask: a file of its own, so that a health check does not wait for pydantic."""

from __future__ import annotations

from pydantic import ConfigDict

from shared.models.search_run import SearchAsked


class SearchBody(SearchAsked):
    """The body of a search run; a key nobody knows is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class WhyBody(SearchBody):
    """The body of a "why not?": a search, and whom it should have found."""

    candidate_id: str
