"""Every kind of query that is asked of Firestore and needs more than the index of one field.

`infra/firestore.indexes.json` is worked out from these and from `models/collections.py`; the searches by vector and by
words need no line here. A test on the emulator that asks in a new way fails and says which line to add.
"""

from __future__ import annotations

from typing import Final

from parts.indexes import Shape
from shared.stages.table import ORDER

# who is done by an old recipe
_RECIPES: Final = [
    Shape(kind, equal=("awaiting",), ranged=(f"stages.{stage}.recipe",)) for kind in ORDER for stage in ORDER[kind]
]
SHAPES: Final = frozenset(
    [
        *_RECIPES,
        # who was shared with a caller
        Shape("candidates", holds="readers"),
        Shape("proposals", holds="candidate_ids"),
        # lists, the newest first
        Shape("candidates", equal=("pool",), ranged=("updated_at",), order=("updated_at",)),
        Shape("candidates", equal=("pool",), ranged=("updated_at",), order=("-updated_at",)),
        Shape("candidates", equal=("awaiting", "pool"), ranged=("updated_at",), order=("updated_at",)),
        Shape("candidates", equal=("awaiting", "pool"), ranged=("updated_at",), order=("-updated_at",)),
        Shape("candidates", equal=("awaiting",), ranged=("updated_at",), order=("updated_at",)),
        Shape("documents", equal=("awaiting",), ranged=("created_at",), order=("created_at",)),
        Shape("jobs", equal=("awaiting",), ranged=("created_at",), order=("created_at",)),
        Shape("candidates", equal=("pool",), ranged=("name_key",), order=("name_key",)),
        Shape("candidates", equal=("pool",), ranged=("name_key",), order=("-name_key",)),
        Shape("candidates", equal=("awaiting", "pool"), ranged=("name_key",), order=("name_key",)),
        Shape("candidates", equal=("awaiting", "pool"), ranged=("name_key",), order=("-name_key",)),
        Shape("audit", ranged=("at",), order=("-at",)),
        Shape("audit", equal=("who",), ranged=("at",), order=("-at",)),
        Shape("audit", holds="subjects", ranged=("at",), order=("-at",)),
        Shape("audit", equal=("who",), holds="subjects", ranged=("at",), order=("-at",)),
        Shape("documents", equal=("awaiting",), ranged=("created_at",), order=("-created_at",)),
        Shape("documents", equal=("awaiting", "pool"), ranged=("created_at",), order=("-created_at",)),
        Shape("documents", equal=("pool",), ranged=("created_at",), order=("-created_at",)),
        Shape("documents", ranged=("created_at",), order=("-created_at",)),
        Shape("imports", ranged=("created_at",), order=("-created_at",)),
        Shape("imports", equal=("pool",), ranged=("created_at",), order=("-created_at",)),
        Shape("batches", ranged=("created_at",), order=("-created_at",)),
        Shape("batches", equal=("pool",), ranged=("created_at",), order=("-created_at",)),
        Shape("jobs", equal=("pool",), ranged=("created_at",), order=("-created_at",)),
        Shape("jobs", equal=("pool", "status"), ranged=("created_at",), order=("-created_at",)),
        Shape("jobs", equal=("status",), ranged=("created_at",), order=("-created_at",)),
        Shape("jobs", ranged=("created_at",), order=("-created_at",)),
        # matches, the best first
        Shape("matches", equal=("candidate_id",), ranged=("score",), order=("-score",)),
        Shape("matches", equal=("job_id",), ranged=("score",), order=("-score",)),
        # searches that were kept, the newest first
        Shape("search_runs", equal=("caller",), ranged=("at",), order=("-at",)),
        Shape("search_runs", ranged=("at",), order=("-at",)),
        Shape("uploads", ranged=("at",), order=("-at",)),
    ]
)
