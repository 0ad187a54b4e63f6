"""Servers as benches need them: in a process of their own, from the start to the first answer, and stopped."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, sleep
from typing import Final

from benchmarks.terminal import ROOT, Terminal

PATIENCE: Final = 60.0  # seconds until a server is given up
PORT: Final = "PORT"  # stands in a command for the port
_EMPTY_APP: Final = """
import sys
from flask import Flask
from werkzeug.serving import make_server
app = Flask("empty")
app.add_url_rule("/healthz", "healthz", lambda: "ok")
make_server("127.0.0.1", int(sys.argv[1]), app, threaded=True).serve_forever()
"""


@dataclass(frozen=True)
class Server:
    """One that has answered."""

    port: int
    pid: int
    seconds: float  # from the start of its process to its first answer


@contextmanager
def served(
    command: Sequence[str],
    path: str = "/healthz",
    refusing: bool = False,
    environment: Mapping[str, str] | None = None,
    checkout: Path = ROOT,
) -> Iterator[Server]:
    """Start a server on a free port and wait until it answers; stop it afterwards. Raises `TimeoutError`.

    `refusing`: an answer that refuses is one, too. `checkout`: of the product that is served.
    """
    port, quiet = _free_port(), subprocess.DEVNULL
    words = [str(port) if word == PORT else word for word in command]
    variables = {**os.environ, "PYTHONUTF8": "1", **(environment or {})}
    began = perf_counter()
    process = subprocess.Popen(words, cwd=checkout, env=variables, stdout=quiet, stderr=quiet)
    try:
        while not _answers(f"http://127.0.0.1:{port}{path}", refusing):
            if process.poll() is not None or perf_counter() - began > PATIENCE:
                raise TimeoutError(f"no answer from {words[-7:]}, ended with {process.poll()}")
            sleep(0.002)
        yield Server(port, process.pid, perf_counter() - began)
    finally:
        _stop(process)


def shortlist_served(home: Path) -> Sequence[str]:
    """Return the command that serves a home."""
    return Terminal(home).command("serve", "--port", PORT)


def empty_app() -> Sequence[str]:
    """Return the command of an app that does nothing: how long it takes is how busy the machine is."""
    return [sys.executable, "-c", _EMPTY_APP, PORT]


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _answers(url: str, refusing: bool) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as reply:
            return bool(reply.status == 200)
    except urllib.error.HTTPError as refused:
        with refused:
            return refusing
    except (urllib.error.URLError, ConnectionError):
        return False


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
