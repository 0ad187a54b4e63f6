"""What SQLite and its vector files do when the machine misbehaves."""

from __future__ import annotations

import errno
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.adapters.sqlite import vectors as sqlite_vectors
from shared.adapters.sqlite.connections import Connections
from shared.adapters.sqlite.store import SqliteStore
from shared.errors import Misconfigured, StorageFull, UnreadableFile
from shared.models.collections import COLLECTIONS, DIMENSIONS, Collection
from shared.ports import Create, Delete, Update, Where, Write
from tests.contracts.documents import candidate, unit

pytestmark = pytest.mark.any_documents

POOL = [("pool", "==", "p")]
ROW = DIMENSIONS * 4
Opened = Callable[..., SqliteStore]


def vector_bytes(folder: Path) -> bytes:
    return (folder / "vectors" / "candidates.embedding.f32").read_bytes()


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    """Open a store, at the home's place unless another is given; all are closed in the end."""
    with ExitStack() as stack:

        def open_store(path: Path = tmp_path / "shortlist.db", *rest: Any, **options: Any) -> SqliteStore:
            store = SqliteStore(path, *rest, **options)
            stack.callback(store.close)
            return store

        yield open_store


@pytest.fixture
def store(opened: Opened) -> SqliteStore:
    return opened()


def run(code: str, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, text=True)


RACE = """
import sys
from pathlib import Path
from shared.adapters.sqlite.store import SqliteStore
from shared.ports import Create
store = SqliteStore(Path(sys.argv[1]))
for n in range(100):
    group = [Create("candidates", f"{sys.argv[2]}-{n}", {"pool": "p", "search_terms": [f"t{n}"]})]
    print(int(store.commit([group + [Create("keys", str(n), {"candidate_id": sys.argv[2]})]]) == [None]), end="")
"""


def test_of_processes_racing_for_keys_in_a_new_home_exactly_one_wins_each(opened: Opened, tmp_path: Path) -> None:
    path = tmp_path / "home" / "shortlist.db"
    racers = [run(RACE, str(path), name) for name in "ab"]
    won = {name: racer.communicate(timeout=60)[0] for name, racer in zip("ab", racers, strict=True)}
    store = opened(path)
    for n in range(100):
        winner = store.get("keys", [str(n)])[str(n)].data["candidate_id"]
        assert won[winner][n] == "1" and won["ab".replace(winner, "")][n] == "0"
        assert store.search_words([f"t{n}"], POOL, 5) == [f"{winner}-{n}"]
    assert store.count("candidates") == 100


KILLED = """
import sys
from pathlib import Path
from shared.adapters.sqlite.store import SqliteStore
from shared.ports import Create, Update
from tests.contracts.documents import candidate, unit
store = SqliteStore(Path(sys.argv[1]))
start = store.count("candidates")
for n in range(start, 100_000):
    group = [candidate(f"c{n}", search_terms=[f"t{n}"], embedding=unit(n))]
    again = [Update("candidates", f"c{n // 2}", {"embedding": unit(n // 2), "seen": n}, None)]
    store.commit([group + [Create("keys", f"k{n}", {"candidate_id": f"c{n}"})], again])
    print(n, flush=True)
"""


def test_a_kill_in_the_middle_of_commits_leaves_every_committed_document_whole(opened: Opened, tmp_path: Path) -> None:
    path = tmp_path / "shortlist.db"
    for written in (5, 23, 41):
        writer = run(KILLED, str(path))
        assert writer.stdout is not None
        while int(writer.stdout.readline()) < written:
            pass
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
        store = opened(path)
        rows = store.query("candidates", fields=["embedding"])
        assert len(rows) == store.count("keys") > written
        for row in rows:
            n = int(row.id[1:])
            assert (row.data["embedding"] == unit(n)).all()
            assert store.search_words([f"t{n}"], POOL, 2) == [row.id]
        assert store.nearest("candidates", "embedding", unit(3), POOL, 1)[0][0] == "c3"
        store.close()


def test_a_full_disk_says_so_and_what_was_committed_stays(opened: Opened) -> None:
    store = opened(max_pages=300)
    ids = iter(range(10_000))
    with pytest.raises(StorageFull, match="disk is full"):
        while True:
            store.commit([[candidate(str(n := next(ids)), text="x" * 20_000, search_terms=[f"t{n}"])]])
    failed = next(ids) - 1
    store.close()
    roomy = opened()
    assert roomy.count("candidates") == failed > 1
    assert roomy.commit([[candidate(str(failed), search_terms=["t"])]]) == [None]
    assert roomy.search_words([f"t{failed}"], POOL, 5) == []


