"""Tokens and dollars by day and stage, written down a task, so that nobody reads every record to add them up."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, TypedDict, cast
from zlib import crc32

from shared.errors import Retryable
from shared.models.candidate import Tokens
from shared.models.collections import USAGE
from shared.models.task import Task
from shared.ports import Create, Ports, Update, Write
from shared.retry import write_until_accepted

if TYPE_CHECKING:
    from shared.models.documents.access import UsageDocument

_SHARDS: Final = 64  # documents a day and stage: workers seldom write the same one at the same time
log = logging.getLogger("shortlist.usage")


class UsageSum(TypedDict):
    """What was used: records a model was asked about, tokens, dollars."""

    records: int
    input: int
    output: int
    dollars: float


class StageUsage(UsageSum):
    """What one stage used on one day."""

    day: str
    kind: str
    stage: str


_NOTHING: Final = UsageSum(records=0, input=0, output=0, dollars=0)


def note_usage(ports: Ports, task: Task, used: Sequence[Tokens]) -> None:
    """Add what a task used to its day's sum; a task that used nothing writes nothing."""
    tokens = (sum(each.input for each in used), sum(each.output for each in used))
    if not any(tokens):
        return
    day, shard = ports.now()[:10], crc32(ports.worker.name.encode()) % _SHARDS
    added: UsageSum = {
        "records": sum(bool(each.input or each.output) for each in used),
        "input": tokens[0],
        "output": tokens[1],
        "dollars": ports.model.dollars(task.stage, *tokens),
    }
    id_ = f"{day}~{task.kind}~{task.stage}~{shard}"

    def build() -> tuple[list[Write], None]:
        row = ports.store.get(USAGE, [id_]).get(id_)
        if row is None:
            new: UsageDocument = {"id": id_, "day": day, "kind": task.kind, "stage": task.stage, **added}
            return [Create(USAGE, id_, new)], None
        return [Update(USAGE, id_, cast("UsageDocument", _sum(row.data, added)), row.version)], None

    try:
        write_until_accepted(ports.store, build, "usage")
    except Retryable:
        log.error("usage of %s run %s is not written down: others wrote all the time", task.stage, task.run_id)


def usage_by_day(ports: Ports, since: str) -> list[StageUsage]:
    """Return the sums since that day (`2026-11-01`), the newest day first, a day and stage each."""
    sums: dict[tuple[str, str, str], UsageSum] = {}
    for row in ports.store.query(USAGE, [("day", ">=", since)]):
        key = (row.data["day"], row.data["kind"], row.data["stage"])
        sums[key] = _sum(row.data, sums.get(key, _NOTHING))
    return [
        {"day": day, "kind": kind, "stage": stage, **sums[day, kind, stage]}
        for day, kind, stage in sorted(sums, reverse=True)
    ]


def _sum(one: UsageDocument, other: UsageSum) -> UsageSum:
    return {
        "records": one["records"] + other["records"],
        "input": one["input"] + other["input"],
        "output": one["output"] + other["output"],
        "dollars": one["dollars"] + other["dollars"],
    }
