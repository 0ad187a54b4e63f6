"""CV files as they arrive: kept once per pool and content, alone or many together, and how far each one is."""

from __future__ import annotations

import hashlib
import secrets
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, TypedDict

from shared.access.pools import require_pool
from shared.errors import InvalidRequest, NotFound, TooLarge, UnreadableFile, WasErased
from shared.models.candidate import FAILED, READY
from shared.models.collections import BATCHES, DOCUMENTS, ITEMS, SOURCES
from shared.people.keys import keyed_hash
from shared.people.suppression import ERASED, is_erased
from shared.ports import Create, Ports, Stored, Update
from shared.reading.file_names import safe_filename

if TYPE_CHECKING:
    from shared.models.documents.cv_files import BatchDocument, CvFileDocument, ItemDocument

MOST_FILES: Final = 2000  # of one bulk upload
_UNNAMED: Final = "cv"
_OF_BATCH: Final = ("awaiting", "stages", "lease", "updated_at", "lines", "lines_used", "warnings")
_STATES: Final = {READY: "SUCCESS", FAILED: "FAILED", "admit": "RUNNING"}


def receive(ports: Ports, content: bytes, filename: str, pool: str, max_bytes: int) -> tuple[CvFileDocument, bool]:
    """Keep the file; return its document and whether it is new. Raises `UnreadableFile`, `TooLarge`."""
    require_pool(ports, pool)
    filename = safe_filename(filename, _UNNAMED)
    if not content:
        raise UnreadableFile(f"{filename}: the file is empty")
    if len(content) > max_bytes:
        size, limit = len(content) / 1e6, max_bytes / 1e6
        raise TooLarge(f"{filename}: {size:,.0f} MB; the limit is {limit:,.0f} MB (SHORTLIST_MAX_CV_MB)")
    sha256 = hashlib.sha256(content).hexdigest()
    id_ = keyed_hash(ports.key_secret, "document", pool, sha256)
    if is_erased(ports, [id_]):
        raise WasErased("a file of somebody who was erased: it is not kept")
    if known := ports.store.get(DOCUMENTS, [id_]).get(id_):
        return known.data, False
    path, now = f"documents/{id_}/{filename}", ports.now()
    ports.files.write(path, content)
    document: CvFileDocument = {"id": id_, "pool": pool, "filename": filename, "file": path, "sha256": sha256,
                      "size": len(content), "created_at": now, "updated_at": now, "awaiting": "parse"}  # fmt: skip
    (conflict,) = ports.store.commit([[Create(DOCUMENTS, id_, document)]])
    return (ports.store.get(DOCUMENTS, [id_])[id_].data, False) if conflict else (document, True)


def receive_many(ports: Ports, files: Iterable[tuple[str, bytes | UnreadableFile]], pool: str, max_bytes: int) -> str:
    """Keep many files as one batch and return its id; one that cannot be taken is an item with the reason."""
    require_pool(ports, pool)
    batch_id = secrets.token_hex(8)
    items: list[ItemDocument] = []
    for number, (filename, content) in enumerate(files, 1):
        if number > MOST_FILES:
            raise InvalidRequest(f"more than {MOST_FILES} files; send them in several uploads")
        item: ItemDocument = {"id": f"{batch_id}-{number}", "batch_id": batch_id, "number": number}
        item["filename"] = safe_filename(filename, _UNNAMED)
        try:
            if isinstance(content, UnreadableFile):
                raise content
            item["document_id"] = receive(ports, content, filename, pool, max_bytes)[0]["id"]
        except (UnreadableFile, TooLarge) as error:
            item["error"] = str(error)
            if isinstance(error, WasErased):
                item["filename"] = ERASED
        items.append(item)
    if not items:
        raise InvalidRequest("no files")
    _create_batch(ports, batch_id, pool, items)
    return batch_id


