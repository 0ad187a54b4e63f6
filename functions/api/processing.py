"""What is being worked on: how far, how fast, try again, stop."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from functions.edge import caller, number, ports, reads

processing = Blueprint("processing", __name__, url_prefix="/api/processing/jobs")


@processing.get("/")
def get_work() -> Any:
    """List imports, bulk uploads and stages the caller may see: stages first, then the newest; `?limit=`."""
    from shared.access import allow
    from shared.operations.progress import list_work

    allow(caller(request), "search")
    return {"jobs": list_work(ports(), reads(request), number(request, "limit", 20, 1, 50))}


@processing.get("/<job_id>/")
def get_one(job_id: str) -> Any:
    """Say how far one is: counts, how many a minute, and in how many seconds it is done at that pace."""
    from shared.access import allow
    from shared.operations.progress import read_work

    allow(caller(request), "search")
    return read_work(ports(), reads(request), job_id)


@processing.post("/<job_id>/retry/")
def retry(job_id: str) -> Any:
    """Try what failed of it again, in the background; of a stage what is in the caller's pools."""
    from functions.audited import note
    from shared.access import allow
    from shared.operations.progress import retry_work

    allow(caller(request), "change")
    moved = retry_work(ports(), reads(request), job_id)
    note(request, "retry", job=job_id, records=moved)
    return {"id": job_id, "retried": moved}, 202


@processing.post("/<job_id>/cancel/")
def cancel(job_id: str) -> Any:
    """Let what has not begun not begin: it is failed as `cancelled`, and a retry brings it back."""
    from functions.audited import note
    from shared.access import allow
    from shared.operations.progress import cancel_work

    allow(caller(request), "change")
    stopped = cancel_work(ports(), reads(request), job_id)
    note(request, "cancel", job=job_id, records=stopped)
    return {"id": job_id, "cancelled": stopped}, 202
