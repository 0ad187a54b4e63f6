"""The stores that keep the promises of the port. A new backend adds one line to STORES."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shared.adapters.firestore import FirestoreStore
from shared.adapters.sqlite import SqliteStore
from shared.ports import Store

STORES: dict[str, Callable[[Path], Store]] = {
    "sqlite": lambda folder: SqliteStore(folder / "shortlist.db"),
    "firestore": lambda folder: FirestoreStore(project_of(folder)),
}
OUTSIDE = {"firestore": "firestore_host"}  # the fixture that starts what a store needs


def project_of(folder: Path) -> str:
    """Return a project id of the test's own: the emulator keeps projects apart, so nothing has to be emptied."""
    return f"test-{abs(hash(str(folder))):x}"[:30]


@pytest.fixture(
    params=[pytest.param(name, marks=pytest.mark.integration if name in OUTSIDE else ()) for name in STORES]
)
def reopen(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], Store]]:
    """Open the same data once more, as another process would."""
    if request.param in OUTSIDE:
        request.getfixturevalue(OUTSIDE[request.param])
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
