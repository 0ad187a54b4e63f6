"""A slice of an import: every n-th chunk of its rows, done by one process and taken up again where it stopped."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from shared.imports.counts import Counts
from shared.imports.row_filter import Chunk, Triage, cut_rows, frame_of
from shared.leases import HeldLease
from shared.models.batch import ImportOptions
from shared.models.collections import IMPORTS, REJECTS, SLICES
from shared.people.prepared import PreparedSource
from shared.people.resolve import Resolved, retry_conflicts, store_once
from shared.people.touched_people import TouchedPeople
from shared.pipeline.helper_processes import HelperProcess
from shared.pipeline.relaxed_gc import rare_collections
from shared.ports import Create, Ports, Stored, Update, Write
from shared.reading.exports.open import Reject, Row, open_export

if TYPE_CHECKING:
    from shared.models.documents.imports import ImportDocument, RejectDocument, SliceDocument

_NOTED_WITHIN: Final = 10  # chunks
Progress = Callable[[float], None]  # share of the file read, 0 to 1


def run_slices(
    ports: Ports, document: ImportDocument, others: Sequence[HelperProcess], progress: Progress | None = None
) -> TouchedPeople:
    """Do all slices of an import: each other process does one of them, the rest are done here."""
    parts = range(document["parts"])
    shared = list(zip(others, reversed(parts), strict=False))
    for other, part in shared:
        other.begin(run_slice, document, part)
    written = TouchedPeople()
    for part in parts[: len(parts) - len(shared)]:
        written.add(run_slice(ports, document, part, progress))
    for other, _ in shared:
        written.add(other.result())
    return written


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
    mine = _slice(ports, document["id"], part)
    counts, written = Counts.of(mine.data), TouchedPeople(document["pool"])
    options = ImportOptions.model_validate(document["options"])
    with ports.files.open(document["file"]) as stream, rare_collections():
        size = max(1, stream.seek(0, io.SEEK_END))
        export = open_export(stream, document["filename"])
        frame = frame_of(ports, export, document["pool"], document["id"], document["created_at"])
        triage = Triage(ports.store, frame, options, resumed=bool(document.get("resumed")))
        taken = document.get("lease")
        lease = HeldLease(ports, IMPORTS, document["id"], taken) if taken else None
        storing = _Storing(ports, triage, _Noted(mine, counts), written)
        for rows in cut_rows(export, mine.data["next_row"], options.limit, part, document["parts"]):
            storing.chunk(rows)
            if lease:
                lease.renew()
            if progress:
                progress(stream.tell() / size)
            if stop and stop():
                break
        storing.end()
    return written


@dataclass
class _Storing:
    """Stores a slice chunk by chunk.

    Rows that other writers got ahead of go with the next chunk, and so does the note of how far the slice is: every
    commit of its own would have to wait until another slice has written its chunk.
    """

    ports: Ports
    triage: Triage
    noted: _Noted
    written: TouchedPeople
    late: list[PreparedSource] = field(default_factory=list)

    def chunk(self, rows: list[Row | Reject]) -> None:
        """Store the rows of a chunk, but for those that are late, and count them."""
        chunk = self.triage.chunk(rows)
        rows.clear()  # before anything is folded, and before the next ones are read: a process must stay small
        if self.noted.is_behind:
            self._settle()
        resolved, how = Resolved(), self.triage.options.on_duplicate
        self.late = store_once(self.ports, resolved, chunk.prepared, self.late, how, self.noted.due())
        add_chunk(self.noted.counts, chunk, resolved)
        self._told(resolved)
        self.noted.chunk(chunk.after, chunk.rejects, whole=not self.late)

    def end(self) -> None:
        """Store what is late, and note how far the slice is."""
        self._settle()
        self.ports.store.commit(self.noted.due())

    def _settle(self) -> None:
        resolved = Resolved()
        retry_conflicts(self.ports, resolved, self.late, self.triage.options.on_duplicate)
        self.late = []
        add_resolved(self.noted.counts, resolved)
        self._told(resolved)
        self.noted.whole()

    def _told(self, resolved: Resolved) -> None:
        self.written.note(resolved.created + resolved.merged, resolved.names, resolved.employers)


@dataclass
class _Noted:
    """How far a slice is, noted where no row before it is late: rows stored since are recognised after a restart."""

    mine: Stored[SliceDocument]
    counts: Counts
    _after: int = 0
    _chunks: int = 0  # since no row was late
    _rejects: list[Reject] = field(default_factory=list)  # not yet written down
    _due: list[Write] = field(default_factory=list)  # the note, until it is

    @property
    def is_behind(self) -> bool:
        """Whether some row was late after each of many chunks."""
        return self._chunks >= _NOTED_WITHIN

    def chunk(self, after: int, rejects: list[Reject], whole: bool) -> None:
        """Take in a stored chunk: the number of the row behind it, its rejects, and that no row is late."""
        self._after = after
        self._chunks += 1
        self._rejects += rejects
        if whole:
            self.whole()

    def whole(self) -> None:
        """No row so far is late: make the note of it, with the rejects among them."""
        self._chunks = 0
        if not self._after:
            return
        import_id = self.mine.data["import_id"]
        fields: SliceDocument = {
            "next_row": self._after,
            "counts": self.counts.document(),
            "dropped": dict(self.counts.dropped),
        }
        self._due = [Update(SLICES, self.mine.id, fields, None)]
        for reject in self._rejects:
            rejected: RejectDocument = {
                "import_id": import_id,
                "row": reject.number,
                "line": reject.line,
                "reason": reject.reason,
            }
            self._due.append(Create(REJECTS, f"{import_id}-{reject.number:09d}", rejected))

    def due(self) -> list[list[Write]]:
        """Return the note that is not written down yet, as one group; it is now."""
        if not self._due:
            return []
        due, self._due = self._due, []
        self._rejects = []
        return [due]


def add_chunk(counts: Counts, chunk: Chunk, resolved: Resolved) -> None:
    """Count a chunk that was stored."""
    counts.add(chunk.seen)
    add_resolved(counts, resolved)


def add_resolved(counts: Counts, resolved: Resolved) -> None:
    """Count rows that are no longer late."""
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
    ports.store.commit([[Create(SLICES, id_, new)]])  # exists: then this one goes on from there
    return ports.store.get(SLICES, [id_])[id_]
