"""Which indexes Firestore needs for the queries asked: the emulator needs none, so this is worked out from their shape.

Every path in `models/collections.py` has its own index, which serves one filter, or an order. Firestore joins those for
queries of equalities alone, in the order of ids. Anything else needs an index made of several fields:
https://firebase.google.com/docs/firestore/query-data/index-overview
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from shared.models.collections import DIMENSIONS, Collection

Json = dict[str, Any]
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
    equal, holds, ranged = set[str](), "", set[str]()
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


def needs_more(shape: Shape) -> bool:
    """Whether a query needs more of Firestore than the ascending index of each field it names."""
    return bool(index_for(shape) or shape.holds or _backwards(shape))


def searches(collections: Mapping[str, Collection[Any]]) -> set[Shape]:
    """Return the shapes of the searches within a pool, by every vector and by words."""
    pool = ("pool",)
    by_vector = {Shape(kind, pool, vector=name) for kind, found in collections.items() for name in found.vectors}
    return by_vector | {Shape(kind, pool, holds="search_terms") for kind, found in collections.items() if found.words}


def to_add(shapes: Iterable[Shape]) -> str:
    """Return the lines that `query_shapes.py` lacks, and what to run then."""
    lines = "\n".join(f"    {_line(shape)}," for shape in sorted(shapes))
    return f"""queries of new shapes were asked. Add these lines to SHAPES in tests/parts/query_shapes.py, then run
`PYTHONPATH=tests .venv/bin/python -m parts.write_indexes`:
{lines}"""


def _line(shape: Shape) -> str:
    said = {name: value for name, value in shape._asdict().items() if value and name != "collection"}
    return f"Shape({shape.collection!r}{''.join(f', {name}={value!r}' for name, value in said.items())})".replace(
        "'", '"'
    )


def derived(shapes: Iterable[Shape], collections: Mapping[str, Collection[Any]]) -> Json:
    """Return the contents of `firestore.indexes.json` for these queries over these collections."""
    asked = sorted({*shapes, *searches(collections)})
    made = {str(index): index for shape in asked if (index := index_for(shape))}
    overrides = [each for kind, found in collections.items() for each in _overrides(kind, found, asked)]
    return {"indexes": list(made.values()), "fieldOverrides": overrides}


def index_for(shape: Shape) -> Json | None:
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


def _overrides(kind: str, collection: Collection[Any], asked: Iterable[Shape]) -> Iterator[Json]:
    """Yield the exemption of all fields (`*`), and the indexes of each path that may be asked by."""
    yield {"collectionGroup": kind, "fieldPath": "*", "indexes": []}
    of_kind = [shape for shape in asked if shape.collection == kind]
    held = {shape.holds for shape in of_kind}
    backwards = {path for shape in of_kind for path in _backwards(shape)}
    for path in (*collection.queried, *(("search_terms",) if collection.words else ())):
        indexes = [{"arrayConfig": "CONTAINS"}] if path in held else [{"order": "ASCENDING"}]
        indexes += [{"order": "DESCENDING"}] if path in backwards else []
        scoped = [{"queryScope": "COLLECTION", **index} for index in indexes]
        yield {"collectionGroup": kind, "fieldPath": path, "indexes": scoped}


def _backwards(shape: Shape) -> list[str]:
    """The fields a query without other fields goes through from the last to the first."""
    return [path[1:] for path in shape.order if path[0] == "-"] if not (shape.equal or shape.holds) else []
