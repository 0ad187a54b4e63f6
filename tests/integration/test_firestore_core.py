"""What imports, undo, merge, split and the stages promise holds on Firestore, too: the same tests, on its emulator."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fake_model import FakeModel
from parts.firestore_bill import BilledStore

from shared import wiring
from shared.config import Settings
from shared.pipeline import deliver
from shared.ports import Ports
from tests.contracts.conftest import project_of
from tests.unit.test_intake_changes import *  # noqa: F403
from tests.unit.test_intake_imports import *  # noqa: F403
from tests.unit.test_pipeline import *  # noqa: F403

del test_slices_in_processes_of_their_own_give_the_same_people  # noqa: F821  # they share a home, not a database

pytestmark = pytest.mark.integration


@pytest.fixture
def ports(tmp_path: Path, model: FakeModel, firestore_host: str) -> Iterator[Ports]:
    """The embedded ports with Firestore for the documents."""
    held: list[Ports] = []
    connected = wiring.connect(Settings(home=tmp_path), lambda _, task, last: deliver(held[0], task, last))
    held.append(replace(connected, model=model, store=BilledStore(project_of(tmp_path))))
    yield held[0]
    wiring.thread_queue(connected).stop()
    held[0].store.close()
