"""Which indexes Firestore needs for the queries asked: the emulator needs none, so this is worked out from their shape.

Every path in `models/collections.py` has its own index, which serves one filter, or an order. Firestore joins those for
queries of equalities alone, in the order of ids. Anything else needs an index made of several fields:
https://cloud.google.com/firestore/native/docs/query-data/index-overview
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple, get_args, get_origin

from shared.models.batch import Import, Rejected, Slice, Upload
from shared.models.candidate import Candidate
from shared.models.collections import COLLECTIONS, DIMENSIONS
from shared.models.frozen import Frozen
from shared.models.source import Source

Json = dict[str, Any]
MODELS: Mapping[str, type[Frozen]] = {
    "candidates": Candidate,
    "sources": Source,
    "imports": Import,
    "uploads": Upload,
    "slices": Slice,
    "rejects": Rejected,
}
# fields of collections that no model describes; see docs/data-model.md
PLAIN_FIELDS: Mapping[str, tuple[str, ...]] = {
    "keys": ("kind", "candidate_id"),
    "vectors": ("id", "pool", "skill", "experience", "education"),
    "redirects": ("id", "candidate_id", "sources", "by", "at"),
    "pools": ("id", "created_at"),
}
_EQUAL = (5, 8)  # ==, in
_HOLDS = (7, 9)  # array_contains, array_contains_any
_DESCENDING = 2


class Shape(NamedTuple):
    """A query without its values."""

    collection: str
    equal: tuple[str, ...] = ()
    holds: str = ""
    ranged: tuple[str, ...] = ()
    order: tuple[str, ...] = ()  # `-` in front for descending; never the id
    vector: str = ""


def shape_of(query: Any) -> Shape:
    """Return the shape of a StructuredQuery."""
    equal, holds, ranged = set(), "", set()
    for each in query.where.composite_filter.filters:
        if each.HasField("unary_filter"):
            ranged.add(each.unary_filter.field.field_path)
        elif each.field_filter.op in _HOLDS:
            holds = each.field_filter.field.field_path
        else:
            (equal if each.field_filter.op in _EQUAL else ranged).add(each.field_filter.field.field_path)
    order = [("-" if each.direction == _DESCENDING else "") + each.field.field_path for each in query.order_by]
    order = [path for path in order if path.lstrip("-") != "__name__"]
    vector = query.find_nearest.vector_field.field_path
    return Shape(query.from_[0].collection_id, tuple(sorted(equal)), holds, tuple(sorted(ranged)), tuple(order), vector)


def derived(shapes: Iterable[Shape]) -> Json:
    """Return the contents of `firestore.indexes.json` for these queries."""
    asked = sorted(set(shapes))
    made = {key: index for shape in asked if (index := _index(shape)) for key in [str(index)]}
    backwards = {(shape.collection, path[1:]) for shape in asked for path in shape.order if path[0] == "-"}
    overrides = [each for kind in COLLECTIONS for each in _overrides(kind, backwards)]
    return {"indexes": list(made.values()), "fieldOverrides": overrides}


def _index(shape: Shape) -> Json | None:
    """Return the index of several fields a query needs; None where the fields' own will do."""
    fields: list[Json] = [{"fieldPath": path, "order": "ASCENDING"} for path in shape.equal]
    if shape.holds:
        fields.append({"fieldPath": shape.holds, "arrayConfig": "CONTAINS"})
    for path in shape.order:
        direction = "DESCENDING" if path[0] == "-" else "ASCENDING"
        fields.append({"fieldPath": path.removeprefix("-"), "order": direction})
    ordered = {path.removeprefix("-") for path in shape.order}
    fields += [{"fieldPath": path, "order": "ASCENDING"} for path in shape.ranged if path not in ordered]
    if shape.vector:
        fields.append({"fieldPath": shape.vector, "vectorConfig": {"dimension": DIMENSIONS, "flat": {}}})
    joined = not (shape.holds or shape.order or shape.ranged or shape.vector)
    if joined or (len(fields) < 2 and not shape.vector):
        return None
    return {"collectionGroup": shape.collection, "queryScope": "COLLECTION", "fields": fields}


def _overrides(kind: str, backwards: set[tuple[str, str]]) -> Iterable[Json]:
    """Return one a field: what is asked by has the index it needs, and nothing else has any."""
    queried, model = COLLECTIONS[kind].queried, MODELS.get(kind)
    names = tuple(model.model_fields) if model else PLAIN_FIELDS[kind]
    words = ("search_terms",) if COLLECTIONS[kind].words else ()
    for path in sorted({*names, *queried, *COLLECTIONS[kind].vectors}):
        indexes = []
        if path in (*queried, *words):
            indexes.append({"queryScope": "COLLECTION", **_kind_of_index(model, path)})
        if (kind, path) in backwards:
            indexes.append({"queryScope": "COLLECTION", "order": "DESCENDING"})
        yield {"collectionGroup": kind, "fieldPath": path, "indexes": indexes}


def _kind_of_index(model: type[Frozen] | None, path: str) -> Json:
    found = model.model_fields.get(path) if model else None
    is_list = found is not None and get_origin(found.annotation) is tuple and bool(get_args(found.annotation))
    return {"arrayConfig": "CONTAINS"} if is_list else {"order": "ASCENDING"}
