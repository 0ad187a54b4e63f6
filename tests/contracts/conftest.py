"""The stores that keep the promises of the port. A new backend adds one line to STORES."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from shared.adapters.firestore.store import FirestoreStore
from shared.adapters.sqlite.store import SqliteStore
from shared.ports import Store

# what a store needs, and what opens one over it
STORES: dict[str, tuple[str, Callable[[Any], Store]]] = {
    "sqlite": ("tmp_path", lambda folder: SqliteStore(folder / "shortlist.db")),
    "firestore": ("firestore_project", FirestoreStore),
}
OUTSIDE = {"firestore"}
MANY = {"sqlite": 6000, "firestore": 1200}  # the emulator takes long for vectors, and looks at every one of them


@pytest.fixture(
    params=[pytest.param(name, marks=pytest.mark.integration if name in OUTSIDE else ()) for name in STORES]
)
def reopen(request: pytest.FixtureRequest) -> Iterator[Callable[[], Store]]:
    """Open the same data once more, as another process would."""
    fixture, opens = STORES[request.param]
    place = request.getfixturevalue(fixture)
    opened: list[Store] = []

    def once_more() -> Store:
        opened.append(opens(place))
        return opened[-1]

    yield once_more
    for store in opened:
        store.close()


@pytest.fixture
def store(reopen: Callable[[], Store]) -> Store:
    return reopen()


@pytest.fixture
def many(request: pytest.FixtureRequest) -> int:
    """So many documents that a store which finds about the right ones is found out."""
    return MANY[request.node.callspec.params["reopen"]]
