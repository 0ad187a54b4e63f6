"""Ports for tests: the embedded adapters in a temporary home, with a fake model that counts and can fail."""

from __future__ import annotations

import io
import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from doors import FakeIdentity, Post, call, cloud_settings
from fake_model import FakeModel
from parts.document_check import checked_commits
from parts.embedded import embedded
from parts.emulators import empty_firestore, firestore_emulator

from shared.access.pools import add_pool
from shared.adapters.firestore.store import FirestoreStore
from shared.adapters.sqlite.store import SqliteStore
from shared.config import Settings
from shared.imports.start import run_import, start_import
from shared.models.batch import Import, ImportOptions
from shared.ports import Ports

if TYPE_CHECKING:
    from fake_google_signing import FakeGoogleSigning
    from parts.api import Api
    from parts.stack import Stack
    from werkzeug.test import Client

FIXTURES = Path(__file__).parent / "fixtures"
Importer = Callable[..., Import]


@pytest.fixture(autouse=True)
def _typed_documents(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever a test commits is of its collection's type, but for tests of the stores themselves."""
    if request.node.get_closest_marker("any_documents"):
        yield
        return
    with checked_commits(SqliteStore, FirestoreStore) as wrong:
        yield
    assert wrong == []


@pytest.fixture
def model() -> FakeModel:
    return FakeModel()


@pytest.fixture
def ports(tmp_path: Path, model: FakeModel) -> Iterator[Ports]:
    """The embedded ports; delivered tasks run with the same ports, fake model included."""
    with embedded(Settings(home=tmp_path), model=model) as made:
        yield made


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    """An empty store."""
    opened = SqliteStore(tmp_path / "shortlist.db")
    yield opened
    opened.close()


@pytest.fixture
def take(ports: Ports) -> Importer:
    """Import text or a fixture file; keyword arguments are options."""

    def take_in(content: str | Path, pool: str = "default", **options: Any) -> Import:
        data = content.read_bytes() if isinstance(content, Path) else content.encode()
        name = content.name if isinstance(content, Path) else "people.csv"
        add_pool(ports, pool)
        started = start_import(ports, io.BytesIO(data), name, pool, ImportOptions(**options), 10**9)
        return run_import(ports, started.id)

    return take_in


@pytest.fixture(scope="session")
def firestore_host() -> Iterator[str]:
    """One Firestore emulator for all tests; `firestore_project` is a test's own place in it."""
    with firestore_emulator() as host, pytest.MonkeyPatch.context() as patch:
        patch.setenv("FIRESTORE_EMULATOR_HOST", host)
        yield host


@pytest.fixture
def firestore_project(firestore_host: str) -> Iterator[str]:
    """A project of the test's own on the emulator, emptied behind it: the emulator slows down with what it holds."""
    project = f"test-{secrets.token_hex(6)}"
    yield project
    empty_firestore(firestore_host, project)


@pytest.fixture(scope="session")
def stack(firestore_host: str) -> Iterator[Stack]:
    """Every function in a process of its own, for all tests that need them: each keeps to a pool of its own.

    Its model obeys whatever stands in a CV.
    """
    from fake_gemini import Behaviour
    from parts.stack import whole_stack

    with whole_stack(Behaviour(encoder=True, obeys=True), firestore_host) as started:
        yield started


@pytest.fixture
def post(ports: Ports, tmp_path: Path) -> Iterator[Post]:
    """Call a function over `ports`; `signed=True`: with a look at who calls."""
    from parts import process

    def posted(export: str, body: Any = None, signed: bool = False, **headers: str) -> Any:
        process.use(cloud_settings(tmp_path), ports, FakeIdentity() if signed else None)
        return call(export, body, headers)

    yield posted
    process.use(Settings(home=tmp_path))


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    """The API over an empty home, where nobody is asked who they are."""
    from parts.api import running

    with running(Settings(home=tmp_path)) as asked:
        yield asked


@pytest.fixture
def api(tmp_path: Path) -> Iterator[Api]:
    """The API over an empty home, asked as any of `ROLES`."""
    from parts.api import Api, running

    with running(Settings(home=tmp_path, identity="local")) as asked:
        yield Api(asked)


@pytest.fixture(scope="module")
def signing() -> Iterator[FakeGoogleSigning]:
    """Who signs Google's tokens, and tells its certificate."""
    from fake_google_signing import FakeGoogleSigning

    with FakeGoogleSigning() as made:
        yield made


def people(ports: Ports) -> dict[str, dict[str, Any]]:
    """Every candidate by name."""
    rows = ports.store.query("candidates")
    return {row.data["person"]["name"]: row.data for row in rows}
