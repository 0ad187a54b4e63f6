"""The composition root: which adapter stands behind which port. The only place that names adapters."""

from __future__ import annotations

import logging
import os
import secrets
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from shared.config import Settings, make_home
from shared.errors import Misconfigured
from shared.models.task import Task
from shared.operations.secret import secret_fingerprint
from shared.ports import Files, Identity, IncomingFiles, Model, Ports, Queue, SignIn, Store, Worker

if TYPE_CHECKING:
    from shared.adapters.local.identity import LocalIdentity
    from shared.adapters.local.threads import ThreadQueue
    from shared.adapters.sqlite.store import SqliteStore
    from shared.operations.backup import BackupReport

_DATABASE: Final = "shortlist.db"
_SECRET: Final = "key.secret"
Deliver = Callable[[Ports, Task, bool], object]  # what a delivered task does; True on its last attempt


def connect(settings: Settings, deliver: Deliver) -> Ports:
    """Return the ports the settings choose, each part for itself; clients are built on first use."""
    if settings.store == "sqlite" or settings.files == "folder":
        make_home(settings.home)
    _log_calls(settings.call_log)
    held: list[Ports] = []
    ports = Ports(
        store=_STORES[settings.store](settings),
        files=_FILES[settings.files](settings),
        queue=_QUEUES[settings.queue](settings, lambda task, last: deliver(held[0], task, last)),
        model=cast(Model, _Lazy(lambda: _MODELS[settings.model](settings))),
        worker=_worker(settings),
        now=utc_now,
        key_secret=_key_secret(settings),
    )
    held.append(ports)
    return ports


def identity(settings: Settings) -> Identity | None:
    """Return who checks the tokens of tasks and schedules; None on one machine, which serves itself alone."""
    if settings.queue != "cloud_tasks":
        return None
    from shared.adapters.google_auth.service_accounts import GoogleIdentity

    return GoogleIdentity(settings.google.certs_url, signatures_checked=settings.google.signatures_checked)


def sign_in(settings: Settings) -> SignIn:
    """Return who checks the tokens of people and programs that come to the API."""
    if settings.identity != "google":
        return local_tokens(settings)
    from shared.adapters.google_auth.firebase import FirebaseIdentity

    google = settings.google
    audience = f"{google.functions_url}/api" if google.functions_url else ""
    return FirebaseIdentity(google.project, audience, google.certs_url)


def local_tokens(settings: Settings) -> LocalIdentity:
    """Return what makes and checks the development tokens of this home."""
    from shared.adapters.local.identity import LocalIdentity

    if settings.store == "sqlite":
        make_home(settings.home)
    return LocalIdentity(_key_secret(settings))


def deliver_nothing(ports: Ports, task: Task, last_attempt: bool) -> None:
    """Do nothing with a task: for processes that only write."""


def scratch_store() -> tuple[Store, Callable[[], None]]:
    """Return an empty store in a temporary folder, and what removes it."""
    from shared.adapters.sqlite.store import SqliteStore

    folder = tempfile.TemporaryDirectory(prefix="shortlist-")
    store = SqliteStore(Path(folder.name) / "scratch.db")

    def remove() -> None:
        store.close()
        folder.cleanup()

    return store, remove


def thread_queue(ports: Ports) -> ThreadQueue:
    """Return the embedded queue, for what only one machine can do: wait for it, stop it, ask what failed."""
    from shared.adapters.local.threads import ThreadQueue

    assert isinstance(ports.queue, ThreadQueue)
    return ports.queue


def finish(ports: Ports) -> None:
    """Let nothing begin, and leave a database that is whole: the process is about to end.

    Tasks under way are cut off, as by a crash; their leases end with the process.
    """
    from shared.adapters.sqlite.store import SqliteStore

    if works_here(ports):
        thread_queue(ports).drop()
    if isinstance(ports.store, SqliteStore):
        ports.store.finish()


def works_here(ports: Ports) -> bool:
    """Whether this process does what it queues; else the queue's own workers do, and nobody here can wait for them."""
    from shared.adapters.local.threads import ThreadQueue

    return isinstance(ports.queue, ThreadQueue)


def incoming_files(ports: Ports) -> IncomingFiles:
    """Return the bucket people drop files into. Raises `Misconfigured` where the files are not in one."""
    from shared.adapters.gcs.files import GcsFiles

    if not isinstance(ports.files, GcsFiles):
        raise Misconfigured("SHORTLIST_FILES=gcs is needed: only a bucket takes files from outside")
    return ports.files


def signed_download_url(ports: Ports, path: str, filename: str, minutes: int) -> str | None:
    """Return an address the bucket gives the file by; None where the files are on this machine."""
    from shared.adapters.gcs.files import GcsFiles

    return ports.files.signed_download_url(path, filename, minutes) if isinstance(ports.files, GcsFiles) else None


def dropped_files(settings: Settings, ports: Ports) -> Files:
    """Return where files lie as they were dropped, below `incoming/`: in the bucket, or beside the folder of files."""
    if settings.files != "folder":
        return ports.files
    from shared.adapters.local.folder import FolderFiles

    return FolderFiles(settings.home)


