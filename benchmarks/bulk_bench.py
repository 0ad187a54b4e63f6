"""A bulk upload as a recruiter makes it: are the processors busy, and does the web process still answer meanwhile?

python -m benchmarks.bulk_bench [--files 500]
"""

from __future__ import annotations

import contextlib
import http.client
import json
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Final

import psutil

from benchmarks.figures import Figure, run_alone
from benchmarks.made_cvs import made_cvs
from benchmarks.serving import empty_app, served, shortlist_served

PATIENCE: Final = 900.0  # seconds
EVERY: Final = 0.05  # seconds between two questions while the files are worked on
LIST: Final = "/api/cv-documents/?limit=20"
ENDED: Final = ("SUCCESS", "PARTIAL", "FAILED")
BOUNDARY: Final = "shortlist-bulk-bench"


@dataclass
class Measured:
    """What one upload took."""

    files: int
    failed: int = 0
    seconds: float = 0.0  # from the request to the last file's end
    cpu: float = 0.0  # seconds of processor that `serve` and its children used in that time
    idle: float = 0.0  # share of the time the processors had nothing to do, for whomever
    runnable: list[int] = field(default_factory=list)  # threads that ran or could have run, look by look
    waits: list[float] = field(default_factory=list)  # seconds each request made meanwhile waited for its answer
    empty: list[float] = field(default_factory=list)  # the same of an app that does nothing, on the same machine


def figures(count: int = 500) -> list[Figure]:
    """Upload `count` CVs to a process of `shortlist serve`, and ask it other things meanwhile."""
    scans = shutil.which("tesseract") is not None
    files = list(made_cvs(count, scans=scans))
    with (
        tempfile.TemporaryDirectory(prefix="shortlist-bench-") as place,
        served(shortlist_served(Path(place) / "home")) as server,
        served(empty_app()) as beside,
    ):
        found = measure(server.port, psutil.Process(server.pid), files, beside.port)
    cores = psutil.cpu_count() or 1
    wanted = sum(min(each, cores) for each in found.runnable) / len(found.runnable) / cores
    given = f"had {found.cpu / found.seconds / cores:.0%}; all of the machine: {1 - found.idle:.0%}"
    note = f"{len(found.waits)} requests, half under {at(found.waits, 0.5):.0f} ms"
    beside_note = (
        f"an empty app beside it: 99 of 100 within {at(found.empty, 0.99):.0f}, slowest {at(found.empty, 1):.0f} ms"
    )
    ended = f"{found.files} files in {found.seconds:.0f} s, {found.failed} failed{'' if scans else '; no tesseract'}"
    return [
        Figure("bulk upload: share of the processors it uses", wanted, target=0.85, note=given),
        Figure("bulk upload: 99 of 100 answers within", at(found.waits, 0.99), "ms", None, 200, "low", note),
        Figure("bulk upload: slowest answer", at(found.waits, 1), "ms", note=beside_note),
        Figure("bulk upload: processor time a file", 1000 * found.cpu / found.files, "ms", note=ended),
    ]


def at(waits: list[float], share: float) -> float:
    """Return within how many milliseconds that share of the answers came."""
    return 1000 * sorted(waits)[min(len(waits) - 1, int(share * len(waits)))]


def measure(port: int, server: psutil.Process, files: list[tuple[str, bytes]], beside: int) -> Measured:
    """Upload the files and wait until each has ended, asking for the health route and the status all the time."""
    body, found, ended = multipart(files), Measured(len(files)), threading.Event()
    ask("GET", port, "/stats")  # the first request connects
    sleep(2)
    asking = [
        threading.Thread(target=lambda: found.runnable.extend(looked(server, ended))),
        threading.Thread(target=lambda: found.waits.extend(asked(port, ("/healthz", LIST), ended))),
        threading.Thread(target=lambda: found.empty.extend(asked(beside, ("/healthz",), ended))),
    ]
    before, cpu, began = psutil.cpu_times(), cpu_seconds(server), monotonic()
    for each in asking:
        each.start()
    headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    batch = ask("POST", port, "/api/cv-documents/bulk/", body, headers)[1]
    path = f"/api/cv-documents/bulk/{batch['batch_id']}/status/"
    status, end = batch, monotonic() + PATIENCE
    while status["status"] not in ENDED and monotonic() < end:
        sleep(0.5)
        seconds, status = ask("GET", port, path)
        found.waits.append(seconds)
    found.seconds, found.cpu = monotonic() - began, cpu_seconds(server) - cpu
    after = psutil.cpu_times()
    ended.set()
    for each in asking:
        each.join()
    found.failed = status["failed_files"]
    found.idle = (after.idle - before.idle) / (sum(after[:8]) - sum(before[:8]))
    return found


def asked(port: int, paths: Sequence[str], until: threading.Event) -> Iterator[float]:
    """Yield how long each answer took."""
    while not until.wait(EVERY):
        for path in paths:
            yield ask("GET", port, path)[0]


def looked(server: psutil.Process, until: threading.Event) -> Iterator[int]:
    """Yield how many threads of a process and its children run or could run, were there processors enough."""
    while not until.wait(EVERY):
        yield sum(map(runnable, (server.pid, *(child.pid for child in server.children(recursive=True)))))


def runnable(pid: int) -> int:
    """Count a process's threads in state R, which is both; see proc(5)."""
    states = []
    with contextlib.suppress(OSError):  # it ended meanwhile
        for thread in Path(f"/proc/{pid}/task").iterdir():
            states.append((thread / "stat").read_text().rpartition(")")[2].split()[0])
    return states.count("R")


def ask(
    method: str, port: int, path: str, body: bytes | None = None, headers: dict[str, str] | None = None
) -> tuple[float, Any]:
    """Return seconds and the answer."""
    began = monotonic()
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)) as line:
        line.request(method, path, body, headers or {})
        answer = line.getresponse()
        text = answer.read()
        said = json.loads(text) if text.startswith(b"{") else text
    assert answer.status in (200, 202), said
    return monotonic() - began, said


def cpu_seconds(server: psutil.Process) -> float:
    """Return the processor time of a process, its living children and those it has waited for."""
    total = sum(server.cpu_times()[:4])
    for child in server.children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            total += sum(child.cpu_times()[:4])
    return float(total)


def multipart(files: list[tuple[str, bytes]]) -> bytes:
    """Return the body curl sends for `-F files=@NAME` of each."""
    parts = []
    for name, content in files:
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="{name}"\r\n'
        parts.append(f"{head}Content-Type: application/octet-stream\r\n\r\n".encode() + content + b"\r\n")
    return b"".join([*parts, f"--{BOUNDARY}--\r\n".encode()])


if __name__ == "__main__":
    sys.exit(run_alone(__doc__, figures, "--files", 500))
