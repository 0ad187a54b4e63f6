"""Rows of an export in chunks, sorted by what can be told at once: rejected, disqualified, nameless, already stored."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from shared.imports.counts import Counts
from shared.models.batch import ImportOptions
from shared.models.collections import SOURCES
from shared.models.counters import count_in
from shared.people.prepared import ImportContext, PreparedSource, prepare_row, source_id
from shared.ports import Ports, Store
from shared.reading.exports.open import Export, Reject, Row
from shared.reading.exports.rows import is_disqualified, name_of
from shared.vocabulary.text import normalize

_SAMPLE: Final = 30  # rows of a chunk that say whether it is worth asking for all of them
CHUNK: Final = 2500  # rows a commit: more write less, but a process must stay small


def frame_of(ports: Ports, export: Export, pool: str, import_id: str, at: str) -> ImportContext:
    """Return what all rows of an import of this file share. Protected columns are no content."""
    protected = {index for indexes in export.columns.protected.values() for index in indexes}
    labels = tuple(
        None if index in protected else export.columns.mapping.get(header, normalize(header))
        for index, header in enumerate(export.header)
    )
    return ImportContext(export.columns, labels, pool, import_id, at, ports.key_secret)


def cut_rows(
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
    seen: Counts
    prepared: list[PreparedSource]
    rejects: list[Reject]


@dataclass
class Triage:
    """Sorts rows by what can be told without reading them: rejected, disqualified, nameless, already stored."""

    store: Store
    frame: ImportContext
    options: ImportOptions
    resumed: bool = False  # rows of this very import may be stored already, by the run that was stopped

    def chunk(self, rows: list[Row | Reject]) -> Chunk:
        """Return the chunk with its easy rows counted and the others read."""
        seen = Counts(rows=len(rows))
        rejects = [row for row in rows if isinstance(row, Reject)]
        seen.rejected = len(rejects)
        fresh: dict[str, Row] = {}
        for row in rows:
            if isinstance(row, Row) and not self._skipped(row, seen):
                id_ = source_id(self.frame, row.cells)
                seen.unchanged += id_ in fresh
                fresh.setdefault(id_, row)
        self._count_stored(fresh, seen)
        ids = _near_ids(len(fresh))
        prepared = [
            prepare_row(self.frame, row.number, id_, row.cells, candidate_id)
            for (id_, row), candidate_id in zip(fresh.items(), ids, strict=True)
        ]
        return Chunk(rows[-1].number + 1, seen, prepared, rejects)

    def _skipped(self, row: Row, seen: Counts) -> bool:
        columns = self.frame.columns
        for attribute in columns.dropped(row.cells) if columns.protected else ():
            count_in(seen.dropped, {attribute: 1})
        if not self.options.include_disqualified and is_disqualified(columns, row.cells):
            seen.skipped["disqualified"] += 1
        elif not name_of(columns, row.cells):
            seen.skipped["no_name"] += 1
        else:
            return False
        return True

    def _count_stored(self, fresh: dict[str, Row], seen: Counts) -> None:
        ids = list(fresh)
        if not self.resumed and not self.store.get(SOURCES, ids[:: 1 + len(ids) // _SAMPLE], fields=()):
            return  # likely all are new; storing finds the few that are not, by their keys
        fields = ("import_id", "row", "outcome") if self.resumed else ()
        for id_, stored in self.store.get(SOURCES, ids, fields=fields).items():
            row = fresh.pop(id_)
            own = self.resumed and (stored.data["import_id"], stored.data["row"]) == (self.frame.import_id, row.number)
            name = stored.data["outcome"] if own else "unchanged"
            seen.count(name)


def _near_ids(count: int) -> list[str]:
    """Ids for the candidates of a chunk: random, and near each other, so that fewer pages of the index change."""
    near, digits = secrets.token_hex(3), secrets.token_hex(7 * count)  # once: asking the system takes its time
    return [near + digits[start : start + 14] for start in range(0, 14 * count, 14)]
