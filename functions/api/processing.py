"""What is being worked on: how far, how fast, try again, stop."""

from __future__ import annotations

from typing import Any

from functions.audit import note
from functions.openapi.operation import limit, operation
from functions.parameters import number
from functions.request import caller, ports, reads, sight
from shared.access import allow
from shared.operations.progress import cancel_work, list_work, read_work, retry_work
from shared.views.operations import Work, WorkCancelled, WorkList, WorkRetried, work, work_list


@operation({200: WorkList}, query=(limit(20, 50),))
def get_work() -> WorkList:
    """List imports, bulk uploads and stages the caller may see: stages first, then the newest; `?limit=`."""
    allow(caller(), "search")
    return work_list(list_work(ports(), reads(), number("limit", 20, 1, 50)), sight())


@operation({200: Work})
def get_one(job_id: str) -> Work:
    """Say how far one is: counts, how many a minute, and in how many seconds it is done at that pace."""
    allow(caller(), "search")
    return work(read_work(ports(), reads(), job_id), sight())


@operation({202: WorkRetried}, refuses=(400,))
def retry(job_id: str) -> Any:
    """Try what failed of it again, in the background; of a stage what is in the caller's pools."""
    allow(caller(), "change")
    retried = retry_work(ports(), reads(), job_id)
    note("retry", job=job_id, records=retried)
    return WorkRetried(id=job_id, retried=retried), 202


@operation({202: WorkCancelled}, refuses=(400,))
def cancel(job_id: str) -> Any:
    """Let what has not begun not begin: it is failed as `cancelled`, and a retry brings it back."""
    allow(caller(), "change")
    cancelled = cancel_work(ports(), reads(), job_id)
    note("cancel", job=job_id, records=cancelled)
    return WorkCancelled(id=job_id, cancelled=cancelled), 202
