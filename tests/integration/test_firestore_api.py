"""The pages and lists of the API on Firestore: the same tests as on SQLite, on its emulator."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from parts.api import running
from werkzeug.test import Client

from shared.config import Settings
from tests.functions.test_cv_documents_api import *  # noqa: F403
from tests.integration.firestore_ports import on_firestore

pytestmark = pytest.mark.integration


@pytest.fixture
def client(tmp_path: Path, firestore_project: str) -> Iterator[Client]:
    with on_firestore(tmp_path, firestore_project) as ports, running(Settings(home=tmp_path), ports) as asked:
        yield asked
