"""What an import would do: the same code over a store that keeps all writes aside."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import BinaryIO, TypedDict

from shared.imports.counts import Counts
from shared.imports.dry_run_store import AsideStore, ChangedPerson
from shared.imports.row_filter import Triage, cut_rows, frame_of
from shared.imports.slices import add_chunk
from shared.models.batch import ImportOptions
from shared.people.resolve import resolve
from shared.pipeline.relaxed_gc import rare_collections
from shared.ports import Ports, Store
from shared.reading.exports.open import open_export
from shared.reading.file_names import safe_filename


class PreviewReject(TypedDict):
    """A row that could not be taken, and why."""

    row: int
    line: int | None
    reason: str


@dataclass
class Preview:
    """What an import would do."""

    mapping: dict[str, str]
    unmapped: list[str]
    protected: list[str]
    counts: Counts = field(default_factory=Counts)
    changes: list[ChangedPerson] = field(default_factory=list)  # the first ones, field by field
    rejects: list[PreviewReject] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def preview_import(
    ports: Ports,
    aside: Store,
    stream: BinaryIO,
    filename: str,
    pool: str,
    options: ImportOptions,
    watch: Callable[[int], object] = lambda rows: None,
) -> Preview:
    """Go through the whole import and write nothing but `aside`; `watch` is told how many rows more are done.

    Raises `UnreadableFile`.
    """
    export = open_export(stream, safe_filename(filename, "export.csv"))
    preview = Preview(
        dict(export.columns.mapping), list(export.columns.unmapped.values()), list(export.columns.protected)
    )
    layered = AsideStore(ports.store, aside)
    dry = replace(ports, store=layered)
    frame = frame_of(ports, export, pool, "preview", ports.now())
    triage = Triage(layered, frame, options)
    with rare_collections():
        for rows in cut_rows(export, limit=options.limit):
            chunk = triage.chunk(rows)
            add_chunk(preview.counts, chunk, resolve(dry, chunk.prepared, options.on_duplicate))
            preview.rejects += [{"row": one.number, "line": one.line, "reason": one.reason} for one in chunk.rejects]
            watch(len(rows))
    preview.changes, preview.warnings = layered.changes, list(export.warnings)
    return preview
