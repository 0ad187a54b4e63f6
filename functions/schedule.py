"""Functions Cloud Scheduler calls: the sweep of due and stale records, and the daily cleanup."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from flask import Request

from functions.edge import check_signature, endpoint, ports, settings

BACKFILL: Final = "backfill"  # deployed names
CLEANUP: Final = "cleanup"
_GIVE_UP_AFTER: Final = timedelta(days=2)  # Eventarc tries for one
_FORGET_AFTER: Final = timedelta(days=90)


@endpoint
def backfill(request: Request) -> Any:
    """Queue what is due, then what is stale, then matches out of date; the answer says what was queued and left."""
    from shared.jobs.match_lists import refresh_out_of_date
    from shared.operations.backfill import backfill as run

    check_signature(request, BACKFILL)
    swept = run(ports(), settings().backfill_calls, settings().backfill_dollars)
    return {**swept, "matches": refresh_out_of_date(ports())}


@endpoint
def cleanup(request: Request) -> Any:
    """Do what a day asks for, and say what was done."""
    check_signature(request, CLEANUP)
    return clean_up()


def clean_up() -> dict[str, Any]:
    """Forget uploads that ended 90 days ago, and previews and kept answers of yesterday; fail uploads nobody took in
    two days; end erasures that wait for a reader; remove what the pools' rules and the settings keep no longer."""
    from shared.access.idempotency import forget_answers
    from shared.imports.previews import forget_previews
    from shared.imports.uploads import forget, give_up
    from shared.models.caller import Caller
    from shared.privacy.erase import finish_erasures
    from shared.privacy.retention import Keep, retention
    from shared.wiring import dropped_files

    now, known = ports().now(), settings()
    keep = Keep(search_runs=known.keep_runs_days, audit=known.keep_audit_days)
    return {
        "forgotten": forget(ports(), _before(now, _FORGET_AFTER)),
        "given_up": give_up(ports(), _before(now, _GIVE_UP_AFTER)),
        "previews": forget_previews(ports(), _before(now, timedelta(days=1))),
        "answers": forget_answers(ports()),
        "erasures_ended": finish_erasures(ports()),
        "expired": retention(ports(), Caller(uid=CLEANUP), keep, True, dropped_files(known, ports()))["due"],
    }


def _before(now: str, by: timedelta) -> str:
    return (datetime.fromisoformat(now) - by).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
