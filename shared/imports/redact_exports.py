"""The kept file of an import, without the rows of people who were erased before it came."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final

from shared.imports.row_filter import frame_of
from shared.people.prepared import ImportContext, PreparedSource, prepare_row, source_id
from shared.people.suppression import not_erased
from shared.ports import Ports
from shared.reading.exports.open import Export, Placed, open_export
from shared.reading.exports.redact import blanked

if TYPE_CHECKING:
    from shared.models.documents.imports import ImportDocument

_AT_ONCE: Final = 1000  # rows


def empty_rows_of_erased(ports: Ports, document: ImportDocument) -> int:
    """Empty every row of the import's file that is somebody's who was erased; return how many. `document`: the
    import's. The rows keep their numbers."""
    with ports.files.open(document["file"]) as stream:
        export = open_export(stream, document["filename"])
        frame = frame_of(ports, export, document["pool"], document["id"], document["created_at"])
        found = list(_theirs(ports, export, frame))
        if found:
            ports.files.write(document["file"], blanked(export, stream, found))
    return len(found)


def _theirs(ports: Ports, export: Export, frame: ImportContext) -> Iterator[Placed]:
    records = export.placed()
    while part := list(islice(records, _AT_ONCE)):
        rows = {each.number: (each, _prepared(frame, each)) for each in part if each.cells is not None}
        kept = {id(row) for row in not_erased(ports, [row for _, row in rows.values()])}
        yield from (each for each, row in rows.values() if id(row) not in kept)


def _prepared(frame: ImportContext, placed: Placed) -> PreparedSource:
    cells = placed.cells or []
    return prepare_row(frame, placed.number, source_id(frame, cells), cells, "")
