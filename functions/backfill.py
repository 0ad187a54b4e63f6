"""Scheduler's door: sweep what documents still await and what is stale."""

from __future__ import annotations

from typing import Any

from flask import Request

from functions.edge import endpoint, ports


@endpoint
def backfill(_request: Request) -> Any:
    """Bring in what is stale and queue all that is due."""
    from shared.backlog import bring_in_stale, sweep

    return {"stale": bring_in_stale(ports()), "queued": sweep(ports())}
