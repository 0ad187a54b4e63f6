"""The ports with Firestore for the documents: a fixture for tests that were written for the embedded ones."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fake_model import FakeModel
from parts.firestore_bill import BilledStore

from shared import wiring
from shared.config import Settings
from shared.delivery import deliver
from shared.ports import Ports
from tests.contracts.conftest import project_of


@pytest.fixture
def ports(tmp_path: Path, model: FakeModel, firestore_host: str) -> Iterator[Ports]:
    """The embedded ports, but for an empty Firestore; delivered tasks run with the same ports."""
    held: list[Ports] = []
    connected = wiring.connect(Settings(home=tmp_path), lambda _, task, last: deliver(held[0], task, last))
    held.append(replace(connected, model=model, store=BilledStore(project_of(tmp_path))))
    yield held[0]
    wiring.thread_queue(connected).stop()
    held[0].store.close()
