"""Scheduler's door: sweep what documents still await and what is stale, as far as a run's calls and dollars reach."""

from __future__ import annotations

from typing import Any, Final

from flask import Request

from functions.edge import check_signature, endpoint, ports, settings

DEPLOYED: Final = "backfill"


@endpoint
def backfill(request: Request) -> Any:
    """Queue what is due, then what is stale, then matches out of date; the answer says what was queued and left."""
    from shared.jobs.match_lists import refresh_out_of_date
    from shared.operations.backfill import backfill as run

    check_signature(request, DEPLOYED)
    swept = run(ports(), settings().backfill_calls, settings().backfill_dollars)
    return {**swept, "matches": refresh_out_of_date(ports())}
