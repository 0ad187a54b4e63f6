"""An import reads little of what it does not know, and finds everybody all the same."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from conftest import people

from shared.imports.start import run_import, start_import
from shared.models.batch import Import, ImportOptions
from shared.ports import Ports, Store, Stored

SECRET = b"s" * 32  # so that which keys are looked at first is the same every time
HEAD = "Name,Email,Stage,Experiences\n"
MANY = 200


class NotedStore:
    """A fake that notes how many keys were looked up, and how people were asked for."""

    def __init__(self, store: Store) -> None:
        self._store, self.keys, self.asked = store, 0, list[str]()

    def get(self, kind: str, ids: Sequence[str], fields: Sequence[str] | None = None) -> dict[str, Stored]:
        self.keys += len(ids) if kind == "keys" else 0
        return self._store.get(kind, ids, fields)

    def query(self, kind: str, where: Any = (), *rest: Any, **more: Any) -> list[Stored]:
        self.asked += [path for path, _, _ in where if kind == "candidates"]
        return self._store.query(kind, where, *rest, **more)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


def noted(ports: Ports) -> tuple[Ports, NotedStore]:
    store = NotedStore(ports.store)
    return replace(ports, store=store, key_secret=SECRET), store  # type: ignore[arg-type]


def take(ports: Ports, text: str) -> Import:
    started = start_import(ports, io.BytesIO(text.encode()), "people.csv", "default", ImportOptions(), 10**9)
    return run_import(ports, started.id)


def row(number: int, stage: str = "Applied") -> str:
    return f"Person {number},p{number}@example.com,{stage},Engineer at Acme {number} (01/2020 to N/A)\n"


def test_of_many_new_people_few_keys_are_looked_up_and_one_known_person_is_found(ports: Ports) -> None:
    spied, store = noted(ports)
    take(spied, HEAD + row(7))
    store.keys = 0
    done = take(spied, HEAD + "".join(row(number, "Offer") for number in range(MANY)))
    assert (done.counts.created, done.counts.merged) == (MANY - 1, 1)
    assert store.keys < MANY / 4
    assert {each["stage"] for each in people(ports)["Person 7"]["applications"]} == {"Offer"}


def test_where_most_are_known_all_keys_are_looked_up_at_once(ports: Ports) -> None:
    spied, store = noted(ports)
    take(spied, HEAD + "".join(map(row, range(MANY))))
    store.keys = 0
    done = take(spied, HEAD + "".join(row(number, "Offer") for number in range(MANY + 2)))
    assert (done.counts.created, done.counts.merged) == (2, MANY)
    assert MANY < store.keys < 1.5 * MANY


def test_people_who_are_most_of_their_pool_are_compared_by_reading_it_and_few_by_asking_for_theirs(
    ports: Ports,
) -> None:
    spied, store = noted(ports)
    take(spied, HEAD + "".join(map(row, range(20))))
    assert store.asked.count("pool") == 2 and "name_key" not in store.asked  # a page, and that there is no other
    store.asked.clear()
    twin = "Person 3,else@example.org,Applied,Engineer at Acme 3 (01/2020 to N/A)\n"
    assert take(spied, HEAD + twin).counts.flagged == 2
    assert store.asked == ["name_key", "employer_key"]
