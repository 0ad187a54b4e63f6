"""Imports over HTTP: look first, take a file, read where its rows went, take it back."""

from __future__ import annotations

import tempfile
from typing import Any, BinaryIO, Final, cast

from flask import Response, request

from functions.audit import note
from functions.openapi.operation import FILE, POOL, VIEW, boolean, choice, limit, operation, text
from functions.parameters import flag, number
from functions.request import caller, pool_to_change, ports, reads, settings, sight
from shared import wiring
from shared.access import allow
from shared.errors import InvalidRequest, NotAllowed
from shared.imports.counts import import_counts
from shared.imports.preview import parse_mapping
from shared.imports.previews import keep_preview, start_previewed
from shared.imports.rejects import rejects_csv
from shared.imports.start import list_imports, read_import, run_import, start_import
from shared.imports.steps import hand_over
from shared.imports.undo import preview_undo, undo_import
from shared.imports.uploads import list_uploads
from shared.models.batch import Import, ImportOptions
from shared.models.collections import IMPORTS, PREVIEWS
from shared.pipeline.backlog import sweep
from shared.views.imports import (
    ImportDone,
    ImportPreview,
    Imports,
    ImportStarted,
    ImportUndone,
    Uploads,
    import_list,
    import_preview,
    import_record,
    upload_list,
)

_BACKGROUND: Final = boolean("background", "Answer at once; tasks do the work.")
_OPTIONS: Final = (
    POOL,
    choice("on_duplicate", "merge", "skip", says="What a row of somebody known does."),
    boolean("include_disqualified"),
    text("map", "`HEADER=FIELD` reads a column as that field; may be repeated."),
    choice("dates", "mdy", "dmy", says="The order of all dates; else the cells decide."),
    text("filename", "When the file is the body itself."),
)
_UNDO: Final = (
    boolean("dry_run", "Only say what goes, changes and stays."),
    boolean("also_kept", "Remove people too whom notes, tags, corrections or shares by hand would keep."),
)
_IN_MEMORY: Final = 8 << 20  # bytes of a body that are held in memory
_BLOCK: Final = 1 << 20
_MEGABYTE: Final = 1_000_000


@operation({201: ImportDone, 202: ImportStarted}, query=(*_OPTIONS, _BACKGROUND), body=FILE)
def create_import() -> Any:
    """Import the file sent as `file` (multipart) or as the body; `?pool=&on_duplicate=&include_disqualified=`.

    `?background=true`: the answer does not wait, and `/api/processing/jobs/import-ID/` says how far it is.
    """
    pool, options = _options()
    stream, filename = _sent_file()
    with stream:
        started = start_import(ports(), stream, filename, pool, options, _limit())
    return _run(started)


@operation({201: ImportPreview}, query=_OPTIONS, body=FILE)
def preview_import() -> Any:
    """Say what an import of the file would do: which column is what, the first changes field by field, rejects.

    Nothing is imported. The file is kept for a day, and `id` imports it by `/api/imports/preview/ID/commit/`.
    """
    pool, options = _options()
    stream, filename = _sent_file()
    scratch, remove = wiring.scratch_store()
    try:
        with stream:
            preview = keep_preview(ports(), scratch, stream, filename, pool, options, _limit(), caller().uid)
    finally:
        remove()
    known = [change["candidate_id"] for change in preview["changes"] if change["change"] != "new"]
    note("preview import", known, preview=preview["id"])
    return import_preview(preview, sight()), 201


@operation({201: ImportDone, 202: ImportStarted}, query=(_BACKGROUND,))
def commit_preview(preview_id: str) -> Any:
    """Import a file that was previewed, as it was previewed; `?background=true` does not wait."""
    preview = reads().one(PREVIEWS, preview_id).data
    allow(caller(), "change", preview["pool"])
    return _run(start_previewed(ports(), preview_id, _limit()))


@operation({200: Imports}, query=(VIEW,))
def get_imports() -> Imports:
    """List the imports of the caller's pools, newest first."""
    stored = list_imports(ports().store, reads())
    return import_list([record.model_dump(mode="json") for record in stored], sight())


