"""Whether the store answers, and how far everything is; the health check itself is in functions/app.py."""

from __future__ import annotations

from typing import Any

from functions.openapi.operation import operation
from functions.request import caller, ports
from shared.access import allow
from shared.access.pools import is_pool
from shared.pipeline.backlog import stats
from shared.views.installation import Ready, Stats


@operation({200: Ready}, public=True)
def readyz() -> Ready:
    """Answer once the store does: 503 while it does not."""
    is_pool(ports(), "readyz")
    return Ready(ready=True)


@operation({200: Stats})
def get_stats() -> Stats:
    """Count candidates by what they await and what each stage did, over all pools. For admins."""
    allow(caller(), "administer")
    counts: Any = stats(ports())
    return Stats(**counts)
