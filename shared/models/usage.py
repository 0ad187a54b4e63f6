"""What models were asked and what it cost, by day."""

from __future__ import annotations

from shared.models.frozen import Frozen


class Usage(Frozen):
    """What one worker used in one stage on one day. Workers share a document now and then; the sum is what counts."""

    id: str
    day: str  # UTC
    kind: str  # of record
    stage: str
    records: int
    input: int  # tokens
    output: int
    dollars: float  # at the prices of the time
