"""Likely duplicates of a large import done by tasks: found page by page, from where the last step came to."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from conftest import Importer

from shared.errors import Retryable
from shared.imports.start import read_import, start_import
from shared.imports.steps import import_step, retry_imports
from shared.models.batch import ImportOptions
from shared.ports import Data, Ports, Store, Stored, Update, Write, WriteConflict
from shared.wiring import thread_queue

ROWS, CHUNK, PAGE = 240, 80, 25
HEAD = "Name,Email,Experiences\n"
LINES = [f"Person {n},p{n}@example.com,Engineer at Acme {n} (01/2020 to N/A)\n" for n in range(ROWS)]
for _first, _second in ((3, 230), (100, 200)):  # one person each, another address, in another step
    LINES[_second] = LINES[_first].replace(",p", ",q", 1)
EXPORT = HEAD + "".join(LINES)
FLAGGED = [f"{letter}{number}@example.com" for letter in "pq" for number in (100, 3)]


class WatchedStore:
    """The store, with a note of what was asked; while it is `away`, nothing is written."""

    def __init__(self, store: Store) -> None:
        self._store, self.away, self.asked = store, False, list[tuple[str, Any]]()

    def query(self, kind: str, where: Any = (), **more: Any) -> list[Stored]:
        self.asked += [(kind, path) for path, _, _ in where]
        return self._store.query(kind, where, **more)

    def commit(self, groups: Sequence[Sequence[Write]]) -> list[WriteConflict | None]:
        if self.away:
            raise Retryable("the database is away")
        return self._store.commit(groups)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


@pytest.fixture(autouse=True)
def small_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.imports.row_filter.CHUNK", CHUNK)
    monkeypatch.setattr("shared.imports.duplicate_scan.PAGE", PAGE)
    monkeypatch.setattr("shared.imports.duplicate_scan.AT_ONCE", 0)


def begin(ports: Ports, content: str = EXPORT, pool: str = "default") -> str:
    stream = io.BytesIO(content.encode())
    return start_import(ports, stream, "people.csv", pool, ImportOptions(), 10**9, upload_id="1f" * 16).id


def until_rows_are_done(ports: Ports, import_id: str) -> None:
    while read_import(ports.store, import_id).compared is None:
        assert not import_step(ports, import_id, seconds=0)


def flagged(ports: Ports) -> dict[str, list[Data]]:
    rows = ports.store.query("candidates")
    return {row.data["person"]["emails"][0]: row.data["flags"] for row in rows if row.data.get("flags")}


def test_a_step_compares_one_page_and_the_last_ends_the_import(ports: Ports, take: Importer) -> None:
    whole = take(EXPORT, pool="direct")
    import_id = begin(ports)
    until_rows_are_done(ports, import_id)
    steps = 1  # the one that found no row left compared the first page
    while not import_step(ports, import_id, seconds=0):
        steps += 1
    assert steps == -(-ROWS // PAGE)
    done = read_import(ports.store, import_id)
    assert done.counts == whole.counts
    assert done.counts.flagged == len(FLAGGED)
    assert sorted(flagged(ports)) == sorted({*FLAGGED})


def test_comparing_goes_on_from_its_last_page_and_needs_the_file_no_more(ports: Ports) -> None:
    import_id = begin(ports)
    until_rows_are_done(ports, import_id)
    ports.files.delete(read_import(ports.store, import_id).file)
    came_to = []
    while not import_step(ports, import_id, seconds=0):
        came_to.append(read_import(ports.store, import_id).compared)
    assert came_to == sorted({*came_to})
    assert read_import(ports.store, import_id).state == "SUCCESS"


def test_a_page_that_failed_is_compared_again_and_flags_nobody_twice(ports: Ports) -> None:
    import_id = begin(ports)
    until_rows_are_done(ports, import_id)
    store = WatchedStore(ports.store)
    before = read_import(ports.store, import_id).compared

    def broken(groups: Sequence[Sequence[Write]]) -> list[WriteConflict | None]:
        writes = [write for group in groups for write in group]  # none, where everybody of a page is flagged already
        store.away = any(isinstance(write, Update) and "compared" in write.fields for write in writes)
        try:
            return WatchedStore.commit(store, groups)
        finally:
            store.away = False

    store.commit = broken  # type: ignore[method-assign]
    with pytest.raises(Retryable):
        import_step(replace(ports, store=store), import_id)
    assert read_import(ports.store, import_id).compared == before
    assert import_step(ports, import_id)
    assert {mail: len(flags) for mail, flags in flagged(ports).items()} == dict.fromkeys(FLAGGED, 1)


def test_an_import_given_up_while_comparing_is_retried_from_there(ports: Ports) -> None:
    import_id = begin(ports)
    thread_queue(ports).stop()
    until_rows_are_done(ports, import_id)
    store = WatchedStore(ports.store)

    def failing(kind: str, where: Any = (), **more: Any) -> list[Stored]:
        if kind == "candidates":
            raise Retryable("the database is away")
        return ports.store.query(kind, where, **more)

    store.query = failing  # type: ignore[method-assign]
    assert import_step(replace(ports, store=store), import_id, last_attempt=True)
    left = read_import(ports.store, import_id)
    assert (left.state, left.error) == ("FAILED", "the database is away")
    assert retry_imports(ports) == 1
    assert import_step(ports, import_id)
    assert read_import(ports.store, import_id).counts.flagged == len(FLAGGED)


def test_a_small_import_into_a_large_pool_reads_its_own_people_and_their_likes_only(
    ports: Ports, take: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.imports.duplicate_scan.AT_ONCE", 10**6)
    take(EXPORT)
    few = HEAD + "".join(line.replace(",p", ",r", 1) for line in LINES[:30])
    import_id = begin(ports, few)
    assert not import_step(ports, import_id, seconds=0)
    store = WatchedStore(ports.store)
    watched = replace(ports, store=store)
    while not import_step(watched, import_id, seconds=0):
        pass
    assert ("candidates", "name_key") in store.asked
    assert ("candidates", "pool") not in store.asked
    assert read_import(ports.store, import_id).counts.flagged == 30 + 30 + 1  # each and their like, of whom one had two


def test_an_import_of_most_of_a_pool_reads_it_once(
    ports: Ports, take: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shared.imports.duplicate_scan.AT_ONCE", 10**6)
    import_id, store = begin(ports), WatchedStore(ports.store)
    watched = replace(ports, store=store)
    while not import_step(watched, import_id, seconds=0):
        pass
    assert store.asked.count(("candidates", "pool")) == 2  # its people, and behind them nobody
    assert ("candidates", "name_key") not in store.asked
    assert read_import(ports.store, import_id).counts.flagged == len(FLAGGED)
