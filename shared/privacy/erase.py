"""A person is removed from every place they stand in; what stays is a receipt, and hashes that keep them out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Final

from shared.access import Reads, allow
from shared.access.reads import could_be_id
from shared.errors import NotFound, Retryable
from shared.imports.start import is_running
from shared.models.collections import CANDIDATES, ERASURES, IMPORTS, ITEMS, PREVIEWS, UPLOADS
from shared.models.erasure import Erasure
from shared.paging import iter_all
from shared.people.stored import plan_changes
from shared.people.suppression import names_at_keys, suppression_writes
from shared.ports import Create, Delete, Files, Ports, Update, Write
from shared.privacy.person import Who, find_person
from shared.privacy.personal_data_map import changes, deletes
from shared.privacy.rows import blank, previews_of, rows_of
from shared.retry import write_until_accepted

_RUNNING: Final = ("state", "awaiting", "owner", "lease")  # fields that say whether an import runs

_AT_ONCE: Final = 200  # writes a commit
NOTES: Final = (
    "backups, exports and copies outside of this installation are not reached: erase there, too",
    "older versions and soft-deleted copies of files in a bucket go when the bucket's own rules say so",
)


def erase(
    ports: Ports, reads: Reads, candidate_id: str, dropped: Files | None = None, keep_out: bool = True
) -> Erasure:
    """Remove the person from every place and return the receipt; asked again, it goes on where it was stopped.

    `dropped`: where files lie as they were dropped, below `incoming/`. `keep_out`: the next import does not bring them
    back. Raises `NotAllowed` for all but admins, `NotFound`, and `Retryable` while an import of their pool runs: its
    rows are being read, and from now on it leaves theirs out.
    """
    allow(reads.caller, "administer")
    begun = ports.store.get(ERASURES, [candidate_id]) if could_be_id(candidate_id) else {}
    if begun and begun[candidate_id].data["state"] != "erasing":
        finish_erasures(ports)
        return _receipt(ports, candidate_id)
    who = find_person(ports, reads.one(CANDIDATES, candidate_id, fields=()).id)
    if who is None:
        raise NotFound(f"no candidate {candidate_id}")
    _begin(ports, who, reads.caller.uid)
    if keep_out:
        ports.store.commit(suppression_writes(ports, who.pool, _recognised_by(ports, who)))
    _wait_for_imports(ports, who.pool)
    places = _files(ports, who, dropped)
    places += _written(ports, changes(ports, who))
    places += _written(ports, deletes(ports, who))
    places += _candidate(ports, who)
    places += _written(ports, deletes(ports, who))  # what a stage wrote while the candidate was still there
    fields = {"state": "purging", "places": dict(places), "notes": list(NOTES)}
    ports.store.commit([[Update(ERASURES, who.id, fields, None)]])
    finish_erasures(ports)
    return _receipt(ports, who.id)


def _recognised_by(ports: Ports, who: Who) -> list[str]:
    """Return all that would recognise them: contents, files, keys of their own, and their name at shared addresses."""
    names = [hash_ for source in who.known.sources.values() for hash_ in names_at_keys(ports, source.data)]
    return [*who.known.sources, *who.documents, *who.keys, *names]


def finish_erasures(ports: Ports) -> int:
    """Let nothing of who is gone stay in the store's own files; return how many erasures that ends. Raises
    `Retryable` while others read what was before."""
    rows = ports.store.query(ERASURES, [("state", "==", "purging")])
    if rows:
        ports.store.purge()
    done = {"state": "done", "done_at": ports.now()}
    ports.store.commit([[Update(ERASURES, row.id, done, None)] for row in rows])
    return len(rows)


def list_erasures(ports: Ports, reads: Reads, limit: int = 100) -> list[Erasure]:
    """Return receipts, newest first. Raises `NotAllowed` for all but admins."""
    allow(reads.caller, "administer")
    return [Erasure.model_validate(row.data) for row in ports.store.query(ERASURES, order="-at", limit=limit)]


def _receipt(ports: Ports, id_: str) -> Erasure:
    return Erasure.model_validate(ports.store.get(ERASURES, [id_])[id_].data)


def _begin(ports: Ports, who: Who, uid: str) -> None:
    receipt = Erasure(id=who.id, pool=who.pool, asked_by=uid, at=ports.now(), state="erasing")
    ports.store.commit([[Create(ERASURES, who.id, receipt.model_dump(mode="json", exclude_none=True))]])


def _wait_for_imports(ports: Ports, pool: str) -> None:
    for row in ports.store.query(IMPORTS, [("pool", "==", pool)], fields=_RUNNING):
        if is_running(ports, row.data):
            raise Retryable(f"import {row.id} of this pool runs; erase again when it has ended (nothing was kept back)")


def _files(ports: Ports, who: Who, dropped: Files | None) -> Counter[str]:
    """Blank their rows in export files; remove their CV files, and what was dropped of both."""
    places: Counter[str] = Counter()
    imports: set[str] = set()
    for found in rows_of(ports, who):
        blank(ports, found)
        imports.add(found.import_id)
        places["rows of export files"] += len(found.rows)
        places["export files written anew"] += 1
    for preview in list(previews_of(ports, who)):
        ports.files.delete(preview.data["file"])
        ports.store.commit([[Delete(PREVIEWS, preview.id)]])
        places["previewed files"] += 1
    for id_ in who.documents:
        for path in list(ports.files.list(f"documents/{id_}/")):
            ports.files.delete(path)
            places["CV files"] += 1
    for name in _dropped_names(ports, who, imports):
        for files in (ports.files, dropped) if dropped else (ports.files,):
            if files.exists(name):
                files.delete(name)
                places["dropped files"] += 1
    return places


def _dropped_names(ports: Ports, who: Who, imports: set[str]) -> set[str]:
    """Files as they were dropped: of these imports (which keep their own copy), and of the person's documents."""
    names = {
        row.data["name"]
        for row in iter_all(ports.store, UPLOADS, order="at")
        if row.data.get("import_id") in imports or row.data.get("document_id") in who.documents
    }
    for id_ in who.documents:
        items = ports.store.query(ITEMS, [("document_id", "==", id_)])
        names |= {path for row in items if (path := row.data.get("upload"))}
    return names


def _written(ports: Ports, wanted: Iterable[tuple[str, Write]]) -> Counter[str]:
    """Write each by itself and count by place. Raises `Retryable` where others go on changing the same."""
    places: Counter[str] = Counter()
    found = list(wanted)
    for start in range(0, len(found), _AT_ONCE):
        part = found[start : start + _AT_ONCE]
        answers = ports.store.commit([[write] for _, write in part])
        if any(conflict and conflict.reason != "missing" for conflict in answers):
            raise Retryable("what was to be removed is being written by others; erase again")
        places.update(place for (place, _), conflict in zip(part, answers, strict=True) if not conflict)
    return places


def _candidate(ports: Ports, who: Who) -> Counter[str]:
    """Remove the candidate with sources and keys in one group: while any of them is there, erasing can go on."""

    def build() -> tuple[list[Write], Counter[str]]:
        current = find_person(ports, who.id)
        if current is None:
            return [], Counter()
        keys = [key for source in current.known.sources.values() for key in source.data.get("keys") or ()]
        counts = Counter(candidates=1, sources=len(current.known.sources), keys=len({key["hash"] for key in keys}))
        return plan_changes([current.known], [], ports.now()), counts

    return write_until_accepted(ports.store, build, f"candidate {who.id}")
