"""The kept file of an import, without the rows of people who were erased before it came."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Final

from shared.imports.row_filter import import_context, open_import_file
from shared.people.prepared import ImportContext, PreparedSource, prepare_row, source_id
from shared.people.suppression import not_erased
from shared.ports import Ports
from shared.reading.exports.open import Export, PlacedRecord
from shared.reading.exports.redact import redact_records

if TYPE_CHECKING:
    from shared.models.documents.imports import ImportDocument

_AT_ONCE: Final = 1000  # rows


def empty_rows_of_erased(ports: Ports, import_: ImportDocument) -> int:
    """Empty every row of the import's file that is somebody's who was erased; return how many.

    The rows keep their numbers.
    """
    path = import_["file"]
    with ports.files.open(path) as stream:
        export = open_import_file(stream, import_["filename"], import_["options"])
        context = import_context(ports, export, import_["pool"], import_["id"], import_["created_at"])
        records = list(_records_of_erased(ports, export, context))
        if records:
            ports.files.write(path, redact_records(export, stream, records))
    return len(records)


def _records_of_erased(ports: Ports, export: Export, context: ImportContext) -> Iterator[PlacedRecord]:
    records = export.placed()
    part = list(islice(records, _AT_ONCE))
    while part:
        whole = [record for record in part if record.cells is not None]
        rows = [_prepare(context, record) for record in whole]
        allowed = {id(row) for row in not_erased(ports, rows)}
        for record, row in zip(whole, rows, strict=True):
            if id(row) not in allowed:
                yield record
        part = list(islice(records, _AT_ONCE))


def _prepare(context: ImportContext, record: PlacedRecord) -> PreparedSource:
    cells = record.cells or []
    return prepare_row(context, record.number, source_id(context, cells), cells, "")