def back_up_home(settings: Settings, target: Path, passphrase: str | None) -> BackupReport:
    """Write the home on this machine to one file. Raises `Misconfigured` where there is none."""
    from shared.operations.backup import back_up

    if settings.store != "sqlite" or settings.files != "folder":
        raise Misconfigured("backup is for a home on this machine; Firestore and Cloud Storage have their own")
    if not (settings.home / _DATABASE).exists():
        raise Misconfigured(f"--home {settings.home}: there is nothing to back up yet")
    store = _sqlite_store(settings.home, secret_fingerprint(_key_secret(settings)))
    try:
        return back_up(settings.home, store, _sqlite_store, target, utc_now(), passphrase)
    finally:
        store.close()


def restore_home(settings: Settings, source: Path, passphrase: str | None) -> BackupReport:
    """Make the home of a backup. Raises `InvalidRequest` where the home holds anything."""
    from shared.operations.backup import restore

    return restore(source, settings.home, _sqlite_store, passphrase)


def is_encrypted_backup(source: Path) -> bool:
    """Tell whether a backup needs a passphrase; False where it cannot be read."""
    from shared.operations.encryption import is_encrypted

    try:
        with source.open("rb") as file:
            return is_encrypted(file)
    except OSError:
        return False


def utc_now() -> str:
    """Return the time as the documents write it: to the microsecond, so that two imports are never of one time."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class _Lazy:
    """Something that is made when it is first asked for anything: the lexicons cost more than a health check."""

    def __init__(self, make: Callable[[], object]) -> None:
        self._make = cache(make)

    def __getattr__(self, name: str) -> object:
        return getattr(self._make(), name)


def _sqlite(settings: Settings) -> Store:
    return _sqlite_store(settings.home, secret_fingerprint(_key_secret(settings)))


def _sqlite_store(home: Path, fingerprint: str | None = None) -> SqliteStore:
    from shared.adapters.sqlite.store import SqliteStore

    return SqliteStore(home / _DATABASE, secret_fingerprint=fingerprint)


def _firestore(settings: Settings) -> Store:
    from shared.adapters.firestore.store import FirestoreStore

    return FirestoreStore(settings.google.project, settings.google.database)


def _folder(settings: Settings) -> Files:
    from shared.adapters.local.folder import FolderFiles

    return FolderFiles(settings.home / "files")


def _gcs(settings: Settings) -> Files:
    from shared.adapters.gcs.files import GcsFiles

    return GcsFiles(settings.google.bucket, settings.google.project, settings.google.storage_host)


def _threads(settings: Settings, handler: Callable[[Task, bool], object]) -> Queue:
    from shared.adapters.local.threads import ThreadQueue

    return ThreadQueue(handler, settings.workers)


def _cloud_tasks(settings: Settings, _handler: Callable[[Task, bool], object]) -> Queue:
    from shared.adapters.cloud_tasks import CloudTasksQueue

    google = settings.google
    return CloudTasksQueue(
        google.project, google.region, google.functions_url, google.tasks_account, host=google.tasks_host
    )


def _offline(_settings: Settings) -> Model:
    from shared.adapters.offline.model import OfflineModel

    return OfflineModel()


def _gemini(settings: Settings) -> Model:
    from shared.adapters.gemini.model import GeminiModel

    gemini = settings.gemini
    return GeminiModel(
        text_model=gemini.text_model,
        embedding_model=gemini.embedding_model,
        prices=gemini.prices,
        api_key=gemini.api_key,
        project=settings.google.project,
        location=gemini.location,
        url=gemini.url,
        tier=gemini.tier,
        per_minute=gemini.per_minute,
        concurrency=gemini.concurrency,
    )


# The table of contents: what each value of SHORTLIST_STORE, _FILES, _QUEUE and _MODEL stands for.
_STORES: Final[dict[str, Callable[[Settings], Store]]] = {"sqlite": _sqlite, "firestore": _firestore}
_FILES: Final[dict[str, Callable[[Settings], Files]]] = {"folder": _folder, "gcs": _gcs}
_QUEUES: Final[dict[str, Callable[[Settings, Callable[[Task, bool], object]], Queue]]] = {
    "threads": _threads,
    "cloud_tasks": _cloud_tasks,
}
_MODELS: Final[dict[str, Callable[[Settings], Model]]] = {"offline": _offline, "gemini": _gemini}


def _worker(settings: Settings) -> Worker:
    if settings.store == "sqlite":
        from shared.adapters.local.process import LocalWorker

        return LocalWorker(settings.home / "workers")
    from shared.adapters.local.instance import InstanceWorker

    return InstanceWorker()


def _key_secret(settings: Settings) -> bytes:
    if settings.store == "sqlite":
        return _secret(settings.home)
    return bytes.fromhex(settings.google.key_secret)


def _secret(home: Path) -> bytes:
    """Return the secret of the identity keys, made on first use; two processes that start together agree on one.

    Raises `Misconfigured` where records are there already: with a new secret everybody would be stored twice.
    """
    path = home / _SECRET
    if not path.exists():
        if (home / _DATABASE).exists():
            raise Misconfigured(
                f"{path} is missing: without it nobody here would be recognised again; put it back (a backup holds it)"
            )
        fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_bytes(secrets.token_bytes(32))
        try:
            os.link(fresh, path)  # fails when another process was first
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_bytes()


def _log_calls(path: Path | None) -> None:
    calls = logging.getLogger("shortlist.calls")
    if path and not calls.handlers:
        calls.addHandler(logging.FileHandler(path, encoding="utf-8"))
        calls.setLevel(logging.INFO)
        calls.propagate = False
