"""The first real request of a function: one task, one candidate read, one search; of this checkout and an earlier one.

An earlier commit is checked out into a folder of its own and measured in turn with this one, so that both meet the
same machine.
"""

from __future__ import annotations

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, Final

from benchmarks.figures import Figure
from benchmarks.serving import PATIENCE, PORT, served
from benchmarks.terminal import ROOT

_PEOPLE: Final = ROOT / "samples" / "candidates.csv"
_SERVE: Final = "serve"
_AS_FAST: Final = 1.0  # times the earlier commit's seconds


@dataclass(frozen=True)
class Request:
    """One request. `target`: the function that is started, or `serve`."""

    name: str
    target: str
    path: str
    body: Any = None

    def send(self, port: int) -> float:
        """Send it and return the seconds until the whole answer is there."""
        data = None if self.body is None else json.dumps(self.body).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"http://127.0.0.1:{port}{self.path}", data, headers)
        began = perf_counter()
        with urllib.request.urlopen(request, timeout=PATIENCE) as reply:
            reply.read()
        return perf_counter() - began


@dataclass(frozen=True)
class Checkout:
    """A version of the product, with a home of its own: what one stores another may not read."""

    folder: Path
    home: Path

    def prepare(self) -> str:
        """Import people and do everything that is due; return the id of one of them."""
        self._run("import", str(_PEOPLE))
        self._run("run")
        hits = json.loads(self._run("search", "engineer", "--top-k", "1", "--json"))["results"]
        return str(hits[0]["candidate_id"])

    def seconds(self, request: Request) -> float:
        """Start the function by itself, as its container does, and send the request once it answers at all."""
        environment = {"SHORTLIST_HOME": str(self.home)}
        if request.target == _SERVE:
            command = [sys.executable, "-m", "cli", "--home", str(self.home), _SERVE, "--port", PORT]
            with served(command, environment=environment, checkout=self.folder) as server:
                return request.send(server.port)
        command = [sys.executable, "-m", "functions_framework", "--target", request.target]
        command += ["--source", str(self.folder / "main.py"), "--host", "127.0.0.1", "--port", PORT]
        with served(command, "/robots.txt", True, environment, self.folder) as server:
            return request.send(server.port)

    def _run(self, *words: str) -> str:
        command = [sys.executable, "-m", "cli", "--home", str(self.home), *words]
        return subprocess.run(command, cwd=self.folder, capture_output=True, text=True, check=True).stdout


def requests_of(candidate_id: str, targets: Sequence[str]) -> list[Request]:
    """Return the real requests of these targets: functions of main.py, or `serve`."""
    task = {"kind": "candidates", "stage": "classify", "ids": [candidate_id], "run_id": "r"}
    search = {"job_offer_text": "senior backend engineer, Go or Java", "top_k": 5}
    path = f"/api/candidates/{candidate_id}/"
    requests = [Request("one task", "classify", "/", task)]
    for target in ("api", _SERVE):
        requests.append(Request("one candidate read", target, path))
        requests.append(Request("one search", target, "/api/search-runs/", search))
    return [request for request in requests if request.target in targets]


@contextmanager
def checked_out(commit: str, folder: Path) -> Iterator[Path]:
    """Yield the folder with an earlier commit in it; it is removed afterwards."""
    subprocess.run(["git", "worktree", "add", "--detach", "--quiet", str(folder), commit], cwd=ROOT, check=True)
    try:
        yield folder
    finally:
        subprocess.run(["git", "worktree", "remove", "--force", str(folder)], cwd=ROOT, check=True)


def first_requests(work: Path, targets: Sequence[str], rounds: int, earlier: Path | None = None) -> list[Figure]:
    """Return the seconds of each request; with an earlier checkout as a ratio to its seconds, in turn with it."""
    checkouts = [Checkout(ROOT, work / "now")]
    if earlier is not None:
        checkouts.append(Checkout(earlier, work / "earlier"))
    requests = [requests_of(checkout.prepare(), targets) for checkout in checkouts]
    figures = []
    for pair in zip(*requests, strict=True):
        seconds: list[list[float]] = [[] for _ in checkouts]
        for _ in range(rounds + 1):  # the first round fills caches
            for place, checkout in enumerate(checkouts):
                seconds[place].append(checkout.seconds(pair[place]))
        medians = [median(times[1:]) for times in seconds]
        figures.append(_figure(pair[0], medians, rounds))
    return figures


def _figure(request: Request, medians: Sequence[float], rounds: int) -> Figure:
    name = f"first request of {request.target}: {request.name}"
    if len(medians) == 1:
        return Figure(name, medians[0], "s", note=f"median of {rounds} starts")
    note = f"floor: the earlier commit; medians of {rounds} starts in turn"
    return Figure(name, medians[0], "s", medians[1], _AS_FAST, "low", note)
