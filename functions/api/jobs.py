"""Jobs over HTTP: one by one or a file of them, and applications for one."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from flask import request

from functions.audit import note
from functions.parameters import json_object
from functions.request import caller, newest, pool_to_change, ports, reads, settings
from shared.access import allow
from shared.cv_files.receive import owners_of, read_document_record, receive, state_of, why_failed
from shared.errors import InvalidRequest
from shared.jobs.applications import apply
from shared.jobs.jobs import create_job as create
from shared.jobs.jobs import delete_job as remove
from shared.jobs.jobs import import_jobs as take
from shared.jobs.jobs import job_facts, replace_job, set_status
from shared.models.collections import CANDIDATES, JOBS
from shared.models.values import without
from shared.operations.dispatch import work_now
from shared.pipeline.backlog import queue_due, sweep

if TYPE_CHECKING:
    from shared.models.documents.jobs import JobDocument

_STATUS: Final = ("open", "closed")


def create_job() -> Any:
    """Take one job as JSON (id, company, position, location, url, tags, description, seniority …; `?pool=`)."""
    pool = _pool()
    job, effect = create(ports(), pool, _facts())
    _queue(job)
    return _shown(job), 201 if effect == "created" else 200


def import_jobs() -> Any:
    """Take a file of jobs, sent as multipart `file` or as the body: CSV, XLSX or JSON lines; `?pool=`."""
    pool, sent = _pool(), request.files.get("file")
    stream = BytesIO(sent.stream.read() if sent else request.get_data())
    name = (sent.filename if sent else None) or request.args.get("filename") or "jobs"
    counts = take(ports(), stream, name, pool, settings().max_file_mb * 1_000_000)
    sweep(ports(), "jobs")
    return counts, 201


def list_jobs() -> Any:
    """List the jobs of the caller's pools, newest first: `?pool=&status=&limit=&after=` (the last answer's `next`)."""
    status = request.args.get("status")
    if status and status not in _STATUS:
        raise InvalidRequest(f"status={status!r}: one of {', '.join(_STATUS)}")
    where: list[Any] = [("pool", "==", pool)] if (pool := request.args.get("pool")) else []
    where += [("status", "==", status)] if status else []
    rows, end = newest(JOBS, where)
    return {"jobs": [_shown(row.data) for row in rows], "next": end}


def get_job(job_id: str) -> Any:
    """Return one job with what was read of it."""
    return _shown(reads().one(JOBS, job_id).data)


def put_job(job_id: str) -> Any:
    """Let a job say exactly this; what is left out is empty. `{"status": "closed"}` alone closes it."""
    _changeable(job_id)
    facts = _facts()
    alone = facts.status if facts == type(facts)(status=facts.status) else None
    job = set_status(ports(), job_id, alone) if alone else replace_job(ports(), job_id, facts)
    _queue(job)
    return _shown(job)


def delete_job(job_id: str) -> Any:
    """Remove a job with its vectors and matches."""
    _changeable(job_id)
    remove(ports(), job_id)
    return "", 204


def create_application(job_id: str) -> Any:
    """Let somebody apply: a CV as multipart `source_file`, or JSON `{"candidate_id": …}`. They join the job's pool."""
    job = _changeable(job_id)
    sent = request.files.get("source_file")
    wanted = _of_cv(job["pool"], sent) if sent else _named()
    candidate_id, new = apply(ports(), job, wanted)
    note("apply", [candidate_id], job=job_id)
    return {"job_id": job_id, "candidate_id": candidate_id}, 201 if new else 200


def _of_cv(pool: str, sent: Any) -> str:
    """Take the CV in and return whose it is. Raises `InvalidRequest` for one that cannot be read."""
    limit = settings().max_cv_mb * 1_000_000
    document, _ = receive(ports(), sent.stream.read(), sent.filename or "cv", pool, limit)
    if state_of(document) != "SUCCESS":
        work_now(ports(), "documents", [document["id"]])
        document = read_document_record(ports(), document["id"])
    owner = owners_of(ports(), [document["id"]]).get(document["id"])
    if owner is None:
        raise InvalidRequest(why_failed(document) or "the CV is not read yet; send it again in a moment")
    return owner


def _named() -> str:
    named = json_object().get("candidate_id")
    if not isinstance(named, str) or not named:
        raise InvalidRequest('send a CV as multipart `source_file`, or JSON `{"candidate_id": "…"}`')
    return reads().one(CANDIDATES, named, fields=("pool",)).id


def _facts() -> Any:
    if not (said := json_object()):
        raise InvalidRequest("send one job as a JSON object")
    return job_facts(said)


def _changeable(job_id: str) -> JobDocument:
    job = reads().one(JOBS, job_id).data
    allow(caller(), "change", job["pool"])
    return job


def _pool() -> str:
    """The pool that is named, once it is one the caller may add to."""
    return pool_to_change(request.args.get("pool") or "default")


def _queue(job: JobDocument) -> None:
    queue_due(ports(), "jobs", [job["id"]])


def _shown(job: JobDocument) -> JobDocument:
    """A job without the bookkeeping of its stages."""
    return without(job, ("stages", "lease", "embedding"))
