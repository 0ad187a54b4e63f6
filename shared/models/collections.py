"""Every collection: the type of its documents, the fields anything may be queried by, and the vectors it holds.

A `Collection` is the name itself, a `str`, so that it costs nothing; what reads or writes with it knows its documents.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Generic, Literal, TypeVar

from shared.stages.table import stage_paths

if TYPE_CHECKING:  # 60 TypedDicts take 25 ms to make, and nothing asks for them while the program runs
    from shared.models.documents.access import (
        AnswerDocument,
        ApiKeyDocument,
        AuditDocument,
        MemberDocument,
        RevocationDocument,
        UsageDocument,
    )
    from shared.models.documents.cv_files import BatchDocument, CvFileDocument, ItemDocument, TextDocument
    from shared.models.documents.imports import (
        ImportDocument,
        PreviewDocument,
        RejectDocument,
        SliceDocument,
        UploadDocument,
    )
    from shared.models.documents.jobs import JobDocument, MatchDocument
    from shared.models.documents.people import (
        CandidateDocument,
        KeyDocument,
        NoteDocument,
        PoolDocument,
        ProposalDocument,
        RedirectDocument,
        SourceDocument,
    )
    from shared.models.documents.privacy import ErasureDocument, SelfDescribedDocument, SuppressedDocument
    from shared.models.documents.records import RecordDocument
    from shared.models.documents.searches import SearchRunDocument
    from shared.models.documents.vectors import JobVectorsDocument, SpaceDocument, VectorsDocument

DIMENSIONS: Final = 768
SCHEMA_VERSION: Final = 1  # of all stored documents; a home of a newer version is not opened

CollectionName = Literal[
    "candidates",
    "sources",
    "keys",
    "vectors",
    "slices",
    "rejects",
    "imports",
    "uploads",
    "pools",
    "redirects",
    "documents",
    "jobs",
    "job_vectors",
    "matches",
    "search_runs",
    "spaces",
    "texts",
    "members",
    "api_keys",
    "revocations",
    "previews",
    "usage",
    "answers",
    "notes",
    "audit",
    "batches",
    "items",
    "suppressed",
    "self_described",
    "erasures",
    "proposals",
]
D_co = TypeVar("D_co", covariant=True)


class Collection(str, Generic[D_co]):
    """The name of a collection of documents of one type: what both stores index of it, in words what it holds."""

    queried: tuple[str, ...]  # dotted paths a `Where` may name
    vectors: tuple[str, ...]  # fields kept as (768,) float32, unit length
    words: bool  # has `search_terms`
    holds: str

    def __new__(
        cls,
        name: CollectionName,
        holds: str = "",
        queried: tuple[str, ...] = (),
        vectors: tuple[str, ...] = (),
        words: bool = False,
    ) -> Collection[D_co]:
        collection = super().__new__(cls, name)
        collection.holds = holds
        collection.queried = queried
        collection.vectors = vectors
        collection.words = words
        return collection


# Every vector has two places: that of a new model or text is filled in beside the live one (models/space.py).
_WHOLE: Final = ("embedding", "embedding_2")
_PARTS: Final = ("skill", "experience", "education", "skill_2", "experience_2", "education_2")

CANDIDATES: Final[Collection[CandidateDocument]] = Collection(
    "candidates",
    "one document a person",
    queried=(
        "pool",
        "readers",
        "awaiting",
        "name_key",
        "employer_key",
        "updated_at",
        *stage_paths("candidates"),
    ),
    vectors=_WHOLE,
    words=True,
)
SOURCES: Final[Collection[SourceDocument]] = Collection(
    "sources", "what one row, file or correction said", queried=("candidate_id", "import_id")
)
KEYS: Final[Collection[KeyDocument]] = Collection("keys", "who holds an identity key; the id is the key's hash")
VECTORS: Final[Collection[VectorsDocument]] = Collection(
    "vectors",
    "three vectors a candidate, beside the document so that lists stay light; same id",
    queried=("pool",),
    vectors=_PARTS,
)
SLICES: Final[Collection[SliceDocument]] = Collection(
    "slices", "how far each part of an import is", queried=("import_id",)
)
REJECTS: Final[Collection[RejectDocument]] = Collection(
    "rejects", "rows an import could not take", queried=("import_id",)
)
IMPORTS: Final[Collection[ImportDocument]] = Collection(
    "imports", "one document an import", queried=("pool", "created_at", "awaiting")
)
UPLOADS: Final[Collection[UploadDocument]] = Collection(
    "uploads", "files that were dropped", queried=("at", "document_id")
)
POOLS: Final[Collection[PoolDocument]] = Collection("pools", "the pools that exist; the id is the name")
REDIRECTS: Final[Collection[RedirectDocument]] = Collection(
    "redirects", "ids that were merged away", queried=("candidate_id",)
)
DOCUMENTS: Final[Collection[CvFileDocument]] = Collection(
    "documents",
    "CV files",
    queried=(
        "pool",
        "created_at",
        "awaiting",
        *stage_paths("documents"),
    ),
)
JOBS: Final[Collection[JobDocument]] = Collection(
    "jobs",
    "one document a job",
    queried=(
        "pool",
        "status",
        "created_at",
        "awaiting",
        *stage_paths("jobs"),
    ),
    vectors=_WHOLE,
)
JOB_VECTORS: Final[Collection[JobVectorsDocument]] = Collection(
    "job_vectors", "three vectors a job, beside the document; same id", queried=("pool",), vectors=_PARTS
)
MATCHES: Final[Collection[MatchDocument]] = Collection(
    "matches", "how well a person answers a job; the id is `JOB~CANDIDATE`", queried=("job_id", "candidate_id", "score")
)
SEARCH_RUNS: Final[Collection[SearchRunDocument]] = Collection(
    "search_runs", "searches that were run", queried=("caller", "at")
)
SPACES: Final[Collection[SpaceDocument]] = Collection(
    "spaces", "which of two places of vectors is live; the id is the kind of record"
)
TEXTS: Final[Collection[TextDocument]] = Collection("texts", "the visible text of a document; same id")
MEMBERS: Final[Collection[MemberDocument]] = Collection("members", "who may sign in and as what; the id is their uid")
API_KEYS: Final[Collection[ApiKeyDocument]] = Collection("api_keys", "keys other programs sign in with")
REVOCATIONS: Final[Collection[RevocationDocument]] = Collection(
    "revocations", "development tokens that are good no longer; the id is `token:ID` or `uid:UID`"
)
PREVIEWS: Final[Collection[PreviewDocument]] = Collection(
    "previews", "files looked through before they are imported", queried=("pool", "at")
)
USAGE: Final[Collection[UsageDocument]] = Collection(
    "usage", "tokens and dollars by day and stage; the id is `DAY~KIND~STAGE~SHARD`", queried=("day",)
)
ANSWERS: Final[Collection[AnswerDocument]] = Collection(
    "answers",
    "what requests with an idempotency key were answered; the id is a keyed hash",
    queried=("at", "candidate_id"),
)
NOTES: Final[Collection[NoteDocument]] = Collection(
    "notes", "what recruiters wrote down about a person", queried=("candidate_id",)
)
AUDIT: Final[Collection[AuditDocument]] = Collection(
    "audit", "who did what, written once", queried=("at", "who", "subjects")
)
BATCHES: Final[Collection[BatchDocument]] = Collection("batches", "bulk uploads", queried=("pool", "created_at"))
ITEMS: Final[Collection[ItemDocument]] = Collection(
    "items", "the files of a bulk upload", queried=("batch_id", "document_id")
)
SUPPRESSED: Final[Collection[SuppressedDocument]] = Collection(
    "suppressed", "who was erased and stays so; the id is a keyed hash", queried=("pool",)
)
SELF_DESCRIBED: Final[Collection[SelfDescribedDocument]] = Collection(
    "self_described", "what people said of themselves; the id is the candidate's, and no search reads it"
)
ERASURES: Final[Collection[ErasureDocument]] = Collection("erasures", "receipts of erasures", queried=("at", "state"))

PROPOSALS: Final[Collection[ProposalDocument]] = Collection(
    "proposals",
    "pairs of records that may be one person, and what was decided; the id is both ids",
    queried=("pool", "state", "at", "candidate_ids"),
)

_ALL: Final[tuple[Collection[Any], ...]] = (
    CANDIDATES,
    SOURCES,
    KEYS,
    VECTORS,
    SLICES,
    REJECTS,
    IMPORTS,
    UPLOADS,
    POOLS,
    REDIRECTS,
    DOCUMENTS,
    JOBS,
    JOB_VECTORS,
    MATCHES,
    SEARCH_RUNS,
    SPACES,
    TEXTS,
    MEMBERS,
    API_KEYS,
    REVOCATIONS,
    PREVIEWS,
    USAGE,
    ANSWERS,
    NOTES,
    AUDIT,
    BATCHES,
    ITEMS,
    SUPPRESSED,
    SELF_DESCRIBED,
    ERASURES,
    PROPOSALS,
)
# Those whose records move through stages.
RECORDS: Final[dict[str, Collection[RecordDocument]]] = {"candidates": CANDIDATES, "documents": DOCUMENTS, "jobs": JOBS}
COLLECTIONS: Final[dict[str, Collection[Any]]] = {str(collection): collection for collection in _ALL}
