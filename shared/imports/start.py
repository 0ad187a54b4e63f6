"""An import of an export file: every row ends as created, merged, unchanged, skipped or rejected, with a reason."""

from __future__ import annotations

import io
import secrets
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, BinaryIO, Final, cast

from shared.access import Reads
from shared.access.pools import require_pool
from shared.errors import NotFound, TooLarge
from shared.imports.counts import Counts, sum_counts
from shared.imports.duplicate_scan import touched_by
from shared.imports.redact_exports import empty_rows_of_erased
from shared.imports.rejects import write_rejects
from shared.imports.slices import run_slices
from shared.imports.store_upload import store_file
from shared.leases import is_held, new_lease
from shared.models.batch import Import, ImportOptions
from shared.models.candidate import FAILED, READY
from shared.models.collections import CANDIDATES, IMPORTS, SLICES, SOURCES, UPLOADS
from shared.paging import iter_pages
from shared.people.near_duplicates import flag_likely_duplicates
from shared.pipeline.helper_processes import HelperProcess
from shared.ports import Create, Ports, Store, Stored, Update, Write
from shared.reading.exports.column_contents import header_fingerprint
from shared.reading.exports.open import open_export, read_header
from shared.reading.file_names import safe_filename

if TYPE_CHECKING:
    from shared.models.documents.imports import ImportDocument, ImportOptionsData, UploadDocument
    from shared.models.documents.records import LeaseData

STEP: Final = "import_rows"  # what an import awaits that is done by tasks
_NEVER: Final = "9999"  # later than every time
Progress = Callable[[int, float], None]  # rows done, share of the file read (0 to 1)


def start_import(
    ports: Ports,
    stream: BinaryIO,
    filename: str,
    pool: str,
    options: ImportOptions,
    max_bytes: int,
    parts: int = 1,
    upload_id: str | None = None,
) -> Import:
    """Take the file in and write the import down; an unfinished import of the same file is resumed.

    `parts`: slices that may be done side by side. `upload_id`: of a dropped file; its import is done by tasks, step by
    step, and is one however often the upload is notified. Raises `UnreadableFile` when it is no export, `TooLarge` over
    `max_bytes`; then nothing was written.
    """
    require_pool(ports, pool)
    filename = safe_filename(filename, "export.csv")
    check_size(filename, stream.seek(0, io.SEEK_END), max_bytes)
    options = with_remembered_mapping(ports, stream, filename, pool, options)
    export = open_export(stream, filename, options.mapping, options.dates)
    import_id = upload_id[:16] if upload_id else secrets.token_hex(8)
    path = f"imports/{import_id}/{filename}"
    sha256 = store_file(ports.files, path, stream)
    if upload_id is None:
        resumed = _resume(ports, pool, sha256, options)
        if resumed:
            ports.files.delete(path)
            return read_import(ports.store, resumed)
    document: ImportDocument = {
        "id": import_id,
        "pool": pool,
        "filename": filename,
        "file": path,
        "sha256": sha256,
        "state": "RUNNING",
        "options": options_data(options),
        "mapping": dict(export.columns.mapping),
        "header_fingerprint": header_fingerprint(export.header),
        "warnings": list(export.warnings),
        "parts": parts,
        "created_at": ports.now(),
        **_worker(ports, upload_id),
    }
    (conflict,) = ports.store.commit([[Create(IMPORTS, import_id, document)]])
    return read_import(ports.store, import_id) if conflict else Import.model_validate(document)


def options_data(options: ImportOptions) -> ImportOptionsData:
    """Return options as they are stored; mapping and dates only where a person said them."""
    data = options.model_dump(mode="json")
    for name in ("mapping", "dates"):
        if not data[name]:
            del data[name]
    return cast("ImportOptionsData", data)


