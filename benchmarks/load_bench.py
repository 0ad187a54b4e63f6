"""How `serve` bears a load: 20 requests a second over 20,000 people from 50 connections while an import runs.

    BENCH_SECONDS=120 python -m benchmarks.load_bench [--candidates 20000]

The load is open: requests come when they come, whether or not the ones before are answered, and a time counts from
when a request was due. Nine of ten read (lists, records, counts), every tenth searches. Client, server, import and
stages share the machine.
"""

from __future__ import annotations

import http.client
import json
import os
import queue
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from statistics import median, quantiles
from time import monotonic, sleep
from typing import Any, Final

from benchmarks.figures import Figure, run_alone
from benchmarks.import_bench import generated
from benchmarks.search_bench import built_home, texts
from benchmarks.serving import PATIENCE, served, shortlist_served

CANDIDATES: Final = 20_000
SECONDS: Final = float(os.environ.get("BENCH_SECONDS", "120"))
RATE: Final = 20.0  # requests a second
CONNECTIONS: Final = 50
SEARCH_EVERY: Final = 10
IMPORTED: Final = 100  # rows for every second of the load; with their stages they keep a worker busy throughout


@dataclass
class Measured:
    """What came back, by kind: milliseconds from when a request was due, and what went wrong."""

    times: dict[str, list[float]] = field(default_factory=lambda: {"read": [], "search": []})
    errors: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)


