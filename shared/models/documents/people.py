"""People as stored: candidates, what was said about them, and how they are recognised."""

from __future__ import annotations

from typing import Annotated, Literal, Required

from typing_extensions import TypedDict

from shared.models.documents.findings import ClassificationData, EnrichmentData
from shared.models.documents.profiles import (
    ApplicationData,
    DocumentRefData,
    FlagData,
    LabelledData,
    PersonData,
    ProfileData,
)
from shared.models.documents.records import LeaseData, StageStateData
from shared.models.values import Vector


class SourceRefData(TypedDict, total=False):
    """Which source said something about this person, and where it came from."""

    source_id: Required[Annotated[str, "id in `sources`", "5d1e07c2f3ab4419"]]
    kind: Required[Annotated[Literal["row", "cv", "form", "correction"], "what it was", "row"]]
    import_id: Annotated[str | None, "the import that brought it", "99a6da1cfa447757"]
    row: Annotated[int | None, "record in the file, 1 = first data record", "17"]
    document_id: Annotated[str | None, "the file, for a CV", "doc-3"]
    at: Required[Annotated[str, "when it arrived, UTC", "2026-11-21T09:00:00Z"]]


class CandidateDocument(TypedDict, total=False):
    """One person in one pool: the fold of their sources, and what the stages found."""

    id: Annotated[str, "random, never made from personal data", "9f2c41d07ab35e6688c1"]
    pool: Annotated[str, "whose records these are; every read is scoped by it", "default"]
    readers: Annotated[list[str], "uids this record was shared with; never the pool's own members", '["uid-7"]']
    schema_version: Annotated[int, "version of this document's shape", "1"]
    created_at: Annotated[str, "when the first source arrived, UTC", "2026-11-21T09:00:00Z"]
    updated_at: Annotated[str, "when anything was last written, UTC", "2026-11-21T09:05:00Z"]
    sources: Annotated[
        list[SourceRefData], "what was said about this person and by whom, newest first; the words are in `sources`"
    ]
    person: Annotated[PersonData, "who it is"]
    applications: Annotated[list[ApplicationData], "one per job and place, newest first"]
    profile: Annotated[ProfileData, "what the person has done and can do"]
    name_key: Annotated[
        str | None, "comparable form of the name, for finding likely duplicates; not for display", "hannah walker"
    ]
    employer_key: Annotated[str | None, "comparable form of the newest employer", "quillmark bank"]
    labelled: Annotated[LabelledData | None, "what a recruiter says the person is; stands over the model"]
    corrected: Annotated[list[str], "fields set by hand; no import or CV changes them any more", '["person.name"]']
    classification: Annotated[
        ClassificationData | None, "what the person is; null until `classify` ran or when it failed"
    ]
    enrichment: Annotated[
        EnrichmentData | None, "what was worked out of the profile; null until `enrich` ran or when it failed"
    ]
    search_terms: Annotated[list[str], "the words this person is found by", '["backend", "go"]']
    awaiting: Annotated[str, "the next stage (`classify`, `enrich`, `embed`, `match`), `ready` or `failed`", "ready"]
    stages: Annotated[dict[str, StageStateData], "stage name to what it last did; a stage that never ran is absent"]
    lease: Annotated[LeaseData | None, "who works on this record now"]
    documents: Annotated[list[DocumentRefData], "files that belong to this person"]
    flags: Annotated[list[FlagData], "what a person should look at; never moves a score"]
    shares_keys: Annotated[bool, "whether another record carries one of the identity keys, too", "true"]
    embedding: Annotated[Vector | None, "of the whole profile, see Space"]
    embedding_2: Annotated[Vector | None, "the same in the other place, see Space"]


class IdentityKeyData(TypedDict):
    """A way to recognise a person. `hash` is an HMAC over pool, kind and value."""

    kind: Annotated[
        Literal["email", "linkedin", "ats", "email_name"],
        "what is recognised; `email_name`: one of many people at one address, by address and name together",
        "email",
    ]
    hash: Annotated[str, "keyed hash over pool, kind and value", "b1946ac92492d2347c6235b4d2611184"]


class FactsData(TypedDict, total=False):
    """What was read from one row or file, normalised. Reading knows nothing of ids or storage."""

    person: Annotated[PersonData, "who"]
    application: Annotated[ApplicationData | None, "for which job"]
    profile: Annotated[ProfileData, "what the person has done"]
    extra: Annotated[dict[str, str], "columns nobody maps, as written", '{"Team": "Payments"}']
    said_at: Annotated[str | None, "the source's own time stamp, UTC", "2026-03-04T00:00:00Z"]
    flags: Annotated[list[FlagData], "what reading noticed"]
    labelled: Annotated[LabelledData | None, "of a correction: what the person is"]
    withdrawn: Annotated[
        list[str], "of a correction: fields that earlier corrections set and that are free again", '["person.location"]'
    ]
    tags_put: Annotated[list[str], "of a correction: on the person whatever their applications say", '["Kotlin"]']
    tags_dropped: Annotated[
        list[str], "of a correction: not on the person whatever their applications say", '["follow-up"]'
    ]


