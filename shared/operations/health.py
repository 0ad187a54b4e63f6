"""How the whole installation is: what waits where and since when, what failed and why."""

from __future__ import annotations

from typing import Any, Final

from shared.pipeline.backlog import failures, stats
from shared.ports import Data, Ports
from shared.stages.table import ORDER

# kind -> what says how long a record has waited
_SINCE: Final = {"candidates": "updated_at", "documents": "created_at", "jobs": "created_at"}
_EXAMPLES: Final = 5


def stage_health(ports: Ports) -> list[Data]:
    """Return, a kind and stage: how many wait, since when the longest of them, how many ended how."""
    found = []
    for kind, stages in ORDER.items():
        counted = stats(ports, kind)
        for stage in stages:
            waiting = counted["awaiting"][stage]
            found.append({"kind": kind, "stage": stage, "waiting": waiting, **counted["stages"][stage],
                          "oldest": _oldest(ports, kind, stage) if waiting else None})  # fmt: skip
    return found


def failures_by_reason(ports: Ports) -> list[Data]:
    """Return every reason with how often it was met and a few ids, the most frequent first."""
    found: dict[tuple[str, str, str], Data] = {}
    for kind in ORDER:
        for each in failures(ports, kind):
            key = (kind, each["stage"], each["reason"])
            entry = found.setdefault(key, {"kind": kind, "stage": key[1], "reason": key[2], "count": 0, "ids": []})
            entry["count"] += 1
            if len(entry["ids"]) < _EXAMPLES:
                entry["ids"].append(each["id"])
    return sorted(found.values(), key=lambda entry: (-entry["count"], entry["kind"], entry["stage"], entry["reason"]))


def queue_depth(ports: Ports) -> Data:
    """Return how many records await each stage, and how many imports their next step: all that queues can hold."""
    waiting = {kind: {stage: ports.store.count(kind, [("awaiting", "==", stage)]) for stage in stages}
               for kind, stages in ORDER.items()}  # fmt: skip
    imports = ports.store.count("imports", [("awaiting", "==", "import_rows")])
    return {
        "waiting": waiting,
        "imports": imports,
        "total": imports + sum(sum(each.values()) for each in waiting.values()),
    }


def _oldest(ports: Ports, kind: str, stage: str) -> str | None:
    where: Any = [("awaiting", "==", stage)]
    rows = ports.store.query(kind, where, order=_SINCE[kind], limit=1, fields=(_SINCE[kind],))
    return str(rows[0].data[_SINCE[kind]]) if rows else None
