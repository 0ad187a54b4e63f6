"""The whole installation, for administrators: everybody over all pools, stages, failures, costs, what waits."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import Blueprint, request

from functions.edge import caller, number, ports

admin = Blueprint("admin", __name__, url_prefix="/api/admin")


@admin.get("/candidates/")
def get_all_candidates() -> Any:
    """List candidates over all pools, as `/api/candidates/` lists one's own."""
    from functions.api.candidates import browsed

    _administrator()
    return browsed(request.args.get("pool"))


@admin.get("/stages/")
def get_stages() -> Any:
    """Say of every stage how many records wait and since when, and how many ended how."""
    from shared.operations.health import stage_health

    _administrator()
    return {"stages": stage_health(ports())}


@admin.get("/failures/")
def get_failures() -> Any:
    """List why records failed, the most frequent reason first, with a few ids each."""
    from shared.operations.health import failures_by_reason

    _administrator()
    return {"failures": failures_by_reason(ports())}


@admin.get("/usage/")
def get_usage() -> Any:
    """Sum tokens and dollars by day and stage, the newest day first: `?days=`. Searches are not among them."""
    from shared.pipeline.usage import usage_by_day

    _administrator()
    days = number(request, "days", 30, 1, 366)
    since = datetime.fromisoformat(ports().now()) - timedelta(days=days - 1)
    return {"usage": usage_by_day(ports(), since.strftime("%Y-%m-%d"))}


@admin.get("/queue/")
def get_queue() -> Any:
    """Say how many records await each stage: queues hold nothing that does not stand there."""
    from shared.operations.health import queue_depth

    _administrator()
    return queue_depth(ports())


def _administrator() -> None:
    from shared.access import allow

    allow(caller(request), "administer")
