"""An import done by tasks, step by step: each does rows for some minutes and writes down where the next goes on."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, Final

from shared.errors import Busy, NotFound, ShortlistError, safe_traceback
from shared.imports.duplicate_scan import compare
from shared.imports.row_filter import open_import_file
from shared.imports.slices import run_slice
from shared.imports.start import STEP, end_import, finish_import, sum_of_slices
from shared.imports.transcode import must_be_transcoded, transcode
from shared.leases import is_held, new_lease, release
from shared.models.batch import Import
from shared.models.candidate import FAILED
from shared.models.collections import IMPORTS, UPLOADS
from shared.models.task import Task
from shared.people.near_duplicates import flag_likely_duplicates
from shared.people.touched_people import TouchedPeople
from shared.ports import Ports, Stored, Update, Write

if TYPE_CHECKING:
    from shared.models.documents.imports import ImportDocument

SECONDS: Final = 240.0  # of a step, unless its task says how long
log = logging.getLogger("shortlist.imports")


def step_task(import_id: str) -> Task:
    """Return the task that does the next step of this import."""
    return Task(kind="imports", stage=STEP, ids=(import_id,), run_id=secrets.token_hex(6))


def hand_over(ports: Ports, started: Import) -> None:
    """Let tasks do an import that was begun here: nobody waits for it."""
    ports.store.commit([[Update(IMPORTS, started.id, {"awaiting": STEP, "owner": None, "lease": None}, None)]])
    ports.queue.enqueue([step_task(started.id)])


def import_step(ports: Ports, import_id: str, seconds: float = SECONDS, last_attempt: bool = False) -> bool:
    """Do the import's next rows, for about so many seconds and at least one chunk; return whether it has ended.

    Called twice, it does its rows once. Raises `Busy` while another worker does a step, `NotFound`, and retryable
    errors unless `last_attempt`; every other failure is written on the import.
    """
    document = _claim(ports, import_id)
    if document is None:
        return True
    try:
        return _step(ports, document, seconds)
    except Exception as error:
        retryable = error.retryable if isinstance(error, ShortlistError) else True
        if retryable and not last_attempt:
            _release(ports, document, resumed=True)
            raise
        _fail(ports, document, error)
        return True
    except BaseException:
        _release(ports, document, resumed=True)
        raise


def retry_imports(ports: Ports) -> int:
    """Let every import that tasks gave up go on from its last step; return how many.

    One whose file cannot be read, or is gone, will end as it did, with its reason.
    """
    restarted: list[str] = []
    for row in ports.store.query(IMPORTS, [("awaiting", "==", FAILED)]):
        if row.data["state"] == "FAILED" and ports.store.commit([_restart(ports, row)]) == [None]:
            restarted.append(row.id)
    ports.queue.enqueue([step_task(import_id) for import_id in restarted])
    return len(restarted)


def _restart(ports: Ports, row: Stored[ImportDocument]) -> list[Write]:
    """Return the writes by which an import, and the upload it was made of, run again."""
    fields: ImportDocument = {
        "state": "RUNNING",
        "awaiting": STEP,
        "error": None,
        "completed_at": None,
        "resumed": True,
    }
    writes: list[Write] = [Update(IMPORTS, row.id, fields, row.version)]
    upload_id = row.data.get("upload_id")
    if upload_id and ports.store.get(UPLOADS, [upload_id], fields=()):
        writes.append(Update(UPLOADS, upload_id, {"state": "RUNNING", "error": None}, None))
    return writes


def _claim(ports: Ports, import_id: str) -> ImportDocument | None:
    """Return the import leased to us; None when it awaits nothing more."""
    row = ports.store.get(IMPORTS, [import_id]).get(import_id)
    if row is None:
        raise NotFound(f"no import {import_id}")
    if row.data.get("awaiting") != STEP:
        return None
    if is_held(ports, row.data.get("lease")):
        raise Busy(f"import {import_id}: another worker does a step of it")
    fields: ImportDocument = {"lease": new_lease(ports, STEP)}
    if row.data.get("lease"):  # whoever left it died in the middle of a step
        fields["resumed"] = True
    if ports.store.commit([[Update(IMPORTS, import_id, fields, row.version)]]) != [None]:
        raise Busy(f"import {import_id}: another worker began a step of it")
    return {**row.data, **fields}


def _step(ports: Ports, document: ImportDocument, seconds: float) -> bool:
    until = monotonic() + seconds
    stop = _Stop(lambda: monotonic() >= until)
    flagged = 0
    if document.get("compared") is None:
        file = _readable(ports, document)
        readable: ImportDocument = {**document, "file": file}
        touched = run_slice(ports, readable, 0, stop=stop)
        if stop.ended_early:
            _release(ports, document)
            return False
        if _touched_all(ports, document, touched):
            flagged = len(flag_likely_duplicates(ports, touched))
        else:
            _begin_comparing(ports, document)
    if document.get("compared") is not None and not compare(ports, document, _people(ports, document), stop):
        _release(ports, document)
        return False
    finish_import(ports, document, flagged)
    rewritten = document.get("rewritten")
    if rewritten:
        ports.files.delete(rewritten)
    return True


def _touched_all(ports: Ports, document: ImportDocument, touched: TouchedPeople) -> bool:
    """Whether this step wrote everybody the import did, and they are few enough to be compared at once."""
    if document.get("resumed") or touched.are_many:
        return False
    return touched.people == _people(ports, document)


def _people(ports: Ports, document: ImportDocument) -> int:
    counts = sum_of_slices(ports.store, document["id"])
    return counts.created + counts.merged


def _begin_comparing(ports: Ports, document: ImportDocument) -> None:
    """Store that all rows are done: no later step reads the file."""
    document["compared"] = ""
    ports.store.commit([[Update(IMPORTS, document["id"], {"compared": ""}, None)]])


class _Stop:
    """Called after every chunk; remembers that it ended the step."""

    def __init__(self, is_over: Callable[[], bool]) -> None:
        self._is_over = is_over
        self.ended_early = False

    def __call__(self) -> bool:
        self.ended_early = self._is_over()
        return self.ended_early


def _readable(ports: Ports, document: ImportDocument) -> str:
    """Return the path of a file that steps can go on in; a workbook or UTF-16 is rewritten by the first step."""
    rewritten = document.get("rewritten")
    if rewritten:
        return rewritten
    with ports.files.open(document["file"]) as stream:
        export = open_import_file(stream, document["filename"], document["options"])
        if not must_be_transcoded(export):
            return document["file"]
        path = f"imports/{document['id']}/rewritten.csv"
        ports.files.write(path, transcode(export, stream))
    ports.store.commit([[Update(IMPORTS, document["id"], {"rewritten": path}, None)]])
    document["rewritten"] = path
    return path


def _release(ports: Ports, document: ImportDocument, resumed: bool = False) -> None:
    """Give the lease up. `resumed`: rows may be stored that no count knows of."""
    fields: ImportDocument = {"resumed": True} if resumed else {}
    lease = document["lease"]
    if lease:
        release(ports, IMPORTS, [document["id"]], lease["token"], fields)


def _fail(ports: Ports, document: ImportDocument, error: Exception) -> None:
    """Write down why this import cannot be done."""
    reason, detail = f"{STEP} broke: {type(error).__name__}", safe_traceback(error)
    if isinstance(error, ShortlistError):
        reason, detail = str(error), type(error).__name__
    log.error("import %s failed: %s", document["id"], detail)
    end_import(ports, document, {"state": "FAILED", "error": reason})
