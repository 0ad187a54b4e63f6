"""Scheduler's door: sweep what documents still await and what is stale, as far as a run's calls and dollars reach."""

from __future__ import annotations

from typing import Any, Final

from flask import Request

from functions.edge import check_signature, endpoint, ports, settings

DEPLOYED: Final = "backfill"


@endpoint
def backfill(request: Request) -> Any:
    """Queue what is due, then what is stale; the answer says what was queued, what was left, and why."""
    from shared.backfill import backfill as run

    check_signature(request, DEPLOYED)
    return run(ports(), settings().backfill_calls, settings().backfill_dollars)
