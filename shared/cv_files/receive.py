"""CV files as they arrive: kept once per pool and content, alone or many together, and how far each one is."""

from __future__ import annotations

import hashlib
import secrets
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

from shared.access.pools import add_pool
from shared.errors import NotFound, TooLarge, UnreadableFile, WasErased, WrongCall
from shared.models.candidate import FAILED, READY
from shared.people.keys import keyed_hash
from shared.people.suppression import ERASED, is_erased
from shared.ports import Create, Data, Ports, Stored, Update
from shared.reading.file_names import safe_filename

MOST_FILES: Final = 2000  # of one bulk upload
_UNNAMED: Final = "cv"
_STATES: Final = {READY: "SUCCESS", FAILED: "FAILED", "admit": "RUNNING"}


def receive(ports: Ports, content: bytes, filename: str, pool: str, max_bytes: int) -> tuple[Data, bool]:
    """Keep the file; return its document and whether it is new. Raises `UnreadableFile`, `TooLarge`."""
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
    if known := ports.store.get("documents", [id_]).get(id_):
        return known.data, False
    path, now = f"documents/{id_}/{filename}", ports.now()
    ports.files.write(path, content)
    document: Data = {"id": id_, "pool": pool, "filename": filename, "file": path, "sha256": sha256,
                      "size": len(content), "created_at": now, "updated_at": now, "awaiting": "parse"}  # fmt: skip
    (conflict,) = ports.store.commit([[Create("documents", id_, document)]])
    add_pool(ports, pool)
    return (ports.store.get("documents", [id_])[id_].data, False) if conflict else (document, True)


def receive_many(ports: Ports, files: Iterable[tuple[str, bytes | UnreadableFile]], pool: str, max_bytes: int) -> str:
    """Keep many files as one batch and return its id; one that cannot be taken is an item with the reason."""
    batch_id, items = secrets.token_hex(8), list[Data]()
    for number, (filename, content) in enumerate(files, 1):
        if number > MOST_FILES:
            raise WrongCall(f"more than {MOST_FILES} files; send them in several uploads")
        item: Data = {"id": f"{batch_id}-{number}", "batch_id": batch_id, "number": number}
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
        raise WrongCall("no files")
    _create_batch(ports, batch_id, pool, items)
    return batch_id


def expect_many(ports: Ports, filenames: Sequence[str], pool: str) -> tuple[str, list[Data]]:
    """Announce files that will be uploaded one by one; return the batch's id and its items with their paths."""
    if not 0 < len(filenames) <= MOST_FILES:
        raise WrongCall(f"from 1 to {MOST_FILES} files can be announced at once")
    batch_id, items = secrets.token_hex(8), list[Data]()
    for number, sent_name in enumerate(filenames, 1):
        filename = safe_filename(sent_name, _UNNAMED)
        id_ = f"{batch_id}-{number}"
        path = f"incoming/cv/{pool}/{id_}/{filename}"
        items.append({"id": id_, "batch_id": batch_id, "number": number, "filename": filename, "upload": path})
    _create_batch(ports, batch_id, pool, items)
    return batch_id, items


def receive_expected(ports: Ports, item_id: str, content: bytes, max_bytes: int) -> Data | None:
    """Keep the file of an announced item; None when nobody announced it."""
    item = ports.store.get("items", [item_id]).get(item_id)
    if item is None:
        return None
    pool = read_batch(ports, item.data["batch_id"])["pool"]
    try:
        document, _ = receive(ports, content, item.data["filename"], pool, max_bytes)
    except (UnreadableFile, TooLarge) as error:
        ports.store.commit([[Update("items", item_id, {"error": str(error)}, None)]])
        raise
    ports.store.commit([[Update("items", item_id, {"document_id": document["id"], "error": None}, None)]])
    return document


