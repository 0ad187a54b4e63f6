"""The endpoints of CV files: one at once, many in the background."""

from __future__ import annotations

from typing import Any, Final

from pydantic import BaseModel, Field

from functions.openapi.answers import Answer
from functions.openapi.operation import AFTER, JSON, POOL, Body, Operation, choice, form, limit, text, yes_or_no
from shared.models.batch import State
from shared.models.source import Facts


class Announced(BaseModel):
    """Names of the files that will be uploaded."""

    uploads: list[str] = Field(min_length=1, max_length=2000)


class CvDocument(Answer):
    """A CV file: how far it is, and whose."""

    id: str
    pool: str
    filename: str
    sha256: str
    size: int
    kind: str | None
    pages: int | None
    read_by: str | None
    lines: int | None = Field(None, description="Lines that say something.")
    lines_used: int | None = Field(None, description="Of them those some fact was read from.")
    candidate_id: str | None
    status: State
    error_message: str | None
    warnings: list[str]
    created_at: str
    updated_at: str


class CvRead(Answer):
    """A CV with what was read from it."""

    document: CvDocument
    read: Facts | None
    candidate_id: str | None = None


class CvPage(Answer):
    """CVs, newest first."""

    cv_documents: list[CvDocument]
    next: str | None


class CvStatus(Answer):
    """How far one CV is."""

    document_id: str
    status: State
    candidate_id: str | None
    error_message: str | None


class Retried(Answer):
    """How many are tried again."""

    document_id: str | None = None
    batch_id: str | None = None
    retried: int


class BulkItem(Answer):
    """One file of a bulk upload."""

    upload_item_id: str
    document_id: str | None
    filename: str
    status: State
    candidate_id: str | None = None
    error_message: str | None = None
    lines: int | None = None
    lines_used: int | None = None
    warnings: list[str] = Field(default_factory=list, description="What was not read.")
    upload_url: str | None = Field(None, description="Where to PUT the file, when it was announced only.")


class Bulk(Answer):
    """How far a bulk upload is."""

    batch_id: str
    pool: str | None = None
    status: State
    total_files: int
    processed_files: int | None = None
    failed_files: int | None = None
    started_at: str | None = None
    completed_at: str | None = None
    items: list[BulkItem]
    upload: dict[str, Any] | None = Field(None, description="How announced files are sent.")


CVS: Final[dict[str, Operation]] = {
    "cv_documents.create_cv_document": Operation(
        {200: CvRead, 201: CvRead}, refuses=(410,), query=(POOL,), body=form("source_file")
    ),
    "cv_documents.create_bulk": Operation(
        {202: Bulk}, query=(POOL,), body=Body({"multipart/form-data": ("files",), JSON: Announced})
    ),
    "cv_documents.get_bulk_status": Operation({200: Bulk}),
    "cv_documents.retry_bulk": Operation({202: Retried}, query=(text("item", "One file of it."),)),
    "cv_documents.list_cv_documents": Operation(
        {200: CvPage},
        query=(
            POOL,
            choice("status", "PENDING", "RUNNING", "SUCCESS", "FAILED"),
            text("candidate_id"),
            limit(50, 500),
            AFTER,
        ),
    ),
    "cv_documents.get_cv_document": Operation({200: CvRead}),
    "cv_documents.get_cv_document_status": Operation({200: CvStatus}),
    "cv_documents.retry_cv_document": Operation(
        {202: Retried}, query=(yes_or_no("admit", "Take it in though it does not look like a CV."),)
    ),
}
