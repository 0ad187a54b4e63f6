"""A CV file as a record: received, parsed, admitted as a source. Whose it is says the source of the same id."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from shared.models.candidate import Lease, StageState
from shared.models.document_text import DocumentKind
from shared.models.frozen import Frozen
from shared.models.source import Facts


class Document(Frozen):
    """One CV file of one pool; the same bytes again are the same document."""

    id: str  # keyed hash of pool and content
    pool: str
    filename: str
    file: str  # path in Files
    sha256: str
    size: int  # bytes
    created_at: str
    updated_at: str
    kind: DocumentKind | None = None  # by content; null until it was read
    pages: int | None = None
    read_by: Literal["text", "scan"] | None = None  # its own text layer, or recognised from a picture
    warnings: tuple[str, ...] = ()
    facts: Facts | None = None  # what parsing found, every fact with the words it came from
    awaiting: str  # `parse`, `admit`, `ready` or `failed`
    stages: dict[str, StageState] = Field(default_factory=dict)
    lease: Lease | None = None


class DocumentText(Frozen):
    """The visible text of a document, kept apart: it is long. Same id as the document."""

    id: str
    pool: str
    text: str


class UploadBatch(Frozen):
    """CV files submitted together; how far they are is counted from their items."""

    id: str
    pool: str
    total_files: int
    created_at: str


class UploadItem(Frozen):
    """One file of a bulk upload."""

    id: str
    batch_id: str
    number: int  # from 1 on, in the order sent
    filename: str
    document_id: str | None = None  # null when the file was refused, or has not been uploaded yet
    upload: str | None = None  # path in Files it will be uploaded to by a signed URL
    error: str | None = None  # why it was refused