def with_remembered_mapping(
    ports: Ports, stream: BinaryIO, filename: str, pool: str, options: ImportOptions
) -> ImportOptions:
    """Return options with the mapping that the last import of this header into the pool had by hand.

    Only where these options have none. Raises `UnreadableFile`.
    """
    if options.mapping:
        return options
    earlier: dict[str, ImportDocument] = {}
    for row in ports.store.query(IMPORTS, [("pool", "==", pool)], order="-created_at"):
        fingerprint = row.data.get("header_fingerprint")
        if fingerprint and row.data["options"].get("mapping"):
            earlier.setdefault(fingerprint, row.data)
    if not earlier:
        return options
    last = earlier.get(header_fingerprint(read_header(stream, filename)))
    if last is None:
        return options
    remembered = last["options"]
    return options.model_copy(
        update={"mapping": remembered["mapping"], "dates": options.dates or remembered.get("dates")}
    )


def _worker(ports: Ports, upload_id: str | None) -> ImportDocument:
    """Say who does the rows: tasks those of a dropped file, else this process."""
    if upload_id is not None:
        return {"awaiting": STEP, "upload_id": upload_id}
    lease = new_lease(ports, STEP)
    return {"owner": lease["owner"], "lease": lease}


def _resume(ports: Ports, pool: str, sha256: str, options: ImportOptions) -> str | None:
    """Take over an unfinished import of the same bytes; return its id, None where there is none."""
    unfinished = _unfinished(ports, pool, sha256, options)
    if unfinished is None:
        return None
    fields: ImportDocument = {**_worker(ports, None), "resumed": True}
    (conflict,) = ports.store.commit([[Update(IMPORTS, unfinished.id, fields, unfinished.version)]])
    return None if conflict else unfinished.id  # a conflict: another command has just resumed it


def check_size(filename: str, size: int, max_bytes: int) -> None:
    """Raise `TooLarge` for more than `max_bytes`."""
    if size > max_bytes:
        limit = f"the limit is {max_bytes / 1e6:,.0f} MB (SHORTLIST_MAX_FILE_MB)"
        raise TooLarge(f"{filename}: {size / 1e6:,.0f} MB; {limit}")


def run_import(
    ports: Ports, import_id: str, others: Sequence[HelperProcess] = (), progress: Progress | None = None
) -> Import:
    """Do all rows that are not yet done. Stopped at any point, the next call goes on from there.

    `others`: processes that take their share.
    """
    document = import_document(ports.store, import_id)
    if document["state"] == "RUNNING":
        written = run_slices(ports, document, others, _row_progress(ports, document, progress))
        if document.get("resumed"):  # what the stopped run had written is still to be compared, too
            written.add(touched_by(ports, import_id, document["pool"]))
        finish_import(ports, document, len(flag_likely_duplicates(ports, written, *others[:1])))
    return read_import(ports.store, import_id)


def read_import(store: Store, import_id: str) -> Import:
    """Return the import; while it runs its counts are the sum of its slices'. Raises `NotFound`."""
    return _with_counts(store, import_document(store, import_id))


def list_imports(store: Store, reads: Reads | None = None) -> list[Import]:
    """Return the imports those reads may see, newest first; without any: all, for who sits at the machine."""
    query = store.query if reads is None else reads.page
    rows = query(IMPORTS, order="-created_at", limit=None)
    return [_with_counts(store, row.data) for row in rows]


def import_document(store: Store, import_id: str) -> ImportDocument:
    """Return an import as it is stored. Raises `NotFound`."""
    rows = store.get(IMPORTS, [import_id])
    if not rows:
        raise NotFound(f"no import {import_id}; `shortlist imports` lists them")
    return rows[import_id].data


def _with_counts(store: Store, document: ImportDocument) -> Import:
    if "counts" in document:
        return Import.model_validate(document)
    counts = sum_of_slices(store, document["id"])
    return Import.model_validate({**document, "counts": counts.document(), "dropped": counts.dropped})


def sum_of_slices(store: Store, import_id: str) -> Counts:
    """Return what is counted of an import so far."""
    return sum_counts(Counts.of(row.data) for row in store.query(SLICES, [("import_id", "==", import_id)]))


