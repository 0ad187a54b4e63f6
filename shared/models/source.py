"""A source: what one row, file, form or correction said about a person. Never overwritten."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from shared.models.candidate import Application, DocumentRef, Flag, Labelled, Person, Profile
from shared.models.frozen import Frozen


class Facts(Frozen):
    """What was read from one row or file, normalised. Reading knows nothing of ids or storage."""

    person: Person = Person()
    application: Application | None = None
    profile: Profile = Profile()
    extra: dict[str, str] = Field(default_factory=dict)  # columns nobody maps, kept as written
    said_at: str | None = None  # the source's own time stamp, UTC ISO
    flags: tuple[Flag, ...] = ()
    labelled: Labelled | None = None  # of a correction
    withdrawn: tuple[str, ...] = ()  # of a correction: fields that earlier corrections set and that are free again
    tags_put: tuple[str, ...] = ()  # of a correction: on the person whatever their applications say
    tags_dropped: tuple[str, ...] = ()  # of a correction: not on the person whatever their applications say


class IdentityKey(Frozen):
    """A way to recognise a person. `hash` is an HMAC over pool, kind and value."""

    kind: Literal["email", "linkedin"]
    hash: str


class Source(Frozen):
    """Facts with where they came from, when, and whom they belong to."""

    id: str  # a keyed hash of pool and content: the same row twice is the same source
    candidate_id: str
    pool: str
    kind: Literal["row", "cv", "form", "correction"]
    at: str
    import_id: str | None = None
    row: int | None = None
    document_id: str | None = None
    document: DocumentRef | None = None
    editor: str | None = None
    keys: tuple[IdentityKey, ...] = ()
    outcome: Literal["created", "merged"] = "created"
    facts: Facts
