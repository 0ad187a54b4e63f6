"""A task: stage, up to 50 ids, run id. Ids only, never personal data."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from shared.models.frozen import Frozen


class Task(Frozen):
    """A hint that these records await this stage; the documents are the truth."""

    kind: Annotated[str, "collection of the records", "candidates"] = "candidates"
    stage: Annotated[str, "what to do", "classify"]
    ids: Annotated[tuple[str, ...], "at most 50; ids only, never personal data", '["9f2c41d07ab35e6688c1"]'] = Field(
        max_length=50
    )
    run_id: Annotated[str, "what was queued together", "a41f09c2b7d0"]
    force: Annotated[bool, "do it even when input and recipe are the same", "false"] = False
