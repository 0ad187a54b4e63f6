"""What a recruiter wrote down about a person."""

from __future__ import annotations

from shared.models.frozen import Frozen


class Note(Frozen):
    """A note on a record. Not read by any model, and never part of a score."""

    id: str
    candidate_id: str  # the record it was written on, which may have joined another since
    pool: str
    author: str  # uid
    text: str
    at: str
