"""Stored documents are typed: what tests commit is held against the types, so the types are what the code writes."""

from __future__ import annotations

from typing import Any

import pytest
from parts.document_check import checked_commits, document_types, wrong_fields
from parts.records import stage_state

from shared.adapters.firestore.store import BESIDE_VECTORS
from shared.adapters.sqlite.store import SqliteStore
from shared.models.collections import COLLECTIONS
from shared.ports import Create, Delete, Ports, Update, Write

PERSON = {"id": "a", "pool": "default", "person": {"name": "Ann Lee"}, "stages": {"classify": stage_state("done")}}


def test_every_collection_has_a_type_of_its_documents() -> None:
    types = document_types()
    assert set(types) == set(COLLECTIONS)
    assert len({each.__name__ for each in types.values()}) == len(COLLECTIONS)


@pytest.mark.parametrize("kind", COLLECTIONS)
def test_what_a_collection_is_queried_by_and_its_vectors_are_fields_of_its_documents(kind: str) -> None:
    fields = document_types()[kind].__annotations__
    assert {path.split(".")[0] for path in COLLECTIONS[kind].queried} <= set(fields)
    assert set(COLLECTIONS[kind].vectors) <= set(fields)


@pytest.mark.parametrize("kind", BESIDE_VECTORS)
def test_firestore_reads_every_field_but_the_vectors(kind: str) -> None:
    fields = set(document_types()[kind].__annotations__)
    assert set(BESIDE_VECTORS[kind]) == fields - set(COLLECTIONS[kind].vectors)


def test_a_document_of_its_type_is_accepted() -> None:
    assert wrong_fields("candidates", PERSON) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("nickname", "Ann"),
        ("person", {"nickname": "Ann"}),
        ("pool", 7),
        ("readers", "rita"),
        ("flags", [{"kind": "split"}]),
    ],
    ids=["unknown", "unknown inside", "another type", "no list", "incomplete"],
)
def test_what_is_not_of_the_type_is_named(field: str, value: Any) -> None:
    assert field in wrong_fields("candidates", {**PERSON, field: value})[0]


@pytest.mark.parametrize(
    "write",
    [Create("candidates", "b", {"nickname": "Ann"}), Update("candidates", "a", {"nickname": "Ann"}, None)],
    ids=["create", "update"],
)
@pytest.mark.any_documents
def test_a_commit_of_something_else_fails_and_writes_nothing(ports: Ports, write: Write) -> None:
    with checked_commits(SqliteStore) as wrong:
        ports.store.commit([[Create("candidates", "a", PERSON)]])
        with pytest.raises(AssertionError, match="nickname"):
            ports.store.commit([[Delete("candidates", "a")], [write]])
    assert wrong and set(ports.store.get("candidates", ["a", "b"])) == {"a"}
