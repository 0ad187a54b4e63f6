"""An import of an export file: every row ends as created, merged, unchanged, skipped or rejected, with a reason."""

from __future__ import annotations

import csv
import gc
import io
import secrets
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from shared.errors import NotFound, TooLarge, WrongCall
from shared.intake.likeness import flag_likely_duplicates
from shared.intake.prepared import Frame, source_id
from shared.intake.resolving import Resolved, resolve
from shared.intake.row_readers import Result, RowReaders
from shared.intake.storing import store_file
from shared.models.batch import Import, ImportOptions
from shared.ports import Create, Data, Ports, Store, Update, Write
from shared.reading.exports import Export, Reject, Row, open_export
from shared.reading.rows import is_disqualified, name_of
from shared.vocabulary.text import plain

CHUNK: Final = 2000  # rows a commit: half the writing of 500, and still only a few MB
_AHEAD: Final = 2  # chunks being read while one is written
Progress = Callable[[int, float], None]  # rows done, share of the file read (0 to 1)


@dataclass
class Counts:
    """The counts of an import while it runs."""

    rows: int = 0
    created: int = 0
    merged: int = 0
    unchanged: int = 0
    rejected: int = 0
    flagged: int = 0
    skipped: dict[str, int] = field(default_factory=lambda: {"disqualified": 0, "no_name": 0, "duplicate": 0})
    dropped: dict[str, int] = field(default_factory=dict)  # protected attribute -> cells

    def document(self) -> Data:
        """Return the counts as stored."""
        names = ("rows", "created", "merged", "unchanged", "rejected", "flagged")
        return {name: getattr(self, name) for name in names} | {"skipped": dict(self.skipped)}

    @classmethod
    def of(cls, document: Data) -> Counts:
        """Return the counts an import left off with."""
        stored = document["counts"]
        plain_counts = {k: v for k, v in stored.items() if k != "skipped"}
        return cls(**plain_counts, skipped=dict(stored["skipped"]), dropped=dict(document.get("dropped") or {}))


@dataclass
class Chunk:
    """Consecutive rows on their way."""

    first_row: int
    after: int  # the row the next chunk starts with
    seen: Counts
    result: Result
    rejects: list[Reject]
    share: float


def start_import(
    ports: Ports, stream: BinaryIO, filename: str, pool: str, options: ImportOptions, max_bytes: int
) -> Import:
    """Take the file in and write the import down; an unfinished import of the same file is taken up again.

    Raises `UnreadableFile` when it is no export, `TooLarge` over `max_bytes`; then nothing was written.
    """
    size = stream.seek(0, io.SEEK_END)
    if size > max_bytes:
        raise TooLarge(
            f"{filename}: {size / 1e6:,.0f} MB; the limit is {max_bytes / 1e6:,.0f} MB (SHORTLIST_MAX_FILE_MB)"
        )
    export = open_export(stream, filename)
    import_id = secrets.token_hex(8)
    path = f"imports/{import_id}/{filename}"
    sha256 = store_file(ports.files, path, stream)
    if unfinished := _unfinished(ports, pool, sha256, options):
        ports.files.delete(path)
        ports.store.commit([[Update("imports", unfinished, {"owner": ports.worker.name, "resumed": True}, None)]])
        return read_import(ports.store, unfinished)
    document = {
        "id": import_id,
        "pool": pool,
        "filename": filename,
        "file": path,
        "sha256": sha256,
        "state": "RUNNING",
        "owner": ports.worker.name,
        "options": options.model_dump(mode="json"),
        "mapping": dict(export.columns.mapping),
        "dropped": {},
        "next_row": 1,
        "counts": Counts().document(),
        "created_at": ports.now(),
    }
    ports.store.commit([[Create("imports", import_id, document)]])
    ports.store.commit([[Create("pools", pool, {"id": pool, "created_at": ports.now()})]])  # exists: fine
    return Import.model_validate(document)


def run_import(ports: Ports, import_id: str, processes: int = 0, progress: Progress | None = None) -> Import:
    """Do all rows that are not yet done. Stopped at any point, the next call goes on from there."""
    document = _document(ports.store, import_id)
    if document["state"] != "RUNNING":
        return read_import(ports.store, import_id)
    counts = Counts.of(document)
    with ports.files.open(document["file"]) as stream, _rare_collections():
        size = max(1, stream.seek(0, io.SEEK_END))
        export = open_export(stream, document["filename"])
        frame = _frame(ports, document, export)
        readers = RowReaders(frame, processes)
        names, employers = _written_before(ports, document)
        try:
            for chunk in _chunks(ports, export, frame, document, readers, lambda: stream.tell() / size):
                resolved = resolve(ports, chunk.result(), document["options"]["on_duplicate"])
                names |= resolved.names
                employers |= resolved.employers
                add_chunk(counts, chunk, resolved)
                ports.store.commit([_progress(import_id, chunk, counts)])
                if progress:
                    progress(counts.rows, chunk.share)
        finally:
            readers.close()
    counts.flagged += len(flag_likely_duplicates(ports, names, employers))
    return _finish(ports, import_id, counts, export.warnings)