def read_batch(ports: Ports, batch_id: str) -> Data:
    """Return the batch. Raises `NotFound`."""
    row = ports.store.get("batches", [batch_id]).get(batch_id)
    if row is None:
        raise NotFound(f"no bulk upload {batch_id}")
    return row.data


def batch_status(ports: Ports, batch_id: str) -> Data:
    """Return how far a batch is, from its items' documents. Raises `NotFound`."""
    batch = read_batch(ports, batch_id)
    rows = sorted(ports.store.query("items", [("batch_id", "==", batch_id)]), key=lambda row: row.data["number"])
    ids = sorted({row.data["document_id"] for row in rows if row.data.get("document_id")})
    documents = ports.store.get("documents", ids, fields=("awaiting", "stages", "lease", "updated_at"))
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


def state_of(data: Data) -> str:
    """Return a document's state as people know it: PENDING, RUNNING, SUCCESS or FAILED."""
    return _STATES.get(data["awaiting"]) or ("RUNNING" if data.get("lease") else "PENDING")


def why_failed(data: Data) -> str | None:
    """Return the reason a document failed, in a sentence."""
    if data["awaiting"] != FAILED:
        return None
    states = (data.get("stages") or {}).values()
    return next((state["error"]["message"] for state in states if state.get("error")), "it could not be read")


def _batch_state(seen: Counter[str], total: int) -> str:
    if seen["PENDING"] == total:
        return "PENDING"
    if seen["PENDING"] or seen["RUNNING"]:
        return "RUNNING"
    if seen["SUCCESS"] == total:
        return "SUCCESS"
    return "PARTIAL" if seen["SUCCESS"] else "FAILED"


def _item(item: Data, documents: dict[str, Stored], owners: dict[str, str]) -> Data:
    id_ = item.get("document_id")
    row = documents.get(id_ or "")
    said = {"upload_item_id": item["id"], "document_id": id_, "filename": item["filename"]}
    said["candidate_id"] = owners.get(id_ or "")
    if item.get("error"):
        return {**said, "status": "FAILED", "error_message": item["error"]}
    if row is None:
        return {**said, "status": "PENDING", "error_message": None}
    return {**said, "status": state_of(row.data), "error_message": why_failed(row.data)}


def _create_batch(ports: Ports, batch_id: str, pool: str, items: list[Data]) -> None:
    batch = {"id": batch_id, "pool": pool, "total_files": len(items), "created_at": ports.now()}
    ports.store.commit([[Create("items", item["id"], item)] for item in items])
    ports.store.commit([[Create("batches", batch_id, batch)]])


def owners_of(ports: Ports, document_ids: Sequence[str]) -> dict[str, str]:
    """Return document id -> id of the candidate it belongs to, for those that were admitted."""
    rows = ports.store.get("sources", document_ids, fields=("candidate_id",)) if document_ids else {}
    return {id_: row.data["candidate_id"] for id_, row in rows.items()}


def documents_of(ports: Ports, candidate_id: str) -> list[str]:
    """Return the ids of a candidate's documents."""
    rows = ports.store.query("sources", [("candidate_id", "==", candidate_id)], fields=("document_id",))
    return [row.id for row in rows if row.data.get("document_id")]


def shown(data: Data, candidate_id: str | None) -> Data:
    """Return a document as the API shows it: state and reason in words, no bookkeeping."""
    names = ("id", "pool", "filename", "sha256", "size", "kind", "pages", "read_by")
    found: Data = {**{name: data.get(name) for name in names}, "candidate_id": candidate_id}
    found |= {"status": state_of(data), "error_message": why_failed(data), "warnings": data.get("warnings") or []}
    found |= {"created_at": data["created_at"], "updated_at": data["updated_at"]}
    return found


def read_document_record(ports: Ports, document_id: str) -> Data:
    """Return the document. Raises `NotFound`."""
    row = ports.store.get("documents", [document_id]).get(document_id)
    if row is None:
        raise NotFound(f"no CV document {document_id}")
    return row.data
