"""CV files as stored: the record, its text, and what was submitted together."""

from __future__ import annotations

from typing import Annotated, Literal

from typing_extensions import TypedDict

from shared.models.documents.people import FactsData
from shared.models.documents.records import LeaseData, StageStateData


class CvFileDocument(TypedDict, total=False):
    """A CV file of one pool; the same bytes again are the same document.

    Whose it is says the source of the same id.
    """

    id: Annotated[str, "keyed hash of pool and content", "c4ca4238a0b923820dcc509a6f75849b"]
    pool: Annotated[str, "as on the candidate", "default"]
    filename: Annotated[str, "as it was sent", "cv.pdf"]
    file: Annotated[str, "path in Files", "documents/c4ca4238a0b923820dcc509a6f75849b/cv.pdf"]
    sha256: Annotated[str, "hash of the content", "9b74c9897bac770f…"]
    size: Annotated[int, "bytes", "48213"]
    created_at: Annotated[str, "when it arrived, UTC", "2026-11-21T09:00:00Z"]
    updated_at: Annotated[str, "when anything was last written, UTC", "2026-11-21T09:00:04Z"]
    kind: Annotated[
        Literal["pdf", "docx", "doc", "rtf", "odt", "txt", "html", "image"] | None,
        "what it is by its content; null until it was read",
        "pdf",
    ]
    pages: Annotated[int | None, "pages; 1 where the format knows none", "2"]
    read_by: Annotated[Literal["text", "scan"] | None, "its own text, or recognised from a picture", "text"]
    warnings: Annotated[list[str], "what could not be read", '["pages after 200 were not read"]']
    facts: Annotated[FactsData | None, "what parsing found, every fact with the words it came from"]
    lines: Annotated[int | None, "lines that say something", "52"]
    lines_used: Annotated[int | None, "of them those some fact was read from", "47"]
    admitted_by_hand: Annotated[bool, "somebody let it in though it does not look like a CV", "true"]
    awaiting: Annotated[str, "`parse`, `admit`, `ready` or `failed`", "ready"]
    stages: Annotated[dict[str, StageStateData], "stage name to what it last did"]
    lease: Annotated[LeaseData | None, "who works on it now"]


class TextDocument(TypedDict, total=False):
    """The visible text of a document; hidden text is never in it."""

    id: Annotated[str, "the document's id", "c4ca4238a0b923820dcc509a6f75849b"]
    pool: Annotated[str, "as on the document", "default"]
    text: Annotated[str, "columns one after the other, cells separated by tabs", "Hannah Walker\\nBackend Engineer…"]


class BatchDocument(TypedDict, total=False):
    """CV files submitted together; how far they are is counted from their items."""

    id: Annotated[str, "random", "6f4922f45568161a"]
    pool: Annotated[str, "the pool of all of them", "default"]
    total_files: Annotated[int, "how many", "500"]
    created_at: Annotated[str, "when they were sent, UTC", "2026-11-21T09:00:00Z"]


class ItemDocument(TypedDict, total=False):
    """One file of a bulk upload."""

    id: Annotated[str, "the batch's id and the number", "6f4922f45568161a-3"]
    batch_id: Annotated[str, "its batch", "6f4922f45568161a"]
    number: Annotated[int, "from 1 on, in the order sent", "3"]
    filename: Annotated[str, "as it was sent", "cv.pdf"]
    document_id: Annotated[
        str | None, "the document; null when it was refused or is not there yet", "c4ca4238a0b923820dcc509a6f75849b"
    ]
    upload: Annotated[
        str | None,
        "path in Files it will be uploaded to by a signed URL",
        "incoming/cv/default/6f4922f45568161a-3/cv.pdf",
    ]
    error: Annotated[str | None, "why it was refused", "cv.pdf: the file is empty"]
