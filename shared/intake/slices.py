"""A slice of an import: every n-th chunk of its rows, done by one process and taken up again where it stopped."""

from __future__ import annotations

import gc
import io
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

from shared.intake.counts import Counts
from shared.intake.prepared import Frame, Prepared, prepare_row, source_id
from shared.intake.resolving import Resolved, resolve
from shared.intake.written import Written
from shared.models.batch import ImportOptions
from shared.ports import Create, Data, Ports, Store, Stored, Update, Write
from shared.reading.exports import Export, Reject, Row, open_export
from shared.reading.rows import is_disqualified, name_of
from shared.vocabulary.text import plain

_SAMPLE: Final = 30  # rows of a chunk that say whether it is worth asking for all of them
CHUNK: Final = 2000  # rows a commit: more write less, but a process must stay small
_NOTED_EVERY: Final = 5  # chunks
Progress = Callable[[float], None]  # share of the file read, 0 to 1


def run_slice(
    ports: Ports, document: Data, part: int, progress: Progress | None = None, stop: Callable[[], bool] | None = None
) -> Written:
    """Do the rows of the slice that are not yet done. `document`: the import's; `part`: from 0 on.

    `stop` is asked after every chunk: when it says so the others are left to the next call.
    """
    mine = _slice(ports, document["id"], part)
    counts, written = Counts.of(mine.data), Written(document["pool"])
    options = ImportOptions.model_validate(document["options"])
    with ports.files.open(document["file"]) as stream, rare_collections():
        size = max(1, stream.seek(0, io.SEEK_END))
        export = open_export(stream, document["filename"])
        frame = frame_of(ports, export, document["pool"], document["id"], document["created_at"])
        triage = Triage(ports.store, frame, options, resumed=bool(document.get("resumed")))
        noted = _Noted(ports.store, mine, counts)
        for rows in cut_rows(export, mine.data["next_row"], options.limit, part, document["parts"]):
            noted.chunk(*_store_chunk(ports, triage, rows, counts, written))
            if progress:
                progress(stream.tell() / size)
            if stop and stop():
                break
        noted.write()
    return written


def _store_chunk(
    ports: Ports, triage: Triage, rows: list[Row | Reject], counts: Counts, written: Written
) -> tuple[int, list[Reject]]:
    """Store and count the rows; return the number of the row behind them, and the rejects among them."""
    chunk = triage.chunk(rows)
    rows.clear()  # before anything is folded, and before the next ones are read: a process must stay small
    resolved = resolve(ports, chunk.prepared, triage.options.on_duplicate)
    add_chunk(counts, chunk, resolved)
    written.note(resolved.created + resolved.merged, resolved.names, resolved.employers)
    return chunk.after, chunk.rejects


def frame_of(ports: Ports, export: Export, pool: str, import_id: str, at: str) -> Frame:
    """Return what all rows of an import of this file share. Protected columns are no content."""
    protected = {index for indexes in export.columns.protected.values() for index in indexes}
    labels = tuple(
        None if index in protected else export.columns.mapping.get(header, plain(header))
        for index, header in enumerate(export.header)
    )
    return Frame(export.columns, labels, pool, import_id, at, ports.key_secret)


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
    prepared: list[Prepared]
    rejects: list[Reject]


@dataclass
class Triage:
    """Sorts rows by what can be told without reading them: rejected, disqualified, nameless, already stored."""

    store: Store
    frame: Frame
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
            seen.dropped[attribute] = seen.dropped.get(attribute, 0) + 1
        if not self.options.include_disqualified and is_disqualified(columns, row.cells):
            seen.skipped["disqualified"] += 1
        elif not name_of(columns, row.cells):
            seen.skipped["no_name"] += 1
        else:
            return False
        return True

    def _count_stored(self, fresh: dict[str, Row], seen: Counts) -> None:
        ids = list(fresh)
        if not self.resumed and not self.store.get("sources", ids[:: 1 + len(ids) // _SAMPLE], fields=()):
            return  # likely all are new; storing finds the few that are not, by their keys
        fields = ("import_id", "row", "outcome") if self.resumed else ()
        for id_, stored in self.store.get("sources", ids, fields=fields).items():
            row = fresh.pop(id_)
            own = self.resumed and (stored.data["import_id"], stored.data["row"]) == (self.frame.import_id, row.number)
            name = stored.data["outcome"] if own else "unchanged"
            setattr(seen, name, getattr(seen, name) + 1)


def _near_ids(count: int) -> list[str]:
    """Ids for the candidates of a chunk: random, and near each other, so that fewer pages of the index change."""
    near, digits = secrets.token_hex(3), secrets.token_hex(7 * count)  # once: asking the system takes its time
    return [near + digits[start : start + 14] for start in range(0, 14 * count, 14)]


def add_chunk(counts: Counts, chunk: Chunk, resolved: Resolved) -> None:
    """Count a chunk that was stored."""
    counts.add(chunk.seen)
    counts.created += resolved.created
    counts.merged += resolved.merged
    counts.unchanged += resolved.unchanged
    counts.flagged += resolved.flagged
    counts.skipped["duplicate"] += resolved.duplicate
    counts.skipped["erased"] += resolved.erased


def _slice(ports: Ports, import_id: str, part: int) -> Stored:
    id_ = f"{import_id}-{part}"
    new = {"import_id": import_id, "part": part, "next_row": 1, "counts": Counts().document(), "dropped": {}}
    ports.store.commit([[Create("slices", id_, new)]])  # exists: then this one goes on from there
    return ports.store.get("slices", [id_])[id_]


@dataclass
class _Noted:
    """How far a slice is, written down every few chunks: rows stored since are recognised after a restart."""

    store: Store
    mine: Stored
    counts: Counts
    _after: int = 0
    _chunks: int = 0
    _rejects: list[Reject] = field(default_factory=list)

    def chunk(self, after: int, rejects: list[Reject]) -> None:
        """Note a stored chunk: the number of the row behind it, and its rejects."""
        self._after = after
        self._chunks += 1
        self._rejects += rejects
        if self._chunks % _NOTED_EVERY == 1:
            self.write()

    def write(self) -> None:
        """Write progress and the rejects seen since, in one group."""
        if not self._after:
            return
        import_id = self.mine.data["import_id"]
        fields = {"next_row": self._after, "counts": self.counts.document(), "dropped": dict(self.counts.dropped)}
        writes: list[Write] = [Update("slices", self.mine.id, fields, None)]
        for reject in self._rejects:
            said = {"import_id": import_id, "row": reject.number, "line": reject.line, "reason": reject.reason}
            writes.append(Create("rejects", f"{import_id}-{reject.number:09d}", said))
        self.store.commit([writes])
        self._rejects.clear()


@contextmanager
def rare_collections() -> Iterator[None]:
    """Rows are trees without cycles; looking for cycles among them would take a third of the time."""
    before = gc.get_threshold()
    gc.set_threshold(2_000_000, 50, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)
