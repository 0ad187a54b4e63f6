"""What `nearest` and `search_words` promise, whatever store keeps the promise."""

from __future__ import annotations

import numpy as np
import pytest

from shared.errors import InvalidRequest
from shared.ports import Delete, Store, Update, Where
from tests.contracts.documents import candidate, unit

pytestmark = pytest.mark.any_documents

POOL: Where = [("pool", "==", "p")]
TERMS = ["c++", "c#", ".net", "node.js", "ci/cd", "title:dev", "a=b", "a-b", "r&d", "o'neil", 'say "hi"', "*", "and"]
TERMS += ["machine learning", "a\tb", "größe", "机器学习", "инженер"]


def test_nearest_gives_dot_products_best_first(store: Store) -> None:
    store.commit([[candidate(str(n), embedding=unit(n))] for n in range(40)])
    query = unit(7) + unit(9) * np.float32(0.5)
    query /= np.float32(np.linalg.norm(query))
    found = store.nearest("candidates", "embedding", query, POOL, 3)
    exact = sorted(((float(unit(n) @ query), str(n)) for n in range(40)), reverse=True)[:3]
    assert [id for id, _ in found] == [id for _, id in exact]
    assert [score for _, score in found] == pytest.approx([score for score, _ in exact], abs=1e-5)


def test_nearest_stays_inside_the_pool(store: Store) -> None:
    store.commit([[candidate("mine", embedding=unit(1))], [candidate("theirs", pool="q", embedding=unit(2))]])
    assert [id for id, _ in store.nearest("candidates", "embedding", unit(2), POOL, 5)] == ["mine"]
    assert store.nearest("candidates", "embedding", unit(2), [("pool", "==", "nobody's")], 5) == []
    assert [id for id, _ in store.nearest("candidates", "embedding", unit(2), (), 5)] == ["theirs", "mine"]


def test_an_updated_vector_replaces_the_old_one_and_none_removes_it(store: Store) -> None:
    store.commit([[candidate("a", embedding=unit(1))], [candidate("b", embedding=unit(2))]])
    store.commit([[Update("candidates", "a", {"embedding": unit(3)}, None)]])
    found = store.nearest("candidates", "embedding", unit(3), POOL, 5)
    assert [id for id, _ in found] == ["a", "b"] and found[0][1] == pytest.approx(1)
    store.commit([[Update("candidates", "a", {"embedding": None}, None)]])
    assert [id for id, _ in store.nearest("candidates", "embedding", unit(3), POOL, 5)] == ["b"]


def test_vectors_and_words_move_with_their_document_to_another_pool(store: Store) -> None:
    store.commit([[candidate("a", embedding=unit(1), search_terms=["java"])]])
    store.commit([[Update("candidates", "a", {"pool": "q"}, None)]])
    assert store.nearest("candidates", "embedding", unit(1), POOL, 5) == []
    assert store.search_words(["java"], POOL, 5) == []
    moved: Where = [("pool", "==", "q")]
    assert [id for id, _ in store.nearest("candidates", "embedding", unit(1), moved, 5)] == ["a"]
    assert store.search_words(["java"], moved, 5) == ["a"]


def test_each_vector_field_is_searched_alone(store: Store) -> None:
    store.commit([[candidate("a", embedding=unit(1))]])
    assert store.nearest("vectors", "skill", unit(1), POOL, 5) == []
    with pytest.raises(InvalidRequest, match="skill"):
        store.nearest("candidates", "skill", unit(1), POOL, 5)


def test_a_vector_written_in_one_field_leaves_the_other_fields_where_they_were(store: Store) -> None:
    store.commit([[candidate("a", embedding=unit(1))]])
    store.commit([[Update("candidates", "a", {"embedding_2": unit(2)}, None)]])
    assert [id for id, _ in store.nearest("candidates", "embedding", unit(1), POOL, 5)] == ["a"]
    assert [id for id, _ in store.nearest("candidates", "embedding_2", unit(2), POOL, 5)] == ["a"]
    store.commit([[Update("candidates", "a", {"embedding": None}, None)]])
    assert store.nearest("candidates", "embedding", unit(1), POOL, 5) == []
    assert [id for id, _ in store.nearest("candidates", "embedding_2", unit(2), POOL, 5)] == ["a"]