def expect_many(ports: Ports, filenames: Sequence[str], pool: str) -> tuple[str, list[ItemDocument]]:
    """Announce files that will be uploaded one by one; return the batch's id and its items with their paths."""
    if not 0 < len(filenames) <= MOST_FILES:
        raise InvalidRequest(f"from 1 to {MOST_FILES} files can be announced at once")
    batch_id = secrets.token_hex(8)
    items: list[ItemDocument] = []
    for number, sent_name in enumerate(filenames, 1):
        filename = safe_filename(sent_name, _UNNAMED)
        id_ = f"{batch_id}-{number}"
        path = f"incoming/cv/{pool}/{id_}/{filename}"
        items.append({"id": id_, "batch_id": batch_id, "number": number, "filename": filename, "upload": path})
    _create_batch(ports, batch_id, pool, items)
    return batch_id, items


def receive_expected(ports: Ports, item_id: str, content: bytes, max_bytes: int) -> CvFileDocument | None:
    """Keep the file of an announced item; None when nobody announced it."""
    item = ports.store.get(ITEMS, [item_id]).get(item_id)
    if item is None:
        return None
    pool = read_batch(ports, item.data["batch_id"])["pool"]
    try:
        document, _ = receive(ports, content, item.data["filename"], pool, max_bytes)
    except (UnreadableFile, TooLarge) as error:
        ports.store.commit([[Update(ITEMS, item_id, {"error": str(error)}, None)]])
        raise
    ports.store.commit([[Update(ITEMS, item_id, {"document_id": document["id"], "error": None}, None)]])
    return document


def read_batch(ports: Ports, batch_id: str) -> BatchDocument:
    """Return the batch. Raises `NotFound`."""
    row = ports.store.get(BATCHES, [batch_id]).get(batch_id)
    if row is None:
        raise NotFound(f"no bulk upload {batch_id}")
    return row.data


class ShownItem(TypedDict):
    """One file of a bulk upload as the API shows it."""

    upload_item_id: str
    document_id: str | None
    filename: str
    candidate_id: str | None
    status: str
    error_message: str | None
    lines: int | None
    lines_used: int | None
    warnings: list[str]


class ShownBatch(TypedDict):
    """A bulk upload as the API shows it."""

    batch_id: str
    pool: str
    status: str
    total_files: int
    processed_files: int
    failed_files: int
    started_at: str
    completed_at: str | None
    items: list[ShownItem]


def batch_status(ports: Ports, batch_id: str) -> ShownBatch:
    """Return how far a batch is, from its items' documents. Raises `NotFound`."""
    batch = read_batch(ports, batch_id)
    rows = sorted(ports.store.query(ITEMS, [("batch_id", "==", batch_id)]), key=lambda row: row.data["number"])
    ids = sorted({id_ for row in rows if (id_ := row.data.get("document_id"))})
    documents = ports.store.get(DOCUMENTS, ids, fields=_OF_BATCH)
    owners = owners_of(ports, ids)
    items = [_item(row.data, documents, owners) for row in rows]
    seen = Counter(item["status"] for item in items)
    status = _batch_state(seen, len(items))
    ended = [batch["created_at"], *(row.data["updated_at"] for row in documents.values())]
    return {
        "batch_id": batch_id,
        "pool": batch["pool"],
        "status": status,
        "total_files": batch["total_files"],
        "processed_files": seen["SUCCESS"],
        "failed_files": seen["FAILED"],
        "started_at": batch["created_at"],
        "completed_at": max(ended) if status in ("SUCCESS", "FAILED", "PARTIAL") else None,
        "items": items,
    }


def state_of(data: CvFileDocument) -> str:
    """Return a document's state as people know it: PENDING, RUNNING, SUCCESS or FAILED."""
    return _STATES.get(data["awaiting"]) or ("RUNNING" if data.get("lease") else "PENDING")


def why_failed(data: CvFileDocument) -> str | None:
    """Return the reason a document failed, in a sentence."""
    if data["awaiting"] != FAILED:
        return None
    for state in (data.get("stages") or {}).values():
        error = state.get("error")
        if error:
            return error["message"]
    return "it could not be read"


