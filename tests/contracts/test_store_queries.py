"""What `query` and `count` promise, whatever store keeps the promise."""

from __future__ import annotations

import pytest

from shared.errors import InvalidRequest
from shared.ports import Op, Store, Update
from tests.contracts.documents import candidate

pytestmark = pytest.mark.any_documents


def ids(store: Store, path: str, op: Op, value: object) -> str:
    where = [(path, op, value)]
    found = [row.id for row in store.query("candidates", where)]
    assert store.count("candidates", where) == len(found)
    return "".join(found)


def test_queries_compare_and_count_agrees(store: Store) -> None:
    days = {"a": "2026-01-01", "b": "2026-01-02", "c": "2026-01-03"}
    store.commit(
        [[candidate(id, employer_key=day)] for id, day in days.items()] + [[candidate("d", employer_key=None)]]
    )
    assert ids(store, "employer_key", "==", "2026-01-02") == "b"
    assert ids(store, "employer_key", "!=", "2026-01-02") == "ac"
    assert ids(store, "employer_key", "<", "2026-01-02") == "a"
    assert ids(store, "employer_key", "<=", "2026-01-02") == "ab"
    assert ids(store, "employer_key", ">", "2026-01-02") == "c"
    assert ids(store, "employer_key", ">=", "2026-01-02") == "bc"
    assert ids(store, "employer_key", "in", ["2026-01-03", "2026-01-01", "x"]) == "ac"
    assert ids(store, "employer_key", "in", []) == ""


def test_nested_paths_are_queried_and_follow_updates(store: Store) -> None:
    store.commit([[candidate("a", stages={"classify": {"state": "done", "recipe": "1"}})], [candidate("b")]])
    assert ids(store, "stages.classify.recipe", "!=", "2") == "a"
    store.commit([[Update("candidates", "a", {"stages": {"classify": {"state": "failed", "recipe": "2"}}}, None)]])
    assert ids(store, "stages.classify.recipe", "!=", "2") == ""
    assert ids(store, "stages.classify.state", "==", "failed") == "a"


def test_all_conditions_must_hold(store: Store) -> None:
    store.commit([[candidate("a")], [candidate("b", awaiting="enrich")], [candidate("c", pool="other")]])
    where = [("pool", "==", "p"), ("awaiting", "==", "classify")]
    assert [row.id for row in store.query("candidates", where)] == ["a"]


def test_array_contains_finds_whole_elements_only(store: Store) -> None:
    store.commit([[candidate("a", readers=["ann", "bo"])], [candidate("b", readers=["anna"])], [candidate("c")]])
    assert ids(store, "readers", "array_contains", "ann") == "a"
    assert ids(store, "readers", "array_contains", "bo") == "a"
    assert ids(store, "readers", "array_contains", "nn") == ""


def test_pages_by_id_go_on_behind_the_last_row(store: Store) -> None:
    store.commit([[candidate(id)] for id in "dbaec"])
    seen, after = "", None
    while rows := store.query("candidates", [("awaiting", "==", "classify")], limit=2, after=after):
        seen, after = seen + "".join(row.id for row in rows), (None, rows[-1].id)
    assert seen == "abcde"


@pytest.mark.parametrize(("order", "expected"), [("employer_key", "cadb"), ("-employer_key", "bdac")])
def test_pages_by_a_field_neither_repeat_nor_skip_rows_of_equal_value(store: Store, order: str, expected: str) -> None:
    days = {"a": "2", "b": "3", "c": "1", "d": "2", "without": None}
    store.commit([[candidate(id, employer_key=day)] for id, day in days.items()])
    seen, after = "", None
    while rows := store.query("candidates", order=order, limit=1, after=after, fields=["employer_key"]):
        seen, after = seen + rows[0].id, (rows[0].data["employer_key"], rows[0].id)
    assert seen == expected


def test_a_path_that_is_not_declared_is_a_wrong_call(store: Store) -> None:
    with pytest.raises(InvalidRequest, match="nickname"):
        store.query("candidates", [("nickname", "==", "x")])
    with pytest.raises(InvalidRequest, match="nickname"):
        store.query("candidates", order="nickname")
    with pytest.raises(InvalidRequest, match="dogs"):
        store.query("dogs")