@contextmanager
def _rare_collections() -> Iterator[None]:
    """Rows are trees without cycles; looking for cycles among them would take a third of the time."""
    before = gc.get_threshold()
    gc.set_threshold(200_000, 50, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def read_import(store: Store, import_id: str) -> Import:
    """Return the import. Raises `NotFound`."""
    return Import.model_validate(_document(store, import_id))


def list_imports(store: Store) -> list[Import]:
    """Return all imports, newest first."""
    return [Import.model_validate(row.data) for row in store.query("imports", order="-created_at")]


def import_counts(done: Import) -> Data:
    """Return an import's counts in the order people read them."""
    counts = done.counts
    result: Data = {"import_id": done.id, "rows": counts.rows}
    result |= {name: getattr(counts, name) for name in ("created", "merged", "unchanged")}
    result |= {"skipped": counts.skipped.model_dump(), "rejected": counts.rejected, "flagged": counts.flagged}
    extra = {"dropped": done.dropped, "warnings": list(done.warnings), "rejects_file": done.rejects_file}
    return result | {name: value for name, value in extra.items() if value}


def _document(store: Store, import_id: str) -> Data:
    rows = store.get("imports", [import_id])
    if not rows:
        raise NotFound(f"no import {import_id}; `shortlist imports` lists them")
    return rows[import_id].data


def _unfinished(ports: Ports, pool: str, sha256: str, options: ImportOptions) -> str | None:
    """The import of the same bytes that came furthest before its process died."""
    found = []
    for row in ports.store.query("imports", [("pool", "==", pool)]):
        same = row.data["sha256"] == sha256 and row.data["options"] == options.model_dump(mode="json")
        if same and row.data["state"] == "RUNNING" and ports.worker.is_dead(row.data.get("owner") or ""):
            found.append((row.data["next_row"], row.id))
    return max(found)[1] if found else None


def frame_of(ports: Ports, export: Export, pool: str, import_id: str, at: str) -> Frame:
    """Return what all rows of an import of this file share. Protected columns are no content."""
    protected = {index for indexes in export.columns.protected.values() for index in indexes}
    labels = tuple(
        None if index in protected else export.columns.mapping.get(header, plain(header))
        for index, header in enumerate(export.header)
    )
    return Frame(export.columns, labels, pool, import_id, at, ports.key_secret)


def _frame(ports: Ports, document: Data, export: Export) -> Frame:
    return frame_of(ports, export, document["pool"], document["id"], document["created_at"])


def _chunks(
    ports: Ports, export: Export, frame: Frame, document: Data, readers: RowReaders, share_read: Callable[[], float]
) -> Iterator[Chunk]:
    """Yield chunks in file order; a few are being read ahead."""
    ahead: deque[Chunk] = deque()
    options = ImportOptions.model_validate(document["options"])
    triage = Triage(ports.store, frame, options, readers)
    resumed = bool(document.get("resumed"))
    for rows in cut_rows(export, document["next_row"], options.limit):
        ahead.append(triage.chunk(rows, share_read(), resumed=resumed))
        resumed = False
        if len(ahead) > _AHEAD:
            yield ahead.popleft()
    yield from ahead


def cut_rows(export: Export, start: int, limit: int | None) -> Iterator[list[Row | Reject]]:
    chunk: list[Row | Reject] = []
    for row in export.records(start):
        if limit is not None and row.number > limit:
            break
        chunk.append(row)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


@dataclass
class Triage:
    """Sorts rows by what can be told without reading them: rejected, disqualified, nameless, already stored."""

    store: Store
    frame: Frame
    options: ImportOptions
    readers: RowReaders

    def chunk(self, rows: list[Row | Reject], share: float, resumed: bool = False) -> Chunk:
        """Return the chunk with its easy rows counted and the others on their way to be read.

        `resumed`: rows of this very import may be stored already, by the run that was stopped.
        """
        seen = Counts(rows=len(rows))
        rejects = [row for row in rows if isinstance(row, Reject)]
        seen.rejected = len(rejects)
        fresh: dict[str, Row] = {}
        for row in rows:
            if isinstance(row, Row) and not self._skipped(row, seen):
                id_ = source_id(self.frame, row.cells)
                seen.unchanged += id_ in fresh
                fresh.setdefault(id_, row)
        self._count_stored(fresh, seen, resumed)
        todo = [(row.number, id_, row.cells) for id_, row in fresh.items()]
        return Chunk(rows[0].number, rows[-1].number + 1, seen, self.readers.submit(todo), rejects, share)

    def _skipped(self, row: Row, seen: Counts) -> bool:
        columns = self.frame.columns
        for attribute, indexes in columns.protected.items():
            if filled := sum(bool(row.cells[index].strip()) for index in indexes):
                seen.dropped[attribute] = seen.dropped.get(attribute, 0) + filled
        if not self.options.include_disqualified and is_disqualified(columns, row.cells):
            seen.skipped["disqualified"] += 1
        elif not name_of(columns, row.cells):
            seen.skipped["no_name"] += 1
        else:
            return False
        return True

    def _count_stored(self, fresh: dict[str, Row], seen: Counts, resumed: bool) -> None:
        fields = ("import_id", "outcome") if resumed else ()
        for id_, stored in self.store.get("sources", list(fresh), fields=fields).items():
            del fresh[id_]
            own = resumed and stored.data["import_id"] == self.frame.import_id
            name = stored.data["outcome"] if own else "unchanged"
            setattr(seen, name, getattr(seen, name) + 1)


def add_chunk(counts: Counts, chunk: Chunk, resolved: Resolved) -> None:
    seen = chunk.seen
    counts.rows += seen.rows
    counts.created += seen.created + resolved.created
    counts.merged += seen.merged + resolved.merged
    counts.unchanged += seen.unchanged + resolved.unchanged
    counts.rejected += seen.rejected
    counts.flagged += len(resolved.flagged)
    counts.skipped["duplicate"] += resolved.duplicate
    for reason, number in seen.skipped.items():
        counts.skipped[reason] += number
    for attribute, number in seen.dropped.items():
        counts.dropped[attribute] = counts.dropped.get(attribute, 0) + number


def _progress(import_id: str, chunk: Chunk, counts: Counts) -> list[Write]:
    fields = {"next_row": chunk.after, "counts": counts.document(), "dropped": dict(counts.dropped)}
    writes: list[Write] = [Update("imports", import_id, fields, None)]
    for reject in chunk.rejects:
        said = {"import_id": import_id, "row": reject.number, "line": reject.line, "reason": reject.reason}
        writes.append(Create("rejects", f"{import_id}-{reject.number:09d}", said))
    return writes


def _written_before(ports: Ports, document: Data) -> tuple[set[str], set[str]]:
    """The names and employers a stopped run of this import had written: they are still to be compared."""
    names: set[str] = set()
    employers: set[str] = set()
    if not document.get("resumed"):
        return names, employers
    sources = ports.store.query("sources", [("import_id", "==", document["id"])], fields=("candidate_id",))
    ids = sorted({row.data["candidate_id"] for row in sources})
    for start in range(0, len(ids), CHUNK):
        rows = ports.store.get("candidates", ids[start : start + CHUNK], fields=("name_key", "employer_key"))
        names |= {key for row in rows.values() if (key := row.data.get("name_key"))}
        employers |= {key for row in rows.values() if (key := row.data.get("employer_key"))}
    return names, employers


def _finish(ports: Ports, import_id: str, counts: Counts, warnings: list[str]) -> Import:
    fields: Data = {"state": "SUCCESS", "counts": counts.document(), "completed_at": ports.now()}
    if warnings:
        fields["warnings"] = warnings
    if counts.rejected:
        fields["rejects_file"] = _write_rejects(ports, import_id)
    ports.store.commit([[Update("imports", import_id, fields, None)]])
    return read_import(ports.store, import_id)


def _write_rejects(ports: Ports, import_id: str) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(["row", "line", "reason"])
    for row in ports.store.query("rejects", [("import_id", "==", import_id)]):
        writer.writerow([row.data["row"], row.data["line"], row.data["reason"]])
    path = f"imports/{import_id}/rejects.csv"
    ports.files.write(path, text.getvalue().encode())
    return path


def check_pool(pool: str) -> str:
    """Return the pool's name. Raises `WrongCall`."""
    if not pool or len(pool) > 64 or not all(c.isalnum() or c in "-_." for c in pool) or pool.startswith("."):
        raise WrongCall(f"pool {pool!r}: letters, digits, '-', '_' and '.' only, at most 64")
    return pool
