"""Every place a person can stand in, and how they are found there: erasing and telling go through the same table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from shared.models.collections import (
    ANSWERS,
    AUDIT,
    CANDIDATES,
    COLLECTIONS,
    DOCUMENTS,
    ITEMS,
    KEYS,
    MEMBERS,
    PROPOSALS,
    SEARCH_RUNS,
    SELF_DESCRIBED,
    TEXTS,
    UPLOADS,
    VECTORS,
    Collection,
)
from shared.paging import iter_all
from shared.people.suppression import ERASED
from shared.ports import D, Delete, Ports, Stored, Update, Write
from shared.privacy.person import Who, scrubbed

if TYPE_CHECKING:
    from shared.models.documents.access import AnswerDocument, AuditDocument
    from shared.models.documents.cv_files import ItemDocument
    from shared.models.documents.imports import UploadDocument
    from shared.models.documents.people import CandidateDocument, ProposalDocument
    from shared.models.documents.searches import SearchRunDocument

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
    "revocations": "uids of members",
    "batches": "counts",
    "suppressed": "keyed hashes that keep them out",
    "erasures": "the receipts: random ids and counts",
}
OWN: Final[tuple[Collection[Any], ...]] = (CANDIDATES, VECTORS, SELF_DESCRIBED)  # the id is the person's
OF_DOCUMENTS: Final[tuple[Collection[Any], ...]] = (DOCUMENTS, TEXTS)  # the id is that of a CV file
OF_PAIRS: Final = ("proposals",)  # `candidate_ids` names two people
BY_DOCUMENT: Final = ("items", "uploads")  # `document_id` names the CV file
_ERASED_ITEM: Final[ItemDocument] = {
    "filename": ERASED,
    "document_id": None,
    "upload": None,
    "error": "the person was erased",
}


def by_candidate() -> tuple[Collection[Any], ...]:
    """Return the collections whose documents say by `candidate_id` whose they are: sources, matches, redirects …"""
    return tuple(kind for kind in COLLECTIONS.values() if "candidate_id" in kind.queried)


def deletes(ports: Ports, who: Who) -> Iterator[tuple[str, Write]]:
    """Yield what goes whole, by place; the candidate itself, its sources and keys go by themselves."""
    for kind in by_candidate():
        for id_ in who.ids if kind != "sources" else ():
            rows = ports.store.query(kind, [("candidate_id", "==", id_)], fields=())
            yield from ((str(kind), Delete(kind, row.id)) for row in rows)
    for kind in OF_DOCUMENTS:
        found = ports.store.get(kind, who.documents, fields=()) if who.documents else {}
        yield from ((str(kind), Delete(kind, id_)) for id_ in found)
    for kind in OWN[1:]:
        yield from ((str(kind), Delete(kind, id_)) for id_ in ports.store.get(kind, [who.id], fields=()))
    for proposal in _of_pairs(ports, who):
        yield "proposals", Delete(PROPOSALS, proposal.id)
    for row in iter_all(ports.store, MEMBERS):
        if row.data.get("candidate_id") in who.ids:
            yield "members", Delete(MEMBERS, row.id)
    for answer in iter_all(ports.store, ANSWERS, order="at"):  # of a bulk upload, say: it tells of several people
        if answer.data.get("candidate_id") not in who.ids and _tells_of(who, answer.data):
            yield "answers", Delete(ANSWERS, answer.id)


def changes(ports: Ports, who: Who) -> Iterator[tuple[str, Write]]:
    """Yield what stays without them, by place: runs without the hit, audit entries with ids alone."""
    for run in iter_all(ports.store, SEARCH_RUNS, order="at"):
        if run_fields := _run(who, run.data):
            yield "search_runs", Update(SEARCH_RUNS, run.id, run_fields, run.version)
    for entry in _audit(ports, who):
        if entry_fields := _entry(who, entry.data):
            yield "audit", Update(AUDIT, entry.id, entry_fields, entry.version)
    for item in _of_documents(ports, who, ITEMS):
        yield "items", Update(ITEMS, item.id, _ERASED_ITEM, item.version)
    for upload in _of_documents(ports, who, UPLOADS):
        yield "uploads", Update(UPLOADS, upload.id, _upload(upload.data), upload.version)
    for other in _flagged(ports, who):
        if flags := _flags(who, other.data):
            yield "flags of others", Update(CANDIDATES, other.id, flags, other.version)


def mentions(ports: Ports, who: Who) -> Iterator[tuple[str, Stored[Any]]]:
    """Yield every document that mentions them, by collection."""
    for kind in OWN:
        yield from ((str(kind), row) for row in ports.store.get(kind, [who.id]).values())
    for kind in by_candidate():
        for id_ in who.ids:
            yield from ((str(kind), row) for row in ports.store.query(kind, [("candidate_id", "==", id_)]))
    for kind in OF_DOCUMENTS:
        rows = ports.store.get(kind, who.documents) if who.documents else {}
        yield from ((str(kind), row) for row in rows.values())
    yield from (("items", row) for row in _of_documents(ports, who, ITEMS))
    yield from (("uploads", row) for row in _of_documents(ports, who, UPLOADS))
    yield from (("proposals", row) for row in _of_pairs(ports, who))
    yield from (("search_runs", row) for row in iter_all(ports.store, SEARCH_RUNS, order="at") if _run(who, row.data))
    yield from (("audit", row) for row in _audit(ports, who))
    yield from (("members", row) for row in iter_all(ports.store, MEMBERS) if row.data.get("candidate_id") in who.ids)
    yield from (("keys", row) for row in ports.store.get(KEYS, who.keys).values())


def _tells_of(who: Who, answer: AnswerDocument) -> bool:
    body = answer.get("body") or ""
    return any(id_ in body for id_ in (*who.ids, *who.documents)) or bool(who.words and who.words.search(body))


def _run(who: Who, run: SearchRunDocument) -> SearchRunDocument:
    fields: SearchRunDocument = {}
    results = run.get("results") or []
    others = [hit for hit in results if hit["candidate_id"] not in who.ids]
    if len(others) < len(results):
        fields["results"] = others
    if not who.words:
        return fields
    asked = scrubbed(run.get("asked"), who.words)
    if asked != run.get("asked"):
        fields["asked"] = asked
    requirements = scrubbed(run.get("requirements"), who.words)
    if requirements != run.get("requirements"):
        fields["requirements"] = requirements
    return fields


def _entry(who: Who, entry: AuditDocument) -> AuditDocument:
    details = entry.get("details") or {}
    without = scrubbed(details, who.words) if who.words else details
    return {"details": without} if without != details else {}


def _upload(upload: UploadDocument) -> UploadDocument:
    folder = upload["name"].rpartition("/")[0]
    return {"name": f"{folder}/{ERASED}", "document_id": None, "error": None}


def _flags(who: Who, candidate: CandidateDocument) -> CandidateDocument:
    flags = candidate.get("flags") or []
    others = [flag for flag in flags if flag.get("candidate_id") not in who.ids]
    return {"flags": others} if len(others) < len(flags) else {}


def _flagged(ports: Ports, who: Who) -> Iterator[Stored[CandidateDocument]]:
    """Others that a flag of theirs names: flags stand on both sides."""
    others = {other for flag in who.known.data.get("flags") or () if (other := flag.get("candidate_id"))}
    if others:
        yield from ports.store.get(CANDIDATES, sorted(others), fields=("flags",)).values()


def _audit(ports: Ports, who: Who) -> Iterator[Stored[AuditDocument]]:
    for id_ in who.ids:
        yield from ports.store.query(AUDIT, [("subjects", "array_contains", id_)], order="-at")


def _of_pairs(ports: Ports, who: Who) -> Iterator[Stored[ProposalDocument]]:
    for id_ in who.ids:
        yield from ports.store.query(PROPOSALS, [("candidate_ids", "array_contains", id_)])


def _of_documents(ports: Ports, who: Who, kind: Collection[D]) -> Iterator[Stored[D]]:
    for id_ in who.documents:
        yield from ports.store.query(kind, [("document_id", "==", id_)])
