"""Is it alive, and how far is it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from functions.edge import ports

stats = Blueprint("stats", __name__)


@stats.get("/healthz")
def healthz() -> Any:
    """Answer without touching anything."""
    return {"ok": True}


@stats.get("/stats")
def get_stats() -> Any:
    """Count candidates by what they await and what each stage did."""
    from shared.backlog import stats as count_all

    return count_all(ports())
