"""A task: stage, up to 50 ids, run id. Ids only, never personal data."""

from __future__ import annotations

from pydantic import Field

from shared.models.frozen import Frozen


class Task(Frozen):
    """A hint that these records await this stage; the documents are the truth."""

    kind: str = "candidates"
    stage: str
    ids: tuple[str, ...] = Field(max_length=50)
    run_id: str
    force: bool = False
