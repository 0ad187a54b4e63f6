"""A stored job as a search: what it asks for was read, and embedded, when it came in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from shared.access import Reads
from shared.errors import WrongCall
from shared.models.caller import Caller
from shared.models.requirements import Requirements
from shared.ports import Data, Ports
from shared.search.request import Search

_PARTS: Final = ("title", "seniority", "location", "description")


def search_for_job(ports: Ports, job_id: str, caller: Caller, options: Mapping[str, Any]) -> Search:
    """Return the search for a job, in the job's own pool unless the filters name another.

    A job no stage has read yet is read now. Raises `NotFound`, and `WrongCall` for a job that says nothing.
    """
    job = Reads(ports, caller).one("jobs", job_id).data
    where = {"pool": job["pool"], **(options.get("where") or {})}
    text = job_text(job)
    if not text:
        raise WrongCall(f"job {job_id} has no title and no description")
    read = job.get("enrichment")
    wanted = Requirements.model_validate({**read, "text": text}) if read else None
    return Search(job_text="" if wanted else text, wanted=wanted, **{**options, "where": where})


def job_text(job: Data) -> str:
    """Return the words a job is searched by, its title first."""
    return "\n".join(part for name in _PARTS if (part := (job.get(name) or "").strip()))
