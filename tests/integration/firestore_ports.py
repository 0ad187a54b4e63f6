"""The ports with Firestore for the documents: a fixture for tests that were written for the embedded ones."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from fake_model import FakeModel
from parts.embedded import embedded
from parts.firestore_bill import BilledStore

from shared.config import Settings
from shared.ports import Model, Ports
from tests.unit.test_import_steps import CHUNK

# The emulator goes through every document for each of an `in`'s values: its time goes with the square of the people.
CHUNKS = ("shared.imports.row_filter.CHUNK", "tests.unit.test_intake_imports.CHUNK", "tests.unit.test_delivery.CHUNK")


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Imports in small steps, in the product and in the tests that count them; ids are read, never counted."""
    monkeypatch.setattr("shared.adapters.firestore.query._FEW", 10**6)
    for place in CHUNKS:
        monkeypatch.setattr(place, CHUNK)


@pytest.fixture
def ports(tmp_path: Path, model: FakeModel, firestore_project: str) -> Iterator[Ports]:
    """The embedded ports, but for an empty Firestore and a fake model."""
    with on_firestore(tmp_path, firestore_project, model) as made:
        yield made


@contextmanager
def on_firestore(home: Path, project: str, model: Model | None = None) -> Iterator[Ports]:
    """The embedded ports with documents in a project of Firestore; delivered tasks run with the same ports."""
    store = BilledStore(project)
    with embedded(Settings(home=home), store=store, **({"model": model} if model else {})) as made:
        store.bill.reads = store.bill.writes = 0  # the pools that tests use are no part of what they do
        yield made
