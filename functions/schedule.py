"""The functions Cloud Scheduler calls: the sweep of due and stale records, and the daily cleanup."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from flask import Request, Response

from functions.callers import check_signature
from functions.problems import respond
from functions.runtime import Runtime
from shared.access.idempotency import forget_answers
from shared.imports.previews import delete_previews
from shared.imports.uploads import delete_ended, fail_abandoned
from shared.jobs.match_lists import refresh_out_of_date
from shared.models.caller import Caller
from shared.operations.backfill import backfill as queue_backfill
from shared.privacy.erase import finish_erasures
from shared.privacy.retention import Keep, retention
from shared.wiring import dropped_files

BACKFILL: Final = "backfill"  # deployed names
CLEANUP: Final = "cleanup"
_GIVE_UP_AFTER: Final = timedelta(days=2)  # Eventarc tries for one
_FORGET_AFTER: Final = timedelta(days=90)
_PREVIEW_LASTS: Final = timedelta(days=1)


def backfill(runtime: Runtime, request: Request) -> Response:
    """Queue what is due, then what is stale, then matches out of date, within a run's calls and dollars."""
    return respond(_backfill, runtime, request)


def cleanup(runtime: Runtime, request: Request) -> Response:
    """Do the daily cleanup; the answer counts what was done."""
    return respond(_cleanup, runtime, request)


def clean_up(runtime: Runtime) -> dict[str, Any]:
    """Forget uploads that ended 90 days ago and previews and kept answers of yesterday.

    Fails uploads nobody took in two days, ends erasures that wait for a reader, and removes what the rules of the
    pools and the settings no longer keep.
    """
    ports, settings = runtime.ports, runtime.settings
    now = ports.now()
    keep = Keep(search_runs=settings.keep_runs_days, audit=settings.keep_audit_days)
    return {
        "forgotten": delete_ended(ports, _before(now, _FORGET_AFTER)),
        "given_up": fail_abandoned(ports, _before(now, _GIVE_UP_AFTER)),
        "previews": delete_previews(ports, _before(now, _PREVIEW_LASTS)),
        "answers": forget_answers(ports),
        "erasures_ended": finish_erasures(ports),
        "expired": retention(ports, Caller(uid=CLEANUP), keep, True, dropped_files(settings, ports))["due"],
    }


def _backfill(runtime: Runtime, request: Request) -> dict[str, Any]:
    check_signature(runtime, request, BACKFILL)
    settings = runtime.settings
    queued = queue_backfill(runtime.ports, settings.backfill_calls, settings.backfill_dollars)
    return {**queued, "matches": refresh_out_of_date(runtime.ports)}


def _cleanup(runtime: Runtime, request: Request) -> dict[str, Any]:
    check_signature(runtime, request, CLEANUP)
    return clean_up(runtime)


def _before(now: str, by: timedelta) -> str:
    return (datetime.fromisoformat(now) - by).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
