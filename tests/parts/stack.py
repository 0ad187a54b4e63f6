"""The whole product as on Google Cloud, on this machine: real parts where there are any, fakes by wire elsewhere.

Every function is a functions-framework process of its own; a router stands where Google's addresses would, so that
`https://REGION-PROJECT.cloudfunctions.net/NAME` becomes `http://127.0.0.1:PORT/NAME`.
"""

from __future__ import annotations

import contextlib
import http.client
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from fake_cloud_tasks import FakeCloudTasks, cloud_tasks
from fake_gemini import Behaviour, FakeGemini

from parts.emulators import firestore_emulator, free_port
from parts.events import storage_events
from parts.storage import make_bucket
from shared.adapters.firestore.store import FirestoreStore
from shared.adapters.gcs.files import GcsFiles
from shared.models.collections import MEMBERS
from shared.ports import Create
from shared.stages.table import ATTEMPTS, TABLE

ROOT = Path(__file__).resolve().parents[2]
REGION = "europe-west1"
ACCOUNT = "tasks@demo.iam.gserviceaccount.com"
_STARTING = 60.0  # seconds


class Function:
    """One function in a process of its own; it can be killed and started again on the same port."""

    def __init__(self, export: str, signature: str, env: Mapping[str, str]) -> None:
        self.export, self.port = export, free_port()
        self._signature, self._env = signature, env
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 closed by `close`
        self.start()

    def start(self) -> None:
        """Start the process."""
        command = [sys.executable, "-m", "functions_framework", "--target", self.export, "--source", "main.py"]
        command += ["--signature-type", self._signature, "--port", str(self.port), "--host", "127.0.0.1"]
        env = {**os.environ, **self._env}
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=self._log, stderr=self._log, start_new_session=True
        )

    def wait(self) -> None:
        """Wait until it listens."""
        until = time.monotonic() + _STARTING
        while time.monotonic() < until:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), 2):
                return
            assert self.process.poll() is None, f"{self.export} ended with {self.process.returncode}"
            time.sleep(0.1)
        raise AssertionError(f"{self.export} does not listen")

    def kill(self) -> None:
        """End it as a machine that dies does, workers of the server included."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, 9)
        self.process.wait()

    def log(self) -> str:
        """Return what it has written."""
        self._log.seek(0)
        return self._log.read().decode(errors="replace")

    def close(self) -> None:
        """Kill it for good."""
        self.kill()
        self._log.close()


@dataclass
class Stack:
    """What a test may look at and break."""

    store: FirestoreStore
    files: GcsFiles
    tasks: FakeCloudTasks
    gemini: FakeGemini
    functions: dict[str, Function]  # by deployed name
    url: str  # in front of every deployed name

    def call(self, deployed: str, path: str = "", body: bytes | None = None) -> tuple[int, bytes]:
        """Call a function as Scheduler and people do: signed as the account of the tasks."""
        headers = {"Content-Type": "application/json"}
        token = self.tasks.signing.token(f"{self.url}/{deployed}", ACCOUNT)
        headers["Authorization"] = f"Bearer {token}"
        request = urllib.request.Request(f"{self.url}/{deployed}{path}", body, headers, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=120) as response:
                return response.status, response.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read()


@contextlib.contextmanager
def whole_stack(behaviour: Behaviour, firestore: str = "") -> Iterator[Stack]:
    """Start everything; stop everything. `firestore`: an emulator that runs already."""
    project = f"demo-{secrets.token_hex(4)}"
    with contextlib.ExitStack() as parts:
        firestore = firestore or parts.enter_context(firestore_emulator())
        events = parts.enter_context(storage_events())
        gemini = parts.enter_context(FakeGemini(behaviour))
        tasks = parts.enter_context(cloud_tasks(speed=5, seed=1))
        tasks.make_queues(
            project, REGION, sorted({each.queue for each in TABLE}),
            retry_config={"max_attempts": ATTEMPTS}, rate_limits={"max_concurrent_dispatches": 2},
        )  # fmt: skip
        name = make_bucket(events.server)
        router = parts.enter_context(_router())
        env = {
            "SHORTLIST_BACKEND": "google",
            "GOOGLE_CLOUD_PROJECT": project,
            "FIRESTORE_EMULATOR_HOST": firestore,
            "STORAGE_EMULATOR_HOST": events.server,
            "SHORTLIST_BUCKET": name,
            "SHORTLIST_REGION": REGION,
            "SHORTLIST_FUNCTIONS_URL": router.url,
            "SHORTLIST_TASKS_ACCOUNT": ACCOUNT,
            "SHORTLIST_TASKS_HOST": tasks.address,
            "SHORTLIST_CERTS_URL": tasks.signing.certs_url,
            "SHORTLIST_KEY_SECRET": "11" * 32,
            "GEMINI_API_KEY": "fake",
            "SHORTLIST_GEMINI_URL": gemini.url,
            "SHORTLIST_GEMINI_PER_MINUTE": "60000",
        }
        functions = {name: Function(export, kind, env) for name, (export, kind) in _deployed().items()}
        for function in functions.values():
            parts.callback(function.close)
        for function in functions.values():
            function.wait()
        router.ports.update({name: function.port for name, function in functions.items()})
        events.deliver_to(f"{router.url}/onUpload")
        parts.enter_context(_environment({"FIRESTORE_EMULATOR_HOST": firestore}))
        store = FirestoreStore(project)
        parts.callback(store.close)
        member = {"id": ACCOUNT, "role": "service", "pools": ["default"]}  # so that it may ask the api, too
        store.commit([[Create(MEMBERS, ACCOUNT, member)]])
        files = GcsFiles(name, project, events.server, patience=5)
        parts.callback(files.close)
        yield Stack(store, files, tasks, gemini, functions, router.url)


def _deployed() -> dict[str, tuple[str, str]]:
    """Deployed name -> export and signature."""
    doors = {
        "api": ("api", "http"),
        "onUpload": ("on_upload", "cloudevent"),
        "backfill": ("backfill", "http"),
    }
    return doors | {each.deployed: (each.export, "http") for each in TABLE}


@contextlib.contextmanager
def _environment(wanted: Mapping[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})


class _Router(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Forward)
        self.ports: dict[str, int] = {}

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Forward(BaseHTTPRequestHandler):
    """Send `/NAME/rest` to the function deployed as NAME; one that is down is a 503, as on Google Cloud."""

    server: _Router

    def do_POST(self) -> None:
        name, _, rest = self.path[1:].partition("/")
        name, mark, query = name.partition("?")
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        try:
            with contextlib.closing(
                http.client.HTTPConnection("127.0.0.1", self.server.ports[name], timeout=600)
            ) as line:
                line.request(self.command, f"/{rest}{mark}{query}", body or None, dict(self.headers))
                answer = line.getresponse()
                status, headers, said = answer.status, answer.headers, answer.read()
        except (OSError, http.client.HTTPException, KeyError):
            status, headers, said = 503, http.client.HTTPMessage(), b"no instance"
        self.send_response(status)
        for header in ("Content-Type", "Retry-After"):
            if headers.get(header):
                self.send_header(header, str(headers[header]))
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    do_GET = do_POST

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def _router() -> Iterator[_Router]:
    router = _Router()
    threading.Thread(target=router.serve_forever, args=(0.05,), daemon=True).start()
    try:
        yield router
    finally:
        router.shutdown()
        router.server_close()
