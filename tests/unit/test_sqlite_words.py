"""New documents wait for the full-text index until they are written again or somebody searches."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import islice
from pathlib import Path

import pytest

from shared.adapters import sqlite_words
from shared.adapters.sqlite import SqliteStore
from shared.ports import Delete, Update, Where
from tests.contracts.documents import candidate

POOL: Where = [("pool", "==", "p")]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "shortlist.db"


@pytest.fixture
def store(path: Path) -> Iterator[SqliteStore]:
    store = SqliteStore(path)
    yield store
    store.close()


def number_waiting(store: SqliteStore) -> int:
    with store._connections.reading() as db:
        number: int = db.execute('SELECT count(*) FROM "words candidates waiting"').fetchone()[0]
        return number


def tokens(store: SqliteStore) -> dict[str, int]:
    """Every token of the index, and how many documents it says to hold it."""
    with store._connections.reading() as db:
        return dict(db.execute('SELECT term, doc FROM "words candidates count"').fetchall())


def test_a_new_document_waits_until_somebody_searches(store: SqliteStore) -> None:
    store.commit([[candidate("a", search_terms=["java"])], [candidate("b")]])
    assert number_waiting(store) == 1 and tokens(store) == {}
    assert store.search_words(["java"], POOL, 5) == ["a"]
    assert number_waiting(store) == 0 and tokens(store) == {"1:java": 1}


def test_a_document_written_again_before_any_search_is_found_by_its_new_words_alone(store: SqliteStore) -> None:
    store.commit([[candidate("a", search_terms=["java"])], [candidate("b", search_terms=["cobol"])]])
    store.commit([[Update("candidates", "a", {"search_terms": ["sql"]}, None)]])
    assert number_waiting(store) == 1 and tokens(store) == {"1:sql": 1}
    assert store.search_words(["java"], POOL, 5) == []
    assert store.search_words(["sql"], POOL, 5) == ["a"] and store.search_words(["cobol"], POOL, 5) == ["b"]
    store.commit([[Update("candidates", id, {"search_terms": None}, None)] for id in "ab"])
    assert tokens(store) == {}


def test_a_document_whose_words_are_not_touched_goes_on_waiting(store: SqliteStore) -> None:
    store.commit([[candidate("a", search_terms=["java"])]])
    store.commit([[Update("candidates", "a", {"awaiting": "enrich"}, None)]])
    assert number_waiting(store) == 1
    assert store.search_words(["java"], POOL, 5) == ["a"]


def test_a_document_that_moves_while_it_waits_is_found_in_its_new_pool(store: SqliteStore) -> None:
    store.commit([[candidate("a", search_terms=["java"])]])
    store.commit([[Update("candidates", "a", {"pool": "q"}, None)]])
    assert store.search_words(["java"], [("pool", "==", "q")], 5) == ["a"]
    assert store.search_words(["java"], POOL, 5) == [] and list(tokens(store).values()) == [1]


def test_a_document_deleted_while_it_waits_leaves_nothing(store: SqliteStore) -> None:
    store.commit([[candidate("a", search_terms=["java"])]])
    store.commit([[Delete("candidates", "a")]])
    assert number_waiting(store) == 0
    assert store.search_words(["java"], POOL, 5) == [] and tokens(store) == {}


def test_an_id_made_again_while_it_waits_is_found_by_its_new_words_alone(store: SqliteStore) -> None:
    store.commit([[candidate("a", search_terms=["java"])], [candidate("b", search_terms=["java"])]])
    store.commit([[Delete("candidates", "b")], [candidate("b", search_terms=["sql"])]])  # in one call, and in two
    store.commit([[Delete("candidates", "a")]])
    store.commit([[candidate("a", search_terms=["go"])]])
    assert store.search_words(["java"], POOL, 5) == []
    assert store.search_words(["sql"], POOL, 5) == ["b"] and store.search_words(["go"], POOL, 5) == ["a"]
    assert tokens(store) == {"1:go": 1, "1:sql": 1}


def test_more_than_a_statement_takes_are_written_again_while_they_wait(store: SqliteStore) -> None:
    store.commit([[candidate(f"{n:04}", search_terms=["old"])] for n in range(1_200)])
    store.commit([[Update("candidates", f"{n:04}", {"search_terms": ["new"]}, None)] for n in range(1_100)])
    assert number_waiting(store) == 100 and tokens(store) == {"1:new": 1_100}
    assert len(store.search_words(["old"], POOL, 5_000)) == 100


def test_many_that_wait_are_indexed_in_several_transactions(store: SqliteStore) -> None:
    store.commit([[candidate(f"{n:04}", search_terms=["java", f"t{n}"])] for n in range(2_500)])
    with store._connections.reading() as db:
        statements: list[str] = []
        db.set_trace_callback(statements.append)
        assert len(store.search_words(["java"], POOL, 5_000)) == 2_500
        db.set_trace_callback(None)
    assert statements.count("COMMIT") == 3 and number_waiting(store) == 0
    assert store.search_words(["t0"], POOL, 5) == ["0000"] and store.search_words(["t2499"], POOL, 5) == ["2499"]


def test_a_search_indexes_who_came_before_it_and_not_those_an_import_adds_meanwhile(
    store: SqliteStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.commit([[candidate(f"early{n}", search_terms=["java"])] for n in range(4)])
    other, writing, late = SqliteStore(path), store._connections.writing, iter(range(20))

    @contextmanager
    def writing_after_the_import() -> Iterator[sqlite3.Connection]:
        other.commit([[candidate(f"late{n}", search_terms=["java"])] for n in islice(late, 2)])
        with writing() as db:
            yield db

    monkeypatch.setattr(sqlite_words, "TURN", 2)
    monkeypatch.setattr(store._connections, "writing", writing_after_the_import)
    assert store.search_words(["java"], POOL, 50) == [f"early{n}" for n in range(4)]
    assert number_waiting(store) == store.count("candidates") - 4 > 0
    other.close()


def test_counts_of_a_state_with_waiting_documents_are_not_used_after_these_are_indexed(
    store: SqliteStore, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other, search = SqliteStore(path), sqlite_words.Words.search
    store.commit([[candidate("a", search_terms=["java"])]])
    late = iter([candidate("b", search_terms=["sql"])])

    def search_while_others_write(words: sqlite_words.Words, db: sqlite3.Connection, seq: int, *rest: object) -> object:
        for create in late:
            other.commit([[create]])
            seq = db.execute("SELECT value FROM meta WHERE name = 'seq'").fetchone()[0]  # it came just before
        return search(words, db, seq, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(sqlite_words.Words, "search", search_while_others_write)
    assert store.search_words(["sql"], POOL, 5) == []
    assert store.search_words(["sql"], POOL, 5) == ["b"]
    other.close()


def test_what_one_store_left_waiting_another_finds_while_both_are_open(store: SqliteStore, path: Path) -> None:
    other = SqliteStore(path)
    assert other.search_words(["java"], POOL, 5) == []
    store.commit([[candidate("a", search_terms=["java"])], [candidate("b", search_terms=["java"])]])
    assert other.search_words(["java"], POOL, 5) == ["a", "b"]
    store.commit([[Update("candidates", "a", {"search_terms": ["go"]}, None)], [Delete("candidates", "b")]])
    assert other.search_words(["java"], POOL, 5) == [] and store.search_words(["go"], POOL, 5) == ["a"]
    other.close()


def test_searches_of_many_threads_index_what_waits_once(store: SqliteStore) -> None:
    store.commit([[candidate(f"{n:04}", search_terms=["java"])] for n in range(1_500)])
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: len(store.search_words(["java"], POOL, 5_000)), range(8)))
    assert found == [1_500] * 8 and tokens(store) == {"1:java": 1_500}


def test_a_home_from_before_documents_waited_is_searched_and_changed_as_ever(store: SqliteStore, path: Path) -> None:
    store.commit([[candidate("a", search_terms=["java"])], [candidate("b", search_terms=["java"])]])
    assert store.search_words(["java"], POOL, 5) == ["a", "b"]
    store.close()
    db = sqlite3.connect(path)
    db.execute('DROP TABLE "words candidates waiting"')
    db.close()
    store.commit([[Update("candidates", "a", {"search_terms": ["go"]}, None)], [candidate("c", search_terms=["java"])]])
    assert store.search_words(["java"], POOL, 5) == ["b", "c"] and store.search_words(["go"], POOL, 5) == ["a"]
