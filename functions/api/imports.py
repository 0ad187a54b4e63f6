"""Imports over HTTP: look first, take a file, read where its rows went, take it back."""

from __future__ import annotations

import tempfile
from typing import Any, BinaryIO, cast

from flask import Response, request

from functions.audit import note
from functions.parameters import flag, number
from functions.request import caller, pool_to_change, ports, reads, settings
from shared import wiring
from shared.access import allow
from shared.errors import InvalidRequest
from shared.imports.counts import import_counts
from shared.imports.previews import keep_preview, start_previewed
from shared.imports.rejects import rejects_csv
from shared.imports.start import list_imports, read_import, run_import, start_import
from shared.imports.steps import hand_over
from shared.imports.undo import preview_undo, undo_import
from shared.imports.uploads import list_uploads
from shared.models.batch import Import, ImportOptions
from shared.pipeline.backlog import sweep


def create_import() -> Any:
    """Import the file sent as `file` (multipart) or as the body; `?pool=&on_duplicate=&include_disqualified=`.

    `?background=true`: the answer does not wait, and `/api/processing/jobs/import-ID/` says how far it is.
    """
    pool, options = _asked()
    stream, filename = _sent()
    with stream:
        started = start_import(ports(), stream, filename, pool, options, _limit())
    return _run(started)


def preview_import() -> Any:
    """Say what an import of the file would do: which column is what, the first changes field by field, rejects.

    Nothing is imported. The file is kept for a day, and `id` imports it by `/api/imports/preview/ID/commit/`.
    """
    pool, options = _asked()
    stream, filename = _sent()
    aside, remove = wiring.scratch_store()
    try:
        with stream:
            found = keep_preview(ports(), aside, stream, filename, pool, options, _limit(), caller().uid)
    finally:
        remove()
    known = [change["candidate_id"] for change in found["changes"] if change["change"] != "new"]
    note("preview import", known, preview=found["id"])
    return found, 201


def commit_preview(preview_id: str) -> Any:
    """Import a file that was previewed, as it was previewed; `?background=true` does not wait."""
    kept = reads().one("previews", preview_id).data
    allow(caller(), "change", kept["pool"])
    return _run(start_previewed(ports(), preview_id, _limit()))


def get_imports() -> Any:
    """List the imports of the caller's pools, newest first."""
    return {"imports": [each.model_dump(mode="json") for each in list_imports(ports().store, reads())]}


def get_import(import_id: str) -> Any:
    """Return one import with where its rows went."""
    reads().one("imports", import_id, fields=("pool",))
    return read_import(ports().store, import_id).model_dump(mode="json")


def get_rejects(import_id: str) -> Any:
    """Return the rows that could not be taken as CSV: row, line, reason."""
    reads().one("imports", import_id, fields=("pool",))
    named = {"Content-Disposition": 'attachment; filename="rejects.csv"'}
    return Response(rejects_csv(ports(), import_id), mimetype="text/csv", headers=named)


def undo(import_id: str) -> Any:
    """Take back what an import said; what other sources said and people did by hand stays.

    `?dry_run=true` only says what goes, changes and stays; `?also_kept=true` removes what was done by hand, too.
    """
    found = reads().one("imports", import_id, fields=("pool",)).data
    allow(caller(), "change", found["pool"])
    if flag("dry_run"):
        return preview_undo(ports(), import_id)
    undone = undo_import(ports(), import_id, also_kept=flag("also_kept"))
    note("undo import", **undone)
    return undone


def get_uploads() -> Any:
    """List dropped files of all pools, newest first, refusals with the reason; `?limit=`. For admins."""
    allow(caller(), "administer")
    limit = number("limit", 100, 1, 1000)
    return {"uploads": [each.model_dump(mode="json") for each in list_uploads(ports().store, limit)]}


def _asked() -> tuple[str, ImportOptions]:
    """The pool that is named, once it is one the caller may add to, and how the import is to be done."""
    on_duplicate = request.args.get("on_duplicate", "merge")
    if on_duplicate not in ("merge", "skip"):
        raise InvalidRequest(f"on_duplicate={on_duplicate!r}: merge or skip")
    said = {"on_duplicate": on_duplicate, "include_disqualified": flag("include_disqualified")}
    return pool_to_change(request.args.get("pool", "default")), ImportOptions.model_validate(said)


def _run(started: Import) -> Any:
    """Do the import now, or let tasks do it step by step."""
    if flag("background"):
        hand_over(ports(), started)
        return {"import_id": started.id, "job": f"import-{started.id}"}, 202
    done = import_counts(run_import(ports(), started.id))
    sweep(ports())
    return done, 201


def _limit() -> int:
    return settings().max_file_mb * 1_000_000


def _sent() -> tuple[BinaryIO, str]:
    if request.mimetype == "multipart/form-data":
        upload = request.files.get("file")
        if upload is None:
            raise InvalidRequest("no `file` in the form")
        return cast(BinaryIO, upload.stream), upload.filename or "upload.csv"
    spool = tempfile.SpooledTemporaryFile(max_size=8 << 20)  # noqa: SIM115 the caller closes it
    try:
        while block := request.stream.read(1 << 20):
            spool.write(block)
        if not spool.tell():
            raise InvalidRequest("no file: send it as the body, or as `file` of a multipart form")
    except Exception:
        spool.close()
        raise
    spool.seek(0)
    return cast(BinaryIO, spool), request.args.get("filename", "upload.csv")
