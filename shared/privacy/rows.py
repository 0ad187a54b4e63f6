"""Rows of somebody in the export files that were imported: found by address, by place and by content, and blanked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from shared.errors import NotFound, UnreadableFile
from shared.imports.row_filter import import_context, open_import_file
from shared.models.collections import IMPORTS, PREVIEWS, SOURCES
from shared.people.prepared import ImportContext, source_id
from shared.ports import Ports, Stored
from shared.privacy.person import Who
from shared.reading.exports.open import PlacedRecord
from shared.reading.exports.redact import redact_records

if TYPE_CHECKING:
    from shared.models.documents.imports import ImportOptionsData, PreviewDocument


class ExportFile(NamedTuple):
    """An export as it was sent: the id of its import or preview, its name, and when it came."""

    id: str
    filename: str
    at: str
    options: ImportOptionsData


@dataclass(frozen=True)
class ExportRows:
    """Rows of one person in one file."""

    import_id: str
    path: str  # in Files
    rows: tuple[PlacedRecord, ...]
    options: ImportOptionsData


def rows_of(ports: Ports, who: Who) -> Iterator[ExportRows]:
    """Yield where the person stands in export files of their pool, whatever an import made of the row.

    Every file is read from its beginning to its end. One that cannot be found any more holds nobody.
    """
    for row in ports.store.query(IMPORTS, [("pool", "==", who.pool)]):
        file = ExportFile(row.id, row.data["filename"], row.data["created_at"], row.data["options"])
        for path in filter(None, (row.data.get("file"), row.data.get("rewritten"))):
            try:
                found = tuple(_rows_in(ports, who, file, path))
            except NotFound:
                continue
            if found:
                yield ExportRows(row.id, path, found, file.options)


def blank(ports: Ports, found: ExportRows) -> None:
    """Write the file anew with these rows empty; all others keep their numbers."""
    with ports.files.open(found.path) as stream:
        export = open_import_file(stream, found.path.rpartition("/")[2], found.options)
        ports.files.write(
            found.path, redact_records(export, stream, found.rows)
        )  # whole or not at all: read to the end first


def previews_of(ports: Ports, who: Who) -> Iterator[Stored[PreviewDocument]]:
    """Yield the previewed files of their pool that have a row of theirs; one that cannot be read has none."""
    for preview in ports.store.query(PREVIEWS, [("pool", "==", who.pool)]):
        kept = preview.data
        file = ExportFile(kept["id"], kept["filename"], kept["at"], kept["options"])
        try:
            rows = list(_rows_in(ports, who, file, kept["file"]))
        except (NotFound, UnreadableFile):
            continue
        if rows:
            yield preview


def _rows_in(ports: Ports, who: Who, file: ExportFile, path: str) -> Iterator[PlacedRecord]:
    known = who.rows.get(file.id, frozenset())
    with ports.files.open(path) as stream:
        export = open_import_file(stream, file.filename, file.options)
        frame = import_context(ports, export, who.pool, file.id, file.at)
        for placed in export.placed():
            if placed.number in known or _says_same(who, frame, placed) or _names_them(ports, who, frame, placed):
                yield placed


def _says_same(who: Who, frame: ImportContext, placed: PlacedRecord) -> bool:
    return placed.cells is not None and source_id(frame, placed.cells) in who.known.sources


def _names_them(ports: Ports, who: Who, frame: ImportContext, placed: PlacedRecord) -> bool:
    """Whether the row carries an address of theirs and is not the stored row of somebody else who shares it."""
    raw = "".join(placed.lines) if placed.lines else "\n".join(placed.cells or ())
    if who.sure is None or not who.sure.search(raw):
        return False
    id_ = source_id(frame, placed.cells) if placed.cells else ""
    stored = ports.store.get(SOURCES, [id_], fields=("candidate_id",)) if id_ else {}
    return not stored or stored[id_].data["candidate_id"] == who.id
