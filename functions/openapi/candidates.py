"""The endpoints of candidates: what they are asked with and what they answer."""

from __future__ import annotations

from typing import Any, Final, Literal

from pydantic import Field

from functions.api.candidate_bodies import Correction, NewCandidate, NoteBody
from functions.openapi.answers import Answer
from functions.openapi.cv_documents import CvDocument
from functions.openapi.operation import AFTER, POOL, Operation, Query, choice, json, limit, text, yes_or_no
from shared.models.candidate import Application, Classification, DocumentRef, Flag, Labelled, Person, Profile
from shared.models.candidate import Candidate as Record
from shared.models.erasure import Erasure
from shared.models.note import Note
from shared.people.browse import SORTS
from shared.stages.table import ORDER
from shared.vocabulary import FUNCTIONS, LEVELS


class InList(Answer):
    """A candidate as lists show it."""

    id: str
    pool: str
    created_at: str
    updated_at: str
    person: Person = Person()
    profile: Profile = Profile()
    applications: tuple[Application, ...] = ()
    classification: Classification | None = None
    labelled: Labelled | None = None
    corrected: tuple[str, ...] = ()
    awaiting: str
    documents: tuple[DocumentRef, ...] = ()
    flags: tuple[Flag, ...] = ()


class CandidatePage(Answer):
    """A page of candidates."""

    candidates: list[InList]
    next: str | None


class Shown(Answer):
    """One record. Its `ETag` is its version."""

    candidate: Record


class Made(Shown):
    """The record of somebody typed in."""

    effect: Literal["created", "merged", "unchanged"]


class Erased(Answer):
    """Where the person was removed from."""

    receipt: Erasure


class Tags(Answer):
    """All tags of the person."""

    tags: list[str]


class Notes(Answer):
    """Notes, newest first."""

    notes: list[Note]


class Happened(Answer):
    """Something that happened to a record."""

    at: str
    what: str = Field(description="`created`, `note`, `source: KIND`, `stage: NAME`, or the action of the audit.")
    who: str | None = None
    state: str | None = None
    recipe: str | None = None
    reason: str | None = None
    note_id: str | None = None
    source_id: str | None = None
    import_id: str | None = None
    row: int | None = None
    document_id: str | None = None
    request_id: str | None = None


class Activity(Answer):
    """What happened, newest first."""

    activity: list[Happened]


class WithDownload(CvDocument):
    """A CV, and where the address of the file is to be had."""

    download: str


class Documents(Answer):
    """The CVs a record was made of."""

    documents: list[WithDownload]


class Download(Answer):
    """An address that is good for so many minutes."""

    url: str
    minutes: int


def _if(name: str, says: str) -> Query:
    return Query(name, {"type": "string"}, says, header=True)


FILTERS: Final = (
    POOL,
    text("q", "Words the person is found by: all of them."),
    choice("function", *FUNCTIONS),
    choice("level", *LEVELS),
    text("stage", "Of one of the applications."),
    text("tag"),
    text("flag", "A kind of flag."),
    choice("awaiting", *ORDER["candidates"], "ready", "failed"),
    choice("sort", *SORTS),
    limit(50, 200),
    AFTER,
)
_VERSION: Final = _if("If-Match", "The `ETag` the record was read with.")
_ETAG: Final[dict[int, Any]] = {200: ("ETag", "Content-Location"), 201: ("ETag", "Location")}
RECORDS: Final[dict[str, Operation]] = {
    "candidates.list_candidates": Operation({200: CandidatePage}, query=FILTERS),
    "candidates.create_candidate": Operation(
        {200: Made, 201: Made}, refuses=(410,), query=(POOL,), body=json(NewCandidate), headers=_ETAG
    ),
    "candidates.get_candidate": Operation(
        {200: Shown, 304: None}, query=(_if("If-None-Match", "A version that is known."),), headers=_ETAG
    ),
    "candidates.edit_candidate": Operation(
        {200: Shown}, refuses=(409, 412, 428), query=(_VERSION,), body=json(Correction), headers=_ETAG
    ),
    "candidates.delete_candidate": Operation(
        {200: Erased, 204: None}, refuses=(412,), query=(yes_or_no("erase", "For good, from every place."), _VERSION)
    ),
    "candidates.put_tag": Operation({200: Tags}, refuses=(400, 412)),
    "candidates.remove_tag": Operation({200: Tags}, refuses=(400, 412)),
    "candidate_notes.get_notes": Operation({200: Notes}),
    "candidate_notes.add_note": Operation({201: Note}, body=json(NoteBody)),
    "candidate_notes.remove_note": Operation({204: None}),
    "candidate_notes.get_activity": Operation({200: Activity}, query=(limit(100, 1000),)),
    "candidate_documents.list_documents": Operation({200: Documents}),
    "candidate_documents.get_download": Operation({200: Download}),
    "candidate_documents.download": Operation({200: "application/octet-stream"}, refuses=(401,), public=True),
}
