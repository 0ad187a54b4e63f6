"""What recruiters wrote about a person, and what happened to the record when."""

from __future__ import annotations

from typing import Any

from functions.api.candidate_bodies import NoteBody
from functions.audit import note
from functions.parameters import number, read_body
from functions.request import caller, ports, reads
from shared.access import allow, sees_everything
from shared.people.activity import activity_of
from shared.people.notes import add_note as add
from shared.people.notes import list_notes
from shared.people.notes import remove_note as remove


def get_notes(candidate_id: str) -> Any:
    """List the notes, newest first. Not for candidates."""
    id_, _ = _seen(candidate_id, "search")
    return {"notes": [each.model_dump(mode="json") for each in list_notes(ports(), id_)]}


def add_note(candidate_id: str) -> Any:
    """Write a note: `{"text": …}`. Whoever the record is shared with may, too."""
    id_, pool = _seen(candidate_id, "change")
    text = read_body(NoteBody).text
    written = add(ports(), id_, pool, text, caller().uid)
    note("note", [id_], note=written.id)
    return written.model_dump(mode="json"), 201


def remove_note(candidate_id: str, note_id: str) -> Any:
    """Take back a note of one's own; an administrator takes back anybody's."""
    id_, _ = _seen(candidate_id, "change")
    who = caller()
    remove(ports(), id_, note_id, None if sees_everything(who) else who.uid)
    note("unnote", [id_], note=note_id)
    return "", 204


def get_activity(candidate_id: str) -> Any:
    """List what happened to the record, newest first: sources, stages, notes, what people did; `?limit=`.

    Who looked at the record is told to administrators alone.
    """
    id_, _ = _seen(candidate_id, "search")
    return {"activity": activity_of(ports(), reads(), id_, number("limit", 100, 1, 1000))}


def _seen(candidate_id: str, action: Any) -> tuple[str, str]:
    """Return id and pool of a record the caller sees, once they may do this."""
    row = reads().one("candidates", candidate_id, fields=("pool",))
    allow(caller(), action)
    return row.id, row.data["pool"]
