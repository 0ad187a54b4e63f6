"""Nothing is kept longer than agreed: what is older than its pool's rules say goes, and the report says it before."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, TypedDict

from shared.access import Reads, allow
from shared.errors import NotFound
from shared.imports.separate import separate_people
from shared.imports.undo import undo_import
from shared.models.caller import Caller
from shared.models.collections import CANDIDATES, COLLECTIONS, DOCUMENTS, IMPORTS, SOURCES, TEXTS
from shared.paging import iter_all
from shared.people.stored import TargetPerson, load_people, plan_changes
from shared.ports import Delete, Files, Ports, Update, Where, Write
from shared.privacy.erase import erase
from shared.privacy.rules import all_rules
from shared.retry import write_until_accepted

if TYPE_CHECKING:
    from shared.models.documents.imports import ImportDocument

_PAGE: Final = 200
BY_TIME: Final = ("search_runs", "audit")  # of the whole installation; `at` says how old they are
_NOBODY: Final = Caller(uid="retention")  # who the receipts name


class DueAnswer(TypedDict):
    """How much of a place is over its time."""

    place: str
    pool: str | None
    days: int
    before: str
    count: int


class RetentionAnswer(TypedDict):
    """What is over its time, and whether it was removed."""

    applied: bool
    due: list[DueAnswer]


@dataclass(frozen=True)
class Keep:
    """Days that searches and the audit are kept; 0: for good."""

    search_runs: int = 0
    audit: int = 0


@dataclass(frozen=True)
class Due:
    """What is over its time: ids of imports, of documents, of (candidate, source), or a count of documents by time."""

    place: str  # `row`, `cv` and `form` of a pool, or a collection
    pool: str | None
    days: int
    before: str
    ids: tuple[tuple[str, ...], ...]
    count: int

    def to_json(self) -> DueAnswer:
        """Return how much it is, as JSON values."""
        return {"place": self.place, "pool": self.pool, "days": self.days, "before": self.before, "count": self.count}


def retention(
    ports: Ports, caller: Caller, keep: Keep, apply: bool = False, dropped: Files | None = None
) -> RetentionAnswer:
    """Report what is over its time, counted in sources (or documents), and with `apply` remove it.

    People of whom nothing is left are erased, but may come again; of the others what remains is folded anew. What a
    newer import says too is newer. Raises `NotAllowed` for all but admins, `Retryable` while others write the same.
    """
    allow(caller, "administer")
    due = list(_due(ports, keep))
    if apply:
        for each in due:
            _REMOVE[each.place](ports, each, dropped)
        if due:
            ports.store.purge()
    return {"applied": apply, "due": [each.to_json() for each in due]}


def _due(ports: Ports, keep: Keep) -> Iterator[Due]:
    for pool, rules in all_rules(ports).items():
        for kind, days in rules.retention_days.items():
            before = _before(ports, days)
            ids, count = _FIND[kind](ports, pool, before)
            if ids:
                yield Due(kind, pool, days, before, tuple(ids), count)
    for kind in BY_TIME:
        days = getattr(keep, kind)
        before = _before(ports, days)
        if days and (count := ports.store.count(kind, [("at", "<", before)])):
            yield Due(kind, None, days, before, (), count)


def _before(ports: Ports, days: int) -> str:
    then = datetime.fromisoformat(ports.now()) - timedelta(days=days)
    return then.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


Found = tuple[list[tuple[str, ...]], int]


def _old_imports(ports: Ports, pool: str, before: str) -> Found:
    rows = ports.store.query(IMPORTS, [("pool", "==", pool)])
    old = [row for row in rows if row.data["created_at"] < before and not row.data.get("expired_at")]
    ended = sorted((row.data["created_at"], row.id) for row in old if row.data["state"] != "RUNNING")
    count = sum(ports.store.count(SOURCES, [("import_id", "==", id_)]) for _, id_ in ended)
    return [(id_,) for _, id_ in ended], count


def _old_documents(ports: Ports, pool: str, before: str) -> Found:
    where: Where = [("pool", "==", pool), ("created_at", "<", before)]
    rows = ports.store.query(DOCUMENTS, where, order="-created_at", fields=("created_at",))
    return [(row.id,) for row in rows], len(rows)


def _old_forms(ports: Ports, pool: str, before: str) -> Found:
    """Forms stand on the candidate alone, so that everybody of the pool is gone through."""
    found: list[tuple[str, ...]] = []
    for row in iter_all(ports.store, CANDIDATES, [("pool", "==", pool)], ("sources",)):
        refs = row.data.get("sources") or ()
        found += [(row.id, ref["source_id"]) for ref in refs if ref["kind"] == "form" and ref["at"] < before]
    return found, len(found)


def _remove_imports(ports: Ports, due: Due, _dropped: Files | None) -> None:
    for (id_,) in due.ids:  # oldest first: what a newer one says too is handed on to it
        row = ports.store.get(IMPORTS, [id_])[id_]
        if not row.data.get("undone_at"):
            undo_import(ports, id_, also_kept=True)
        for path in list(ports.files.list(f"imports/{id_}/")):
            ports.files.delete(path)
        for kind in ("slices", "rejects"):
            _delete_all(ports, kind, [("import_id", "==", id_)])
        fields: ImportDocument = {"state": row.data["state"], "expired_at": ports.now(), "rejects_file": None}
        ports.store.commit([[Update(IMPORTS, id_, fields, None)]])


def _remove_documents(ports: Ports, due: Due, dropped: Files | None) -> None:
    for (id_,) in due.ids:
        source = ports.store.get(SOURCES, [id_], fields=("candidate_id",)).get(id_)
        if source is not None:
            _drop_source(ports, source.data["candidate_id"], id_, dropped)
        for path in list(ports.files.list(f"documents/{id_}/")):
            ports.files.delete(path)
        ports.store.commit([[Delete(DOCUMENTS, id_)], [Delete(TEXTS, id_)]])
        for kind in ("items", "uploads"):
            _delete_all(ports, kind, [("document_id", "==", id_)])


def _remove_forms(ports: Ports, due: Due, dropped: Files | None) -> None:
    for candidate_id, source_id in due.ids:
        _drop_source(ports, candidate_id, source_id, dropped)


def _drop_source(ports: Ports, candidate_id: str, source_id: str, dropped: Files | None) -> None:
    """Take one source from a person; who is left with nothing, or with corrections of nothing, is erased."""

    def build() -> tuple[list[Write], None]:
        person = load_people(ports, [candidate_id]).get(candidate_id)
        if person is None or source_id not in person.sources:
            return [], None
        remaining = {id_: row.data for id_, row in person.sources.items() if id_ != source_id}
        if all(source["kind"] == "correction" for source in remaining.values()):
            _erased(ports, candidate_id, dropped)
            return [], None
        targets: list[TargetPerson] = separate_people(ports, person, remaining)
        return plan_changes([person], targets, ports.now(), by="retention"), None

    write_until_accepted(ports.store, build, f"candidate {candidate_id}")


def _erased(ports: Ports, candidate_id: str, dropped: Files | None) -> None:
    try:
        erase(ports, Reads(ports, _NOBODY), candidate_id, dropped, keep_out=False)
    except NotFound:
        return  # another run was faster


def _remove_by_time(ports: Ports, due: Due, _dropped: Files | None) -> None:
    _delete_all(ports, due.place, [("at", "<", due.before)])


def _delete_all(ports: Ports, kind: str, where: Where) -> None:
    while True:
        ids = [row.id for row in ports.store.query(COLLECTIONS[kind], where, limit=_PAGE, fields=())]
        if not ids:
            return
        writes: list[list[Write]] = [[Delete(COLLECTIONS[kind], id_)] for id_ in ids]
        ports.store.commit(writes)


_FIND: Final = {"row": _old_imports, "cv": _old_documents, "form": _old_forms}
_REMOVE: Final = {
    "row": _remove_imports,
    "cv": _remove_documents,
    "form": _remove_forms,
    "search_runs": _remove_by_time,
    "audit": _remove_by_time,
}
