"""The whole installation, for administrators: everybody over all pools, stages, failures, costs, what waits."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import request

from functions.api.candidate_lists import FILTERS, browse_candidates
from functions.openapi.operation import AFTER, VIEW, integer, limit, operation
from functions.parameters import number
from functions.request import caller, ports, reads, sight
from shared.access import allow
from shared.operations.health import failures_by_reason, queue_depth, stage_health
from shared.people.across_pools import people_of_all_pools
from shared.pipeline.usage import usage_by_day
from shared.views.candidates import CandidatePage
from shared.views.installation import People, people_page
from shared.views.operations import Failures, QueueDepth, StageHealths, UsageByDay


@operation({200: CandidatePage}, query=FILTERS)
def get_all_candidates() -> CandidatePage:
    """List candidates over all pools, as `/api/candidates/` lists one's own."""
    _check_administrator()
    return browse_candidates(request.args.get("pool"))


@operation({200: StageHealths})
def get_stages() -> StageHealths:
    """Say of every stage how many records wait and since when, and how many ended how."""
    _check_administrator()
    stages: Any = stage_health(ports())
    return StageHealths(stages=stages)


@operation({200: Failures})
def get_failures() -> Failures:
    """List why records failed, the most frequent reason first, with a few ids each."""
    _check_administrator()
    failures: Any = failures_by_reason(ports())
    return Failures(failures=failures)


@operation({200: UsageByDay}, query=(integer("days", 30, 1, 366, "Up to today."),))
def get_usage() -> UsageByDay:
    """Sum tokens and dollars by day and stage, the newest day first: `?days=`. Searches are not among them."""
    _check_administrator()
    days = number("days", 30, 1, 366)
    since = datetime.fromisoformat(ports().now()) - timedelta(days=days - 1)
    usage: Any = usage_by_day(ports(), since.strftime("%Y-%m-%d"))
    return UsageByDay(usage=usage)


@operation({200: QueueDepth})
def get_queue() -> QueueDepth:
    """Say how many records await each stage: queues hold nothing that does not stand there."""
    _check_administrator()
    return QueueDepth(**queue_depth(ports()))


@operation({200: People}, query=(limit(50, 200), AFTER, VIEW))
def get_people() -> People:
    """List people with all their records, by id: `?limit=&after=` (the last answer's `next`)."""
    people, end = people_of_all_pools(ports(), reads(), number("limit", 50, 1, 200), request.args.get("after"))
    return people_page(people, end, sight())


def _check_administrator() -> None:
    allow(caller(), "administer")
