"""Every place a person can stand in, and how they are found there: erasing and telling go through the same table."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from shared.models.collections import COLLECTIONS
from shared.paging import every
from shared.people.suppression import ERASED
from shared.ports import Data, Delete, Ports, Stored, Update, Write
from shared.privacy.person import Who, scrubbed

Change = Callable[[Who, Stored], Data | None]  # the fields to set on a document they are named in; None: nothing to do
# Collections that name nobody, each with the reason. A collection that is in none of these tables fails a test.
NOBODY: Final[Mapping[str, str]] = {
    "keys": "hashes; those of a candidate go with the candidate",
    "slices": "counts",
    "rejects": "row numbers and reasons that quote nothing",
    "imports": "a file's name and counts; its rows are looked through besides",
    "previews": "a file's name; the file itself is imported or gone within a day",
    "usage": "sums of tokens",
    "pools": "names of pools",
    "jobs": "offers",
    "job_vectors": "offers",
    "spaces": "names of models",
    "api_keys": "other programs",
    "batches": "counts",
    "suppressed": "keyed hashes that keep them out",
    "erasures": "the receipts: random ids and counts",
}
OWN: Final = ("candidates", "vectors", "self_described")  # the id is the person's
OF_DOCUMENTS: Final = ("documents", "texts")  # the id is that of a CV file
BY_DOCUMENT: Final = ("items", "uploads")  # `document_id` names the CV file


def by_candidate() -> tuple[str, ...]:
    """Return the collections whose documents say by `candidate_id` whose they are: sources, matches, redirects …"""
    return tuple(kind for kind, each in COLLECTIONS.items() if "candidate_id" in each.queried)


def deletes(ports: Ports, who: Who) -> Iterator[tuple[str, Write]]:
    """Yield what goes whole, by place; the candidate itself, its sources and keys go by themselves."""
    for kind in by_candidate():
        for id_ in who.ids if kind != "sources" else ():
            rows = ports.store.query(kind, [("candidate_id", "==", id_)], fields=())
            yield from ((kind, Delete(kind, row.id)) for row in rows)
    for kind in OF_DOCUMENTS:
        found = ports.store.get(kind, who.documents, fields=()) if who.documents else {}
        yield from ((kind, Delete(kind, id_)) for id_ in found)
    for kind in OWN[1:]:
        yield from ((kind, Delete(kind, id_)) for id_ in ports.store.get(kind, [who.id], fields=()))
    for row in every(ports.store, "members"):
        if row.data.get("candidate_id") in who.ids:
            yield "members", Delete("members", row.id)
    for row in every(ports.store, "answers", order="at"):  # of a bulk upload, say: it tells of several people
        if row.data.get("candidate_id") not in who.ids and _tells_of(who, row):
            yield "answers", Delete("answers", row.id)


def changes(ports: Ports, who: Who) -> Iterator[tuple[str, Write]]:
    """Yield what stays without them, by place: runs without the hit, audit entries with ids alone."""
    for kind, rows, change in (
        ("search_runs", every(ports.store, "search_runs", order="at"), _run),
        ("audit", _audit(ports, who), _entry),
        ("items", _of_documents(ports, who, "items"), _item),
        ("uploads", _of_documents(ports, who, "uploads"), _upload),
        ("flags of others", _flagged(ports, who), _flags),
    ):
        collection = "candidates" if kind == "flags of others" else kind
        for row in rows:
            if fields := change(who, row):
                yield kind, Update(collection, row.id, fields, row.version)


def mentions(ports: Ports, who: Who) -> Iterator[tuple[str, Stored]]:
    """Yield every document that mentions them, by collection."""
    for kind in OWN:
        yield from ((kind, row) for row in ports.store.get(kind, [who.id]).values())
    for kind in by_candidate():
        for id_ in who.ids:
            yield from ((kind, row) for row in ports.store.query(kind, [("candidate_id", "==", id_)]))
    for kind in OF_DOCUMENTS:
        rows = ports.store.get(kind, who.documents) if who.documents else {}
        yield from ((kind, row) for row in rows.values())
    for kind in BY_DOCUMENT:
        yield from ((kind, row) for row in _of_documents(ports, who, kind))
    yield from (("search_runs", row) for row in every(ports.store, "search_runs", order="at") if _run(who, row))
    yield from (("audit", row) for row in _audit(ports, who))
    yield from (("members", row) for row in every(ports.store, "members") if row.data.get("candidate_id") in who.ids)
    yield from (("keys", row) for row in ports.store.get("keys", who.keys).values())


def _tells_of(who: Who, row: Stored) -> bool:
    body = row.data.get("body") or ""
    return any(id_ in body for id_ in (*who.ids, *who.documents)) or bool(who.words and who.words.search(body))


def _run(who: Who, row: Stored) -> Data | None:
    kept = [hit for hit in row.data.get("results") or () if hit["candidate_id"] not in who.ids]
    fields: Data = {"results": kept} if len(kept) < len(row.data.get("results") or ()) else {}
    for name in ("asked", "requirements") if who.words else ():
        said = row.data.get(name)
        if who.words and (without := scrubbed(said, who.words)) != said:
            fields[name] = without
    return fields or None


def _entry(who: Who, row: Stored) -> Data | None:
    said = row.data.get("details")
    without = scrubbed(said, who.words) if who.words else said
    return {"details": without} if without != said else None


def _item(who: Who, row: Stored) -> Data | None:
    return {"filename": ERASED, "document_id": None, "upload": None, "error": "the person was erased"}


def _upload(who: Who, row: Stored) -> Data | None:
    folder = row.data["name"].rpartition("/")[0]
    return {"name": f"{folder}/{ERASED}", "document_id": None, "error": None}


def _flags(who: Who, row: Stored) -> Data | None:
    flags = row.data.get("flags") or []
    kept = [flag for flag in flags if flag.get("candidate_id") not in who.ids]
    return {"flags": kept} if len(kept) < len(flags) else None


def _flagged(ports: Ports, who: Who) -> Iterator[Stored]:
    """Others that a flag of theirs names: flags stand on both sides."""
    others = {flag["candidate_id"] for flag in who.known.data.get("flags") or () if flag.get("candidate_id")}
    if others:
        yield from ports.store.get("candidates", sorted(others), fields=("flags",)).values()


def _audit(ports: Ports, who: Who) -> Iterator[Stored]:
    for id_ in who.ids:
        yield from ports.store.query("audit", [("subjects", "array_contains", id_)], order="-at")


def _of_documents(ports: Ports, who: Who, kind: str) -> Iterator[Stored]:
    for id_ in who.documents:
        yield from ports.store.query(kind, [("document_id", "==", id_)])
