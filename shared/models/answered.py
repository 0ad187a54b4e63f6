"""A request that was answered once, so that sending it again does nothing again."""

from __future__ import annotations

from shared.models.frozen import Frozen


class Answered(Frozen):
    """What a POST with an idempotency key was answered. The id is a keyed hash of caller and key; kept for a day."""

    id: str
    request: str  # hash of path, query and body
    at: str
    worker: str  # who answers it
    status: int | None = None  # null while it is being answered
    body: str | None = None  # null where it is not kept: it held a secret, or was too long
    media: str | None = None
    candidate_id: str | None = None  # whom the answer tells of: it goes when they are erased
