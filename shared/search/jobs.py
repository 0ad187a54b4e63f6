"""A stored job as a search: what it asks for was read, and embedded, when it came in."""

from __future__ import annotations

from collections.abc import Mapping

from shared.access import Reads
from shared.errors import InvalidRequest
from shared.models.caller import Caller
from shared.models.collections import JOBS
from shared.ports import Ports
from shared.search.request.offer import job_text, job_vectors, requirements_of
from shared.search.request.request import Search, SearchOptions


def search_for_job(ports: Ports, job_id: str, caller: Caller, options: SearchOptions) -> Search:
    """Return the search for a job, in the job's own pool unless the filters name another.

    A job no stage has read yet is read now. Raises `NotFound`, and `InvalidRequest` for a job that says nothing.
    """
    job = Reads(ports, caller).one(JOBS, job_id).data
    where: Mapping[str, str] = {"pool": job["pool"], **(options.get("where") or {})}
    in_pool: SearchOptions = {**options, "where": where}
    text, wanted = job_text(job), requirements_of(job)
    if not text:
        raise InvalidRequest(f"job {job_id} has no title and no description")
    vectors = job_vectors(ports, job_id) if wanted else None
    return Search(job_text="" if wanted else text, wanted=wanted, vectors=vectors, **in_pool)
