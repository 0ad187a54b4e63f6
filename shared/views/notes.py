"""Notes about a person and what happened to the record, as they are answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Final, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from shared.models.note import Note
from shared.privacy.blind import AS_IS, TEXT, Shape, Sight
from shared.views.answer import CLOSED, Answer, Fields

_NOTE: Final[Shape] = {"id": AS_IS, "candidate_id": AS_IS, "pool": AS_IS, "text": TEXT, "author": AS_IS}
_HAPPENED: Final[Shape] = {
    "what": AS_IS,
    "who": AS_IS,
    "state": AS_IS,
    "recipe": AS_IS,
    "reason": TEXT,
    "note_id": AS_IS,
    "source_id": AS_IS,
    "import_id": AS_IS,
    "row": AS_IS,
    "document_id": AS_IS,
    "request_id": AS_IS,
}


@dataclass(frozen=True, kw_only=True)
class Notes(Answer):
    """Notes, newest first."""

    notes: list[Note]


class Happening(TypedDict):
    """Something that happened to a record."""

    __pydantic_config__ = CLOSED  # type: ignore[misc]
    at: str
    what: Annotated[
        str, Field(description="`created`, `note`, `source: KIND`, `stage: NAME`, or the action of the audit.")
    ]
    who: NotRequired[str | None]
    state: NotRequired[str | None]
    recipe: NotRequired[str | None]
    reason: NotRequired[str | None]
    note_id: NotRequired[str | None]
    source_id: NotRequired[str | None]
    import_id: NotRequired[str | None]
    row: NotRequired[int | None]
    document_id: NotRequired[str | None]
    request_id: NotRequired[str | None]


@dataclass(frozen=True, kw_only=True)
class Activity(Answer):
    """What happened, newest first."""

    activity: list[Happening]


def notes_of(candidate_id: str, notes: Sequence[Fields], sight: Sight) -> Notes:
    """Return the notes about a person."""
    return Notes(notes=sight.show_about(candidate_id, list(notes), _NOTE))


def activity_of_candidate(candidate_id: str, happenings: Sequence[Fields], sight: Sight) -> Activity:
    """Return what happened to a record."""
    return Activity(activity=sight.show_about(candidate_id, list(happenings), _HAPPENED))
