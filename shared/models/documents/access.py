"""Who may see what as stored, and what was asked, answered and spent."""

from __future__ import annotations

from typing import Annotated, Literal

from typing_extensions import TypedDict

from shared.models.values import JsonValue


class MemberDocument(TypedDict, total=False):
    """What somebody who signs in may be; who is no member is refused. A frontend may read its own user's document."""

    id: Annotated[str, "the uid of a person, the e-mail address of a service account", "uid-7"]
    role: Annotated[
        Literal["recruiter", "admin", "candidate", "service"],
        "what they are; service accounts are `service`, and nobody else is",
        "recruiter",
    ]
    pools: Annotated[list[str], "of a recruiter or service", '["default"]']
    candidate_id: Annotated[str | None, "of a candidate: their own record", "9f2c41d07ab35e6688c1"]
    added_by: Annotated[str, "who made them a member", "uid-1"]
    at: Annotated[str, "when they last were changed, UTC", "2026-11-21T09:00:00Z"]


class ApiKeyDocument(TypedDict, total=False):
    """A key another program signs in with. The key itself is shown once and never stored."""

    id: Annotated[str, "random; the first part of the key", "4be1c05fd2a9"]
    name: Annotated[str, "what it is for", "nightly export"]
    role: Annotated[Literal["recruiter", "admin", "candidate", "service"], "`service` or `admin`", "service"]
    pools: Annotated[list[str], "what a service may see", '["default"]']
    hash: Annotated[str, "keyed hash of the secret part", "b1946ac92492d2347c6235b4d2611184…"]
    issued_by: Annotated[str, "the admin", "uid-1"]
    at: Annotated[str, "when, UTC", "2026-11-21T09:00:00Z"]
    expires_at: Annotated[str | None, "from when on it is refused, UTC", "2027-11-21T09:00:00Z"]
    revoked_at: Annotated[str | None, "when it was revoked, UTC", "2026-12-24T08:00:00Z"]


class RevocationDocument(TypedDict, total=False):
    """Development tokens that are good no longer: one token, or all that somebody was given until then."""

    id: Annotated[str, "`token:` and the token's id, or `uid:` and whose they were", "uid:rita"]
    at: Annotated[str, "when, UTC: tokens made later are good", "2026-11-21T09:00:00.250000Z"]
    by: Annotated[str, "the admin", "uid-1"]


class AnswerDocument(TypedDict, total=False):
    """What a POST with an idempotency key was answered. The id is a keyed hash of caller and key; kept for a day."""

    id: Annotated[str, "keyed hash of caller and key", "b1946ac92492d2347c6235b4d2611184"]
    request: Annotated[str, "hash of path, query and body", "0c7be8f34b21aa90"]
    at: Annotated[str, "when it came, UTC", "2026-11-21T09:00:00Z"]
    worker: Annotated[str, "who answers it", "4711@3f9c"]
    status: Annotated[int | None, "of the answer; null while it is being answered", "201"]
    body: Annotated[str | None, "the answer; null where it held a secret or was too long", '{"effect": "created"}']
    media: Annotated[str | None, "its media type", "application/json"]
    candidate_id: Annotated[
        str | None, "whom the answer tells of: it goes when they are erased", "9f2c41d07ab35e6688c1"
    ]


class AuditDocument(TypedDict, total=False):
    """Who did what to whom. No personal data: a search is its hash and its run. Nothing here is ever changed."""

    id: Annotated[str, "random", "5d1e07c2f3ab4419"]
    at: Annotated[str, "when, UTC", "2026-11-21T09:00:00Z"]
    who: Annotated[str, "uid, e-mail address of a service account, or `key:` and the key's id", "uid-7"]
    role: Annotated[Literal["recruiter", "admin", "candidate", "service"], "as what", "recruiter"]
    action: Annotated[str, "`read`, `search`, `share` …; for others, method and route", "search"]
    subjects: Annotated[list[str], "ids of the people it was about", '["9f2c41d07ab35e6688c1"]']
    details: Annotated[dict[str, JsonValue], "counts, hashes, versions, weights", '{"results": 10}']
    request_id: Annotated[str | None, "the request, as its answer and the log name it", "5d1e07c2f3ab"]


class UsageDocument(TypedDict, total=False):
    """What one worker used in one stage on one day. Workers share a document now and then; the sum is what counts."""

    id: Annotated[str, "day, kind, stage and shard", "2026-11-21~candidates~enrich~17"]
    day: Annotated[str, "UTC", "2026-11-21"]
    kind: Annotated[str, "of record", "candidates"]
    stage: Annotated[str, "the stage", "enrich"]
    records: Annotated[int, "a model was asked about", "250"]
    input: Annotated[int, "tokens that went in", "310000"]
    output: Annotated[int, "tokens that came back", "91000"]
    dollars: Annotated[float, "at the prices of the time", "0.32"]
