"""Applying for a job: the applicant joins the pool of the job, with an application that names it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from shared.errors import Retryable, WasErased
from shared.models.collections import SOURCES
from shared.models.values import without
from shared.people.keys import keyed_hash, keys_of
from shared.people.merge_split import find_id
from shared.people.prepared import PreparedSource
from shared.people.resolve.resolve import resolve
from shared.people.stored import StoredPerson, TargetPerson, load_people, plan_changes
from shared.people.suppression import not_erased
from shared.ports import Ports, Write
from shared.retry import write_until_accepted

if TYPE_CHECKING:
    from shared.models.documents.jobs import JobDocument
    from shared.models.documents.people import SourceDocument
    from shared.models.documents.profiles import ApplicationData

_FILES: Final = ("document_id", "document", "import_id", "row")  # of the other pool: they stay there


def apply(ports: Ports, job: JobDocument, candidate_id: str) -> tuple[str, bool]:
    """Let a candidate apply for a job; return (their id in the job's pool, whether they had not applied before).

    Who is in another pool is copied into the job's, with what their sources say; a person known there is the same one.
    Raises `NotFound`, `Retryable`, and `WasErased` for somebody who was erased from the job's pool.
    """

    def build() -> tuple[list[Write], tuple[str, bool]]:
        person = _in_pool(ports, candidate_id, job["pool"])
        source = _application(ports, job, person)
        if source["id"] in person.sources:
            return [], (person.id, False)
        sources = {**person.documents(), source["id"]: source}
        target = TargetPerson(person.id, person.data["pool"], person, sources)
        return plan_changes([person], [target], ports.now(), by="application"), (person.id, True)

    return write_until_accepted(ports.store, build, f"candidate {candidate_id}")


def _in_pool(ports: Ports, candidate_id: str, pool: str) -> StoredPerson:
    """Return the person as they are in the pool, copied there if they are in another."""
    person = _load(ports, candidate_id)
    if person.data["pool"] == pool:
        return person
    return _load(ports, _copied(ports, person, pool))


def _load(ports: Ports, candidate_id: str) -> StoredPerson:
    id_ = find_id(ports, candidate_id)
    return load_people(ports, [id_])[id_]


def _application(ports: Ports, job: JobDocument, known: StoredPerson) -> SourceDocument:
    now = ports.now()
    application: ApplicationData = {"job_id": job["id"], "applied_at": now, "source": "application"}
    if title := job.get("title"):
        application["job_title"] = title
    if location := job.get("location"):
        application["job_location"] = location
    return {
        "id": keyed_hash(ports.key_secret, "application", job["id"], known.id),
        "candidate_id": known.id,
        "pool": job["pool"],
        "kind": "form",
        "at": now,
        "keys": [],
        "outcome": "merged",
        "facts": {"application": application},
    }


def _copied(ports: Ports, known: StoredPerson, pool: str) -> str:
    """Say in another pool what the sources say of the person; return their id there."""
    sources = {keyed_hash(ports.key_secret, "copied", pool, id_): row.data for id_, row in known.sources.items()}
    stored = ports.store.get(SOURCES, list(sources), fields=("candidate_id",))
    if len(stored) < len(sources):
        rows = _rows(ports, {id_: data for id_, data in sources.items() if id_ not in stored}, pool)
        if len(not_erased(ports, rows)) < len(rows):
            raise WasErased("this person was erased from the job's pool and is not taken in again")
        if rows[0].keys:
            resolve(ports, rows)
        else:  # nobody there can be recognised: all of them together are a new person
            alone = TargetPerson(rows[0].candidate_id, pool, None, {row.source_id: row.source for row in rows})
            ports.store.commit([plan_changes([], [alone], ports.now())])
        stored = ports.store.get(SOURCES, list(sources), fields=("candidate_id",))
    if not stored:
        raise Retryable(f"candidate {known.id} is being written by others; try again")
    return str(next(iter(stored.values())).data["candidate_id"])


def _rows(ports: Ports, sources: Mapping[str, SourceDocument], pool: str) -> list[PreparedSource]:
    """Return the sources as rows of one new person; each carries all keys, so that they stay together."""
    people = [data["facts"].get("person") or {} for data in sources.values()]
    found = [key for person in people for key in keys_of(person, pool, ports.key_secret)]
    keys = list({key["hash"]: key for key in found}.values())
    fresh, together, rows = secrets.token_hex(10), secrets.token_hex(8), list[PreparedSource]()
    for id_, data in sources.items():
        copy: SourceDocument = {
            **without(data, (*_FILES, "apart")),
            "id": id_,
            "candidate_id": fresh,
            "pool": pool,
            "keys": keys,
            "together": [together],
            "facts": without(data["facts"], ("application",)),
        }
        rows.append(PreparedSource(copy, list(keys), fresh))
    return rows
