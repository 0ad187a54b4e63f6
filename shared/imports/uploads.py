"""Dropped files: each version of a file is taken once, and every refusal is written down where people can see it."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, BinaryIO, Final

from shared.access.pools import check_pool, is_pool
from shared.errors import InvalidRequest, NotFound, ShortlistError, UnreadableFile, safe_traceback
from shared.imports.start import check_size, start_import
from shared.imports.steps import step_task
from shared.models.batch import ImportOptions, Upload
from shared.models.collections import UPLOADS
from shared.models.task import Task
from shared.paging import iter_all
from shared.people.keys import keyed_hash
from shared.ports import Create, Delete, Ports, Store, Stored, Update
from shared.reading.file_names import safe_filename
from shared.stages.table import first_stage

if TYPE_CHECKING:
    from shared.models.documents.imports import UploadDocument

EXPORTS: Final = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls")
_NEVER_TAKEN: Final = "never taken: whatever told of it stopped trying; drop it again"
log = logging.getLogger("shortlist.uploads")


@dataclass(frozen=True)
class Dropped:
    """A file below `incoming/`, as a storage event or a look at a folder tells of it."""

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
    """Whether an object of this name is one to take; everything else in the bucket is none of ours."""
    parts = name.split("/")
    deep = len(parts) == 4 or (len(parts) == 5 and parts[1] == "cv")
    return deep and parts[0] == "incoming" and parts[1] in TAKERS and all(parts)


def take_object(
    ports: Ports, dropped: Dropped, limits: Mapping[str, int], opened: Open | None = None
) -> UploadDocument | None:
    """Take a file that lies in Files under its own name; return its upload, or None when it was taken before.

    `limits`: most bytes by kind. `opened`: opens the very version that was told of, where files have versions. Raises
    what may go better another time.
    """

    def take(upload_id: str) -> UploadDocument:
        if not is_pool(ports, check_pool(dropped.pool)):
            raise InvalidRequest(f"there is no pool {dropped.pool!r}; `shortlist pools --add NAME` makes one")
        try:
            read = opened or (lambda: ports.files.open(dropped.name))
            return TAKERS[dropped.kind](ports, dropped, read, upload_id, limits[dropped.kind])
        except NotFound as error:
            raise NotFound(f"{dropped.filename}: deleted or replaced before it was read") from error

    return take_once(ports, dropped, take)


def take_once(ports: Ports, dropped: Dropped, take: Take) -> UploadDocument | None:
    """Take this version of a file, once; return its upload, or None when that was done before.

    One that was interrupted is taken up again. Failures are written on the upload; raises only what may go better
    another time.
    """
    upload_id = keyed_hash(ports.key_secret, *filter(None, (dropped.bucket, dropped.name, dropped.generation)))
    upload: UploadDocument = {
        "id": upload_id,
        "name": dropped.name,
        "generation": dropped.generation,
        "state": "RUNNING",
    }
    upload["at"] = ports.now()
    if ports.store.commit([[Create(UPLOADS, upload_id, upload)]]) != [None]:
        stored = ports.store.get(UPLOADS, [upload_id]).get(upload_id)
        if stored and (stored.data["state"] != "RUNNING" or stored.data.get("import_id")):
            return None
    outcome = _outcome(upload_id, take)
    ports.store.commit([[Update(UPLOADS, upload_id, outcome, None)]])
    return {**upload, **outcome}


def _outcome(upload_id: str, take: Take) -> UploadDocument:
    try:
        return take(upload_id)
    except ShortlistError as error:
        if error.retryable:
            raise
        log.warning("upload %s refused: %s", upload_id, type(error).__name__)
        return {"state": "FAILED", "error": str(error)}
    except Exception as error:  # told of again it would break again, for a day
        log.error("upload %s broke: %s", upload_id, safe_traceback(error))
        return {"state": "FAILED", "error": f"taking the file broke: {type(error).__name__}"}


def check_type(filename: str) -> None:
    """Raise `UnreadableFile` for what is no export by its name; the content is looked at besides."""
    if PurePath(filename).suffix.lower() not in EXPORTS:
        raise UnreadableFile(f"{filename}: an export is one of {', '.join(EXPORTS)}")


def _take_export(ports: Ports, dropped: Dropped, opened: Open, upload_id: str, max_bytes: int) -> UploadDocument:
    """Start the import of an export; tasks do it. The file is copied, because what lies in `incoming/` may go."""
    check_type(dropped.filename)
    check_size(dropped.filename, dropped.size, max_bytes)
    with opened() as stream:
        started = start_import(
            ports, stream, dropped.filename, dropped.pool, ImportOptions(), max_bytes, upload_id=upload_id
        )
    ports.queue.enqueue([step_task(started.id)])
    outcome: UploadDocument = {"import_id": started.id, "state": started.state}
    if started.error:
        outcome["error"] = started.error
    return outcome


def _take_cv(ports: Ports, dropped: Dropped, opened: Open, _upload_id: str, max_bytes: int) -> UploadDocument:
    with opened() as stream:
        content = stream.read(max_bytes + 1)
    return keep_cv(ports, dropped, content, max_bytes)


def keep_cv(ports: Ports, dropped: Dropped, content: bytes, max_bytes: int) -> UploadDocument:
    """Keep a dropped CV file as a document, and queue its first stage; return what became of it."""
    from shared.cv_files.receive import receive, receive_expected

    if dropped.item is None:
        document = receive(ports, content, dropped.filename, dropped.pool, max_bytes)[0]
    elif (announced := receive_expected(ports, dropped.item, content, max_bytes)) is not None:
        document = announced
    else:
        raise InvalidRequest(f"{dropped.filename}: nobody announced the item {dropped.item!r}")
    task = Task(kind="documents", stage=first_stage("documents"), ids=(document["id"],), run_id=secrets.token_hex(6))
    ports.queue.enqueue([task])
    return {"state": "SUCCESS", "document_id": document["id"]}


# What is done with the files of each folder below `incoming/`.
TAKERS: Final[dict[str, Callable[[Ports, Dropped, Open, str, int], UploadDocument]]] = {
    "csv": _take_export,
    "cv": _take_cv,
}


def list_uploads(store: Store, limit: int) -> list[Upload]:
    """Return what was dropped, newest first."""
    return [Upload.model_validate(row.data) for row in store.query(UPLOADS, order="-at", limit=limit)]


def give_up(ports: Ports, before: str) -> int:
    """Fail the uploads from before that time that nobody goes on with; return how many."""
    given_up = 0
    for row in _older(ports.store, before):
        if row.data["state"] == "RUNNING" and not row.data.get("import_id"):
            fields: UploadDocument = {
                "state": "FAILED",
                "error": "never taken: whatever told of it stopped trying; drop it again",
            }
            given_up += ports.store.commit([[Update(UPLOADS, row.id, fields, row.version)]]) == [None]
    return given_up


def forget(ports: Ports, before: str) -> int:
    """Remove the records of uploads from before that time that have ended; return how many. Imports stay."""
    ended = [row for row in _older(ports.store, before) if row.data["state"] != "RUNNING"]
    return ports.store.commit([[Delete(UPLOADS, row.id, row.version)] for row in ended]).count(None)


def _older(store: Store, before: str) -> Iterator[Stored[UploadDocument]]:
    return iter_all(store, UPLOADS, [("at", "<", before)], order="at")
