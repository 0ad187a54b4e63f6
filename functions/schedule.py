"""The functions Cloud Scheduler calls: the sweep of due and stale records, and the daily cleanup."""

from __future__ import annotations

from typing import Any, Final

from flask import Request, Response

from functions.callers import check_signature
from functions.problems import respond
from functions.runtime import LazyFunction, Runtime
from shared.jobs.match_lists import refresh_out_of_date
from shared.operations.backfill import backfill as queue_backfill

BACKFILL: Final = "backfill"  # deployed names
CLEANUP: Final = "cleanup"
_clean_up = LazyFunction("functions.cleanup", "clean_up")  # it loads half of the product, and runs once a day


def backfill(runtime: Runtime, request: Request) -> Response:
    """Queue what is due, then what is stale, then matches out of date, within a run's calls and dollars."""
    return respond(_backfill, runtime, request)


def cleanup(runtime: Runtime, request: Request) -> Response:
    """Do the daily cleanup; the answer counts what was done."""
    return respond(_cleanup, runtime, request)


def _backfill(runtime: Runtime, request: Request) -> dict[str, Any]:
    check_signature(runtime, request, BACKFILL)
    settings = runtime.settings
    queued = queue_backfill(runtime.ports, settings.backfill_calls, settings.backfill_dollars)
    return {**queued, "matches": refresh_out_of_date(runtime.ports)}


def _cleanup(runtime: Runtime, request: Request) -> dict[str, Any]:
    check_signature(runtime, request, CLEANUP)
    counts: dict[str, Any] = _clean_up(runtime)
    return counts
