"""How soon `shortlist serve` answers its health route, next to an empty Flask app started the same way.

python -m benchmarks.serve_bench
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter, sleep
from typing import Final

from benchmarks.figures import Figure, figures_table, missed
from benchmarks.terminal import ROOT, Terminal

ROUNDS: Final = 7
PATIENCE: Final = 30.0  # seconds
EMPTY_APP: Final = """
import sys
from flask import Flask
from werkzeug.serving import make_server
app = Flask("empty")
app.add_url_rule("/healthz", "healthz", lambda: "ok")
make_server("127.0.0.1", int(sys.argv[1]), app, threaded=True).serve_forever()
"""


def seconds_to_answer(command: Sequence[str], port: int) -> float:
    """Return seconds from start of the process to the first 200 of /healthz. Raises `TimeoutError`."""
    began = perf_counter()
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONUTF8": "1"}, stdout=quiet, stderr=quiet)
    try:
        while not answers(port):
            if process.poll() is not None or perf_counter() - began > PATIENCE:
                raise TimeoutError(f"no answer from {command[-5:]}, ended with {process.poll()}")
            sleep(0.002)
        return perf_counter() - began
    finally:
        process.send_signal(signal.SIGINT)
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def answers(port: int) -> bool:
    """Whether the health route answers 200 now."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=5) as reply:
            return bool(reply.status == 200)
    except (urllib.error.URLError, ConnectionError):
        return False


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def figures() -> list[Figure]:
    """Return the start of serve as a ratio to an empty app; medians of interleaved starts, the first pair unused."""
    ours, empty = [], []
    with tempfile.TemporaryDirectory(prefix="shortlist-bench-") as place:
        terminal = Terminal(Path(place) / "home")
        for _ in range(ROUNDS + 1):
            port = free_port()
            empty.append(seconds_to_answer([sys.executable, "-c", EMPTY_APP, str(port)], port))
            port = free_port()
            ours.append(seconds_to_answer(terminal.command("serve", "--port", str(port)), port))
    note = f"floor: an empty Flask app; medians of {ROUNDS} starts in turn"
    return [Figure("serve: start to /healthz", median(ours[1:]), "s", median(empty[1:]), 1.5, "low", note)]


def main() -> int:
    """Print the table; return 1 when the target was missed."""
    found = figures()
    print(figures_table(found))
    return int(missed(found))


if __name__ == "__main__":
    sys.exit(main())
