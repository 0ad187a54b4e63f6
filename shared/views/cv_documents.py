"""CV files as they are answered: one with what was read from it, many with how far they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final, NotRequired, cast

from pydantic import Field
from typing_extensions import TypedDict

from shared.models.batch import State
from shared.models.source import Facts
from shared.privacy.blind import AS_IS, TEXT, Shape, Sight, Words, hidden_words
from shared.views.answer import ABSENT, CLOSED, Answer, Fields
from shared.views.candidates import APPLICATION, PROFILE

DOCUMENT: Final[Shape] = {
    "id": AS_IS,
    "pool": AS_IS,
    "sha256": AS_IS,
    "size": AS_IS,
    "kind": AS_IS,
    "pages": AS_IS,
    "read_by": AS_IS,
    "lines": AS_IS,
    "lines_used": AS_IS,
    "candidate_id": AS_IS,
    "status": AS_IS,
    "error_message": TEXT,
    "warnings": TEXT,
    "download": AS_IS,
}
BULK_ITEM: Final[Shape] = {
    "upload_item_id": AS_IS,
    "document_id": AS_IS,
    "status": AS_IS,
    "candidate_id": AS_IS,
    "error_message": TEXT,
    "lines": AS_IS,
    "lines_used": AS_IS,
    "warnings": TEXT,
    "upload_url": AS_IS,
}
FACTS: Final[Shape] = {"profile": PROFILE, "application": APPLICATION, "flags": {"kind": AS_IS, "detail": TEXT}}


class CvDocument(TypedDict):
    """A CV file: how far it is, and whose."""

    __pydantic_config__ = CLOSED  # type: ignore[misc]
    id: str
    pool: str
    filename: str
    sha256: str
    size: int
    kind: str | None
    pages: int | None
    read_by: str | None
    lines: NotRequired[Annotated[int | None, Field(description="Lines that say something.")]]
    lines_used: NotRequired[Annotated[int | None, Field(description="Of them those some fact was read from.")]]
    candidate_id: str | None
    status: State
    error_message: str | None
    warnings: list[str]
    created_at: str
    updated_at: str


class CvDocumentWithDownload(CvDocument):
    """A CV, and where the address of the file is to be had."""

    download: str


@dataclass(frozen=True, kw_only=True)
class CvRead(Answer):
    """A CV with what was read from it."""

    document: CvDocument
    read: Facts | None
    candidate_id: str | None = ABSENT


@dataclass(frozen=True, kw_only=True)
class CvPage(Answer):
    """CVs, newest first."""

    cv_documents: list[CvDocument]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class CandidateDocuments(Answer):
    """The CVs a record was made of."""

    documents: list[CvDocumentWithDownload]


@dataclass(frozen=True, kw_only=True)
class CvStatus(Answer):
    """How far one CV is."""

    document_id: str
    status: State
    candidate_id: str | None
    error_message: str | None


@dataclass(frozen=True, kw_only=True)
class Retried(Answer):
    """How many are tried again."""

    document_id: str | None = ABSENT
    batch_id: str | None = ABSENT
    retried: int


class BulkItem(TypedDict):
    """One file of a bulk upload."""

    __pydantic_config__ = CLOSED  # type: ignore[misc]
    upload_item_id: str
    document_id: str | None
    filename: str
    status: State
    candidate_id: NotRequired[str | None]
    error_message: NotRequired[str | None]
    lines: NotRequired[int | None]
    lines_used: NotRequired[int | None]
    warnings: NotRequired[Annotated[list[str], Field(description="What was not read.")]]
    upload_url: NotRequired[
        Annotated[str | None, Field(description="Where to PUT the file, when it was announced only.")]
    ]


@dataclass(frozen=True, kw_only=True)
class Bulk(Answer):
    """How far a bulk upload is."""

    batch_id: str
    pool: str | None = ABSENT
    status: State
    total_files: int
    processed_files: int | None = ABSENT
    failed_files: int | None = ABSENT
    started_at: str | None = ABSENT
    completed_at: str | None = ABSENT
    items: list[BulkItem]
    upload: Annotated[dict[str, Any] | None, Field(description="How announced files are sent.")] = ABSENT


@dataclass(frozen=True, kw_only=True)
class Download(Answer):
    """An address that is good for so many minutes."""

    url: str
    minutes: int


def cv_read(document: Fields, facts: Fields | None, sight: Sight, owner: str | None = ABSENT) -> CvRead:
    """Return a CV with what was read from it: that names the words to hide, whoever owns it."""
    words = _words_in(document["pool"], facts or {}, sight)
    shown = sight.show(document, DOCUMENT, words)
    read = sight.show(facts, FACTS, words)
    return CvRead(document=shown, read=read, candidate_id=owner)


def cv_documents(documents: Sequence[Fields], sight: Sight) -> list[Any]:
    """Return several CVs; each hides the words of its owner, and where it has none those of anybody."""
    owners = sight.words_of(document["candidate_id"] for document in documents)
    shown = []
    for document in documents:
        owner_words = owners.get(document["candidate_id"] or "")
        words = owner_words or _words_in(document["pool"], {}, sight)
        shown.append(sight.show(document, DOCUMENT, words))
    return shown


def bulk(status: Fields, pool: str, sight: Sight) -> Bulk:
    """Return how far a bulk upload is; names of files are names of people."""
    fields = dict(status)
    words = _words_in(pool, {}, sight)
    fields["items"] = sight.show(status["items"], BULK_ITEM, words)
    return Bulk(**fields)


def _words_in(pool: str, facts: Fields, sight: Sight) -> Words | None:
    """Return what is hidden of a person of this pool, of whom these facts are known."""
    if not sight.blind(pool):
        return None
    return hidden_words(cast(Any, facts))
