"""What is being worked on: how far, how fast, try again, stop."""

from __future__ import annotations

from typing import Any

from functions.audit import note
from functions.parameters import number
from functions.request import caller, ports, reads
from shared.access import allow
from shared.operations.progress import cancel_work, list_work, read_work, retry_work


def get_work() -> Any:
    """List imports, bulk uploads and stages the caller may see: stages first, then the newest; `?limit=`."""
    allow(caller(), "search")
    return {"jobs": list_work(ports(), reads(), number("limit", 20, 1, 50))}


def get_one(job_id: str) -> Any:
    """Say how far one is: counts, how many a minute, and in how many seconds it is done at that pace."""
    allow(caller(), "search")
    return read_work(ports(), reads(), job_id)


def retry(job_id: str) -> Any:
    """Try what failed of it again, in the background; of a stage what is in the caller's pools."""
    allow(caller(), "change")
    moved = retry_work(ports(), reads(), job_id)
    note("retry", job=job_id, records=moved)
    return {"id": job_id, "retried": moved}, 202


def cancel(job_id: str) -> Any:
    """Let what has not begun not begin: it is failed as `cancelled`, and a retry brings it back."""
    allow(caller(), "change")
    stopped = cancel_work(ports(), reads(), job_id)
    note("cancel", job=job_id, records=stopped)
    return {"id": job_id, "cancelled": stopped}, 202
