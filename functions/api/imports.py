"""Imports over HTTP: an export file in the body, its counts in the answer."""

from __future__ import annotations

import tempfile
from typing import Any, BinaryIO, cast

from flask import Blueprint, request

from functions.edge import caller, flag, number, ports, reads, settings
from shared.errors import WrongCall

imports = Blueprint("imports", __name__)


@imports.post("/imports")
def create_import() -> Any:
    """Import the file sent as `file` (multipart) or as the body; `?pool=&on_duplicate=&include_disqualified=`."""
    from shared.access import allow
    from shared.backlog import sweep
    from shared.intake.counts import import_counts
    from shared.intake.imports import check_pool, run_import, start_import
    from shared.models.batch import ImportOptions

    on_duplicate = request.args.get("on_duplicate", "merge")
    if on_duplicate not in ("merge", "skip"):
        raise WrongCall(f"on_duplicate={on_duplicate!r}: merge or skip")
    options = ImportOptions.model_validate(
        {"on_duplicate": on_duplicate, "include_disqualified": flag(request, "include_disqualified")}
    )
    pool = check_pool(request.args.get("pool", "default"))
    allow(caller(request), "change", pool)
    stream, filename = _sent()
    with stream:
        started = start_import(ports(), stream, filename, pool, options, settings().max_file_mb * 1_000_000)
    done = import_counts(run_import(ports(), started.id))
    sweep(ports())
    return done, 201


@imports.get("/imports")
def get_imports() -> Any:
    """List the imports of the caller's pools, newest first."""
    from shared.intake.imports import list_imports

    return {"imports": [each.model_dump(mode="json") for each in list_imports(ports().store, reads(request))]}


@imports.get("/uploads")
def get_uploads() -> Any:
    """List dropped files of all pools, newest first, refusals with the reason; `?limit=`. For admins."""
    from shared.access import allow
    from shared.intake.uploads import list_uploads

    allow(caller(request), "administer")
    limit = number(request, "limit", 100, 1, 1000)
    return {"uploads": [each.model_dump(mode="json") for each in list_uploads(ports().store, limit)]}


def _sent() -> tuple[BinaryIO, str]:
    if request.mimetype == "multipart/form-data":
        upload = request.files.get("file")
        if upload is None:
            raise WrongCall("no `file` in the form")
        return cast(BinaryIO, upload.stream), upload.filename or "upload.csv"
    spool = tempfile.SpooledTemporaryFile(max_size=8 << 20)  # noqa: SIM115 the caller closes it
    try:
        while block := request.stream.read(1 << 20):
            spool.write(block)
        if not spool.tell():
            raise WrongCall("no file: send it as the body, or as `file` of a multipart form")
    except Exception:
        spool.close()
        raise
    spool.seek(0)
    return cast(BinaryIO, spool), request.args.get("filename", "upload.csv")
