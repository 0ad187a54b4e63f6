"""What is being worked on and how far it is: imports, bulk uploads and stages, counted as one asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, Required, TypedDict

from shared.access import Reads, allow, sees_everything
from shared.access.pools import list_pools
from shared.cv_files.receive import batch_status
from shared.errors import InvalidRequest, NotFound
from shared.imports.start import STEP, read_import
from shared.imports.steps import step_task
from shared.leases import is_held
from shared.models.candidate import FAILED
from shared.models.collections import BATCHES, CANDIDATES, DOCUMENTS, IMPORTS, ITEMS, RECORDS
from shared.pipeline.backlog import queue_due, retry_some
from shared.ports import Ports, Stored, Update, Where, Write
from shared.stages.stage import load_stage
from shared.stages.table import ORDER, first_stage

if TYPE_CHECKING:
    from shared.models.documents.cv_files import CvFileDocument
    from shared.models.documents.imports import ImportDocument
    from shared.models.documents.records import RecordDocument, StageStateData

CANCELLED: Final = "cancelled"
_ENDED: Final = ("SUCCESS", "FAILED", "PARTIAL")
_PAGE: Final = 500
_WATCHED: Final = 5  # of the newest imports and bulk uploads
_SAMPLE: Final = 200  # records written last: how fast a stage goes is seen from them


class WorkNumbers(TypedDict, total=False):
    """How many records it has in all, ended, failed and before it; null while nobody can say."""

    total: int | None
    done: int
    failed: int
    left: int | None


class WorkState(TypedDict, total=False):
    """How far an import, a bulk upload or a stage is; seen often, of a stage only what is before it."""

    id: Required[str]
    kind: Required[str]  # import, upload, stage
    pool: str | None
    name: str | None
    state: Required[str]
    created_at: str | None
    ended_at: str | None
    error: str | None
    counts: Required[WorkNumbers]
    rate_per_minute: float | None
    seconds_left: int | None


def list_work(ports: Ports, reads: Reads, limit: int = 20) -> list[WorkState]:
    """Return what the caller may see of what is done or was done last: stages first, then newest first."""
    found = [job for kind in ORDER for stage in ORDER[kind] if (job := _stage(reads, kind, stage))["counts"]["total"]]
    batches = [_import(ports, row.data) for row in reads.page(IMPORTS, order="-created_at", limit=limit)]
    batches += [_upload(ports, row.id) for row in reads.page(BATCHES, order="-created_at", limit=limit)]
    batches.sort(key=lambda job: str(job["created_at"]), reverse=True)
    return found + batches[:limit]


def watch_work(ports: Ports, reads: Reads) -> list[WorkState]:
    """Return the same as is cheap to ask often: of a stage only how many it has before it."""
    found: list[WorkState] = []
    for kind, stages in ORDER.items():
        for stage in stages:
            left = reads.count(kind, [("awaiting", "==", stage)])
            state = "RUNNING" if left else "SUCCESS"
            found.append({"id": f"stage-{kind}-{stage}", "kind": "stage", "state": state, "counts": {"left": left}})
    found += [_import(ports, row.data) for row in reads.page(IMPORTS, order="-created_at", limit=_WATCHED)]
    found += [_upload(ports, row.id) for row in reads.page(BATCHES, order="-created_at", limit=_WATCHED)]
    return found


def read_work(ports: Ports, reads: Reads, job_id: str) -> WorkState:
    """Return one of them, with how fast it goes. Raises `NotFound`."""
    what, name = _parts(job_id)
    if what == "import":
        return _import(ports, reads.one(IMPORTS, name).data)
    if what == "upload":
        return _upload(ports, reads.one(BATCHES, name).id)
    kind, stage = _stage_of(name)
    job = _stage(reads, kind, stage)
    return _timed(job, _stage_rate(ports, reads, stage) if kind == "candidates" else None)


def retry_work(ports: Ports, reads: Reads, job_id: str) -> int:
    """Try what failed of it again; return how many records, or 1 for an import. Raises `NotFound`, `InvalidRequest`."""
    what, name = _parts(job_id)
    if what == "import":
        return _go_on(ports, reads, name)
    ids = list(_failed_of(ports, reads, what, name))
    kind = "documents" if what == "upload" else _stage_of(name)[0]
    moved = sum(retry_some(ports, kind, ids[start : start + _PAGE]) for start in range(0, len(ids), _PAGE))
    for start in range(0, len(ids), _PAGE):
        queue_due(ports, kind, ids[start : start + _PAGE])
    return moved


def cancel_work(ports: Ports, reads: Reads, job_id: str) -> int:
    """Let what of it has not begun not begin; return how many records. They are failed, and can be retried.

    Raises `NotFound`, and `InvalidRequest` for an import that is over, or that a command runs.
    """
    what, name = _parts(job_id)
    if what == "import":
        return _stop_import(ports, reads, name)
    kind, stage = ("documents", first_stage("documents")) if what == "upload" else _stage_of(name)
    return sum(_stop(ports, kind, stage, rows) for rows in _waiting(ports, reads, what, name, kind, stage))


def _parts(job_id: str) -> tuple[str, str]:
    what, _, name = job_id.partition("-")
    if what not in ("import", "upload", "stage") or not name:
        raise NotFound(f"no job {job_id}")
    return what, name


def _stage_of(name: str) -> tuple[str, str]:
    kind, _, stage = name.partition("-")
    if stage not in ORDER.get(kind, ()):
        raise NotFound(f"no job stage-{name}")
    return kind, stage


def _import_to_change(reads: Reads, id_: str) -> ImportDocument:
    document = reads.one(IMPORTS, id_).data
    allow(reads.caller, "change", document["pool"])
    return document


def _import(ports: Ports, document: ImportDocument) -> WorkState:
    stored = read_import(ports.store, document["id"])
    counts = stored.counts
    skipped = sum(counts.skipped.model_dump().values())
    total = counts.rows if stored.state in _ENDED else None  # a file says how many rows it has at its end
    numbers: WorkNumbers = {
        "total": total,
        "done": counts.created + counts.merged + counts.unchanged + skipped,
        "failed": counts.rejected,
        "left": None if total is None else 0,
    }
    job: WorkState = {
        "id": f"import-{stored.id}",
        "kind": "import",
        "pool": stored.pool,
        "name": stored.filename,
        "state": stored.state,
        "created_at": stored.created_at,
        "ended_at": stored.completed_at,
        "error": stored.error,
        "counts": numbers,
    }
    return _timed(job, _pace(ports, job))


def _upload(ports: Ports, batch_id: str) -> WorkState:
    status = batch_status(ports, batch_id)
    done, failed = status["processed_files"], status["failed_files"]
    numbers: WorkNumbers = {
        "total": status["total_files"],
        "done": done,
        "failed": failed,
        "left": status["total_files"] - done - failed,
    }
    job: WorkState = {
        "id": f"upload-{batch_id}",
        "kind": "upload",
        "pool": status["pool"],
        "name": None,
        "state": status["status"],
        "created_at": status["started_at"],
        "ended_at": status["completed_at"],
        "error": None,
        "counts": numbers,
    }
    return _timed(job, _pace(ports, job))


def _stage(reads: Reads, kind: str, stage: str) -> WorkState:
    left = reads.count(kind, [("awaiting", "==", stage)])
    seen = {
        state: reads.count(kind, [(f"stages.{stage}.state", "==", state)]) for state in ("done", "skipped", "failed")
    }
    done, failed = seen["done"] + seen["skipped"], seen["failed"]
    state = "RUNNING" if left else "PARTIAL" if failed else "SUCCESS"
    return {"id": f"stage-{kind}-{stage}", "kind": "stage", "pool": None, "name": f"{stage} of {kind}", "state": state,
            "created_at": None, "ended_at": None, "error": None, "rate_per_minute": None, "seconds_left": None,
            "counts": {"total": max(left + failed, left + done + failed), "done": done, "failed": failed,
                       "left": left}}  # fmt: skip


def _timed(job: WorkState, rate: float | None) -> WorkState:
    """Add how many a minute it does, and in how many seconds it is done at that pace; null while nobody can say."""
    left = job["counts"]["left"]
    over = job["state"] in _ENDED
    seconds = round(left * 60 / rate) if rate and left and not over else 0 if over else None
    return {**job, "rate_per_minute": round(rate, 1) if rate else None, "seconds_left": seconds}


def _pace(ports: Ports, job: WorkState) -> float | None:
    since, until = job["created_at"] or "", job["ended_at"] or ports.now()
    seconds = (datetime.fromisoformat(until) - datetime.fromisoformat(since)).total_seconds()
    worked = job["counts"]["done"] + job["counts"]["failed"]
    return worked * 60 / seconds if seconds > 0 and worked else None


def _stage_rate(ports: Ports, reads: Reads, stage: str) -> float | None:
    """How many records a minute the stage ended lately, among those written last; None while that says nothing."""
    pools = list_pools(ports) if sees_everything(reads.caller) else reads.caller.pools
    rows = [row for pool in pools for row in reads.page(
        CANDIDATES, [("pool", "==", pool)], "-updated_at", _SAMPLE, fields=("stages",), noted=False)]  # fmt: skip
    ends = sorted(((row.data.get("stages") or {}).get(stage) or {}).get("at") or "" for row in rows)
    now = datetime.fromisoformat(ports.now())
    lately = [at for at in ends if at and (now - datetime.fromisoformat(at)).total_seconds() < 60]
    if len(lately) < 2:
        return None
    return len(lately) * 60 / max(1.0, (now - datetime.fromisoformat(lately[0])).total_seconds())


def _go_on(ports: Ports, reads: Reads, import_id: str) -> int:
    document = _import_to_change(reads, import_id)
    if document["state"] != "FAILED" or document.get("undone_at") or document.get("parts", 1) != 1:
        raise InvalidRequest(
            f"import {import_id}: only one that failed or was cancelled can go on, not one that was undone"
        )
    fields: ImportDocument = {
        "state": "RUNNING",
        "awaiting": STEP,
        "owner": None,
        "error": None,
        "completed_at": None,
        "resumed": True,
    }
    ports.store.commit([[Update(IMPORTS, import_id, fields, None)]])
    ports.queue.enqueue([step_task(import_id)])
    return 1


def _stop_import(ports: Ports, reads: Reads, import_id: str) -> int:
    document = _import_to_change(reads, import_id)
    if document["state"] != "RUNNING" or document.get("awaiting") != STEP:
        raise InvalidRequest(f"import {import_id} is over, or a command runs it: then stopping the command stops it")
    fields: ImportDocument = {
        "state": "FAILED",
        "awaiting": FAILED,
        "error": CANCELLED,
        "completed_at": ports.now(),
    }
    ports.store.commit([[Update(IMPORTS, import_id, fields, None)]])
    return 1


def _documents_of(ports: Ports, reads: Reads, batch_id: str) -> list[Stored[CvFileDocument]]:
    batch = reads.one(BATCHES, batch_id).data
    allow(reads.caller, "change", batch["pool"])
    items = ports.store.query(ITEMS, [("batch_id", "==", batch_id)], fields=("document_id",))
    ids = sorted({document_id for row in items if (document_id := row.data.get("document_id"))})
    return list(ports.store.get(DOCUMENTS, ids, fields=("awaiting", "stages", "lease")).values())


def _failed_of(ports: Ports, reads: Reads, what: str, name: str) -> Iterator[str]:
    if what == "upload":
        yield from (row.id for row in _documents_of(ports, reads, name) if row.data["awaiting"] == FAILED)
        return
    kind, stage = _stage_of(name)
    allow(reads.caller, "change")
    for rows in _pages(reads, kind, [(f"stages.{stage}.state", "==", "failed")], ("awaiting",)):
        yield from (row.id for row in rows)


def _waiting(
    ports: Ports, reads: Reads, what: str, name: str, kind: str, stage: str
) -> Iterator[Sequence[Stored[RecordDocument]]]:
    if what == "upload":
        yield [row for row in _documents_of(ports, reads, name) if row.data["awaiting"] == stage]
        return
    allow(reads.caller, "change")
    yield from _pages(reads, kind, [("awaiting", "==", stage)], ("stages", "lease"))


def _pages(reads: Reads, kind: str, where: Where, fields: tuple[str, ...]) -> Iterator[list[Stored[RecordDocument]]]:
    """Yield those in the caller's own pools: what is shared with them is others' to work on."""
    after: tuple[Any, str] | None = None
    while rows := reads.page(RECORDS[kind], where, limit=_PAGE, after=after, fields=fields, noted=False):
        mine = [row for row in rows if sees_everything(reads.caller) or row.data.get("pool") in reads.caller.pools]
        yield mine
        after = (None, rows[-1].id)


def _stop(ports: Ports, kind: str, stage: str, rows: Sequence[Stored[RecordDocument]]) -> int:
    """Fail those nobody works on now; one that changed meanwhile goes on."""
    state: StageStateData = {
        "state": "failed",
        "input": "",
        "recipe": load_stage(stage, kind).recipe(ports),  # of another one the next sweep would bring it back
        "at": ports.now(),
        "attempts": 1,
        "error": {"message": CANCELLED, "again": True},
    }
    groups: list[list[Write]] = []
    for row in rows:
        if is_held(ports, row.data.get("lease")):
            continue
        states = {**(row.data.get("stages") or {}), stage: state}
        groups.append([Update(RECORDS[kind], row.id, {"awaiting": FAILED, "stages": states}, row.version)])
    return ports.store.commit(groups).count(None) if groups else 0
