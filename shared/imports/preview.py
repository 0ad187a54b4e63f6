"""What an import would do: the same code over a store that keeps all writes aside."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import BinaryIO, TypedDict

from shared.access.pools import require_pool
from shared.errors import InvalidRequest
from shared.imports.counts import Counts
from shared.imports.dry_run_store import ChangedPerson, DryRunStore
from shared.imports.row_filter import RowFilter, import_context, iter_chunks
from shared.imports.slices import add_chunk
from shared.imports.start import with_remembered_mapping
from shared.models.batch import ImportOptions
from shared.people.resolve.resolve import resolve
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


def parse_mapping(pairs: Iterable[str]) -> dict[str, str]:
    """Return header -> field of `HEADER=FIELD` as a person writes it. Raises `InvalidRequest`."""
    mapping = {}
    for pair in pairs:
        header, _, field_name = pair.rpartition("=")
        if not header.strip() or not field_name.strip():
            raise InvalidRequest(f'{pair[:60]!r}: write HEADER=FIELD, such as "Primary contact=email"')
        mapping[header.strip()] = field_name.strip()
    return mapping


def preview_import(
    ports: Ports,
    aside: Store,
    stream: BinaryIO,
    filename: str,
    pool: str,
    options: ImportOptions,
    watch: Callable[[int], object] = lambda rows: None,
) -> Preview:
    """Go through the whole import and write nothing but `aside`; `watch` gets the number of rows that are done.

    Raises `UnreadableFile`, `InvalidRequest` for a pool that does not exist.
    """
    require_pool(ports, pool)
    filename = safe_filename(filename, "export.csv")
    options = with_remembered_mapping(ports, stream, filename, pool, options)
    export = open_export(stream, filename, options.mapping, options.dates)
    columns = export.columns
    preview = Preview(dict(columns.mapping), list(columns.unmapped.values()), list(columns.protected))
    layered = DryRunStore(ports.store, aside)
    dry = replace(ports, store=layered)
    context = import_context(ports, export, pool, "preview", ports.now())
    row_filter = RowFilter(layered, context, options)
    with rare_collections():
        for rows in iter_chunks(export, limit=options.limit):
            chunk = row_filter.chunk(rows)
            add_chunk(preview.counts, chunk, resolve(dry, chunk.prepared, options.on_duplicate))
            for reject in chunk.rejects:
                preview.rejects.append({"row": reject.number, "line": reject.line, "reason": reject.reason})
            watch(len(rows))
    preview.changes = layered.changes
    preview.warnings = list(export.warnings)
    return preview