@operation({200: Import}, query=(VIEW,))
def get_import(import_id: str) -> Any:
    """Return one import with where its rows went."""
    reads().one(IMPORTS, import_id, fields=("pool",))
    return import_record(read_import(ports().store, import_id).model_dump(mode="json"), sight())


@operation({200: "text/csv"})
def get_rejects(import_id: str) -> Response:
    """Return the rows that could not be taken as CSV: row, line, reason."""
    pool = reads().one(IMPORTS, import_id, fields=("pool",)).data["pool"]
    if sight().blind(pool):
        raise NotAllowed("people are seen blind here, and this would show who they are")
    headers = {"Content-Disposition": 'attachment; filename="rejects.csv"'}
    return Response(rejects_csv(ports(), import_id), mimetype="text/csv", headers=headers)


@operation({200: ImportUndone}, query=_UNDO, refuses=(400,))
def undo(import_id: str) -> ImportUndone:
    """Take back what an import said; what other sources said and people did by hand stays.

    `?dry_run=true` only says what goes, changes and stays; `?also_kept=true` removes what was done by hand, too.
    """
    pool = reads().one(IMPORTS, import_id, fields=("pool",)).data["pool"]
    allow(caller(), "change", pool)
    if flag("dry_run"):
        plan: Any = preview_undo(ports(), import_id)
        return ImportUndone(**plan)
    undone = undo_import(ports(), import_id, also_kept=flag("also_kept"))
    note("undo import", **undone)
    return ImportUndone(**undone)


@operation({200: Uploads}, query=(limit(100, 1000),))
def get_uploads() -> Uploads:
    """List dropped files of all pools, newest first, refusals with the reason; `?limit=`. For admins."""
    allow(caller(), "administer")
    stored = list_uploads(ports().store, number("limit", 100, 1, 1000))
    return upload_list([upload.model_dump(mode="json") for upload in stored], sight())


def _options() -> tuple[str, ImportOptions]:
    """Return the pool that is named, once it is one the caller may add to, and how the import is to be done."""
    on_duplicate = request.args.get("on_duplicate", "merge")
    if on_duplicate not in ("merge", "skip"):
        raise InvalidRequest(f"on_duplicate={on_duplicate!r}: merge or skip")
    dates = request.args.get("dates")
    if dates not in (None, "mdy", "dmy"):
        raise InvalidRequest(f"dates={dates!r}: mdy or dmy")
    options = {
        "on_duplicate": on_duplicate,
        "include_disqualified": flag("include_disqualified"),
        "mapping": parse_mapping(request.args.getlist("map")),
        "dates": dates,
    }
    return pool_to_change(request.args.get("pool", "default")), ImportOptions.model_validate(options)


def _run(started: Import) -> Any:
    """Do the import now, or let tasks do it step by step."""
    if flag("background"):
        hand_over(ports(), started)
        return ImportStarted(import_id=started.id, job=f"import-{started.id}"), 202
    done: Any = import_counts(run_import(ports(), started.id))
    sweep(ports())
    return ImportDone(**done), 201


def _sent_file() -> tuple[BinaryIO, str]:
    """Return the file of a request and its name; the caller closes it."""
    if request.mimetype != "multipart/form-data":
        return _body_as_file(), request.args.get("filename", "upload.csv")
    upload = request.files.get("file")
    if upload is None:
        raise InvalidRequest("no `file` in the form")
    return cast(BinaryIO, upload.stream), upload.filename or "upload.csv"


def _body_as_file() -> BinaryIO:
    spool = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 the caller closes it
    try:
        while block := request.stream.read(_BLOCK):
            spool.write(block)
        if not spool.tell():
            raise InvalidRequest("no file: send it as the body, or as `file` of a multipart form")
    except Exception:
        spool.close()
        raise
    spool.seek(0)
    return cast(BinaryIO, spool)


def _limit() -> int:
    return settings().max_file_mb * _MEGABYTE
