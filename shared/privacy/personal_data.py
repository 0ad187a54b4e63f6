"""Everything that is held about a person, as they may ask for it: every document, file and row that mentions them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, TypedDict

from shared.access import Reads, allow
from shared.access.reads import could_be_id
from shared.errors import NotAllowed, NotFound
from shared.models.collections import CANDIDATES, COLLECTIONS
from shared.models.values import JsonValue
from shared.ports import Ports, Stored
from shared.privacy.erase import NOTES
from shared.privacy.person import Who, find_person
from shared.privacy.personal_data_map import mentions
from shared.privacy.rows import rows_of
from shared.reading.exports.open import read_header

_RUN: Final = ("id", "at", "pools", "recipes", "weights")


class ExportRow(TypedDict):
    """A row of an export file that tells of the person; `said`: by column where it could be read, else the line."""

    import_id: str
    file: str
    row: int
    said: str | dict[str, str]


class PersonalDataJson(TypedDict):
    """What is held about a person: `documents` by collection, and what is out of reach in `notes`."""

    candidate_id: str
    pool: str
    at: str
    documents: dict[str, list[dict[str, JsonValue]]]
    vectors: list[str]
    files: list[str]
    export_rows: list[ExportRow]
    notes: list[str]


def held(ports: Ports, reads: Reads, candidate_id: str) -> PersonalDataJson:
    """Return what is held: `documents` by collection, `files`, `export_rows`, and what is out of reach in `notes`.

    For administrators, and for candidates their own: they are not told which member looked at them. Raises
    `NotAllowed`, `NotFound`.
    """
    own = reads.caller.role == "candidate"
    if not own:
        allow(reads.caller, "administer")
    id_ = reads.one(CANDIDATES, candidate_id, fields=()).id if could_be_id(candidate_id) else candidate_id
    if own and id_ != reads.caller.candidate_id:
        raise NotAllowed("only one's own record is told of")
    who = find_person(ports, id_)
    if who is None:
        raise NotFound(f"no candidate {candidate_id}")
    documents: dict[str, list[dict[str, JsonValue]]] = {}
    for kind, row in mentions(ports, who):
        documents.setdefault(kind, []).append(_told(who, kind, row, own))
    return {
        "candidate_id": who.id,
        "pool": who.pool,
        "at": ports.now(),
        "documents": documents,
        "vectors": _vectors(ports, who),
        "files": [path for id_ in who.documents for path in ports.files.list(f"documents/{id_}/")],
        "export_rows": list(_rows(ports, who)),
        "notes": list(NOTES[:1]),
    }


def _told(who: Who, kind: str, row: Stored[Any], own: bool) -> dict[str, JsonValue]:
    data = {name: value for name, value in row.data.items() if name not in COLLECTIONS[kind].vectors}
    if kind == "search_runs":  # the others it found are nobody's business; what was typed is told where it names them
        mine = [hit for hit in data.get("results") or () if hit["candidate_id"] in who.ids]
        asked = data.get("asked") if who.words and who.words.search(str(data.get("asked"))) else None
        return {**{name: data.get(name) for name in _RUN}, "results": mine, "asked": asked}
    if kind == "audit":
        hidden = ("who",) if own else ()
        data = {name: value for name, value in data.items() if name not in ("subjects", *hidden)}
    return {"id": row.id, **data}


def _vectors(ports: Ports, who: Who) -> list[str]:
    """Name the vectors that were made of the profile; their numbers say nothing to anybody."""
    found = []
    for kind in ("candidates", "vectors"):
        collection = COLLECTIONS[kind]
        for row in ports.store.get(collection, [who.id], fields=collection.vectors).values():
            found += [f"{kind}.{name}" for name in collection.vectors if row.data.get(name) is not None]
    return found


def _rows(ports: Ports, who: Who) -> Iterator[ExportRow]:
    for found in rows_of(ports, who):
        with ports.files.open(found.path) as stream:
            header = read_header(stream, found.path.rpartition("/")[2])
        for placed in found.rows:
            said: str | dict[str, str] = "".join(placed.lines)
            if placed.cells is not None:
                said = {name: cell for name, cell in zip(header, placed.cells, strict=False) if cell}
            yield {"import_id": found.import_id, "file": found.path, "row": placed.number, "said": said}
