"""What others wrote first is read again, a bounded number of times."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from shared.adapters.sqlite.store import SqliteStore
from shared.errors import NotFound, Retryable
from shared.ports import Create, Update, Write
from shared.retry import ATTEMPTS, attempts, write_until_accepted


@pytest.fixture
def counter(store: SqliteStore) -> SqliteStore:
    store.commit([[Create("usage", "sum", {"id": "sum", "records": 0})]])
    return store


def add_one(store: SqliteStore) -> tuple[list[Write], int]:
    row = store.get("usage", ["sum"])["sum"]
    number = row.data["records"] + 1
    return [Update("usage", "sum", {"records": number}, row.version)], number


def test_an_accepted_write_is_built_once_and_its_result_returned(counter: SqliteStore) -> None:
    assert write_until_accepted(counter, lambda: add_one(counter), "the sum") == 1
    assert counter.get("usage", ["sum"])["sum"].data["records"] == 1


def test_what_another_wrote_in_between_is_read_again_and_kept(counter: SqliteStore) -> None:
    built: list[int] = []

    def meet_another() -> tuple[Sequence[Write], int]:
        writes, number = add_one(counter)
        built.append(number)
        if len(built) == 1:
            counter.commit([add_one(counter)[0]])
        return writes, number

    assert write_until_accepted(counter, meet_another, "the sum") == 2
    assert built == [1, 2]


def test_ten_writers_of_one_document_lose_nothing(counter: SqliteStore, tmp_path: Path) -> None:
    def work() -> None:
        write_until_accepted(counter, lambda: add_one(counter), "the sum")

    threads = [threading.Thread(target=work) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counter.get("usage", ["sum"])["sum"].data["records"] == 10


def test_after_many_conflicts_it_says_what_is_being_written(
    counter: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []
    monkeypatch.setattr("shared.retry.time.sleep", waits.append)
    stale, number = add_one(counter)
    counter.commit([stale])
    with pytest.raises(Retryable, match="the sum is being written by others; try again"):
        write_until_accepted(counter, lambda: (stale, number), "the sum")
    assert len(waits) == ATTEMPTS - 1
    assert 0 <= min(waits) <= max(waits) <= 0.64
    assert len(set(waits)) > 1


def test_no_writes_are_accepted_and_an_error_of_the_builder_ends_it(counter: SqliteStore) -> None:
    assert write_until_accepted(counter, lambda: ([], "as before"), "the sum") == "as before"

    def missing() -> tuple[list[Write], None]:
        raise NotFound("no sum")

    with pytest.raises(NotFound):
        write_until_accepted(counter, missing, "the sum")


def test_attempts_that_never_succeed_raise_with_their_message(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.retry.time.sleep", lambda seconds: None)
    numbers = []
    with pytest.raises(Retryable, match="three rows"):
        for number in attempts("three rows are being written", count=3):
            numbers.append(number)
    assert numbers == [0, 1, 2]
