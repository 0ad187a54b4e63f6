"""How jobs come in and change: ids from their source kept as keys, the same job twice writes nothing."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, Final, Literal, TypedDict, cast

from shared.access.pools import list_pools, require_pool
from shared.errors import InvalidRequest, NotFound
from shared.imports.start import check_size
from shared.models.collections import JOB_VECTORS, JOBS
from shared.models.counters import Counters
from shared.models.job import JobFacts
from shared.models.values import changed_fields, pick
from shared.people.keys import keyed_hash
from shared.people.match_deletes import match_deletes
from shared.ports import Create, Delete, Ports, Stored, Update, Write
from shared.reading.exports.jobs import job_facts, read_jobs
from shared.reading.exports.records import Reject
from shared.reading.file_names import safe_filename
from shared.retry import attempts, write_until_accepted
from shared.stages.stage import load_stage
from shared.stages.table import first_stage

if TYPE_CHECKING:
    from shared.models.documents.jobs import JobDocument

__all__ = ["create_job", "delete_job", "find_job", "import_jobs", "job_facts", "replace_job", "set_status"]

FIELDS: Final = ("title", "company", "location", "url", "tags", "description", "seniority", "extra")
_AT_ONCE: Final = 200  # jobs a commit
_REJECTS: Final = 1000  # listed at most
Effect = Literal["created", "changed", "unchanged"]


class RejectedJob(TypedDict):
    """A record that could not be taken: its number, the line of the file, why."""

    row: int
    line: int | None
    reason: str


@dataclass
class JobCounts(Counters):
    """Where every record of a file of jobs went; the four add up to `rows`."""

    rows: int = 0
    created: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0
    rejects: list[RejectedJob] = field(default_factory=list)


class ImportedJobs(TypedDict):
    """A file of jobs that was taken in, and its counts."""

    import_id: str
    pool: str
    filename: str
    rows: int
    created: int
    changed: int
    unchanged: int
    rejected: int
    rejects: list[RejectedJob]


def import_jobs(ports: Ports, stream: BinaryIO, filename: str, pool: str, max_bytes: int) -> ImportedJobs:
    """Import a file of jobs; return its counts. Raises `UnreadableFile`, `TooLarge`, `InvalidRequest`."""
    require_pool(ports, pool)
    filename = safe_filename(filename, "jobs.csv")
    check_size(filename, stream.seek(0, 2), max_bytes)
    counts, import_id = JobCounts(), secrets.token_hex(8)
    records = read_jobs(stream, filename)
    while some := list(islice(records, _AT_ONCE)):
        counts.rows += len(some)
        good = [(number, facts) for number, facts in _accepted(some, counts)]
        for _, effect in write_jobs(ports, pool, [facts for _, facts in good], import_id):
            counts.count(effect)
    named = {"import_id": import_id, "pool": pool, "filename": filename}
    return cast(ImportedJobs, {**named, **asdict(counts)})


def _accepted(records: Iterable[tuple[int, JobFacts] | Reject], counts: JobCounts) -> Iterator[tuple[int, JobFacts]]:
    for record in records:
        if isinstance(record, Reject):
            reject = record
        elif record[1].title or record[1].description or record[1].external_id:
            yield record
            continue
        else:
            reject = Reject(record[0], record[0], "neither an id nor a position nor a description")
        counts.rejected += 1
        if len(counts.rejects) < _REJECTS:
            counts.rejects.append({"row": reject.number, "line": reject.line, "reason": reject.reason})


def job_id(ports: Ports, pool: str, facts: JobFacts) -> str:
    """Return the id: of the same external id, or the same content where there is none, always the same."""
    if facts.external_id:
        return keyed_hash(ports.key_secret, "job", pool, facts.external_id)
    said = [facts.title, facts.company, facts.location, facts.url, facts.description]
    return keyed_hash(ports.key_secret, "job content", pool, *said)


def write_jobs(
    ports: Ports, pool: str, jobs: Sequence[JobFacts], import_id: str | None = None
) -> list[tuple[str, Effect]]:
    """Write what is new or changed; return (id, effect) a job, in order. What a record leaves empty stays as known."""
    said: dict[str, JobFacts] = {}
    ids = [job_id(ports, pool, facts) for facts in jobs]
    effects: list[tuple[str, Effect]] = []
    for id_, facts in zip(ids, jobs, strict=True):
        effects.append((id_, "changed" if id_ in said and said[id_] != facts else "unchanged"))
        said[id_] = facts  # of two records of one id the later counts
    written = _write_all(ports, pool, said, import_id)
    firsts = {id_: place for place, id_ in reversed(list(enumerate(ids)))}
    return [(id_, written[id_] if firsts[id_] == place else effect) for place, (id_, effect) in enumerate(effects)]


def replace_job(ports: Ports, id_: str, facts: JobFacts) -> JobDocument:
    """Let the job say exactly this, fields left out being empty; return it. Raises `NotFound`."""

    def build() -> tuple[list[Write], None]:
        row = find_job(ports, id_)
        fields: JobDocument = {**_fields(facts), "status": facts.status or row.data["status"]}
        return _changing(ports, row, fields, None), None

    write_until_accepted(ports.store, build, f"job {id_}")
    return find_job(ports, id_).data


def set_status(ports: Ports, id_: str, status: Literal["open", "closed"]) -> JobDocument:
    """Close a job, whose matches then go, or open it again; return it. Raises `NotFound`."""

    def build() -> tuple[list[Write], None]:
        row = find_job(ports, id_)
        if row.data["status"] == status:
            return [], None
        return _changing(ports, row, {"status": status}, None), None

    write_until_accepted(ports.store, build, f"job {id_}")
    return find_job(ports, id_).data


def delete_job(ports: Ports, id_: str) -> None:
    """Remove the job, its vectors and its matches. Applications for it stay. Raises `NotFound`."""
    row = find_job(ports, id_)
    writes: list[Write] = [Delete(JOBS, id_), Delete(JOB_VECTORS, id_), *match_deletes(ports, "job_id", [row.id])]
    ports.store.commit([writes])


def id_of_job(ports: Ports, said: str) -> str:
    """Return the id of the job of this id, or of the one a file gave this id to; what nobody knows comes back as it is.

    Raises `InvalidRequest` where jobs of several pools have it from their files.
    """
    if ports.store.get(JOBS, [said], fields=()):
        return said
    theirs = [job_id(ports, pool, JobFacts(external_id=said)) for pool in list_pools(ports)]
    found = sorted(ports.store.get(JOBS, theirs, fields=()))
    if len(found) > 1:
        raise InvalidRequest(f"{said} is a job in {len(found)} pools: {', '.join(found)}; say which")
    return found[0] if found else said


def find_job(ports: Ports, id_: str) -> Stored[JobDocument]:
    """Return the job. Raises `NotFound`."""
    row = ports.store.get(JOBS, [id_]).get(id_)
    if row is None:
        raise NotFound(f"no job {id_}")
    return row


def _write_all(ports: Ports, pool: str, said: dict[str, JobFacts], import_id: str | None) -> dict[str, Effect]:
    effects: dict[str, Effect] = {}
    todo = list(said)
    for _ in attempts("jobs are being written by others; try again"):
        stored = ports.store.get(JOBS, todo)
        groups: list[list[Write]] = []
        for id_ in todo:
            row = stored.get(id_)
            groups.append(_said_again(ports, row, said[id_], import_id) if row
                          else [_new(ports, id_, pool, said[id_], import_id)])  # fmt: skip
        answers = ports.store.commit(groups)
        for id_, group, conflict in zip(todo, groups, answers, strict=True):
            if not conflict:
                effects[id_] = "unchanged" if not group else "changed" if id_ in stored else "created"
        todo = [id_ for id_ in todo if id_ not in effects]
        if not todo:
            break
    return effects


def _new(ports: Ports, id_: str, pool: str, facts: JobFacts, import_id: str | None) -> Create[JobDocument]:
    now = ports.now()
    job: JobDocument = {
        "id": id_,
        "pool": pool,
        "status": facts.status or "open",
        "external_id": facts.external_id,
        **_fields(facts),
        "created_at": now,
        "updated_at": now,
        "awaiting": first_stage("jobs"),
    }
    if import_id:
        job["import_id"] = import_id
    return Create(JOBS, id_, job)


def _said_again(ports: Ports, row: Stored[JobDocument], facts: JobFacts, import_id: str | None) -> list[Write]:
    fields = pick(_fields(facts), FIELDS)
    if facts.status:
        fields["status"] = facts.status
    return _changing(ports, row, fields, import_id)


def _changing(ports: Ports, row: Stored[JobDocument], fields: JobDocument, import_id: str | None) -> list[Write]:
    """Return the writes that let a job say this; none when it does. What it reads changed: it awaits its stages."""
    before = row.data
    changed = changed_fields(before, fields)
    if not changed:
        return []
    after: JobDocument = {**before, **changed}
    matches: list[Write] = []
    if after["status"] == "closed":
        if before["status"] != "closed":  # its last stage takes away what a stage that runs now still writes
            changed["awaiting"] = "match"
            # what was matched is gone: were it open again at once, the stage must not take it for done
            changed["stages"] = {name: state for name, state in before.get("stages", {}).items() if name != "match"}
            matches = match_deletes(ports, "job_id", [row.id])
    elif _reads_something_else(before, after):
        changed["awaiting"] = first_stage("jobs")
    changed["updated_at"] = ports.now()
    if import_id:
        changed["import_id"] = import_id
    return [Update(JOBS, row.id, changed, row.version), *matches]


def _reads_something_else(before: JobDocument, after: JobDocument) -> bool:
    stage = load_stage(first_stage("jobs"), "jobs")
    return bool(stage.inputs(after) != stage.inputs(before))


def _fields(facts: JobFacts) -> JobDocument:
    return {
        "title": facts.title,
        "company": facts.company,
        "location": facts.location,
        "url": facts.url,
        "tags": list(facts.tags),
        "description": facts.description,
        "seniority": facts.seniority,
        "extra": facts.extra,
    }


def create_job(ports: Ports, pool: str, facts: JobFacts) -> tuple[JobDocument, Effect]:
    """Write one job; return it and what that was. Raises `InvalidRequest` for one that says nothing."""
    if not (facts.title or facts.description):
        raise InvalidRequest("a job needs a title (position) or a description")
    require_pool(ports, pool)
    ((id_, effect),) = write_jobs(ports, pool, [facts])
    return find_job(ports, id_).data, effect
