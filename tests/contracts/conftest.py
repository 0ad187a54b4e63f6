"""The stores that keep the promises of the port. A new backend adds one line to STORES."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shared.adapters.sqlite import SqliteStore
from shared.ports import Store

STORES: dict[str, Callable[[Path], Store]] = {
    "sqlite": lambda folder: SqliteStore(folder / "shortlist.db"),
}


@pytest.fixture(params=STORES)
def reopen(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Store]]:
    """Open the same data once more, as another process would."""
    opened: list[Store] = []

    def once_more() -> Store:
        opened.append(STORES[request.param](tmp_path))
        return opened[-1]

    yield once_more
    for store in opened:
        store.close()


@pytest.fixture
def store(reopen: Callable[[], Store]) -> Store:
    return reopen()