def test_a_disk_too_full_for_the_tables_locks_nobody_out(opened: Opened) -> None:
    small = opened(max_pages=20)
    with pytest.raises(StorageFull, match="disk is full"):
        small.count("candidates")
    assert opened().count("candidates") == 0


def test_records_that_join_others_need_no_numpy_while_nobody_has_vectors(tmp_path: Path) -> None:
    joins = """
import sys
from pathlib import Path
from shared.adapters.sqlite.store import SqliteStore
from shared.ports import Create, Delete
store = SqliteStore(Path(sys.argv[1]))
person = {"id": "a", "pool": "p", "search_terms": ["t"]}
store.commit([[Create("candidates", "a", person)], [Delete("candidates", "a"), Delete("vectors", "a")]])
print("numpy" in sys.modules, flush=True)
"""
    assert run(joins, str(tmp_path / "shortlist.db")).communicate()[0] == "False\n"


def test_a_full_disk_under_the_vectors_writes_no_document(store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    store.commit([[candidate("a", embedding=unit(1))]])
    with monkeypatch.context() as disk:
        disk.setattr(os, "pwrite", full)
        with pytest.raises(StorageFull, match="disk is full"):
            store.commit([[candidate("b", embedding=unit(2))]])
    assert store.get("candidates", ["a", "b"], fields=()).keys() == {"a"}
    assert store.commit([[candidate("b", embedding=unit(2))]]) == [None]


def test_a_file_that_is_no_database_is_named_and_left_alone(opened: Opened, tmp_path: Path) -> None:
    path = tmp_path / "shortlist.db"
    path.write_bytes(b"this is no database, it is a letter " * 100)
    with pytest.raises(UnreadableFile, match=r"shortlist\.db"):
        opened(path).count("candidates")
    assert path.read_bytes().startswith(b"this is no database")


def test_a_home_that_cannot_be_a_folder_is_named(opened: Opened, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Misconfigured, match="folder"):
        opened(tmp_path / "file" / "shortlist.db").count("candidates")


def test_an_erased_vector_leaves_no_bytes_behind(tmp_path: Path, store: SqliteStore) -> None:
    store.commit([[candidate("a", embedding=unit(1))], [candidate("b", embedding=unit(2))]])
    store.commit([[Delete("candidates", "a")], [Update("candidates", "b", {"embedding": unit(3)}, None)]])
    content = vector_bytes(tmp_path)
    assert unit(1).tobytes() not in content and unit(2).tobytes() not in content
    assert unit(3).tobytes() in content


def test_erased_words_leave_no_document_behind(tmp_path: Path, store: SqliteStore) -> None:
    store.commit([[candidate("a", person={"name": "Zebulon Quark"})]])
    store.commit([[Delete("candidates", "a")]])
    store.close()
    assert b"Zebulon" not in (tmp_path / "shortlist.db").read_bytes()


def test_a_freed_slot_is_used_again(tmp_path: Path, store: SqliteStore) -> None:
    for n in range(50):
        store.commit([[candidate(str(n), embedding=unit(n))]])
        store.commit([[Delete("candidates", str(n))]])
    store.commit([[candidate("last", embedding=unit(99))]])
    assert vector_bytes(tmp_path)[2 * ROW :].count(0) == len(vector_bytes(tmp_path)) - 2 * ROW


def test_what_a_crash_left_in_freed_slots_is_overwritten_by_the_next_commit_of_vectors(
    tmp_path: Path, store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.commit([[candidate("a", embedding=unit(1))]])
    with monkeypatch.context() as crash:
        crash.setattr("shared.adapters.sqlite.vectors.VectorField.wipe", lambda *_: None)
        store.commit([[Delete("candidates", "a")]])
    assert unit(1).tobytes() in vector_bytes(tmp_path)
    store.commit([[candidate("b", embedding=unit(2))]])
    assert unit(1).tobytes() not in vector_bytes(tmp_path)
    assert (store.get("candidates", ["b"], fields=["embedding"])["b"].data["embedding"] == unit(2)).all()


def test_another_process_s_changes_are_seen_by_an_open_store(opened: Opened, store: SqliteStore) -> None:
    other = opened()
    store.commit([[candidate("a", embedding=unit(1))]])
    assert other.nearest("candidates", "embedding", unit(1), POOL, 5)[0][0] == "a"
    store.commit([[Delete("candidates", "a")], [candidate("b", embedding=unit(2))]])
    store.commit([[candidate("c", embedding=unit(1))]])  # into the slot that was a's
    assert [id for id, _ in other.nearest("candidates", "embedding", unit(1), POOL, 5)] == ["c", "b"]


def test_a_search_that_ran_into_a_reused_slot_looks_again(
    opened: Opened, store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.commit([[candidate("a", embedding=unit(1))], [candidate("b", embedding=unit(2))]])
    other, closest = opened(), sqlite_vectors.closest
    changes = iter([Delete("candidates", "a"), candidate("c", embedding=unit(3))])

    def closest_while_others_write(*arguments: object) -> object:
        for change in changes:
            other.commit([[change]])
        return closest(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(sqlite_vectors, "closest", closest_while_others_write)
    found = store.nearest("candidates", "embedding", unit(3), POOL, 5)
    assert [id for id, _ in found] == ["c", "b"] and found[0][1] == pytest.approx(1)


def test_a_path_declared_later_is_filled_for_documents_already_there(opened: Opened, tmp_path: Path) -> None:
    path = tmp_path / "shortlist.db"
    before = opened(path, {"things": Collection("things", queried=("a",))})
    before.commit([[Create("things", "x", {"a": 1, "b": {"c": "yes"}})]])
    before.close()
    after = opened(path, {"things": Collection("things", queried=("a", "b.c"))})
    assert [row.id for row in after.query("things", [("b.c", "==", "yes")])] == ["x"]
    assert after.commit([[Create("things", "y", {"a": 2, "b": {"c": "no"}})]]) == [None]
    assert after.count("things", [("b.c", "==", "no")]) == 1


@pytest.mark.parametrize("path", ["awaiting", "pool", "stages.embed.state"])
def test_pages_of_values_many_share_are_read_from_an_index_without_sorting(
    tmp_path: Path, store: SqliteStore, path: str
) -> None:
    store.commit([[candidate("a")]])
    store.close()
    db = sqlite3.connect(tmp_path / "shortlist.db")
    sql = f'EXPLAIN QUERY PLAN SELECT id FROM candidates WHERE "{path}" = ? ORDER BY id LIMIT 50'
    steps = " ".join(row[3] for row in db.execute(sql, ["x"]))
    db.close()
    assert f"candidates by {path}" in steps and "TEMP B-TREE" not in steps


def test_people_of_a_name_are_found_without_reading_the_documents(tmp_path: Path, store: SqliteStore) -> None:
    store.commit([[candidate("a", name_key="hannah walker")], [candidate("b", name_key="grace walker")]])
    asked: list[str] = []
    with store._connections.reading() as db:
        db.set_trace_callback(asked.append)
        where: Where = [("name_key", "in", ["hannah walker", "x"])]
        assert [row.id for row in store.query("candidates", where, fields=("pool", "name_key"))] == ["a"]
        db.set_trace_callback(None)
        steps = " ".join(row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {asked[0]}"))
    assert "COVERING INDEX candidates by pool" in steps


def test_more_values_than_sqlite_takes_as_variables_can_be_asked_for(store: SqliteStore) -> None:
    store.commit([[candidate("a", name_key="hannah walker")]])
    many = [*map(str, range(300_000)), "hannah walker"]
    assert [row.id for row in store.query("candidates", [("name_key", "in", many)])] == ["a"]


def test_indexes_of_an_older_version_are_replaced(opened: Opened, tmp_path: Path) -> None:
    opened().commit([[candidate("a")]])
    db = sqlite3.connect(tmp_path / "shortlist.db")
    db.execute('DROP INDEX "candidates by pool"')
    db.execute('CREATE INDEX "candidates by pool" ON candidates (pool)')
    db.execute('CREATE INDEX "candidates by name_key" ON candidates (name_key)')
    assert opened().count("candidates", [("pool", "==", "p")]) == 1
    found = dict(db.execute("SELECT name, sql FROM sqlite_master WHERE tbl_name = 'candidates'"))
    db.close()
    assert "candidates by name_key" not in found and "employer_key" in found["candidates by pool"]


def test_every_collection_declared_has_its_table(tmp_path: Path, store: SqliteStore) -> None:
    assert [store.count(kind) for kind in COLLECTIONS] == [0] * len(COLLECTIONS)


def test_a_deleted_word_stays_in_the_files_until_they_are_purged(store: SqliteStore, tmp_path: Path) -> None:
    def is_there() -> bool:
        return any(b"qzvanna" in path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())

    groups = [[candidate(f"c{n}", search_terms=[f"t{n}"])] for n in range(50)]
    store.commit([*groups, [candidate("ann", search_terms=["xqzvanna"], note="xqzvanna")]])
    store.commit([[Delete("candidates", "ann")]])
    assert is_there()
    store.purge()
    assert not is_there()
    assert store.search_words(["t7"], POOL, 5) == ["c7"] and store.search_words(["xqzvanna"], POOL, 5) == []


def test_new_documents_and_those_with_stages_are_found_by_the_same_columns(store: SqliteStore) -> None:
    new = {"id": "a", "pool": "p", "awaiting": "classify", "name_key": "ana"}
    old = {"id": "b", "pool": "p", "awaiting": "ready", "name_key": "ben", "stages": {"embed": {"state": "done"}}}
    assert store.commit([[Create("candidates", "a", new)], [Create("candidates", "b", old)]]) == [None, None]
    found = {
        (path, value): [row.data for row in store.query("candidates", [(path, "==", value)])]
        for path, value in (("name_key", "ana"), ("name_key", "ben"), ("stages.embed.state", "done"))
    }
    assert found == {("name_key", "ana"): [new], ("name_key", "ben"): [old], ("stages.embed.state", "done"): [old]}


def test_a_document_that_takes_a_deleted_ones_place_keeps_none_of_its_columns(store: SqliteStore) -> None:
    done = {"id": "a", "pool": "p", "stages": {"embed": {"state": "done"}}}
    store.commit([[Create("candidates", "a", done)]])
    store.commit([[Delete("candidates", "a")], [Create("candidates", "a", {"id": "a", "pool": "p"})]])
    assert store.query("candidates", [("stages.embed.state", "==", "done")]) == []
    assert [row.data for row in store.query("candidates", [("pool", "==", "p")])] == [{"id": "a", "pool": "p"}]


def test_a_connection_lent_out_while_the_store_closes_is_closed_when_it_comes_back(tmp_path: Path) -> None:
    connections = Connections(tmp_path / "shortlist.db", lambda db: None, None)
    begun, end = Event(), Event()

    def write() -> None:
        with connections.writing():
            begun.set()
            end.wait()

    writer = Thread(target=write)
    writer.start()
    begun.wait()
    with connections.reading() as db:
        end.set()
        writer.join()
        connections.close()
        assert db.execute("SELECT 1").fetchone() == (1,)
    with pytest.raises(sqlite3.ProgrammingError):
        db.execute("SELECT 1")


IDS, TERMS, AWAITED, STATES = "abcd", ("ux", "go", "new york"), ("classify", "ready"), ("done", "failed")
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "awaiting": st.sampled_from([*AWAITED, None]),
        "stages": st.sampled_from([None, *({"embed": {"state": state}} for state in STATES)]),
        "search_terms": st.lists(st.sampled_from(TERMS), unique=True),
    },
)
WRITES = st.one_of(
    st.builds(lambda id_, data: Create("candidates", id_, {"pool": "p", **data}), st.sampled_from(IDS), FIELDS),
    st.builds(lambda id_, data: Update("candidates", id_, data, None), st.sampled_from(IDS), FIELDS),
    st.builds(lambda id_: Delete("candidates", id_), st.sampled_from(IDS)),
)


GROUPS = st.lists(WRITES, min_size=1, max_size=2, unique_by=lambda write: write.id)


@settings(max_examples=60, deadline=None)
@given(commits=st.lists(st.lists(GROUPS, min_size=1, max_size=6), max_size=4))
def test_columns_and_words_say_what_the_documents_say_after_any_writes(
    tmp_path_factory: pytest.TempPathFactory, commits: list[list[list[Write]]]
) -> None:
    store = SqliteStore(tmp_path_factory.mktemp("home") / "shortlist.db")
    for groups in commits:
        store.commit(groups)
    documents = {id_: row.data for id_, row in store.get("candidates", list(IDS)).items()}

    def ids(path: str, value: str) -> set[str]:
        return {row.id for row in store.query("candidates", [(path, "==", value)])}

    def saying(field: str, value: Any) -> set[str]:
        return {id_ for id_, data in documents.items() if data.get(field) == value}

    def holding(term: str) -> set[str]:
        return {id_ for id_, data in documents.items() if term in (data.get("search_terms") or ())}

    assert {state: ids("awaiting", state) for state in AWAITED} == {each: saying("awaiting", each) for each in AWAITED}
    assert {state: ids("stages.embed.state", state) for state in STATES} == {
        state: saying("stages", {"embed": {"state": state}}) for state in STATES
    }
    assert {term: set(store.search_words([term], POOL, 9)) for term in TERMS} == {each: holding(each) for each in TERMS}
    store.close()