def _batch_state(seen: Counter[str], total: int) -> str:
    if seen["PENDING"] == total:
        return "PENDING"
    if seen["PENDING"] or seen["RUNNING"]:
        return "RUNNING"
    if seen["SUCCESS"] == total:
        return "SUCCESS"
    return "PARTIAL" if seen["SUCCESS"] else "FAILED"


def _item(item: ItemDocument, documents: Mapping[str, Stored[CvFileDocument]], owners: Mapping[str, str]) -> ShownItem:
    document_id = item.get("document_id")
    shown_item: ShownItem = {
        "upload_item_id": item["id"],
        "document_id": document_id,
        "filename": item["filename"],
        "candidate_id": owners.get(document_id or ""),
        "status": "PENDING",
        "error_message": None,
        "lines": None,
        "lines_used": None,
        "warnings": [],
    }
    row = documents.get(document_id or "")
    if error := item.get("error"):
        shown_item["status"] = "FAILED"
        shown_item["error_message"] = error
    elif row is not None:
        shown_item["status"] = state_of(row.data)
        shown_item["error_message"] = why_failed(row.data)
        shown_item["lines"] = row.data.get("lines")
        shown_item["lines_used"] = row.data.get("lines_used")
        shown_item["warnings"] = row.data.get("warnings") or []
    return shown_item


def _create_batch(ports: Ports, batch_id: str, pool: str, items: list[ItemDocument]) -> None:
    batch: BatchDocument = {"id": batch_id, "pool": pool, "total_files": len(items), "created_at": ports.now()}
    ports.store.commit([[Create(ITEMS, item["id"], item)] for item in items])
    ports.store.commit([[Create(BATCHES, batch_id, batch)]])


def owners_of(ports: Ports, document_ids: Sequence[str]) -> dict[str, str]:
    """Return document id -> id of the candidate it belongs to, for those that were admitted."""
    rows = ports.store.get(SOURCES, document_ids, fields=("candidate_id",)) if document_ids else {}
    return {id_: row.data["candidate_id"] for id_, row in rows.items()}


def documents_of(ports: Ports, candidate_id: str) -> list[str]:
    """Return the ids of a candidate's documents."""
    rows = ports.store.query(SOURCES, [("candidate_id", "==", candidate_id)], fields=("document_id",))
    return [row.id for row in rows if row.data.get("document_id")]


class ShownDocument(TypedDict):
    """A CV file as the API shows it: state and reason in words, no bookkeeping."""

    id: str
    pool: str
    filename: str
    sha256: str
    size: int
    kind: str | None
    pages: int | None
    read_by: str | None
    lines: int | None
    lines_used: int | None
    candidate_id: str | None
    status: str
    error_message: str | None
    warnings: list[str]
    created_at: str
    updated_at: str


def shown(data: CvFileDocument, candidate_id: str | None) -> ShownDocument:
    """Return a document as the API shows it."""
    return {
        "id": data["id"],
        "pool": data["pool"],
        "filename": data["filename"],
        "sha256": data["sha256"],
        "size": data["size"],
        "kind": data.get("kind"),
        "pages": data.get("pages"),
        "read_by": data.get("read_by"),
        "lines": data.get("lines"),
        "lines_used": data.get("lines_used"),
        "candidate_id": candidate_id,
        "status": state_of(data),
        "error_message": why_failed(data),
        "warnings": data.get("warnings") or [],
        "created_at": data["created_at"],
        "updated_at": data["updated_at"],
    }


def read_document_record(ports: Ports, document_id: str) -> CvFileDocument:
    """Return the document. Raises `NotFound`."""
    row = ports.store.get(DOCUMENTS, [document_id]).get(document_id)
    if row is None:
        raise NotFound(f"no CV document {document_id}")
    return row.data
