"""How soon each function is up, next to an empty one and to one that imports everything, and its first real request.

python -m benchmarks.cold_start_bench [--before COMMIT --worktree FOLDER]

With `--before`, the first task, candidate read and search are compared with those of an earlier commit.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, Final

from benchmarks.figures import Figure, figures_table, missed
from benchmarks.first_requests import checked_out, first_requests
from benchmarks.serving import PATIENCE, PORT, served
from benchmarks.terminal import ROOT
from shared.stages.table import TABLE

ROUNDS: Final = 5
TARGETS: Final = ("classify", "api")  # whose first real requests are measured
HEALTH: Final = "/health"  # of the API; the framework itself answers /robots.txt of every function
EMPTY: Final = "def empty(request):\n    return 'ok'\n"
EAGER: Final = f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
import google.cloud.firestore, google.cloud.storage, google.cloud.tasks_v2, google.genai, google.auth.transport.requests
import numpy, pydantic, orjson, rapidfuzz
import shared.operations.backfill, shared.imports.uploads, shared.search.find, shared.stages.parse
from main import classify
"""
EVENT: Final = {
    "ce-id": "1",
    "ce-source": "s",
    "ce-specversion": "1.0",
    "ce-type": "google.cloud.storage.object.v1.finalized",
}


@dataclass(frozen=True)
class Cold:
    """Seconds of one cold start."""

    up: float  # until the process answers at all
    first: float  # then, until it has answered a real request


def cold_start(target: str, source: Path, home: Path, path: str, body: Any, headers: dict[str, str]) -> Cold:
    """Start a function by itself, as its container does, and ask it once. Raises `TimeoutError`."""
    command = [sys.executable, "-m", "functions_framework", "--target", target, "--source", str(source)]
    command += ["--host", "127.0.0.1", "--port", PORT]
    answers = HEALTH if target == "api" else "/robots.txt"
    with served(command, answers, refusing=True, environment={"SHORTLIST_HOME": str(home)}) as server:
        data, began = None if body is None else json.dumps(body).encode(), perf_counter()
        request = urllib.request.Request(f"http://127.0.0.1:{server.port}{path}", data, headers)
        with urllib.request.urlopen(request, timeout=PATIENCE) as reply:
            reply.read()
        return Cold(server.seconds, perf_counter() - began)


def request_of(export: str) -> tuple[str, Any, dict[str, str]]:
    """Return path, body and headers of a request that does real work on an empty home."""
    known = next((each for each in TABLE if each.export == export), None)
    if known:
        task = {"kind": known.kind, "stage": known.stage, "ids": ["nobody"], "run_id": "r"}
        return "/", task, {"X-CloudTasks-TaskName": "t"}
    if export == "on_upload":
        event = {"bucket": "b", "name": "incoming/csv/default/people.csv", "generation": "1", "size": "1"}
        return "/", event, {"Content-Type": "application/json", **EVENT}
    return ("/stats", None, {}) if export == "api" else ("/", {}, {})


def figures(rounds: int = ROUNDS) -> list[Figure]:
    """Return each function's start as a ratio to an empty one's, and its first request; medians of starts in turn."""
    import main

    names = sorted(main.entry_points)
    with tempfile.TemporaryDirectory(prefix="shortlist-bench-") as place:
        folder = Path(place)
        empty, eager = _written(folder / "empty.py", EMPTY), _written(folder / "eager.py", EAGER)
        found: dict[str, list[Cold]] = {name: [] for name in ("empty", "eager", *names)}
        for _ in range(rounds + 1):
            found["empty"].append(cold_start("empty", empty, folder, "/", {}, {}))
            found["eager"].append(cold_start("classify", eager, folder, *request_of("classify")))
            for name in names:
                found[name].append(cold_start(name, ROOT / "main.py", folder, *request_of(name)))
    floor, note = _median(found["empty"]), f"floor: an empty function; medians of {rounds} starts in turn"
    up = [Figure(f"cold start of {name}", _median(found[name]), "s", floor, 1.3, "low", note) for name in names]
    first = [Figure(f"first request of {name}", median(c.first for c in found[name][1:]), "s") for name in names]
    return [*up, *first, Figure("cold start, everything imported", _median(found["eager"]), "s", floor, note=note)]


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def _median(starts: Sequence[Cold]) -> float:
    """The first start fills caches and is not counted."""
    return median(start.up for start in starts[1:])


def main() -> int:
    """Print the table; return 1 when a target was missed."""
    parser = argparse.ArgumentParser(description="How soon each function is up, and its first real requests.")
    parser.add_argument("--before", help="a commit the first real requests are compared with")
    parser.add_argument("--worktree", type=Path, help="a new folder that commit is checked out into")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--only-requests", action="store_true", help="leave the starts out")
    options = parser.parse_args()
    found = [] if options.only_requests else figures(options.rounds)
    with tempfile.TemporaryDirectory(prefix="shortlist-bench-") as place:
        work = Path(place)
        if options.before is None:
            found += first_requests(work, TARGETS, options.rounds)
        else:
            with checked_out(options.before, options.worktree or work / "checkout") as earlier:
                found += first_requests(work, TARGETS, options.rounds, earlier)
    print(figures_table(found))
    return int(missed(found))


if __name__ == "__main__":
    sys.exit(main())
