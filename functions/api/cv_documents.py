"""CV files over HTTP: one at once with its candidate in the answer, or many in the background with a status."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from flask import request
from werkzeug.datastructures import FileStorage

from functions.parameters import flag, json_object
from functions.problems import problem_of
from functions.request import caller, newest, pool_to_change, ports, reads, settings
from shared import wiring
from shared.access import allow
from shared.cv_files.admit import admit_by_hand
from shared.cv_files.archives import files_of_zip, is_zip_of_files
from shared.cv_files.receive import (
    batch_status,
    documents_of,
    expect_many,
    owners_of,
    read_document_record,
    receive,
    receive_many,
    shown,
    state_of,
    why_failed,
)
from shared.errors import InvalidRequest, Misconfigured, NotFound, UnreadableFile
from shared.models.collections import BATCHES, DOCUMENTS
from shared.operations.dispatch import work_now
from shared.pipeline.backlog import queue_due, retry_some

_ANY: Final = "application/octet-stream"  # what a CV is, is seen from its content
_AT_ONCE: Final = 10  # files of one task: small, so that every worker has some to the end
_MINUTES: Final = 60  # that an upload URL is good for
_STATES: Final = {"PENDING": ("parse",), "RUNNING": ("parse", "admit"), "SUCCESS": ("ready",), "FAILED": ("failed",)}


def create_cv_document() -> Any:
    """Take the CV sent as `source_file` (multipart; `?pool=`): 201 with what was read, 200 when it is known already."""
    pool = _pool()
    (sent,) = _sent("source_file", most=1)
    document, new = receive(ports(), sent.stream.read(), sent.filename or "cv", pool, _limit())
    if state_of(document) != "SUCCESS":
        work_now(ports(), "documents", [document["id"]])
        document = read_document_record(ports(), document["id"])
    owner = owners_of(ports(), [document["id"]]).get(document["id"])
    if reason := why_failed(document):
        return problem_of(InvalidRequest(reason), document=shown(document, owner))
    said = {"document": shown(document, owner), "candidate_id": owner, "read": document.get("facts")}
    return said, 201 if new else 200


def create_bulk() -> Any:
    """Take many CVs: repeated `files` (or one zip), or JSON `{"uploads": [filename, …]}` for signed upload URLs."""
    pool = _pool()
    if request.mimetype == "application/json":
        return _announced(pool), 202
    batch_id = receive_many(ports(), _contents(_sent("files")), pool, _limit())
    status = batch_status(ports(), batch_id)
    due = [item["document_id"] for item in status["items"] if item["document_id"]]
    queue_due(ports(), "documents", due, _AT_ONCE)
    return status, 202


def get_bulk_status(batch_id: str) -> Any:
    """Say how far a bulk upload is, file by file."""
    reads().one(BATCHES, batch_id)
    return batch_status(ports(), batch_id)


def retry_bulk(batch_id: str) -> Any:
    """Try the failed files of a bulk upload again, or with `?item=ID` one of them."""
    _changeable("batches", batch_id)
    items = batch_status(ports(), batch_id)["items"]
    if (wanted := request.args.get("item")) and not (items := [i for i in items if i["upload_item_id"] == wanted]):
        raise NotFound(f"no item {wanted} in bulk upload {batch_id}")
    ids = [item["document_id"] for item in items if item["status"] == "FAILED" and item["document_id"]]
    return {"batch_id": batch_id, "retried": _retry(ids)}, 202


def list_cv_documents() -> Any:
    """List documents, newest first: `?pool=&status=&candidate_id=&limit=&after=` (the last answer's `next`)."""
    status, mine = request.args.get("status"), reads()
    if status and status not in _STATES:
        raise InvalidRequest(f"status={status!r}: one of {', '.join(_STATES)}")
    end = None
    if candidate_id := request.args.get("candidate_id"):
        rows = list(mine.some(DOCUMENTS, documents_of(ports(), candidate_id)).values())
    else:
        where: list[Any] = [("pool", "==", pool)] if (pool := request.args.get("pool")) else []
        where += [("awaiting", "in", list(_STATES[status]))] if status else []
        rows, end = newest(DOCUMENTS, where)
    owners = owners_of(ports(), [row.id for row in rows])
    found = [shown(row.data, owners.get(row.id)) for row in rows if not status or state_of(row.data) == status]
    return {"cv_documents": found, "next": end}


def get_cv_document(document_id: str) -> Any:
    """Return one document with what was read from it."""
    document = reads().one(DOCUMENTS, document_id).data
    owner = owners_of(ports(), [document_id]).get(document_id)
    return {"document": shown(document, owner), "read": document.get("facts")}


def get_cv_document_status(document_id: str) -> Any:
    """Say how far one document is."""
    document = reads().one(DOCUMENTS, document_id).data
    owner = owners_of(ports(), [document_id]).get(document_id)
    return {"document_id": document_id, "status": state_of(document), "candidate_id": owner,
            "error_message": why_failed(document)}  # fmt: skip


def retry_cv_document(document_id: str) -> Any:
    """Try a failed document again; with `?admit=true` take it in though it does not look like a CV."""
    _changeable("documents", document_id)
    if flag("admit"):
        ids = admit_by_hand(ports(), [document_id])
        queue_due(ports(), "documents", ids)
        return {"document_id": document_id, "retried": len(ids)}, 202
    return {"document_id": document_id, "retried": _retry([document_id])}, 202


def _retry(ids: list[str]) -> int:
    retried = retry_some(ports(), "documents", ids)
    queue_due(ports(), "documents", ids)
    return retried


def _announced(pool: str) -> Any:
    names = json_object().get("uploads")
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise InvalidRequest('send the files themselves as multipart `files`; JSON is only `{"uploads": ["cv.pdf", …]}`'
                        ", which answers with a URL to upload each to")  # fmt: skip
    try:
        bucket = wiring.incoming_files(ports())
    except Misconfigured as error:
        raise InvalidRequest(
            "there is no bucket here that takes files by URL; send them as multipart `files`"
        ) from error
    batch_id, items = expect_many(ports(), names, pool)
    headers = {"Content-Type": _ANY, "x-goog-content-length-range": f"0,{_limit()}"}
    said = [
        {
            "upload_item_id": item["id"],
            "document_id": None,
            "filename": item["filename"],
            "status": "PENDING",
            "upload_url": bucket.signed_upload_url(item["upload"] or "", _ANY, _limit(), _MINUTES),
        }
        for item in items
    ]
    return {"batch_id": batch_id, "status": "PENDING", "total_files": len(items), "items": said,
            "upload": {"method": "PUT", "headers": headers, "minutes": _MINUTES}}  # fmt: skip


def _sent(name: str, most: int | None = None) -> list[FileStorage]:
    files = request.files.getlist(name)
    if not files or (most and len(files) > most):
        raise InvalidRequest(
            f"send {'one file' if most == 1 else 'the files'} as multipart `{name}`; paths are not read"
        )
    return files


def _contents(files: list[FileStorage]) -> Iterator[tuple[str, bytes | UnreadableFile]]:
    """Yield name and content of every file; an archive gives its own."""
    for file in files:
        with file.stream:
            content = file.stream.read()
        if is_zip_of_files(content):
            yield from files_of_zip(BytesIO(content), file.filename or "archive.zip", _limit())
        else:
            yield file.filename or "cv", content


def _changeable(kind: str, id_: str) -> None:
    allow(caller(), "change", reads().one(kind, id_).data["pool"])


def _pool() -> str:
    """The pool that is named, once it is one the caller may add to."""
    return pool_to_change(request.args.get("pool") or request.form.get("pool") or "default")


def _limit() -> int:
    return settings().max_cv_mb * 1_000_000
