"""Storage's door: an object was written into the bucket, and is taken in when it lies below `incoming/`."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, BinaryIO, Final

import functions_framework
from flask import abort

from functions.edge import answer, ports, settings
from shared.errors import ShortlistError, where

WRITTEN: Final = "google.cloud.storage.object.v1.finalized"
log = logging.getLogger("shortlist.on_upload")


@functions_framework.cloud_event
def on_upload(event: Any) -> None:
    """Take the object in, once for each of its versions; refusals are recorded as uploads.

    Answers 503 when the outside world failed, so that the event comes again; whatever else goes wrong is recorded.
    """
    data = event.data if isinstance(event.data, dict) else {}
    name = data.get("name")
    if event["type"] != WRITTEN or not isinstance(name, str) or not name.startswith("incoming/"):
        return  # our own files lie in the same bucket, and each of them is told of, too
    if settings().files == "gcs" and data.get("bucket") != settings().google.bucket:
        log.error("an event of another bucket than SHORTLIST_BUCKET was ignored")
        return
    try:
        _take(name, data)
    except ShortlistError as error:
        log.warning("an event is to come again: %s", where(error))
        abort(answer(error))


def _take(name: str, data: dict[str, Any]) -> None:
    from shared.imports.uploads import Dropped, is_dropped_file, take_object

    if not is_dropped_file(name):
        return
    size, generation = str(data.get("size", "0")), str(data.get("generation", ""))
    dropped = Dropped(name, generation, int(size) if size.isdecimal() else 0, str(data.get("bucket", "")))
    megabyte = 1_000_000
    limits = {"csv": settings().max_file_mb * megabyte, "cv": settings().max_cv_mb * megabyte}
    take_object(ports(), dropped, limits, _version(name, generation))


def _version(name: str, generation: str) -> Callable[[], BinaryIO] | None:
    """What opens exactly the version the event tells of; a later one has an event of its own."""
    if settings().files != "gcs" or not generation.isdecimal():
        return None
    from shared.wiring import incoming_files

    return lambda: incoming_files(ports()).read_generation(name, int(generation))
