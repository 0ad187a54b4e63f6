"""What requests of duties may say: a file of its own, so that a health check does not wait for pydantic."""

from __future__ import annotations

from pydantic import StrictBool, StrictInt

from functions.api.bodies import Body


class RulesBody(Body):
    """A pool's rules; what is not named stays."""

    retention_days: dict[str, StrictInt] | None = None  # kind of source to days
    blind: StrictBool | None = None


class SelfBody(Body):
    """What a person says of themselves; what is not named is not kept."""

    gender: str | None = None
    ethnicity: str | None = None
    age_group: str | None = None
    disability: str | None = None
