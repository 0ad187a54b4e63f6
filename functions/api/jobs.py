"""Jobs over HTTP: one by one or a file of them, and applications for one."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from flask import request
from pydantic import BaseModel, ConfigDict, Field
from werkzeug.datastructures import FileStorage

from functions.audit import note
from functions.openapi.operation import AFTER, FILE, FORM, JSON, POOL, Body, choice, limit, operation, text
from functions.parameters import json_object
from functions.request import caller, newest, pool_to_change, ports, reads, settings, sight
from shared.access import allow, sees_pool
from shared.cv_files.receive import owners_of, read_document_record, receive, state_of, why_failed
from shared.errors import InvalidRequest, NotAllowed
from shared.jobs import jobs as core
from shared.jobs.applications import apply
from shared.models.collections import CANDIDATES, JOBS
from shared.models.job import Job
from shared.models.values import without
from shared.operations.dispatch import work_now
from shared.pipeline.backlog import queue_due, sweep
from shared.views.jobs import JobApplication, JobImport, JobPage, job_import

if TYPE_CHECKING:
    from shared.models.documents.jobs import JobDocument

_STATUSES: Final = ("open", "closed")
_HIDDEN: Final = ("stages", "lease", "embedding")  # the bookkeeping of a job's stages
_MEGABYTE: Final = 1_000_000


class JobBody(BaseModel):
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


class CandidateBody(BaseModel):
    """A candidate by id."""

    candidate_id: str = Field(min_length=1)


@operation({200: Job, 201: Job}, query=(POOL,), body=Body({JSON: JobBody}))
def create_job() -> Any:
    """Take one job as JSON (id, company, position, location, url, tags, description, seniority …; `?pool=`)."""
    pool = _pool()
    job, effect = core.create_job(ports(), pool, _facts())
    _queue(job)
    return _shown(job), 201 if effect == "created" else 200


@operation({201: JobImport}, query=(POOL, text("filename")), body=FILE)
def import_jobs() -> Any:
    """Take a file of jobs, sent as multipart `file` or as the body: CSV, XLSX or JSON lines; `?pool=`."""
    pool, sent = _pool(), request.files.get("file")
    stream = BytesIO(sent.stream.read() if sent else request.get_data())
    filename = (sent.filename if sent else None) or request.args.get("filename") or "jobs"
    counts = core.import_jobs(ports(), stream, filename, pool, settings().max_file_mb * _MEGABYTE)
    sweep(ports(), "jobs")
    return job_import(counts, sight()), 201


@operation({200: JobPage}, query=(POOL, choice("status", *_STATUSES), limit(50, 500), AFTER))
def list_jobs() -> JobPage:
    """List the jobs of the caller's pools, newest first: `?pool=&status=&limit=&after=` (the last answer's `next`)."""
    status = request.args.get("status")
    if status and status not in _STATUSES:
        raise InvalidRequest(f"status={status!r}: one of {', '.join(_STATUSES)}")
    filters = {"pool": request.args.get("pool"), "status": status}
    where: list[Any] = [(name, "==", value) for name, value in filters.items() if value]
    rows, end = newest(JOBS, where)
    shown: list[Any] = [_shown(row.data) for row in rows]
    return JobPage(jobs=shown, next=end)


@operation({200: Job})
def get_job(job_id: str) -> Any:
    """Return one job with what was read of it."""
    return _shown(reads().one(JOBS, job_id).data)


@operation({200: Job}, body=Body({JSON: JobBody}))
def put_job(job_id: str) -> Any:
    """Let a job say exactly this; what is left out is empty. `{"status": "closed"}` alone closes it."""
    _job_to_change(job_id)
    facts = _facts()
    if facts.status and facts == type(facts)(status=facts.status):
        job = core.set_status(ports(), job_id, facts.status)
    else:
        job = core.replace_job(ports(), job_id, facts)
    _queue(job)
    return _shown(job)


@operation({204: None})
def delete_job(job_id: str) -> Any:
    """Remove a job with its vectors and matches."""
    _job_to_change(job_id)
    core.delete_job(ports(), job_id)
    return "", 204


@operation(
    {200: JobApplication, 201: JobApplication},
    refuses=(410,),
    body=Body({FORM: ("source_file",), JSON: CandidateBody}),
)
def create_application(job_id: str) -> Any:
    """Let somebody apply: a CV as multipart `source_file`, or JSON `{"candidate_id": …}`. They join the job's pool."""
    job = _job_to_change(job_id)
    sent = request.files.get("source_file")
    applicant = _owner_of_cv(job["pool"], sent) if sent else _candidate_of_body()
    candidate_id, new = apply(ports(), job, applicant)
    note("apply", [candidate_id], job=job_id)
    return JobApplication(job_id=job_id, candidate_id=candidate_id), 201 if new else 200


def _owner_of_cv(pool: str, sent: FileStorage) -> str:
    """Take the CV in and return whose it is. Raises `InvalidRequest` for one that cannot be read."""
    limit = settings().max_cv_mb * _MEGABYTE
    document, _ = receive(ports(), sent.stream.read(), sent.filename or "cv", pool, limit)
    if state_of(document) != "SUCCESS":
        work_now(ports(), "documents", [document["id"]])
        document = read_document_record(ports(), document["id"])
    owner = owners_of(ports(), [document["id"]]).get(document["id"])
    if owner is None:
        raise InvalidRequest(why_failed(document) or "the CV is not read yet; send it again in a moment")
    return owner


def _candidate_of_body() -> str:
    candidate_id = json_object().get("candidate_id")
    if not isinstance(candidate_id, str) or not candidate_id:
        raise InvalidRequest('send a CV as multipart `source_file`, or JSON `{"candidate_id": "…"}`')
    candidate = reads().one(CANDIDATES, candidate_id, fields=("pool",))
    if not sees_pool(caller(), candidate.data["pool"]):
        raise NotAllowed("this record is only shared with you: somebody of its pool lets the person apply")
    return candidate.id


def _facts() -> Any:
    body = json_object()
    if not body:
        raise InvalidRequest("send one job as a JSON object")
    return core.job_facts(body)


def _job_to_change(job_id: str) -> JobDocument:
    job = reads().one(JOBS, job_id).data
    allow(caller(), "change", job["pool"])
    return job


def _pool() -> str:
    return pool_to_change(request.args.get("pool") or "default")


def _queue(job: JobDocument) -> None:
    queue_due(ports(), "jobs", [job["id"]])


def _shown(job: JobDocument) -> JobDocument:
    return without(job, _HIDDEN)
