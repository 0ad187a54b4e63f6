"""The shapes of answers that are no records: pages, counts, what a search found, what went wrong."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from shared.models.batch import Import, Skipped, State, Upload
from shared.models.caller import AuditEntry, Member, Role
from shared.models.job import Job, Match
from shared.models.requirements import Requirements
from shared.models.search_run import SearchAsked
from shared.models.source import Facts


class Answer(BaseModel):
    """An answer holds what is named here and nothing besides."""

    model_config = ConfigDict(extra="forbid")


class Problem(BaseModel):
    """What went wrong (RFC 9457). Some kinds of problem say more."""

    model_config = ConfigDict(extra="allow")

    type: str
    title: str
    status: int
    code: str = Field(description="Stays as it is when `detail` is worded anew.")
    detail: str
    request_id: str


class Alive(Answer):
    """The process answers."""

    ok: bool


class Ready(Answer):
    """The store answers, too."""

    ready: bool


# Who may see what


class Pools(Answer):
    """Names of pools."""

    pools: list[str]


class PoolMade(Answer):
    """A pool that exists now."""

    pool: str


class Me(Answer):
    """Who asks."""

    uid: str
    role: Role
    pools: list[str]
    candidate_id: str | None


class Members(Answer):
    """All members."""

    members: list[Member]


class KeyShown(BaseModel):
    """A key without what lets anybody in."""

    id: str
    name: str
    role: Role
    pools: list[str]
    issued_by: str
    at: str
    expires_at: str | None
    revoked_at: str | None


class Keys(Answer):
    """All keys, revoked ones too."""

    api_keys: list[KeyShown]


class KeyMade(KeyShown):
    """A new key: shown this once."""

    key: str


class Readers(Answer):
    """Whom a candidate is shared with."""

    readers: list[str]


class AuditPage(Answer):
    """Entries of the audit, newest first."""

    entries: list[AuditEntry]


# Imports and CVs


class ImportDone(Answer):
    """Where every row of an import went; all but `flagged` add up to `rows`."""

    import_id: str
    rows: int
    created: int
    merged: int
    unchanged: int
    skipped: Skipped
    rejected: int
    flagged: int
    dropped: dict[str, int] = Field(default_factory=dict, description="Protected attributes dropped at the door.")
    warnings: list[str] = []
    rejects_file: str | None = None


class Imports(Answer):
    """Imports, newest first."""

    imports: list[Import]


class Uploads(Answer):
    """Files that were dropped, newest first."""

    uploads: list[Upload]


class CvDocument(Answer):
    """A CV file: how far it is, and whose."""

    id: str
    pool: str
    filename: str
    sha256: str
    size: int
    kind: str | None
    pages: int | None
    read_by: str | None
    candidate_id: str | None
    status: State
    error_message: str | None
    warnings: list[str]
    created_at: str
    updated_at: str


class CvRead(Answer):
    """A CV with what was read from it."""

    document: CvDocument
    read: Facts | None
    candidate_id: str | None = None


class CvPage(Answer):
    """CVs, newest first."""

    cv_documents: list[CvDocument]
    next: str | None


class CvStatus(Answer):
    """How far one CV is."""

    document_id: str
    status: State
    candidate_id: str | None
    error_message: str | None


class Retried(Answer):
    """How many are tried again."""

    document_id: str | None = None
    batch_id: str | None = None
    retried: int


class BulkItem(Answer):
    """One file of a bulk upload."""

    upload_item_id: str
    document_id: str | None
    filename: str
    status: State
    candidate_id: str | None = None
    error_message: str | None = None
    upload_url: str | None = Field(None, description="Where to PUT the file, when it was announced only.")


class Bulk(Answer):
    """How far a bulk upload is."""

    batch_id: str
    pool: str | None = None
    status: State
    total_files: int
    processed_files: int | None = None
    failed_files: int | None = None
    started_at: str | None = None
    completed_at: str | None = None
    items: list[BulkItem]
    upload: dict[str, Any] | None = Field(None, description="How announced files are sent.")


# Jobs and matches


class JobPage(Answer):
    """Jobs, newest first."""

    jobs: list[Job]
    next: str | None


class JobReject(Answer):
    """A record that could not be taken."""

    row: int
    line: int | None
    reason: str


class JobsTaken(Answer):
    """Where every record of a file of jobs went."""

    import_id: str
    pool: str
    filename: str
    rows: int
    created: int
    changed: int
    unchanged: int
    rejected: int
    rejects: list[JobReject]


class Applied(Answer):
    """Somebody's application."""

    job_id: str
    candidate_id: str