class Asker:
    """One connection, kept open as long as the server lets it."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def ask(self, method: str, path: str, body: Any = None) -> tuple[int, Any]:
        """Return status and JSON of one answer."""
        sent = None if body is None else json.dumps(body)
        for last in (False, True):
            try:
                self.connection.request(method, path, sent, {"Content-Type": "application/json"} if sent else {})
                reply = self.connection.getresponse()
                return reply.status, json.loads(reply.read() or b"{}")
            except (http.client.RemoteDisconnected, ConnectionError):  # kept open, and closed since
                self.connection.close()
                if last:
                    raise
        raise AssertionError("unreachable")


def requests(port: int) -> Iterator[tuple[str, str, str, Any]]:
    """Yield kind, method, path and body of one request after the other, for ever."""
    _, found = Asker(port).ask("GET", "/api/candidates/?limit=200")
    ids = cycle([each["id"] for each in found["candidates"]])
    said = cycle(list(texts()))
    lists = ("/api/candidates/?limit=50", "/api/candidates/?function=engineering&limit=50", "/api/imports/", "/stats",
             "/api/search-runs/", "/api/jobs/", "/api/cv-documents/")  # fmt: skip
    for number in cycle(range(SEARCH_EVERY * len(lists))):
        if number % SEARCH_EVERY == 0:
            yield "search", "POST", "/api/search-runs/", {"job_offer_text": next(said)}
        elif number % 2:
            yield "read", "GET", f"/api/candidates/{next(ids)}/", None
        else:
            yield "read", "GET", lists[number // 2 % len(lists)], None


def work(port: int, due: queue.Queue[Any], measured: Measured) -> None:
    """Be one connection: take what is due, ask, note the time."""
    asker = Asker(port)
    while (one := due.get()) is not None:
        at, kind, method, path, body = one
        try:
            status, said = asker.ask(method, path, body)
            wrong = "" if status < 400 else f"{path}: {status} {said.get('code')}"
        except Exception as error:
            wrong = f"{path}: {type(error).__name__}"
        with measured.lock:
            measured.times[kind].append(1000 * (monotonic() - at))
            measured.errors += [wrong] if wrong else []


def load(port: int, seconds: float) -> Measured:
    """Ask `RATE` times a second for so long; return what came back."""
    measured, due = Measured(), queue.Queue[Any]()
    threads = [threading.Thread(target=work, args=(port, due, measured)) for _ in range(CONNECTIONS)]
    for thread in threads:
        thread.start()
    asked, began = requests(port), monotonic()
    for number in range(round(seconds * RATE)):
        at = began + number / RATE
        sleep(max(0.0, at - monotonic()))
        due.put((at, *next(asked)))
    for _ in threads:
        due.put(None)
    for thread in threads:
        thread.join()
    return measured


class Listener(threading.Thread):
    """Listens to the events, and notes when each import was told to be done."""

    def __init__(self, port: int) -> None:
        super().__init__(daemon=True)
        self.port, self.done, self.last = port, dict[str, float](), ""

    def run(self) -> None:
        """Listen for ever; a stream that ends is taken up again where it ended."""
        while True:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
            try:
                known = {"Last-Event-ID": self.last} if self.last else {}
                connection.request("GET", "/api/events/", headers={"Accept": "text/event-stream", **known})
                for line in connection.getresponse():
                    self._hear(line.decode().rstrip())
            except (OSError, http.client.HTTPException):
                sleep(0.1)
            finally:
                connection.close()

    def _hear(self, line: str) -> None:
        name, _, said = line.partition(": ")
        if name == "id":
            self.last = said
        elif name == "data":
            job = json.loads(said)
            if job.get("state") in ("SUCCESS", "PARTIAL", "FAILED"):
                self.done.setdefault(job["id"], monotonic())


def small_imports(port: int, seconds: float, ended: dict[str, float]) -> None:
    """Import one person every five seconds, and note when the answer was there."""
    asker, until, number = Asker(port), monotonic() + seconds, 0
    while monotonic() < until:
        number += 1
        row = f"Name,Email\nLena Wolters,lena.{number}@small.example\n"
        asker.connection.request("POST", "/api/imports/?filename=small.csv", row, {"Content-Type": "text/csv"})
        said = json.loads(asker.connection.getresponse().read())
        ended[f"import-{said['import_id']}"] = monotonic()
        sleep(5)


def drop(home: Path, seconds: float) -> None:
    """Put an export of people nobody knows into the watched folder."""
    folder = home / "incoming" / "csv" / "default"
    folder.mkdir(parents=True, exist_ok=True)
    rows = generated(round(IMPORTED * seconds) + 1, seed=4)
    shutil.copy(rows, folder / "part")
    (folder / "part").rename(folder / "more.csv")


def figures(candidates: int = CANDIDATES) -> list[Figure]:
    """Return the times under load, while an import and its stages run."""
    with tempfile.TemporaryDirectory(prefix="shortlist-bench-") as place:
        home = Path(place) / "home"
        shutil.copytree(built_home(candidates), home)
        return under_load(home, SECONDS)


def under_load(home: Path, seconds: float) -> list[Figure]:
    """Return the figures of a home that is changed by it."""
    with served(shortlist_served(home)) as server:
        port = server.port
        Asker(port).ask("POST", "/api/search-runs/", {"job_offer_text": "nurse"})  # the model is loaded
        before = Asker(port).ask("GET", "/stats")[1]["total"]
        drop(home, seconds)
        listener, ended = Listener(port), dict[str, float]()
        beside = threading.Thread(target=small_imports, args=(port, seconds, ended))
        for thread in (listener, beside):
            thread.start()
        measured = load(port, seconds)
        beside.join()
        sleep(2)
        stats = Asker(port).ask("GET", "/stats")[1]
    for wrong in measured.errors[:5]:
        print(wrong, file=sys.stderr)
    left = sum(count for stage, count in stats["awaiting"].items() if stage not in ("ready", "failed"))
    came = f"{stats['total'] - before:,} people came meanwhile, {left:,} still await a stage"
    late = [max(0.0, listener.done.get(id_, at + PATIENCE) - at) for id_, at in ended.items()]
    reads, searches = measured.times["read"], measured.times["search"]
    asked = f"{len(reads) + len(searches):,} requests in {seconds:g} s from {CONNECTIONS} connections"
    return [
        Figure("load: errors", len(measured.errors), target=0, better="equal", note=asked),
        Figure("load: reads, p95", quantiles(reads, n=20)[18], "ms", target=150, better="low", note=came),
        Figure("load: searches, p95", quantiles(searches, n=20)[18], "ms", target=500, better="low"),
        Figure("load: an event, longest", max(late), "s", target=1, better="low", note=f"{len(late)} small imports"),
        Figure("load: reads, p50", median(reads), "ms", note="shown only"),
        Figure("load: searches, p50", median(searches), "ms", note="shown only"),
    ]


if __name__ == "__main__":
    sys.exit(run_alone(__doc__, figures, "--candidates", CANDIDATES))
