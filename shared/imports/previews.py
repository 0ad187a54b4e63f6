"""Look first, then take: a previewed file is kept until it is imported, or for a day."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, BinaryIO, Final, TypedDict

from shared.errors import NotFound
from shared.imports.dry_run_store import ChangedPerson
from shared.imports.preview import PreviewReject, preview_import
from shared.imports.start import check_size, options_data, start_import
from shared.imports.store_upload import store_file
from shared.models.batch import Import, ImportOptions
from shared.models.collections import PREVIEWS
from shared.ports import Create, Delete, Ports, Store
from shared.reading.file_names import safe_filename

if TYPE_CHECKING:
    from shared.models.documents.imports import ImportCountsData, PreviewDocument

_MOST_REJECTS: Final = 1000  # shown in an answer; all of them are in the import's file


class PreviewSummary(TypedDict):
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
) -> PreviewSummary:  # fmt: skip
    """Say what an import of this file would do, writing nothing but the file itself; `id` commits it.

    Raises `UnreadableFile`, `TooLarge`; then nothing is kept.
    """
    filename = safe_filename(filename, "export.csv")
    check_size(filename, stream.seek(0, 2), max_bytes)
    preview = preview_import(ports, aside, stream, filename, pool, options)
    id_ = secrets.token_hex(8)
    path = f"previews/{id_}/{filename}"
    store_file(ports.files, path, stream)
    document: PreviewDocument = {
        "id": id_,
        "pool": pool,
        "filename": filename,
        "file": path,
        "options": options_data(options),
        "caller": caller,
        "at": ports.now(),
    }
    ports.store.commit([[Create(PREVIEWS, id_, document)]])
    return {
        "id": id_,
        "pool": pool,
        "mapping": preview.mapping,
        "unmapped": preview.unmapped,
        "protected": preview.protected,
        "counts": preview.counts.document(),
        "dropped": preview.counts.dropped,
        "changes": preview.changes,
        "rejects": preview.rejects[:_MOST_REJECTS],
        "warnings": preview.warnings,
    }


def start_previewed(ports: Ports, preview_id: str, max_bytes: int) -> Import:
    """Begin the import of a previewed file, with the options it was previewed with. Raises `NotFound`."""
    row = ports.store.get(PREVIEWS, [preview_id]).get(preview_id)
    if row is None:
        raise NotFound(f"no preview {preview_id}: it was imported, or is older than a day")
    preview = row.data
    options = ImportOptions.model_validate(preview["options"])
    with ports.files.open(preview["file"]) as stream:
        started = start_import(ports, stream, preview["filename"], preview["pool"], options, max_bytes)
    _delete(ports, preview)
    return started


def delete_previews(ports: Ports, before: str) -> int:
    """Delete previews from before that time that nobody imported; return how many."""
    rows = ports.store.query(PREVIEWS, [("at", "<", before)])
    for row in rows:
        _delete(ports, row.data)
    return len(rows)


def _delete(ports: Ports, preview: PreviewDocument) -> None:
    ports.files.delete(preview["file"])
    ports.store.commit([[Delete(PREVIEWS, preview["id"])]])