def is_running(ports: Ports, document: ImportDocument) -> bool:
    """Tell whether a command works on the import, or tasks do it step by step."""
    if document["state"] != "RUNNING":
        return False
    if document.get("awaiting") == STEP:
        return True
    return is_held(ports, document.get("lease") or _lease_of_owner(document))


def _lease_of_owner(document: ImportDocument) -> LeaseData | None:
    """Return the lease of an import that was begun before imports had one: as long as its process may live."""
    owner = document.get("owner")
    return {"owner": owner, "until": _NEVER} if owner else None


def _unfinished(ports: Ports, pool: str, sha256: str, options: ImportOptions) -> Stored[ImportDocument] | None:
    """Return the import of the same bytes that came furthest before its process ended."""
    data = options_data(options)
    furthest, most_rows = None, -1
    for row in ports.store.query(IMPORTS, [("pool", "==", pool)]):
        is_same = row.data["sha256"] == sha256 and row.data["options"] == data
        if not is_same or row.data["state"] != "RUNNING" or is_running(ports, row.data):
            continue
        rows = sum_of_slices(ports.store, row.id).rows
        if rows > most_rows:
            furthest, most_rows = row, rows
    return furthest


def _row_progress(ports: Ports, document: ImportDocument, progress: Progress | None) -> Callable[[float], None] | None:
    if progress is None:
        return None
    return lambda share: progress(sum_of_slices(ports.store, document["id"]).rows, share)


def finish_import(ports: Ports, document: ImportDocument, flagged: int) -> None:
    """Write down where every row went. `document`: the import's, as it ran; `flagged`: records no slice has counted."""
    counts = sum_of_slices(ports.store, document["id"])
    counts.flagged += flagged
    if document.get("resumed"):
        _recount(ports.store, document["id"], counts)
    fields: ImportDocument = {"state": "SUCCESS", "counts": counts.document(), "dropped": counts.dropped}
    if counts.rejected:
        fields["rejects_file"] = write_rejects(ports, document["id"])
    if counts.skipped["erased"]:
        empty_rows_of_erased(ports, document)
    end_import(ports, document, fields)


def _recount(store: Store, import_id: str, counts: Counts) -> None:
    """Count people brought, joined and flagged by what is stored.

    A run that was killed may have joined some of whom an earlier note says that they were brought apart, and flagged
    some of whom no note knows.
    """
    outcomes = Counter[str]()
    flagged: set[str] = set()
    for rows in iter_pages(store, SOURCES, [("import_id", "==", import_id)], ("candidate_id", "outcome")):
        outcomes.update(row.data["outcome"] for row in rows)
        ids = sorted({row.data["candidate_id"] for row in rows})
        for id_, person in store.get(CANDIDATES, ids, fields=("flags",)).items():
            if any("candidate_id" in flag for flag in person.data.get("flags") or ()):
                flagged.add(id_)
    if outcomes["created"] + outcomes["merged"] == counts.created + counts.merged:  # else some were taken out since
        counts.created = outcomes["created"]
        counts.merged = outcomes["merged"]
    counts.flagged = len(flagged)


def end_import(ports: Ports, document: ImportDocument, fields: ImportDocument) -> None:
    """Write an import's end, and that of the upload it was made of, in one group."""
    fields = {**fields, "lease": None, "completed_at": ports.now()}
    if document.get("awaiting"):
        fields["awaiting"] = READY if fields["state"] == "SUCCESS" else FAILED
    writes: list[Write] = [Update(IMPORTS, document["id"], fields, None)]
    upload_id = document.get("upload_id")
    if upload_id and ports.store.get(UPLOADS, [upload_id], fields=()):
        end: UploadDocument = {"state": "SUCCESS" if fields["state"] == "SUCCESS" else "FAILED"}
        if "error" in fields:
            end["error"] = fields["error"]
        writes.append(Update(UPLOADS, upload_id, end, None))
    ports.store.commit([writes])