class SourceDocument(TypedDict, total=False):
    """Facts with where they came from, when, and whom they belong to."""

    id: Annotated[str, "keyed hash of pool and content: the same row twice is the same source", "5d1e07c2f3ab4419"]
    candidate_id: Annotated[str, "whom it is about", "9f2c41d07ab35e6688c1"]
    pool: Annotated[str, "as on the candidate", "default"]
    kind: Annotated[Literal["row", "cv", "form", "correction"], "what it was", "row"]
    at: Annotated[str, "when it arrived, UTC", "2026-11-21T09:00:00Z"]
    import_id: Annotated[str | None, "the import that brought it", "99a6da1cfa447757"]
    row: Annotated[int | None, "record in the file, 1 = first data record", "17"]
    document_id: Annotated[
        str | None, "the file, for a CV; the source has the same id", "c4ca4238a0b923820dcc509a6f75849b"
    ]
    document: Annotated[DocumentRefData | None, "the same file with its name"]
    editor: Annotated[str | None, "who made a correction", "uid-7"]
    keys: Annotated[list[IdentityKeyData], "how this person can be recognised"]
    together: Annotated[
        list[str], "decisions of a person: sources that name the same one are one person", '["77b1c0d2e3f4a596"]'
    ]
    apart: Annotated[
        list[str],
        "decisions of a person with a side each: sources on two sides of one are never joined",
        '["77b1c0d2e3f4a596/0"]',
    ]
    outcome: Annotated[Literal["created", "merged"], "whether it made a new candidate or joined one", "created"]
    facts: Annotated[FactsData, "what it said, normalised"]


class KeyDocument(TypedDict, total=False):
    """The id is the key's hash. Carriers are listed while they are few; a crowd's key recognises nobody."""

    kind: Annotated[str, "what is recognised, as on a source", "email"]
    candidate_id: Annotated[str | None, "who carries it; null for a crowd's", "9f2c41d07ab35e6688c1"]
    others: Annotated[list[str] | None, "who carries it, too", '["1c0a7e55d2f94b3380aa"]']
    crowd: Annotated[bool, "whether so many different people carry it that it says nothing", "true"]


class ProposalDocument(TypedDict, total=False):
    """Two records that may be one person. Nobody joins them but a person."""

    id: Annotated[str, "`CANDIDATE~CANDIDATE`, the lower id first", "1c0a7e55d2f94b3380aa~9f2c41d07ab35e6688c1"]
    pool: Annotated[str, "the records'", "default"]
    candidate_ids: Annotated[list[str], "the two records", '["1c0a7e55d2f94b3380aa", "9f2c41d07ab35e6688c1"]']
    kind: Annotated[
        Literal["shared_contact", "unsure_match", "possible_duplicate"],
        "`shared_contact`: plainly different names; `unsure_match`: names or facts agree in part; "
        "`possible_duplicate`: alike, and no key in common",
        "unsure_match",
    ]
    evidence_for: Annotated[list[str], "what they have in common, without personal data", '["same e-mail address"]']
    evidence_against: Annotated[list[str], "what differs", '["only one of the two names agrees"]']
    state: Annotated[Literal["open", "joined", "different"], "what a person decided", "open"]
    at: Annotated[str, "since when, UTC", "2026-11-21T09:00:00Z"]
    decided_by: Annotated[str | None, "uid of who decided", "uid-7"]
    decided_at: Annotated[str | None, "when, UTC", "2026-11-22T09:00:00Z"]


class RedirectDocument(TypedDict, total=False):
    """The id is the one that was merged away.

    It stays so that old links lead on, and so that a merge can be taken back.
    """

    id: Annotated[str, "the id that is no more", "1c0a7e55d2f94b3380aa"]
    candidate_id: Annotated[str, "who holds its sources now", "9f2c41d07ab35e6688c1"]
    sources: Annotated[list[str], "which sources moved", '["5d1e07c2f3ab4419"]']
    by: Annotated[str | None, "the import or person that merged them", "99a6da1cfa447757"]
    at: Annotated[str, "when, UTC", "2026-11-21T09:00:00Z"]


class NoteDocument(TypedDict, total=False):
    """A note on a record. Not read by any model, and never part of a score."""

    id: Annotated[str, "random", "77b1c0d2e3f4a596"]
    candidate_id: Annotated[
        str, "the record it was written on, which may have joined another since", "9f2c41d07ab35e6688c1"
    ]
    pool: Annotated[str, "the record's", "default"]
    author: Annotated[str, "uid of who wrote it", "uid-7"]
    text: Annotated[str, "as written", "Prefers to start in May."]
    at: Annotated[str, "when, UTC", "2026-11-21T09:00:00Z"]


class PoolDocument(TypedDict, total=False):
    """The id is the pool's name."""

    id: Annotated[str, "the name", "default"]
    created_at: Annotated[str, "when it was made, UTC", "2026-11-21T09:00:00Z"]
    retention_days: Annotated[
        dict[str, int],
        "kind of source (`row`, `cv`, `form`) to how many days it is kept; others are kept for good",
        '{"cv": 180}',
    ]
    blind: Annotated[bool, "whether recruiters see nobody's name, contacts, schools and dates", "false"]
