"""The endpoints of jobs and their matches."""

from __future__ import annotations

from typing import Any, Final

from pydantic import BaseModel, ConfigDict, Field

from functions.openapi.answers import Answer
from functions.openapi.operation import AFTER, FILE, JSON, POOL, Body, Operation, choice, json, limit, text
from shared.models.job import Job, Match


class JobSaid(BaseModel):
    """A job as it is sent. The names applicant systems use are understood as well; what is not is kept as `extra`."""

    model_config = ConfigDict(extra="allow")

    id: str | int | None = Field(None, description="Of the system it comes from.")
    position: str | None = None
    company: str | None = None
    location: str | None = None
    url: str | None = None
    tags: list[str] | str | None = None
    description: str | None = None
    seniority: str | None = None
    status: str | None = Field(None, description="open or closed.")
    extra: Any = None


class RefreshSaid(BaseModel):
    """What is to be matched anew: one job, one candidate, or all open jobs."""

    model_config = ConfigDict(extra="forbid", json_schema_extra={"maxProperties": 1})

    job_id: str = ""
    candidate_id: str = ""


class CandidateNamed(BaseModel):
    """A candidate by id."""

    candidate_id: str = Field(min_length=1)


class JobPage(Answer):
    """Jobs, newest first."""

    jobs: list[Job]
    next: str | None


class JobReject(Answer):
    """A record that could not be taken."""

    row: int
    line: int | None
    reason: str


class JobsTaken(Answer):
    """Where every record of a file of jobs went."""

    import_id: str
    pool: str
    filename: str
    rows: int
    created: int
    changed: int
    unchanged: int
    rejected: int
    rejects: list[JobReject]


class Applied(Answer):
    """Somebody's application."""

    job_id: str
    candidate_id: str


class MatchShown(Match):
    """A match with who or what stands on its other side."""

    candidate: dict[str, str | None] | None = None
    job: dict[str, str | None] | None = None


class MatchPage(Answer):
    """Matches, best first."""

    matches: list[MatchShown]
    next: str | None


class Queued(Answer):
    """How many records are matched anew."""

    queued: int


JOBS: Final[dict[str, Operation]] = {
    "jobs.create_job": Operation({200: Job, 201: Job}, query=(POOL,), body=json(JobSaid)),
    "jobs.import_jobs": Operation({201: JobsTaken}, query=(POOL, text("filename")), body=FILE),
    "jobs.list_jobs": Operation(
        {200: JobPage}, query=(POOL, choice("status", "open", "closed"), limit(50, 500), AFTER)
    ),
    "jobs.get_job": Operation({200: Job}),
    "jobs.put_job": Operation({200: Job}, body=json(JobSaid)),
    "jobs.delete_job": Operation({204: None}),
    "jobs.create_application": Operation(
        {200: Applied, 201: Applied},
        refuses=(410,),
        body=Body({"multipart/form-data": ("source_file",), JSON: CandidateNamed}),
    ),
    "matches.get_matches_of_job": Operation({200: MatchPage}, query=(limit(50, 200), AFTER)),
    "matches.get_matches_of_candidate": Operation({200: MatchPage}, query=(limit(50, 200), AFTER)),
    "matches.refresh_matches": Operation({202: Queued}, refuses=(404,), body=json(RefreshSaid, required=False)),
}
