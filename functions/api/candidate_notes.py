"""What recruiters wrote about a person, and what happened to the record when."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import StringConstraints

from functions.audit import note
from functions.openapi.operation import JSON, VIEW, Body, limit, operation
from functions.parameters import JsonBody, number, read_body
from functions.request import caller, ports, reads, sight
from shared.access import allow, sees_everything
from shared.models.collections import CANDIDATES
from shared.models.note import Note
from shared.people import notes
from shared.people.activity import activity_of
from shared.views.notes import Activity, Notes, activity_of_candidate, notes_of


class NoteBody(JsonBody):
    """A note."""

    text: Annotated[str, StringConstraints(max_length=20_000)]


@operation({200: Notes}, query=(VIEW,))
def get_notes(candidate_id: str) -> Notes:
    """List the notes, newest first. Not for candidates."""
    id_, _ = _record(candidate_id, "search")
    stored = [stored_note.model_dump(mode="json") for stored_note in notes.list_notes(ports(), id_)]
    return notes_of(id_, stored, sight())


@operation({201: Note}, body=Body({JSON: NoteBody}))
def add_note(candidate_id: str) -> Any:
    """Write a note: `{"text": …}`. Whoever the record is shared with may, too."""
    id_, pool = _record(candidate_id, "change")
    text = read_body(NoteBody).text
    stored_note = notes.add_note(ports(), id_, pool, text, caller().uid)
    note("note", [id_], note=stored_note.id)
    (shown,) = notes_of(id_, [stored_note.model_dump(mode="json")], sight()).notes
    return shown, 201


@operation({204: None})
def remove_note(candidate_id: str, note_id: str) -> Any:
    """Take back a note of one's own; an administrator takes back anybody's."""
    id_, _ = _record(candidate_id, "change")
    who = caller()
    notes.remove_note(ports(), id_, note_id, None if sees_everything(who) else who.uid)
    note("unnote", [id_], note=note_id)
    return "", 204


@operation({200: Activity}, query=(limit(100, 1000), VIEW))
def get_activity(candidate_id: str) -> Activity:
    """List what happened to the record, newest first: sources, stages, notes, what people did; `?limit=`.

    Who looked at the record is told to administrators alone.
    """
    id_, _ = _record(candidate_id, "search")
    happenings = activity_of(ports(), reads(), id_, number("limit", 100, 1, 1000))
    return activity_of_candidate(id_, happenings, sight())


def _record(candidate_id: str, action: Any) -> tuple[str, str]:
    """Return id and pool of a record the caller sees, once they may do this."""
    row = reads().one(CANDIDATES, candidate_id, fields=("pool",))
    allow(caller(), action)
    return row.id, row.data["pool"]
