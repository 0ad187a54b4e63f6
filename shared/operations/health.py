"""How the whole installation is: what waits where and since when, what failed and why."""

from __future__ import annotations

from typing import Final, TypedDict

from shared.models.collections import IMPORTS, RECORDS
from shared.pipeline.backlog import failures, stats
from shared.ports import Ports
from shared.stages.table import ORDER

# kind -> what says how long a record has waited
_SINCE: Final = {"candidates": "updated_at", "documents": "created_at", "jobs": "created_at"}
_EXAMPLES: Final = 5


class StageReport(TypedDict):
    """How many records wait for a stage, since when the longest of them, and how many ended how."""

    kind: str
    stage: str
    waiting: int
    done: int
    skipped: int
    failed: int
    oldest: str | None


class FailureReport(TypedDict):
    """A reason records failed for, how often, and a few of their ids."""

    kind: str
    stage: str
    reason: str
    count: int
    ids: list[str]


class WaitingReport(TypedDict):
    """How many records await each stage, by kind, and how many imports their next step."""

    waiting: dict[str, dict[str, int]]
    imports: int
    total: int


def stage_health(ports: Ports) -> list[StageReport]:
    """Return, a kind and stage: how many wait, since when the longest of them, how many ended how."""
    reports: list[StageReport] = []
    for kind, stages in ORDER.items():
        counts = stats(ports, kind)
        for stage in stages:
            waiting = counts["awaiting"][stage]
            ended = counts["stages"][stage]
            oldest = _oldest(ports, kind, stage) if waiting else None
            reports.append(
                {
                    "kind": kind,
                    "stage": stage,
                    "waiting": waiting,
                    "done": ended["done"],
                    "skipped": ended["skipped"],
                    "failed": ended["failed"],
                    "oldest": oldest,
                }
            )
    return reports


def failures_by_reason(ports: Ports) -> list[FailureReport]:
    """Return every reason with how often it was met and a few ids, the most frequent first."""
    reports: dict[tuple[str, str, str], FailureReport] = {}
    for kind in ORDER:
        for failure in failures(ports, kind):
            stage, reason = failure["stage"], failure["reason"]
            new: FailureReport = {"kind": kind, "stage": stage, "reason": reason, "count": 0, "ids": []}
            report = reports.setdefault((kind, stage, reason), new)
            report["count"] += 1
            if len(report["ids"]) < _EXAMPLES:
                report["ids"].append(failure["id"])
    return sorted(reports.values(), key=_most_frequent_first)


def _most_frequent_first(report: FailureReport) -> tuple[int, str, str, str]:
    return -report["count"], report["kind"], report["stage"], report["reason"]


def queue_depth(ports: Ports) -> WaitingReport:
    """Return how many records await each stage, and how many imports their next step: all that queues can hold."""
    waiting = {kind: {stage: ports.store.count(kind, [("awaiting", "==", stage)]) for stage in stages}
               for kind, stages in ORDER.items()}  # fmt: skip
    imports = ports.store.count(IMPORTS, [("awaiting", "==", "import_rows")])
    return {
        "waiting": waiting,
        "imports": imports,
        "total": imports + sum(sum(each.values()) for each in waiting.values()),
    }


def _oldest(ports: Ports, kind: str, stage: str) -> str | None:
    since = _SINCE[kind]
    rows = ports.store.query(RECORDS[kind], [("awaiting", "==", stage)], order=since, limit=1, fields=(since,))
    if not rows:
        return None
    record = rows[0].data
    return record["updated_at"] if since == "updated_at" else record["created_at"]
