"""Is it alive, and how far is it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from functions.edge import caller, ports

stats = Blueprint("stats", __name__)


@stats.get("/healthz")
def healthz() -> Any:
    """Answer without touching anything."""
    return {"ok": True}


@stats.get("/readyz")
def readyz() -> Any:
    """Answer once the store does: 503 while it does not."""
    from shared.access.pools import is_pool

    is_pool(ports(), "readyz")
    return {"ready": True}


@stats.get("/stats")
def get_stats() -> Any:
    """Count candidates by what they await and what each stage did, over all pools. For admins."""
    from shared.access import allow
    from shared.pipeline.backlog import stats as count_all

    allow(caller(request), "administer")
    return count_all(ports())
