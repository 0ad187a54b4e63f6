"""Dropped files: each version of a file is taken once, and every refusal is written down where people can see it."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, BinaryIO, Final, cast

from shared.access.pools import require_pool
from shared.cv_files.receive import receive, receive_expected
from shared.errors import InvalidRequest, NotFound, ShortlistError, UnreadableFile, safe_traceback
from shared.imports.start import check_size, start_import
from shared.imports.steps import step_task
from shared.models.batch import ImportOptions, Upload
from shared.models.collections import UPLOADS
from shared.models.task import Task
from shared.paging import iter_all
from shared.people.keys import keyed_hash
from shared.ports import Create, Delete, Ports, Store, Stored, Update, Write
from shared.reading.file_names import safe_filename
from shared.stages.table import first_stage

if TYPE_CHECKING:
    from shared.models.documents.cv_files import CvFileDocument
    from shared.models.documents.imports import UploadDocument

EXPORTS: Final = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls")
log = logging.getLogger("shortlist.uploads")


@dataclass(frozen=True)
class DroppedFile:
    """A file below `incoming/`, as a storage event or a look at a folder describes it."""

    name: str  # incoming/KIND/POOL/FILE; an announced CV: incoming/cv/POOL/ITEM/FILE
    generation: str  # changes with every version of the file
    size: int  # bytes
    bucket: str = ""

    @property
    def kind(self) -> str:
        """What the file is taken for: `csv` or `cv`."""
        return self.name.split("/")[1]

    @property
    def pool(self) -> str:
        """The pool its folder names."""
        return self.name.split("/")[2]

    @property
    def item(self) -> str | None:
        """The item of a bulk upload that announced it."""
        return self.name.split("/")[3] if self.name.count("/") == 4 else None

    @property
    def filename(self) -> str:
        """The last part of the name, as a name that is safe to keep and to show."""
        return safe_filename(self.name, "file")


Open = Callable[[], BinaryIO]
Take = Callable[[str], "UploadDocument"]  # upload id -> what became of the file: fields of the upload


def is_dropped_file(name: str) -> bool:
    """Tell whether an object of this name is one to take; the bucket may hold others."""
    parts = name.split("/")
    if not all(parts) or parts[0] != "incoming":
        return False
    if len(parts) == 5:
        return parts[1] == "cv"
    return len(parts) == 4 and parts[1] in HANDLERS


def take_object(
    ports: Ports, dropped: DroppedFile, limits: Mapping[str, int], open_version: Open | None = None
) -> UploadDocument | None:
    """Take a file that lies in Files under its own name; return its upload, or None when it was taken before.

    `limits`: most bytes by kind. `open_version`: opens the very version of the event, where files have versions.
    Raises retryable errors.
    """

    def open_file() -> BinaryIO:
        return open_version() if open_version else ports.files.open(dropped.name)

    def take(upload_id: str) -> UploadDocument:
        require_pool(ports, dropped.pool)
        handler = HANDLERS[dropped.kind]
        try:
            return handler(ports, dropped, open_file, upload_id, limits[dropped.kind])
        except NotFound as error:
            raise NotFound(f"{dropped.filename}: deleted or replaced before it was read") from error

    return take_once(ports, dropped, take)


def take_once(ports: Ports, dropped: DroppedFile, take: Take) -> UploadDocument | None:
    """Take this version of a file, once; return its upload, or None when that was done before.

    One that was interrupted is resumed. Failures are written on the upload; only retryable errors are raised.
    """
    identity = [part for part in (dropped.bucket, dropped.name, dropped.generation) if part]
    upload_id = keyed_hash(ports.key_secret, *identity)
    upload: UploadDocument = {
        "id": upload_id,
        "name": dropped.name,
        "generation": dropped.generation,
        "state": "RUNNING",
        "at": ports.now(),
    }
    is_new = ports.store.commit([[Create(UPLOADS, upload_id, upload)]]) == [None]
    if not is_new and _has_ended(ports, upload_id):
        return None
    outcome = _outcome(upload_id, take)
    ports.store.commit([[Update(UPLOADS, upload_id, outcome, None)]])
    return {**upload, **outcome}


def _has_ended(ports: Ports, upload_id: str) -> bool:
    """Tell whether an upload was refused or taken, or an import does the rest of it."""
    stored = ports.store.get(UPLOADS, [upload_id]).get(upload_id)
    if stored is None:
        return False
    return stored.data["state"] != "RUNNING" or bool(stored.data.get("import_id"))


def _outcome(upload_id: str, take: Take) -> UploadDocument:
    try:
        return take(upload_id)
    except ShortlistError as error:
        if error.retryable:
            raise
        log.warning("upload %s refused: %s", upload_id, type(error).__name__)
        return {"state": "FAILED", "error": str(error)}
    except Exception as error:  # a retry would break again, for a day
        log.error("upload %s broke: %s", upload_id, safe_traceback(error))
        return {"state": "FAILED", "error": f"taking the file broke: {type(error).__name__}"}


def check_type(filename: str) -> None:
    """Raise `UnreadableFile` for what is no export by its name; the content is looked at besides."""
    if PurePath(filename).suffix.lower() not in EXPORTS:
        raise UnreadableFile(f"{filename}: an export is one of {', '.join(EXPORTS)}")


def _take_export(ports: Ports, dropped: DroppedFile, open_file: Open, upload_id: str, max_bytes: int) -> UploadDocument:
    """Start the import of an export; tasks do it. The file is copied, because what lies in `incoming/` may go."""
    check_type(dropped.filename)
    check_size(dropped.filename, dropped.size, max_bytes)
    with open_file() as stream:
        started = start_import(
            ports, stream, dropped.filename, dropped.pool, ImportOptions(), max_bytes, upload_id=upload_id
        )
    ports.queue.enqueue([step_task(started.id)])
    outcome: UploadDocument = {"import_id": started.id, "state": cast(Any, started.state)}
    if started.error:
        outcome["error"] = started.error
    return outcome


def _take_cv(ports: Ports, dropped: DroppedFile, open_file: Open, _upload_id: str, max_bytes: int) -> UploadDocument:
    with open_file() as stream:
        content = stream.read(max_bytes + 1)
    return keep_cv(ports, dropped, content, max_bytes)


def keep_cv(ports: Ports, dropped: DroppedFile, content: bytes, max_bytes: int) -> UploadDocument:
    """Keep a dropped CV file as a document, and queue its first stage; return what became of it."""
    document = _receive(ports, dropped, content, max_bytes)
    task = Task(kind="documents", stage=first_stage("documents"), ids=(document["id"],), run_id=secrets.token_hex(6))
    ports.queue.enqueue([task])
    return {"state": "SUCCESS", "document_id": document["id"]}


def _receive(ports: Ports, dropped: DroppedFile, content: bytes, max_bytes: int) -> CvFileDocument:
    if dropped.item is None:
        document, _ = receive(ports, content, dropped.filename, dropped.pool, max_bytes)
        return document
    announced = receive_expected(ports, dropped.item, content, max_bytes)
    if announced is None:
        raise InvalidRequest(f"{dropped.filename}: nobody announced the item {dropped.item!r}")
    return announced


# What is done with the files of each folder below `incoming/`.
HANDLERS: Final[dict[str, Callable[[Ports, DroppedFile, Open, str, int], UploadDocument]]] = {
    "csv": _take_export,
    "cv": _take_cv,
}


def list_uploads(store: Store, limit: int) -> list[Upload]:
    """Return what was dropped, newest first."""
    return [Upload.model_validate(row.data) for row in store.query(UPLOADS, order="-at", limit=limit)]


def fail_abandoned(ports: Ports, before: str) -> int:
    """Fail the uploads from before that time that nobody works on any more; return how many."""
    reason = "never taken: the notification was given up; drop the file again"
    failed = 0
    for row in _older(ports.store, before):
        if row.data["state"] == "RUNNING" and not row.data.get("import_id"):
            update = Update(UPLOADS, row.id, {"state": "FAILED", "error": reason}, row.version)
            failed += ports.store.commit([[update]]) == [None]
    return failed


def delete_ended(ports: Ports, before: str) -> int:
    """Remove the records of uploads from before that time that have ended; return how many. Imports stay."""
    groups: list[list[Write]] = []
    for row in _older(ports.store, before):
        if row.data["state"] != "RUNNING":
            groups.append([Delete(UPLOADS, row.id, row.version)])
    return ports.store.commit(groups).count(None)


def _older(store: Store, before: str) -> Iterator[Stored[UploadDocument]]:
    return iter_all(store, UPLOADS, [("at", "<", before)], order="at")
