"""CV files over HTTP: one sent and read at once, how far each is, and a second try."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from flask import request

from functions.audit import note
from functions.openapi.operation import AFTER, FORM, POOL, VIEW, Body, boolean, choice, limit, operation, text
from functions.parameters import flag
from functions.problems import problem_of
from functions.request import caller, cv_pool, newest, ports, reads, sent_files, settings, sight
from shared.access import allow
from shared.cv_files.admit import admit_by_hand
from shared.cv_files.receive import (
    documents_of,
    owners_of,
    read_document_record,
    receive,
    shown,
    state_of,
    why_failed,
)
from shared.errors import InvalidRequest
from shared.models.collections import DOCUMENTS
from shared.operations.dispatch import work_now
from shared.pipeline.backlog import queue_due, retry_some
from shared.ports import Stored
from shared.views.cv_documents import CvPage, CvRead, CvStatus, Retried, cv_documents, cv_read

if TYPE_CHECKING:
    from shared.models.documents.cv_files import CvFileDocument

_STATES: Final = {"PENDING": ("parse",), "RUNNING": ("parse", "admit"), "SUCCESS": ("ready",), "FAILED": ("failed",)}
_MEGABYTE: Final = 1_000_000


@operation({200: CvRead, 201: CvRead}, refuses=(410,), query=(POOL,), body=Body({FORM: ("source_file",)}))
def create_cv_document() -> Any:
    """Take the CV sent as `source_file` (multipart; `?pool=`): 201 with what was read, 200 when it is known already."""
    pool = cv_pool()
    (sent,) = sent_files("source_file", most=1)
    limit = settings().max_cv_mb * _MEGABYTE
    document, new = receive(ports(), sent.stream.read(), sent.filename or "cv", pool, limit)
    if state_of(document) != "SUCCESS":
        work_now(ports(), "documents", [document["id"]])
        document = read_document_record(ports(), document["id"])
    owner = _owner_of(document["id"])
    read = cv_read(shown(document, owner), document.get("facts"), sight(), owner)
    if reason := why_failed(document):
        return problem_of(InvalidRequest(reason), document=read.document)
    return read, 201 if new else 200


@operation(
    {200: CvPage},
    query=(POOL, choice("status", *_STATES), text("candidate_id"), limit(50, 500), AFTER, VIEW),
)
def list_cv_documents() -> CvPage:
    """List documents, newest first: `?pool=&status=&candidate_id=&limit=&after=` (the last answer's `next`)."""
    status = request.args.get("status")
    if status and status not in _STATES:
        raise InvalidRequest(f"status={status!r}: one of {', '.join(_STATES)}")
    rows, end = _rows(status)
    owners = owners_of(ports(), [row.id for row in rows])
    documents = [shown(row.data, owners.get(row.id)) for row in rows]
    if status:
        documents = [document for document in documents if document["status"] == status]
    note("read CV files", [owner for owner in owners.values() if owner], documents=len(documents))
    shown_documents: list[Any] = cv_documents(documents, sight())
    return CvPage(cv_documents=shown_documents, next=end)


@operation({200: CvRead}, query=(VIEW,))
def get_cv_document(document_id: str) -> CvRead:
    """Return one document with what was read from it."""
    document = reads().one(DOCUMENTS, document_id).data
    owner = _owner_of(document_id)
    note("read CV file", [owner] if owner else [], document=document_id)
    return cv_read(shown(document, owner), document.get("facts"), sight())


@operation({200: CvStatus})
def get_cv_document_status(document_id: str) -> CvStatus:
    """Say how far one document is."""
    document = reads().one(DOCUMENTS, document_id).data
    status: Any = state_of(document)
    return CvStatus(
        document_id=document_id,
        status=status,
        candidate_id=_owner_of(document_id),
        error_message=why_failed(document),
    )


@operation({202: Retried}, query=(boolean("admit", "Take it in though it does not look like a CV."),))
def retry_cv_document(document_id: str) -> Any:
    """Try a failed document again; with `?admit=true` take it in though it does not look like a CV."""
    allow(caller(), "change", reads().one(DOCUMENTS, document_id).data["pool"])
    if flag("admit"):
        ids = admit_by_hand(ports(), [document_id])
        queue_due(ports(), "documents", ids)
        return Retried(document_id=document_id, retried=len(ids)), 202
    return Retried(document_id=document_id, retried=retry_documents([document_id])), 202


def retry_documents(ids: list[str]) -> int:
    """Try these documents again; return how many."""
    retried = retry_some(ports(), "documents", ids)
    queue_due(ports(), "documents", ids)
    return retried


def _rows(status: str | None) -> tuple[list[Stored[CvFileDocument]], str | None]:
    """Return the page a request asks for, and where the next one begins."""
    if candidate_id := request.args.get("candidate_id"):
        rows = reads().some(DOCUMENTS, documents_of(ports(), candidate_id))
        return list(rows.values()), None
    where: list[Any] = []
    if pool := request.args.get("pool"):
        where.append(("pool", "==", pool))
    if status:
        where.append(("awaiting", "in", list(_STATES[status])))
    return newest(DOCUMENTS, where)


def _owner_of(document_id: str) -> str | None:
    return owners_of(ports(), [document_id]).get(document_id)