@pytest.mark.parametrize("dimensions", [768, 512])
def test_nearest_finds_the_true_neighbours_among_many(store: Store, many: int, dimensions: int) -> None:
    centres = np.stack([unit(n, dimensions) for n in range(60)])
    noise = np.stack([unit(1000 + n, dimensions) for n in range(many)])
    vectors = centres[np.arange(many) % 60] + noise * np.float32(0.8)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    store.commit([[candidate(f"{n:04}", embedding=vector)] for n, vector in enumerate(vectors)])
    hits = 0
    for n in range(0, many, many // 10):
        exact = np.argsort(-(vectors @ vectors[n]))[:10]
        found = store.nearest("candidates", "embedding", vectors[n], POOL, 10)
        hits += len({f"{row:04}" for row in exact} & {id for id, _ in found})
    assert hits >= 99


@pytest.mark.parametrize("term", TERMS)
def test_a_term_is_found_whole_and_nothing_else(store: Store, term: str) -> None:
    store.commit([[candidate("it", search_terms=[term])], [candidate("parts", search_terms=["c", "net", "node", "x"])]])
    assert store.search_words([term], POOL, 5) == ["it"]
    assert store.search_words([term[:-1] + "~"], POOL, 5) == []


def test_people_with_all_terms_come_first_then_those_with_the_rarest(store: Store) -> None:
    store.commit([[candidate(f"common{n}", search_terms=["java"])] for n in range(30)])
    store.commit(
        [[candidate("all", search_terms=["java", "cobol", "sql"])], [candidate("rare", search_terms=["cobol"])]]
    )
    store.commit([[candidate("two", search_terms=["java", "sql"])], [candidate("three", search_terms=["sql", "java"])]])
    found = store.search_words(["java", "sql", "cobol"], POOL, 6)
    assert found[0] == "all"
    assert set(found[1:4]) == {"rare", "two", "three"}
    assert all(id.startswith("common") for id in found[4:]) and len(found) == 6


def test_terms_no_document_holds_are_ignored(store: Store) -> None:
    store.commit([[candidate("a", search_terms=["java"])], [candidate("b", pool="q", search_terms=["cobol"])]])
    assert store.search_words(["java", "cobol", "", "fortran"], POOL, 5) == ["a"]
    assert store.search_words(["cobol"], POOL, 5) == []
    assert store.search_words([], POOL, 5) == []
    assert set(store.search_words(["java", "cobol"], (), 5)) == {"a", "b"}


def test_words_follow_updates_and_deletions(store: Store) -> None:
    store.commit([[candidate("a", search_terms=["java", "sql"])], [candidate("b", search_terms=["java"])]])
    store.commit([[Update("candidates", "a", {"search_terms": ["sql", "go"]}, None)], [Delete("candidates", "b")]])
    assert store.search_words(["java"], POOL, 5) == []
    assert store.search_words(["go"], POOL, 5) == ["a"]
    assert store.search_words(["sql"], POOL, 5) == ["a"]
    store.commit([[Update("candidates", "a", {"awaiting": "ready"}, None)]])
    assert store.search_words(["go"], POOL, 5) == ["a"]


def test_searches_are_filtered_by_pool_only(store: Store) -> None:
    with pytest.raises(InvalidRequest, match="awaiting"):
        store.nearest("candidates", "embedding", unit(1), [("awaiting", "==", "ready")], 5)
    with pytest.raises(InvalidRequest, match="awaiting"):
        store.search_words(["java"], [("awaiting", "==", "ready")], 5)
