"""Is it alive, and how far is it."""

from __future__ import annotations

from typing import Any

from functions.request import caller, ports
from shared.access import allow
from shared.access.pools import is_pool
from shared.pipeline.backlog import stats as count_all


def readyz() -> Any:
    """Answer once the store does: 503 while it does not."""
    is_pool(ports(), "readyz")
    return {"ready": True}


def get_stats() -> Any:
    """Count candidates by what they await and what each stage did, over all pools. For admins."""
    allow(caller(), "administer")
    return count_all(ports())
