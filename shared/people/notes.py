"""What recruiters write down about a person: read by those who see the record, by no model and no score."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import Final

from shared.access.redirects import merged_ids
from shared.errors import InvalidRequest, NotFound
from shared.models.collections import NOTES
from shared.models.note import Note
from shared.ports import Create, Delete, Ports, Write

LONGEST: Final = 10_000  # characters
_MANY: Final = 1000  # notes of one person


def add_note(ports: Ports, candidate_id: str, pool: str, text: str, author: str) -> Note:
    """Write a note down. Raises `InvalidRequest` for an empty or a far too long one."""
    if not text.strip() or len(text) > LONGEST:
        raise InvalidRequest(f"text: 1 to {LONGEST:,} characters")
    if len(_rows(ports, [candidate_id])) >= _MANY:
        raise InvalidRequest(f"{_MANY} notes are on this record: that is a document, send it as one")
    note = Note(id=secrets.token_hex(8), candidate_id=candidate_id, pool=pool, author=author, text=text.strip(),
                at=ports.now())  # fmt: skip
    ports.store.commit([[Create(NOTES, note.id, note.model_dump(mode="json"))]])
    return note


def list_notes(ports: Ports, candidate_id: str) -> list[Note]:
    """Return the notes on a record and on those that joined it, newest first."""
    return sorted(_rows(ports, _ids(ports, candidate_id)), key=lambda note: (note.at, note.id), reverse=True)


def remove_note(ports: Ports, candidate_id: str, note_id: str, author: str | None) -> None:
    """Take a note away; of `author` only their own, None: anybody's. Raises `NotFound`."""
    found = next((note for note in list_notes(ports, candidate_id) if note.id == note_id), None)
    if found is None or (author is not None and found.author != author):
        raise NotFound(f"no note {note_id} of yours")
    ports.store.commit([[Delete(NOTES, note_id)]])


def note_deletes(ports: Ports, candidate_id: str) -> list[Write]:
    """Return writes that remove all notes on a record."""
    return [Delete(NOTES, note.id) for note in _rows(ports, _ids(ports, candidate_id))]


def _rows(ports: Ports, ids: Sequence[str]) -> list[Note]:
    rows = ports.store.query(NOTES, [("candidate_id", "in", list(ids))])
    return [Note.model_validate(row.data) for row in rows]


def _ids(ports: Ports, candidate_id: str) -> list[str]:
    """Return the id and those that were merged into it: a note stays with the record it was written on."""
    return [candidate_id, *merged_ids(ports.store, candidate_id)]
