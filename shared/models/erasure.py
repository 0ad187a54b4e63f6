"""What stays of somebody who was erased: a receipt without them, and hashes that keep them out."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from shared.models.frozen import Frozen


class Erasure(Frozen):
    """The receipt of an erasure: where something was removed, and how much. No personal data."""

    id: str  # the random id the person had
    pool: str
    asked_by: str
    at: str
    state: Literal["erasing", "purging", "done"]  # purging: gone, but remains may be in the store's own files
    places: dict[str, int] = Field(default_factory=dict)  # place -> records, rows or files
    notes: tuple[str, ...] = ()  # what is outside of our reach
    done_at: str | None = None
