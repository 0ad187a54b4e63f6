"""Look first, then take: a previewed file is kept until it is imported, or for a day."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from typing import TYPE_CHECKING, BinaryIO, Final, TypedDict, cast

from shared.errors import NotFound
from shared.imports.dry_run_store import ChangedPerson
from shared.imports.preview import PreviewReject, preview_import
from shared.imports.start import check_size, start_import
from shared.imports.store_upload import store_file
from shared.models.batch import Import, ImportOptions
from shared.models.collections import PREVIEWS
from shared.models.preview import ImportPreview
from shared.ports import Create, Delete, Ports, Store
from shared.reading.file_names import safe_filename

if TYPE_CHECKING:
    from shared.models.documents.imports import ImportCountsData, PreviewDocument

_MANY: Final = 1000  # rejects an answer shows; all of them are in the import's file


class PreviewAnswer(TypedDict):
    """What an import of a file would do; `id` commits it."""

    id: str
    pool: str
    mapping: dict[str, str]
    unmapped: list[str]
    protected: list[str]
    counts: ImportCountsData
    dropped: dict[str, int]
    changes: list[ChangedPerson]
    rejects: list[PreviewReject]
    warnings: list[str]


def keep_preview(
    ports: Ports, aside: Store, stream: BinaryIO, filename: str, pool: str, options: ImportOptions, max_bytes: int,
    caller: str,
) -> PreviewAnswer:  # fmt: skip
    """Say what an import of this file would do, writing nothing but the file itself; `id` commits it.

    Raises `UnreadableFile`, `TooLarge`; then nothing is kept.
    """
    filename = safe_filename(filename, "export.csv")
    check_size(filename, stream.seek(0, 2), max_bytes)
    found = preview_import(ports, aside, stream, filename, pool, options)
    id_ = secrets.token_hex(8)
    path = f"previews/{id_}/{filename}"
    store_file(ports.files, path, stream)
    kept = ImportPreview(
        id=id_, pool=pool, filename=filename, file=path, options=options, caller=caller, at=ports.now()
    )
    ports.store.commit([[Create(PREVIEWS, id_, cast("PreviewDocument", kept.model_dump(mode="json")))]])
    return {
        "id": id_,
        "pool": pool,
        "mapping": found.mapping,
        "unmapped": found.unmapped,
        "protected": found.protected,
        "counts": found.counts.document(),
        "dropped": found.counts.dropped,
        "changes": found.changes,
        "rejects": found.rejects[:_MANY],
        "warnings": found.warnings,
    }


def start_previewed(ports: Ports, preview_id: str, max_bytes: int) -> Import:
    """Begin the import of a previewed file, with the options it was previewed with. Raises `NotFound`."""
    row = ports.store.get(PREVIEWS, [preview_id]).get(preview_id)
    if row is None:
        raise NotFound(f"no preview {preview_id}: it was imported, or is older than a day")
    kept = ImportPreview.model_validate(row.data)
    with ports.files.open(kept.file) as stream:
        started = start_import(ports, stream, kept.filename, kept.pool, kept.options, max_bytes)
    _forget(ports, [kept])
    return started


def forget_previews(ports: Ports, before: str) -> int:
    """Let go of previews nobody imported until then; return how many."""
    rows = ports.store.query(PREVIEWS, [("at", "<", before)])
    _forget(ports, [ImportPreview.model_validate(row.data) for row in rows])
    return len(rows)


def _forget(ports: Ports, previews: Iterable[ImportPreview]) -> None:
    for each in previews:
        ports.files.delete(each.file)
        ports.store.commit([[Delete(PREVIEWS, each.id)]])