class MatchShown(Match):
    """A match with who or what stands on its other side."""

    candidate: dict[str, str | None] | None = None
    job: dict[str, str | None] | None = None


class MatchPage(Answer):
    """Matches, best first."""

    matches: list[MatchShown]
    next: str | None


class Queued(Answer):
    """How many records are matched anew."""

    queued: int


# Searches


class Quoted(Answer):
    """Words that stand in the document, and where."""

    where: str
    quote: str


class FactorShown(Answer):
    """One factor of a score: what was met, missing and unknown, and the words it rests on."""

    asked: bool
    score: float | None
    met: list[str]
    missing: list[str]
    unknown: list[str]
    evidence: list[Quoted]


class HitShown(BaseModel):
    """One person found, with the reasons."""

    candidate_id: str
    name: str
    current_title: str | None
    current_company: str | None
    pool: str
    score: float
    coverage: float
    factors: dict[str, FactorShown]
    unclassified: bool
    model: str | None
    explanation: str


class Found(Answer):
    """What a search found."""

    id: str | None = Field(None, description="Of the run that was kept.")
    results: list[HitShown]
    weights: dict[str, float]
    took_ms: float
    model: str
    requirements: Requirements
    counts: dict[str, Any]
    notes: list[str]
    preset: dict[str, Any]
    timings: dict[str, float]
    relax: list[dict[str, Any]]


class RunShort(Answer):
    """A run in a list."""

    id: str
    caller: str
    at: str
    asked: SearchAsked
    considered: int = 0
    took_ms: float = 0.0


class Runs(Answer):
    """Search runs, newest first."""

    search_runs: list[RunShort]


class HitAgain(BaseModel):
    """A hit of a kept run as its record is now; of somebody who is gone only the numbers."""

    candidate_id: str
    score: float
    coverage: float
    gone: bool
    changed: bool | None = None
    score_now: float | None = None
    name: str | None = None
    factors: dict[str, Any]


class RunAgain(BaseModel):
    """A kept run."""

    id: str
    caller: str
    at: str
    asked: SearchAsked
    weights: dict[str, float]
    results: list[HitAgain]


class WhyShown(Answer):
    """Where somebody stands in a search, and what keeps them there."""

    candidate_id: str
    in_results: bool
    rank: int | None
    top_k: int
    score: float
    coverage: float
    last_score: float | None
    explanation: str
    filters: list[str]
    found_by: dict[str, Any]
    stages: dict[str, Any]
    factors: dict[str, Any]
    changes: list[dict[str, Any]]
    smallest: dict[str, Any] | None
    reasons: list[str]


# The whole installation


class PersonRecord(Answer):
    """One record of a person."""

    id: str
    pool: str
    awaiting: str | None
    updated_at: str | None


class PersonShown(Answer):
    """A person with their records in all pools."""

    id: str
    name: str
    records: list[PersonRecord]


class People(Answer):
    """People over all pools, each once."""

    people: list[PersonShown]
    next: str | None


class Stats(Answer):
    """How many records await what, and what each stage did."""

    total: int
    awaiting: dict[str, int]
    stages: dict[str, dict[Literal["done", "skipped", "failed"], int]]
    sources: int
