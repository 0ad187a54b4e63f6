"""What a repair will take, said before it begins."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from typing import Final

from shared.pipeline.backlog import average_tokens
from shared.ports import Ports
from shared.repair.finding import Finding
from shared.stages.table import ORDER, row_of

TEXTS_A_CALL: Final = 100  # an embedding service takes at most so many
TEXTS: Final = 4  # of a record


@dataclass(frozen=True)
class Reckoned:
    """`minutes` is None where neither a delay nor a quota says: the first batch will."""

    records: int
    calls: int
    tokens: int
    dollars: float
    minutes: float | None
    known: bool  # whether records of before give tokens and dollars


def reckon(
    ports: Ports, kind: str, findings: Iterable[Finding], batch_size: int, delay: float, per_minute: int
) -> Reckoned:
    """Reckon calls from the stages, tokens and dollars from what records recently used, minutes from the slower of
    the delay between records (then each is embedded by itself) and the quota."""
    order, size = ORDER[kind], 1 if delay else batch_size
    starts = [order.index(finding.stage) for finding in findings]
    calls = dollars = tokens = 0.0
    known = True
    for place, stage in enumerate(order):
        records = sum(start <= place for start in starts)
        embeds = ceil(size * TEXTS / TEXTS_A_CALL) / size
        calls += records * (embeds if stage == "embed" else row_of(kind, stage).calls)
        used = average_tokens(ports, kind, stage)
        free = not records or not row_of(kind, stage).calls or not ports.model.dollars(stage, 10**6, 10**6)
        known = known and (free or bool(sum(used.values())))
        tokens += records * (used["input"] + used["output"])
        dollars += ports.model.dollars(stage, round(records * used["input"]), round(records * used["output"]))
    calls = ceil(calls - 1e-9)
    waits = [len(starts) * delay / 60 if delay else 0.0, calls / per_minute if per_minute else 0.0]
    return Reckoned(len(starts), calls, round(tokens), dollars, max(waits) or None, known)
