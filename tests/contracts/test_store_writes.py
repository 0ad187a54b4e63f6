"""What `commit` and `get` promise, whatever store keeps the promise."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from shared.errors import InvalidRequest
from shared.ports import Create, Delete, Store, Update, Versions, WriteConflict
from tests.contracts.documents import candidate, unit

pytestmark = pytest.mark.any_documents


def test_an_empty_store_answers_every_read(store: Store) -> None:
    assert store.get("candidates", ["a"]) == {}
    assert store.query("candidates") == []
    assert store.count("candidates") == 0
    assert store.nearest("candidates", "embedding", unit(1), [("pool", "==", "p")], 5) == []
    assert store.search_words(["java"], [("pool", "==", "p")], 5) == []


def test_what_was_written_is_read_back_as_it_was(store: Store) -> None:
    data = {"id": "a", "pool": "p", "person": {"name": "Zoë Ünal", "emails": ["z@x.org"]}, "n": 1.5, "none": None}
    assert store.commit([[Create("sources", "a", data)]]) == [None]
    assert store.get("sources", ["a", "nobody"])["a"].data == data
    assert list(store.get("sources", ["a", "nobody"])) == ["a"]


def test_a_commit_tells_the_versions_documents_have_now(store: Store) -> None:
    store.commit([[Create("keys", "gone", {})], [Create("keys", "held", {"n": 1})]])
    (held,) = store.get("keys", ["held"]).values()
    versions: Versions = {}
    groups = [
        [Create("keys", "new", {}), Update("keys", "held", {"n": 2}, held.version), Delete("keys", "gone")],
        [Update("keys", "new", {"n": 3}, None)],
        [Update("keys", "held", {"n": 4}, held.version)],
        [Create("sources", "new", {})],
    ]
    assert store.commit(groups, versions) == [None, None, WriteConflict("keys", "held", "changed"), None]
    stored = {(kind, row.id): row.version for kind in ("keys", "sources") for row in store.query(kind)}
    assert versions == stored and len(stored) == 3
    assert store.commit([[Update(*key, {"n": 5}, version)] for key, version in versions.items()]) == [None] * 3


ODD_KEYS = ["", "a.b", "__name__", "~", "~x", "~[]", "`", "a/b", "\\", "*", "größe", " ", "x" * 600]
ODD_VALUES = [0, -1, 1.0, 2**53 + 1, 1e-300, True, False, "", "\n", [], {}, None, [[]], [[1], [[2.5], {"": []}], "x"]]


def test_map_keys_and_values_of_every_kind_come_back_as_they_were(store: Store) -> None:
    data = {"id": "a", "extra": {key: {key: ODD_VALUES} for key in ODD_KEYS}, "list": ODD_VALUES, "empty": {}}
    store.commit([[Create("sources", "a", data)]])
    read = store.get("sources", ["a"])["a"].data
    assert read == data
    assert [type(value) for value in read["list"]] == [type(value) for value in ODD_VALUES]
    store.commit([[Update("sources", "a", {"extra": {"": [["new"]]}, "a.b": 1, "list": None}, None)]])
    read = store.get("sources", ["a"])["a"].data
    assert read == {"id": "a", "extra": {"": [["new"]]}, "a.b": 1, "empty": {}}
    assert store.get("sources", ["a"], fields=["a.b"])["a"].data == {"a.b": 1}


def test_ids_of_every_kind_are_kept_apart(store: Store) -> None:
    ids = ["a", "a/b", "a%2Fb", "a.b", "__x__", "_x_", "größe", "a b", "..", "%"]
    assert store.commit([[Create("pools", id, {"id": id})] for id in ids]) == [None] * len(ids)
    assert {id: row.data["id"] for id, row in store.get("pools", ids).items()} == {id: id for id in ids}
    assert sorted(row.id for row in store.query("pools")) == sorted(ids)


def test_a_tools_own_field_of_a_candidate_stays_and_is_read_by_its_name(store: Store) -> None:
    store.commit([[candidate("a", colour="red")]])
    store.commit([[Update("candidates", "a", {"awaiting": "ready"}, None)]])
    assert store.get("candidates", ["a"], fields=["colour"])["a"].data == {"colour": "red"}


def test_more_documents_than_one_request_takes_are_written_and_those_in_the_way_are_told(store: Store) -> None:
    store.commit([[Create("keys", "k300", {})], [Create("keys", "k1200", {})]])
    groups = [[Create("sources", f"s{n:04}", {"n": n}), Create("keys", f"k{n}", {"n": n})] for n in range(1500)]
    answers = store.commit(groups)
    taken = {300: WriteConflict("keys", "k300", "exists"), 1200: WriteConflict("keys", "k1200", "exists")}
    assert {n: answer for n, answer in enumerate(answers) if answer} == taken
    assert store.count("sources") == 1498


def test_many_ids_are_read_at_once(store: Store) -> None:
    ids = [f"{n:04}" for n in range(700)]
    assert store.commit([[candidate(id)] for id in ids]) == [None] * 700
    assert sorted(store.get("candidates", ids, fields=())) == ids


def test_only_the_fields_named_are_loaded(store: Store) -> None:
    store.commit([[candidate("a", person={"name": "A"}, embedding=unit(1))]])
    assert store.get("candidates", ["a"], fields=["person", "absent"])["a"].data == {"person": {"name": "A"}}
    assert store.get("candidates", ["a"], fields=())["a"].data == {}


def test_fields_are_loaded_as_they_were_written_however_many_are_named(store: Store) -> None:
    values = {"yes": True, "no": False, "text": 'a "quoted" 日本\n\0', "deep": {"list": [1, 2.5, [None]]}, "empty": []}
    store.commit([[candidate("a", **values)]])
    for count in range(1, len(values) + 1):
        names = list(values)[:count]
        wanted = {name: values[name] for name in names}
        assert store.get("candidates", ["a"], fields=[*names, "absent"])["a"].data == wanted
        assert store.query("candidates", fields=names)[0].data == wanted


def test_vectors_come_only_when_they_are_named(store: Store) -> None:
    store.commit([[candidate("a", embedding=unit(1))], [candidate("b")]])
    assert "embedding" not in store.get("candidates", ["a"])["a"].data
    rows = store.get("candidates", ["a", "b"], fields=["pool", "embedding"])
    assert (rows["a"].data["embedding"] == unit(1)).all()
    assert rows["b"].data == {"pool": "p"}
    assert "embedding" in store.query("candidates", fields=["embedding"])[0].data


def test_an_id_is_created_once(store: Store) -> None:
    store.commit([[Create("keys", "k", {"candidate_id": "a"})]])
    assert store.commit([[Create("keys", "k", {"candidate_id": "b"})]]) == [WriteConflict("keys", "k", "exists")]
    assert store.get("keys", ["k"])["k"].data == {"candidate_id": "a"}


def test_a_group_is_written_whole_or_not_at_all(store: Store) -> None:
    store.commit([[Create("keys", "taken", {"candidate_id": "a"})]])
    group = [candidate("b"), Create("keys", "fresh", {"candidate_id": "b"}), Create("keys", "taken", {})]
    assert store.commit([group, [candidate("c")]]) == [WriteConflict("keys", "taken", "exists"), None]
    assert store.get("candidates", ["b", "c"]).keys() == {"c"}
    assert store.get("keys", ["fresh"]) == {}


def test_a_later_group_sees_what_an_earlier_one_of_the_call_wrote(store: Store) -> None:
    first = [candidate("a"), Create("keys", "k", {"candidate_id": "a"})]
    second = [candidate("b"), Create("keys", "k", {"candidate_id": "b"})]
    third = [Update("candidates", "a", {"awaiting": "ready"}, None)]
    assert store.commit([first, second, third]) == [None, WriteConflict("keys", "k", "exists"), None]
    assert store.get("candidates", ["a", "b"]).keys() == {"a"}
    assert store.get("candidates", ["a"])["a"].data["awaiting"] == "ready"


def test_a_group_that_failed_leaves_nothing_for_later_groups_to_see(store: Store) -> None:
    store.commit([[Create("keys", "taken", {})]])
    failed = [Create("keys", "k", {"candidate_id": "a"}), Create("keys", "taken", {})]
    assert store.commit([failed, [Create("keys", "k", {"candidate_id": "b"})]])[1] is None
    assert store.get("keys", ["k"])["k"].data == {"candidate_id": "b"}


def test_an_id_deleted_by_an_earlier_group_is_free_again(store: Store) -> None:
    store.commit([[candidate("a", person={"name": "old"}, search_terms=["java"], embedding=unit(1))]])
    assert store.commit([[Delete("candidates", "a")], [candidate("a", search_terms=["sql"])]]) == [None, None]
    assert "person" not in store.get("candidates", ["a"])["a"].data
    assert store.search_words(["java"], [("pool", "==", "p")], 5) == []
    assert store.search_words(["sql"], [("pool", "==", "p")], 5) == ["a"]
    assert store.get("candidates", ["a"], fields=["embedding"])["a"].data == {}


def test_an_update_sets_named_fields_removes_none_and_leaves_the_rest(store: Store) -> None:
    store.commit([[candidate("a", lease={"token": "t"}, person={"name": "A"}, embedding=unit(1))]])
    store.commit([[Update("candidates", "a", {"lease": None, "awaiting": "enrich"}, None)]])
    row = store.get("candidates", ["a"])["a"].data
    assert row["awaiting"] == "enrich" and row["person"] == {"name": "A"} and "lease" not in row
    assert (store.get("candidates", ["a"], fields=["embedding"])["a"].data["embedding"] == unit(1)).all()


def test_an_update_with_the_version_read_wins_once(store: Store) -> None:
    store.commit([[candidate("a")]])
    version = store.get("candidates", ["a"])["a"].version
    update = Update("candidates", "a", {"awaiting": "enrich"}, version)
    assert store.commit([[update], [update]]) == [None, WriteConflict("candidates", "a", "changed")]
    assert store.commit([[update]]) == [WriteConflict("candidates", "a", "changed")]
    assert store.get("candidates", ["a"])["a"].version != version


def test_a_version_does_not_fit_a_document_written_anew_under_the_same_id(store: Store) -> None:
    store.commit([[candidate("a")]])
    version = store.get("candidates", ["a"])["a"].version
    store.commit([[Delete("candidates", "a")]])
    store.commit([[candidate("a")]])
    assert store.commit([[Delete("candidates", "a", version)]]) == [WriteConflict("candidates", "a", "changed")]


def test_what_is_missing_cannot_be_updated_but_may_be_deleted(store: Store) -> None:
    missing = WriteConflict("candidates", "a", "missing")
    assert store.commit([[Update("candidates", "a", {"x": 1}, None)]]) == [missing]
    assert store.commit([[Delete("candidates", "a")], [Delete("candidates", "a", 7)]]) == [None, missing]


def test_deletion_takes_document_words_and_vectors(store: Store) -> None:
    pool = [("pool", "==", "p")]
    store.commit([[candidate("a", search_terms=["java"], embedding=unit(1))]])
    assert store.commit([[Delete("candidates", "a")]]) == [None]
    assert store.get("candidates", ["a"]) == {}
    assert store.count("candidates") == 0
    assert store.search_words(["java"], pool, 5) == []
    assert store.nearest("candidates", "embedding", unit(1), pool, 5) == []


@pytest.mark.parametrize("wrong", [unit(1)[:512], unit(1) * 2, unit(1) * float("nan")], ids=["short", "long", "nan"])
def test_a_vector_that_is_not_768_numbers_of_length_one_is_refused(store: Store, wrong: object) -> None:
    with pytest.raises(InvalidRequest, match="embedding"):
        store.commit([[candidate("a", embedding=wrong)]])
    assert store.get("candidates", ["a"]) == {}


def test_what_was_committed_is_there_after_reopening(store: Store, reopen: Callable[[], Store]) -> None:
    store.commit([[candidate("a", search_terms=["java"], embedding=unit(1))]])
    store.close()
    again = reopen()
    assert again.search_words(["java"], [("pool", "==", "p")], 5) == ["a"]
    assert again.nearest("candidates", "embedding", unit(1), (), 5)[0][0] == "a"


def test_of_threads_racing_for_a_key_exactly_one_wins(store: Store) -> None:
    def claim(n: int) -> bool:
        group = [candidate(f"c{n}"), Create("keys", "k", {"candidate_id": f"c{n}"})]
        return store.commit([group]) == [None]

    with ThreadPoolExecutor(8) as threads:
        won = list(threads.map(claim, range(24)))
    assert won.count(True) == 1
    assert [row.id for row in store.query("candidates")] == [f"c{won.index(True)}"]


def test_of_threads_updating_one_version_exactly_one_wins(store: Store) -> None:
    store.commit([[candidate("a")]])
    version = store.get("candidates", ["a"])["a"].version
    with ThreadPoolExecutor(8) as threads:
        answers = list(
            threads.map(lambda n: store.commit([[Update("candidates", "a", {"name_key": n}, version)]]), range(24))
        )
    assert answers.count([None]) == 1
    assert store.get("candidates", ["a"])["a"].data["name_key"] == answers.index([None])
