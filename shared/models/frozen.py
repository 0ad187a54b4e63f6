"""What every record is: a frozen pydantic model that knows nothing of storage."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """A record. Unknown fields are ignored, so that a document written by a newer version still reads."""

    model_config = ConfigDict(frozen=True, extra="ignore")
