"""The whole installation, for administrators: everybody over all pools, stages, failures, costs, what waits."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import request

from functions.api.candidates import browsed
from functions.parameters import number
from functions.request import caller, ports
from shared.access import allow
from shared.operations.health import failures_by_reason, queue_depth, stage_health
from shared.pipeline.usage import usage_by_day


def get_all_candidates() -> Any:
    """List candidates over all pools, as `/api/candidates/` lists one's own."""
    _administrator()
    return browsed(request.args.get("pool"))


def get_stages() -> Any:
    """Say of every stage how many records wait and since when, and how many ended how."""
    _administrator()
    return {"stages": stage_health(ports())}


def get_failures() -> Any:
    """List why records failed, the most frequent reason first, with a few ids each."""
    _administrator()
    return {"failures": failures_by_reason(ports())}


def get_usage() -> Any:
    """Sum tokens and dollars by day and stage, the newest day first: `?days=`. Searches are not among them."""
    _administrator()
    days = number("days", 30, 1, 366)
    since = datetime.fromisoformat(ports().now()) - timedelta(days=days - 1)
    return {"usage": usage_by_day(ports(), since.strftime("%Y-%m-%d"))}


def get_queue() -> Any:
    """Say how many records await each stage: queues hold nothing that does not stand there."""
    _administrator()
    return queue_depth(ports())


def _administrator() -> None:
    allow(caller(), "administer")
