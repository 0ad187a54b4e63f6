"""What `serve` does beside answering: it takes in dropped files and is its own scheduler."""

from __future__ import annotations

import logging
import threading
from pathlib import Path
from time import monotonic
from typing import Final

from functions.cleanup import clean_up
from functions.runtime import Runtime
from shared import wiring
from shared.errors import safe_traceback
from shared.imports.dropped_files import take_dropped_files
from shared.jobs.match_lists import refresh_out_of_date
from shared.operations.backfill import sweep_imports
from shared.pipeline.backlog import bring_in_stale
from shared.pipeline.backlog import sweep as queue_due_records
from shared.ports import Ports
from shared.stages.table import ORDER

log = logging.getLogger("shortlist.serve")
_LOOK_EVERY: Final = 1.0  # seconds between two looks
_CLEAN_EVERY: Final = 86_400.0  # seconds
_MEGABYTE: Final = 1_000_000


def watch_folder(runtime: Runtime, stop: threading.Event) -> None:
    """Take in what is dropped into HOME/incoming, until stopped."""
    settings = runtime.settings
    seen: dict[Path, tuple[int, int]] = {}
    limits = {"csv": settings.max_file_mb * _MEGABYTE, "cv": settings.max_cv_mb * _MEGABYTE}
    while not stop.wait(_LOOK_EVERY):
        try:
            take_dropped_files(runtime.ports, settings.home / "incoming", seen, limits)
        except Exception as error:
            log.error("looking for dropped files failed, the next look follows: %s", safe_traceback(error))


def sweep(runtime: Runtime, stop: threading.Event) -> None:
    """Queue what is due as it turns up, until stopped.

    Looks for what is stale at the start and every `backfill_every` seconds; cleans up once a day.
    """
    last_backfill = last_cleanup = float("-inf")
    while not stop.wait(_LOOK_EVERY):
        try:
            if monotonic() - last_backfill >= runtime.settings.backfill_every:
                _queue_stale(runtime.ports)
                last_backfill = monotonic()
            if monotonic() - last_cleanup >= _CLEAN_EVERY:
                clean_up(runtime)
                last_cleanup = monotonic()
            if _queue_due(runtime.ports):
                wiring.thread_queue(runtime.ports).join()
        except Exception as error:
            log.error("the sweep failed, the next one follows: %s", safe_traceback(error))


def _queue_stale(ports: Ports) -> None:
    for kind in ORDER:
        bring_in_stale(ports, kind)
    refresh_out_of_date(ports)


def _queue_due(ports: Ports) -> int:
    queued = sweep_imports(ports)
    for kind in ORDER:
        queued += queue_due_records(ports, kind)
    return queued
