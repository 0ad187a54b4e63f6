"""Many CV files over HTTP: taken at once and read in the background, or announced and sent to signed addresses."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any, Final

from flask import request
from pydantic import BaseModel, Field
from werkzeug.datastructures import FileStorage

from functions.api.cv_documents import retry_documents
from functions.openapi.operation import FORM, JSON, POOL, VIEW, Body, operation, text
from functions.parameters import json_object
from functions.request import caller, cv_pool, ports, reads, sent_files, settings, sight
from shared import wiring
from shared.access import allow
from shared.cv_files.archives import files_of_zip, is_zip_of_files
from shared.cv_files.receive import batch_status, expect_many, receive_many
from shared.errors import InvalidRequest, Misconfigured, NotFound, UnreadableFile
from shared.models.collections import BATCHES
from shared.pipeline.backlog import queue_due
from shared.ports import Data
from shared.views.cv_documents import Bulk, Retried, bulk

_ANY: Final = "application/octet-stream"  # what a CV is, is seen from its content
_AT_ONCE: Final = 10  # files of one task: small, so that every worker has some to the end
_MINUTES: Final = 60  # that an upload URL is good for
_MEGABYTE: Final = 1_000_000
_WRONG_NAMES: Final = (
    'send the files themselves as multipart `files`; JSON is only `{"uploads": ["cv.pdf", …]}`, which answers with a '
    "URL to upload each to"
)


class UploadsBody(BaseModel):
    """Names of the files that will be uploaded."""

    uploads: list[str] = Field(min_length=1, max_length=2000)


@operation({202: Bulk}, query=(POOL,), body=Body({FORM: ("files",), JSON: UploadsBody}))
def create_bulk() -> Any:
    """Take many CVs: repeated `files` (or one zip), or JSON `{"uploads": [filename, …]}` for signed upload URLs."""
    pool = cv_pool()
    if request.mimetype == "application/json":
        return bulk(_announce(pool), pool, sight()), 202
    batch_id = receive_many(ports(), _contents(sent_files("files")), pool, _limit())
    status = batch_status(ports(), batch_id)
    due = [item["document_id"] for item in status["items"] if item["document_id"]]
    queue_due(ports(), "documents", due, _AT_ONCE)
    return bulk(status, pool, sight()), 202


@operation({200: Bulk}, query=(VIEW,))
def get_bulk_status(batch_id: str) -> Bulk:
    """Say how far a bulk upload is, file by file."""
    pool = reads().one(BATCHES, batch_id).data["pool"]
    return bulk(batch_status(ports(), batch_id), pool, sight())


@operation({202: Retried}, query=(text("item", "One file of it."),))
def retry_bulk(batch_id: str) -> Any:
    """Try the failed files of a bulk upload again, or with `?item=ID` one of them."""
    allow(caller(), "change", reads().one(BATCHES, batch_id).data["pool"])
    items = batch_status(ports(), batch_id)["items"]
    if item_id := request.args.get("item"):
        items = [item for item in items if item["upload_item_id"] == item_id]
        if not items:
            raise NotFound(f"no item {item_id} in bulk upload {batch_id}")
    ids = [item["document_id"] for item in items if item["status"] == "FAILED" and item["document_id"]]
    return Retried(batch_id=batch_id, retried=retry_documents(ids)), 202


def _announce(pool: str) -> Data:
    names = json_object().get("uploads")
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise InvalidRequest(_WRONG_NAMES)
    try:
        bucket = wiring.incoming_files(ports())
    except Misconfigured as error:
        raise InvalidRequest(
            "there is no bucket here that takes files by URL; send them as multipart `files`"
        ) from error
    batch_id, stored_items = expect_many(ports(), names, pool)
    items = [
        {
            "upload_item_id": item["id"],
            "document_id": None,
            "filename": item["filename"],
            "status": "PENDING",
            "upload_url": bucket.signed_upload_url(item["upload"] or "", _ANY, _limit(), _MINUTES),
        }
        for item in stored_items
    ]
    headers = {"Content-Type": _ANY, "x-goog-content-length-range": f"0,{_limit()}"}
    upload = {"method": "PUT", "headers": headers, "minutes": _MINUTES}
    return {"batch_id": batch_id, "status": "PENDING", "total_files": len(items), "items": items, "upload": upload}


def _contents(files: list[FileStorage]) -> Iterator[tuple[str, bytes | UnreadableFile]]:
    """Yield name and content of every file; an archive gives its own."""
    for file in files:
        with file.stream:
            content = file.stream.read()
        if is_zip_of_files(content):
            yield from files_of_zip(BytesIO(content), file.filename or "archive.zip", _limit())
        else:
            yield file.filename or "cv", content


def _limit() -> int:
    return settings().max_cv_mb * _MEGABYTE
