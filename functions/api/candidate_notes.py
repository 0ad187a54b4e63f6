"""What recruiters wrote about a person, and what happened to the record when."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from functions.edge import caller, number, ports, reads

candidate_notes = Blueprint("candidate_notes", __name__, url_prefix="/api/candidates/<candidate_id>")


@candidate_notes.get("/notes/")
def get_notes(candidate_id: str) -> Any:
    """List the notes, newest first. Not for candidates."""
    from shared.people.notes import list_notes

    id_, _ = _seen(candidate_id, "search")
    return {"notes": [each.model_dump(mode="json") for each in list_notes(ports(), id_)]}


@candidate_notes.post("/notes/")
def add_note(candidate_id: str) -> Any:
    """Write a note: `{"text": …}`. Whoever the record is shared with may, too."""
    from functions.api.access_bodies import read_body
    from functions.api.candidate_bodies import NoteBody
    from functions.audited import note
    from shared.people.notes import add_note as add

    id_, pool = _seen(candidate_id, "change")
    text = read_body(NoteBody, request.get_data()).text
    written = add(ports(), id_, pool, text, caller(request).uid)
    note(request, "note", [id_], note=written.id)
    return written.model_dump(mode="json"), 201


@candidate_notes.delete("/notes/<note_id>/")
def remove_note(candidate_id: str, note_id: str) -> Any:
    """Take back a note of one's own; an administrator takes back anybody's."""
    from functions.audited import note
    from shared.access import sees_everything
    from shared.people.notes import remove_note as remove

    id_, _ = _seen(candidate_id, "change")
    who = caller(request)
    remove(ports(), id_, note_id, None if sees_everything(who) else who.uid)
    note(request, "unnote", [id_], note=note_id)
    return "", 204


@candidate_notes.get("/activity/")
def get_activity(candidate_id: str) -> Any:
    """List what happened to the record, newest first: sources, stages, notes, what people did; `?limit=`.

    Who looked at the record is told to administrators alone.
    """
    from shared.people.activity import activity_of

    id_, _ = _seen(candidate_id, "search")
    return {"activity": activity_of(ports(), reads(request), id_, number(request, "limit", 100, 1, 1000))}


def _seen(candidate_id: str, action: Any) -> tuple[str, str]:
    """Return id and pool of a record the caller sees, once they may do this."""
    from shared.access import allow

    row = reads(request).one("candidates", candidate_id, fields=("pool",))
    allow(caller(request), action)
    return row.id, row.data["pool"]
