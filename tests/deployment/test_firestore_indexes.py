"""The indexes we deploy are those our queries need, no more and no fewer."""

from __future__ import annotations

import pytest
from parts.indexes import Shape, derived, index_for, needs_more, to_add
from parts.query_shapes import SHAPES
from parts.write_indexes import FILE, contents

from shared.models.collections import COLLECTIONS, Collection

HOW = "PYTHONPATH=tests .venv/bin/python -m parts.write_indexes"


def fields(shape: Shape) -> list[tuple[str, str]]:
    index = index_for(shape)
    assert index is not None
    kinds = ("order", "arrayConfig")
    return [
        (each["fieldPath"], next((each[kind] for kind in kinds if kind in each), "VECTOR")) for each in index["fields"]
    ]


def test_the_file_holds_what_the_queries_need() -> None:
    assert FILE.read_text() == contents(), f"out of date: {HOW}"


@pytest.mark.parametrize("shape", sorted(SHAPES), ids=str)
def test_every_known_query_asks_by_declared_paths_and_needs_an_index_of_its_own(shape: Shape) -> None:
    collection = COLLECTIONS[shape.collection]
    paths = {*shape.equal, *shape.ranged, *(path.lstrip("-") for path in shape.order), shape.holds} - {""}
    assert paths <= {*collection.queried, *(["search_terms"] if collection.words else [])}
    assert shape.vector in ("", *collection.vectors)
    assert needs_more(shape)


def test_every_vector_and_the_words_can_be_searched_within_a_pool() -> None:
    made = derived((), {"people": Collection("people", queried=("pool",), vectors=("face", "voice"), words=True)})
    asked = [[each["fieldPath"] for each in index["fields"]] for index in made["indexes"]]
    assert asked == [["pool", "face"], ["pool", "voice"], ["pool", "search_terms"]]
    assert {"queryScope": "COLLECTION", "arrayConfig": "CONTAINS"} in made["fieldOverrides"][-1]["indexes"]


@pytest.mark.parametrize(
    "shape",
    [
        Shape("people"),
        Shape("people", equal=("pool",)),
        Shape("people", equal=("awaiting", "pool")),  # Firestore joins the indexes of the fields
        Shape("people", ranged=("born",)),
        Shape("people", ranged=("born",), order=("born",)),
        Shape("people", equal=("pool",), order=()),
    ],
)
def test_a_query_that_the_fields_own_indexes_serve_needs_no_other(shape: Shape) -> None:
    assert not needs_more(shape)


def test_what_needs_an_index_of_several_fields_gets_it_in_the_order_firestore_reads_it() -> None:
    up, down = "ASCENDING", "DESCENDING"
    newest = Shape("people", equal=("awaiting", "pool"), ranged=("born",), order=("-born",))
    assert fields(newest) == [("awaiting", up), ("pool", up), ("born", down)]
    assert fields(Shape("people", equal=("pool",), ranged=("born",))) == [("pool", up), ("born", up)]
    assert fields(Shape("people", equal=("pool",), holds="tags")) == [("pool", up), ("tags", "CONTAINS")]
    assert fields(Shape("people", equal=("pool",), vector="face")) == [("pool", up), ("face", "VECTOR")]
    assert fields(Shape("people", vector="face")) == [("face", "VECTOR")]


def test_fields_are_exempt_from_indexing_unless_they_are_asked_by() -> None:
    shapes = [Shape("people", holds="tags"), Shape("people", ranged=("born",), order=("-born",))]
    made = derived(shapes, {"people": Collection("people", queried=("pool", "born", "tags"))})
    assert made["indexes"] == []
    ways = {
        each["fieldPath"]: [index.get("order") or index["arrayConfig"] for index in each["indexes"]]
        for each in made["fieldOverrides"]
    }
    assert ways == {"*": [], "pool": ["ASCENDING"], "born": ["ASCENDING", "DESCENDING"], "tags": ["CONTAINS"]}


def test_a_new_kind_of_query_is_told_as_the_line_to_add() -> None:
    said = to_add({Shape("people", equal=("pool",), ranged=("born",), order=("-born",))})
    (line,) = (line for line in said.split("\n") if line.startswith("    Shape"))
    assert line.strip() == 'Shape("people", equal=("pool",), ranged=("born",), order=("-born",)),'
    assert HOW in said
