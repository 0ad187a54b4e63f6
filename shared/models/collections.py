"""Every collection, the fields anything may be queried by, and the vectors it holds: what both stores index."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

DIMENSIONS: Final = 768


@dataclass(frozen=True)
class Collection:
    """`queried`: dotted paths a `Where` may name. `vectors`: fields kept as (768,) float32, unit length."""

    queried: tuple[str, ...] = ()
    vectors: tuple[str, ...] = ()
    words: bool = False  # has `search_terms`


# Every vector has two places: that of a new model or text is filled in beside the live one (models/space.py).
_PARTS: Final = ("skill", "experience", "education", "skill_2", "experience_2", "education_2")

COLLECTIONS: Final[dict[str, Collection]] = {
    "candidates": Collection(
        queried=(
            "pool",
            "readers",
            "awaiting",
            "name_key",
            "employer_key",
            "updated_at",
            "stages.classify.state",
            "stages.classify.recipe",
            "stages.enrich.state",
            "stages.enrich.recipe",
            "stages.embed.state",
            "stages.embed.recipe",
            "stages.match.state",
            "stages.match.recipe",
        ),
        vectors=("embedding", "embedding_2"),
        words=True,
    ),
    "sources": Collection(queried=("candidate_id", "import_id")),
    "keys": Collection(),
    "vectors": Collection(queried=("pool",), vectors=_PARTS),
    "slices": Collection(queried=("import_id",)),
    "rejects": Collection(queried=("import_id",)),
    "imports": Collection(queried=("pool", "created_at", "awaiting")),
    "uploads": Collection(queried=("at", "document_id")),
    "pools": Collection(),
    "redirects": Collection(queried=("candidate_id",)),
    "documents": Collection(
        queried=(
            "pool",
            "created_at",
            "awaiting",
            "stages.parse.state",
            "stages.parse.recipe",
            "stages.admit.state",
            "stages.admit.recipe",
        ),
    ),
    "jobs": Collection(
        queried=(
            "pool",
            "status",
            "created_at",
            "awaiting",
            "stages.enrich.state",
            "stages.enrich.recipe",
            "stages.embed.state",
            "stages.embed.recipe",
            "stages.match.state",
            "stages.match.recipe",
        ),
        vectors=("embedding", "embedding_2"),
    ),
    "job_vectors": Collection(queried=("pool",), vectors=_PARTS),
    "matches": Collection(queried=("job_id", "candidate_id", "score")),
    "search_runs": Collection(queried=("caller", "at")),
    "spaces": Collection(),
    "texts": Collection(),
    "members": Collection(),
    "api_keys": Collection(),
    "previews": Collection(queried=("pool", "at")),
    "usage": Collection(queried=("day",)),
    "answers": Collection(queried=("at", "candidate_id")),
    "notes": Collection(queried=("candidate_id",)),
    "audit": Collection(queried=("at", "who", "subjects")),
    "batches": Collection(queried=("pool", "created_at")),
    "items": Collection(queried=("batch_id", "document_id")),
    "suppressed": Collection(queried=("pool",)),
    "self_described": Collection(),
    "erasures": Collection(queried=("at", "state")),
}
