"""The function Cloud Storage calls: an object below `incoming/` was written and is taken in."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, BinaryIO, Final

from cloudevents.exceptions import GenericException
from cloudevents.http import from_http
from flask import Request, abort
from werkzeug.exceptions import HTTPException

from functions.callers import check_signature
from functions.problems import problem_of
from functions.runtime import Runtime
from shared.errors import InvalidRequest, ShortlistError, safe_traceback
from shared.imports.uploads import DroppedFile, is_dropped_file, take_object
from shared.wiring import incoming_files

DEPLOYED: Final = "onUpload"
WRITTEN: Final = "google.cloud.storage.object.v1.finalized"
_MEGABYTE: Final = 1_000_000
log = logging.getLogger("shortlist.on_upload")


def take_upload(runtime: Runtime, event: Any) -> None:
    """Take the object in, once for each of its versions; refusals are recorded as uploads.

    Answers 503 when the outside world failed, so that the event is sent again; any other failure is recorded.
    """
    data = event.data if isinstance(event.data, dict) else {}
    name = data.get("name")
    if event["type"] != WRITTEN or not isinstance(name, str) or not name.startswith("incoming/"):
        return  # our own files lie in the same bucket, and each of them has an event, too
    settings = runtime.settings
    if settings.files == "gcs" and data.get("bucket") != settings.google.bucket:
        log.error("an event of another bucket than SHORTLIST_BUCKET was ignored")
        return
    if not is_dropped_file(name):
        return
    try:
        _take(runtime, name, data)
    except ShortlistError as error:
        log.warning("an event will be sent again: %s", safe_traceback(error))
        abort(problem_of(error))


def receive_event(runtime: Runtime, request: Request) -> Any:
    """Take a storage event as `serve` gets it: functions-framework reads it, and IAM checks it, on Google alone."""
    try:
        check_signature(runtime, request, DEPLOYED)
        take_upload(runtime, from_http(dict(request.headers), request.get_data()))
    except GenericException:
        return problem_of(InvalidRequest("not a CloudEvent"))
    except ShortlistError as error:
        return problem_of(error)
    except HTTPException as error:
        return error.get_response()
    return "OK"


def _take(runtime: Runtime, name: str, data: dict[str, Any]) -> None:
    settings = runtime.settings
    size = str(data.get("size", "0"))
    generation = str(data.get("generation", ""))
    dropped = DroppedFile(name, generation, int(size) if size.isdecimal() else 0, str(data.get("bucket", "")))
    limits = {"csv": settings.max_file_mb * _MEGABYTE, "cv": settings.max_cv_mb * _MEGABYTE}
    take_object(runtime.ports, dropped, limits, _version(runtime, name, generation))


def _version(runtime: Runtime, name: str, generation: str) -> Callable[[], BinaryIO] | None:
    """Return what opens exactly the version the event is about; a later one has an event of its own."""
    if runtime.settings.files != "gcs" or not generation.isdecimal():
        return None
    return lambda: incoming_files(runtime.ports).read_generation(name, int(generation))
