"""A slice of an import: every n-th chunk of its rows, done by one process and resumed where it stopped."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from shared.imports.counts import Counts
from shared.imports.row_filter import Chunk, RowFilter, import_context, iter_chunks, open_import_file
from shared.leases import HeldLease
from shared.models.batch import ImportOptions
from shared.models.collections import IMPORTS, REJECTS, SLICES
from shared.people.prepared import PreparedSource
from shared.people.resolve.resolve import Resolved, retry_conflicts, store_once
from shared.people.touched_people import TouchedPeople
from shared.pipeline.helper_processes import HelperProcess
from shared.pipeline.relaxed_gc import rare_collections
from shared.ports import Create, Ports, Stored, Update, Write
from shared.reading.exports.open import Reject, Row

if TYPE_CHECKING:
    from shared.models.documents.imports import ImportDocument, RejectDocument, SliceDocument

_RECORDED_WITHIN: Final = 10  # chunks
Progress = Callable[[float], None]  # share of the file read, 0 to 1


def run_slices(
    ports: Ports, document: ImportDocument, others: Sequence[HelperProcess], progress: Progress | None = None
) -> TouchedPeople:
    """Do all slices of an import: each other process does one of them, the rest are done here."""
    parts = range(document["parts"])
    delegated = list(zip(others, reversed(parts), strict=False))
    for other, part in delegated:
        other.begin(run_slice, document, part)
    touched = TouchedPeople()
    for part in parts[: len(parts) - len(delegated)]:
        touched.add(run_slice(ports, document, part, progress))
    for other, _ in delegated:
        touched.add(other.result())
    return touched


def run_slice(
    ports: Ports,
    document: ImportDocument,
    part: int,
    progress: Progress | None = None,
    stop: Callable[[], bool] | None = None,
) -> TouchedPeople:
    """Do the rows of the slice that are not yet done. `document`: the import's; `part`: from 0 on.

    `stop` is asked after every chunk: when it says so the others are left to the next call.
    """
    slice_ = _slice(ports, document["id"], part)
    counts = Counts.of(slice_.data)
    touched = TouchedPeople(document["pool"])
    options = ImportOptions.model_validate(document["options"])
    with ports.files.open(document["file"]) as stream, rare_collections():
        size = max(1, stream.seek(0, io.SEEK_END))
        export = open_import_file(stream, document["filename"], document["options"])
        context = import_context(ports, export, document["pool"], document["id"], document["created_at"])
        row_filter = RowFilter(ports.store, context, options, resumed=bool(document.get("resumed")))
        lease = _lease(ports, document)
        storing = _Storing(ports, row_filter, _Progress(slice_, counts), touched)
        for rows in iter_chunks(export, slice_.data["next_row"], options.limit, part, document["parts"]):
            storing.chunk(rows)
            if lease:
                lease.renew()
            if progress:
                progress(stream.tell() / size)
            if stop and stop():
                break
        storing.end()
    return touched


def _lease(ports: Ports, document: ImportDocument) -> HeldLease | None:
    lease = document.get("lease")
    return HeldLease(ports, IMPORTS, document["id"], lease) if lease else None


@dataclass
class _Storing:
    """Stores a slice chunk by chunk.

    Rows that met other writers go with the next chunk, and so does the note of how far the slice is: every
    commit of its own would have to wait until another slice has written its chunk.
    """

    ports: Ports
    row_filter: RowFilter
    progress: _Progress
    touched: TouchedPeople
    conflicted: list[PreparedSource] = field(default_factory=list)

    def chunk(self, rows: list[Row | Reject]) -> None:
        """Store the rows of a chunk, but for those that met other writers, and count them."""
        chunk = self.row_filter.chunk(rows)
        rows.clear()  # before anything is folded, and before the next ones are read: a process must stay small
        if self.progress.is_behind:
            self._retry()
        resolved = Resolved()
        on_duplicate = self.row_filter.options.on_duplicate
        self.conflicted = store_once(
            self.ports, resolved, chunk.prepared, self.conflicted, on_duplicate, self.progress.due()
        )
        add_chunk(self.progress.counts, chunk, resolved)
        self._touch(resolved)
        self.progress.chunk(chunk.after, chunk.rejects, whole=not self.conflicted)

    def end(self) -> None:
        """Store what met other writers, and note how far the slice is."""
        self._retry()
        self.ports.store.commit(self.progress.due())

    def _retry(self) -> None:
        resolved = Resolved()
        retry_conflicts(self.ports, resolved, self.conflicted, self.row_filter.options.on_duplicate)
        self.conflicted = []
        add_resolved(self.progress.counts, resolved)
        self._touch(resolved)
        self.progress.set_whole()

    def _touch(self, resolved: Resolved) -> None:
        self.touched.note(resolved.created + resolved.merged, resolved.names, resolved.employers)


@dataclass
class _Progress:
    """How far a slice is, stored where no row before it is conflicted: a restart recognises rows stored since."""

    slice: Stored[SliceDocument]
    counts: Counts
    _after: int = 0
    _chunks: int = 0  # since no row was conflicted
    _rejects: list[Reject] = field(default_factory=list)  # not yet written down
    _due: list[Write] = field(default_factory=list)  # the note, until it is

    @property
    def is_behind(self) -> bool:
        """Whether some row was conflicted after each of many chunks."""
        return self._chunks >= _RECORDED_WITHIN

    def chunk(self, after: int, rejects: list[Reject], whole: bool) -> None:
        """Take in a stored chunk: the number of the row behind it, its rejects, and whether no row is conflicted."""
        self._after = after
        self._chunks += 1
        self._rejects += rejects
        if whole:
            self.set_whole()

    def set_whole(self) -> None:
        """No row so far is conflicted: make the note of it, with the rejects among them."""
        self._chunks = 0
        if not self._after:
            return
        import_id = self.slice.data["import_id"]
        counts = self.counts
        fields: SliceDocument = {
            "next_row": self._after,
            "counts": counts.document(),
            "dropped": dict(counts.dropped),
        }
        self._due = [Update(SLICES, self.slice.id, fields, None)]
        for reject in self._rejects:
            document: RejectDocument = {
                "import_id": import_id,
                "row": reject.number,
                "line": reject.line,
                "reason": reject.reason,
            }
            self._due.append(Create(REJECTS, f"{import_id}-{reject.number:09d}", document))

    def due(self) -> list[list[Write]]:
        """Return the note that is not written down yet, as one group; it is now."""
        if not self._due:
            return []
        due, self._due = self._due, []
        self._rejects = []
        return [due]


def add_chunk(counts: Counts, chunk: Chunk, resolved: Resolved) -> None:
    """Count a chunk that was stored."""
    counts.add(chunk.counts)
    add_resolved(counts, resolved)


def add_resolved(counts: Counts, resolved: Resolved) -> None:
    """Count rows that were stored."""
    counts.created += resolved.created
    counts.merged += resolved.merged
    counts.unchanged += resolved.unchanged
    counts.flagged += resolved.flagged
    counts.skipped["duplicate"] += resolved.duplicate
    counts.skipped["erased"] += resolved.erased


def _slice(ports: Ports, import_id: str, part: int) -> Stored[SliceDocument]:
    id_ = f"{import_id}-{part}"
    new: SliceDocument = {
        "import_id": import_id,
        "part": part,
        "next_row": 1,
        "counts": Counts().document(),
        "dropped": {},
    }
    ports.store.commit([[Create(SLICES, id_, new)]])  # exists: then this one is continued
    return ports.store.get(SLICES, [id_])[id_]
