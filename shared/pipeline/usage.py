"""Tokens and dollars by day and stage, written down a task, so that nobody reads every record to add them up."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence
from typing import Final
from zlib import crc32

from shared.errors import Retryable
from shared.models.candidate import Tokens
from shared.models.task import Task
from shared.ports import Create, Data, Ports, Update, Write
from shared.retry import write_until_accepted

_SHARDS: Final = 64  # documents a day and stage: workers seldom write the same one at the same time
_NUMBERS: Final = ("records", "input", "output", "dollars")
log = logging.getLogger("shortlist.usage")


def note_usage(ports: Ports, task: Task, used: Sequence[Tokens]) -> None:
    """Add what a task used to its day's sum; a task that used nothing writes nothing."""
    tokens = (sum(each.input for each in used), sum(each.output for each in used))
    if not any(tokens):
        return
    day, shard = ports.now()[:10], crc32(ports.worker.name.encode()) % _SHARDS
    asked = sum(bool(each.input or each.output) for each in used)
    added = dict(zip(_NUMBERS, (asked, *tokens, ports.model.dollars(task.stage, *tokens)), strict=True))
    id_ = f"{day}~{task.kind}~{task.stage}~{shard}"

    def build() -> tuple[list[Write], None]:
        row = ports.store.get("usage", [id_]).get(id_)
        if row is None:
            new: Data = {"id": id_, "day": day, "kind": task.kind, "stage": task.stage, **added}
            return [Create("usage", id_, new)], None
        sums = {name: row.data[name] + added[name] for name in _NUMBERS}
        return [Update("usage", id_, sums, row.version)], None

    try:
        write_until_accepted(ports.store, build, "usage")
    except Retryable:
        log.error("usage of %s run %s is not written down: others wrote all the time", task.stage, task.run_id)


def usage_by_day(ports: Ports, since: str) -> list[Data]:
    """Return the sums since that day (`2026-11-01`), the newest day first, a day and stage each."""
    sums: dict[tuple[str, str, str], dict[str, float]] = defaultdict(lambda: dict.fromkeys(_NUMBERS, 0))
    for row in ports.store.query("usage", [("day", ">=", since)]):
        found = sums[row.data["day"], row.data["kind"], row.data["stage"]]
        for name in _NUMBERS:
            found[name] += row.data[name]
    return [{"day": day, "kind": kind, "stage": stage, **found}
            for (day, kind, stage), found in sorted(sums.items(), reverse=True)]  # fmt: skip
