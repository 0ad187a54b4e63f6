"""Rows of an export in chunks, sorted by what can be told at once: rejected, disqualified, nameless, already stored."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, Final

from shared.imports.counts import Counts
from shared.models.batch import ImportOptions
from shared.models.collections import SOURCES
from shared.models.counters import count_in
from shared.people.prepared import ImportContext, PreparedSource, prepare_row, source_id
from shared.ports import Ports, Store
from shared.reading.exports.open import Export, Reject, Row, open_export
from shared.reading.exports.rows import is_disqualified, name_of
from shared.vocabulary.text import normalize

if TYPE_CHECKING:
    from shared.models.documents.imports import ImportOptionsData
    from shared.models.documents.people import SourceDocument

_SAMPLED_ROWS: Final = 30  # rows of a chunk that say whether it is worth asking for all of them
CHUNK: Final = 2500  # rows a commit: more write less, but a process must stay small


def open_import_file(stream: BinaryIO, filename: str, options: ImportOptionsData) -> Export:
    """Open an import's kept file as it was imported. Raises `UnreadableFile`."""
    return open_export(stream, filename, options.get("mapping"), options.get("dates"))


def import_context(ports: Ports, export: Export, pool: str, import_id: str, at: str) -> ImportContext:
    """Return what all rows of an import of this file share. Protected columns are no content."""
    columns = export.columns
    protected = {index for indexes in columns.protected.values() for index in indexes}
    labels: list[str | None] = []
    for index, header in enumerate(export.header):
        label = None if index in protected else columns.mapping.get(header, normalize(header))
        labels.append(label)
    return ImportContext(columns, tuple(labels), pool, import_id, at, ports.key_secret)


def iter_chunks(
    export: Export, start: int = 1, limit: int | None = None, part: int = 0, parts: int = 1
) -> Iterator[list[Row | Reject]]:
    """Yield the chunks that are this part's, from row `start` on; a chunk never holds rows of two."""
    chunk: list[Row | Reject] = []
    for row in export.records(start):
        if limit is not None and row.number > limit:
            break
        if parts > 1 and (row.number - 1) // CHUNK % parts != part:
            continue
        chunk.append(row)
        if row.number % CHUNK == 0:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


@dataclass
class Chunk:
    """Consecutive rows: what could be told at once, and those that were read."""

    after: int  # the row behind the last one
    counts: Counts
    prepared: list[PreparedSource]
    rejects: list[Reject]


@dataclass
class RowFilter:
    """Sorts rows by what can be told without reading them: rejected, disqualified, nameless, already stored."""

    store: Store
    context: ImportContext
    options: ImportOptions
    resumed: bool = False  # rows of this very import may be stored already, by the run that was stopped

    def chunk(self, rows: Sequence[Row | Reject]) -> Chunk:
        """Return the chunk with its easy rows counted and the others read."""
        counts = Counts(rows=len(rows))
        rejects: list[Reject] = []
        new_rows: dict[str, Row] = {}
        for row in rows:
            if isinstance(row, Reject):
                rejects.append(row)
            elif not self._is_skipped(row, counts):
                id_ = source_id(self.context, row.cells)
                if id_ in new_rows:
                    counts.unchanged += 1
                else:
                    new_rows[id_] = row
        counts.rejected = len(rejects)
        self._take_out_stored(new_rows, counts)
        return Chunk(rows[-1].number + 1, counts, self._prepare(new_rows), rejects)

    def _prepare(self, rows: dict[str, Row]) -> list[PreparedSource]:
        context = self.context
        candidate_ids = iter(_near_ids(len(rows)))
        prepared = []
        for id_, row in rows.items():
            prepared.append(prepare_row(context, row.number, id_, row.cells, next(candidate_ids)))
        return prepared

    def _is_skipped(self, row: Row, counts: Counts) -> bool:
        columns = self.context.columns
        if columns.protected:
            for attribute in columns.dropped(row.cells):
                count_in(counts.dropped, {attribute: 1})
        if not self.options.include_disqualified and is_disqualified(columns, row.cells):
            counts.skipped["disqualified"] += 1
            return True
        if not name_of(columns, row.cells):
            counts.skipped["no_name"] += 1
            return True
        return False

    def _take_out_stored(self, rows: dict[str, Row], counts: Counts) -> None:
        """Count rows whose content is stored, and leave only the others."""
        ids = list(rows)
        sample = ids[:: 1 + len(ids) // _SAMPLED_ROWS]
        if not self.resumed and not self.store.get(SOURCES, sample, fields=()):
            return  # likely all are new; storing finds the few that are not, by their keys
        fields = ("import_id", "row", "outcome") if self.resumed else ()
        for id_, stored in self.store.get(SOURCES, ids, fields=fields).items():
            row = rows.pop(id_)
            if self._is_own(stored.data, row):
                counts.count(stored.data["outcome"])
            else:
                counts.unchanged += 1

    def _is_own(self, source: SourceDocument, row: Row) -> bool:
        """Tell whether the run that was stopped stored this row."""
        return self.resumed and source.get("import_id") == self.context.import_id and source.get("row") == row.number


def _near_ids(count: int) -> list[str]:
    """Ids for the candidates of a chunk: random, and near each other, so that fewer pages of the index change."""
    prefix = secrets.token_hex(3)
    digits = secrets.token_hex(7 * count)  # once: asking the system takes its time
    return [prefix + digits[start : start + 14] for start in range(0, 14 * count, 14)]
