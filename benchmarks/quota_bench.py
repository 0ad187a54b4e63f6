"""What is used of a quota: configured, found, and shared by four processes, beside the usual loops.

python -m benchmarks.quota_bench --seconds 65

Generate and embed share the quota of a fake service that counts the calls of any 60 seconds and takes 300 ms for each.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from benchmarks.figures import Figure, run_alone
from benchmarks.quota_simulator import GUESSES, cases, simulate
from benchmarks.terminal import ROOT
from shared.adapters.gemini.model import GeminiModel
from shared.config import PRICES

LATENCY: Final = 0.3
SLACK: Final = 1.5  # seconds for the workers' start, before the time counts
STORM_TEXTS: Final = 1000
STORM: Final = ["ok"] * 5 + ["429"] * 40  # five requests are answered, then forty are refused
OTHERS: Final = ROOT / ".bench" / "others" / "bin" / "python"


@dataclass(frozen=True)
class Run:
    """What the service counted in the time, and what the clients had in hand at their end."""

    used: float  # share of the quota
    refused: float  # share of all calls
    calls: int
    items: int
    lost: int


@contextmanager
def service(*options: str) -> Iterator[str]:
    """Start the fake in a process of its own; gives its address."""
    command = [sys.executable, "tests/fake_gemini.py", "--made-up-vectors", *options]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield process.stdout.readline().strip()
    finally:
        process.terminate()
        process.wait()


def asked(url: str, path: str = "/calls", body: Any = None) -> dict[str, dict[str, int]]:
    """Return the fake's counts, or set its faults."""
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(url + path, data)) as answer:
        found: dict[str, dict[str, int]] = json.load(answer)
    return found


def measure(client: str, quota: int, seconds: int, workers: int = 1, known: bool = True) -> Run:
    """Let clients work against one service; each has its share of the quota."""
    with service("--quota", str(quota), "--latency", str(LATENCY)) as url:
        until = time.time() + SLACK + seconds
        share = str(quota // workers if known else 0)
        command = [sys.executable, "-m", "benchmarks.quota_clients", client, url, share, str(until)]
        processes = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(workers)]
        while not asked(url)["outcomes"].get("ok"):
            if time.time() > until:
                raise TimeoutError(f"the client {client!r} got no answer")
            time.sleep(0.02)
        began = time.monotonic()
        time.sleep(max(0.0, until - time.time()))
        stretch, counted = time.monotonic() - began, asked(url)["outcomes"]
        ends = [json.loads(process.communicate()[0]) for process in processes]
        final = sum(asked(url)["outcomes"].values())
    total = sum(counted.values())
    return Run(
        used=counted.get("ok", 0) / (quota * stretch / 60),
        refused=counted.get("quota", 0) / total,
        calls=final,
        items=sum(end["items"] for end in ends),
        lost=sum(end["lost"] for end in ends),
    )


def figures(seconds: int = 65) -> list[Figure]:
    """Measure every client for `seconds` each."""
    return [*configured_figures(seconds), *other_loops_figures(seconds), *found_figures(), *storm_figures()]


def configured_figures(seconds: int) -> list[Figure]:
    """The quota is known, to one process or to four with a quarter each."""
    found: list[Figure] = []
    for quota, workers in ((300, 1), (2000, 1), (2000, 4)):
        run = measure("ours", quota, seconds, workers)
        name = f"quota {quota:,}/min" + (f", {workers} processes" if workers > 1 else "")
        found += [
            Figure(f"{name}: used", run.used, target=0.97, note=_starts(workers)),
            Figure(f"{name}: refused", run.refused, target=0.01, better="low", note="share of all calls"),
            Figure(f"{name}: calls an item", run.calls / max(1, run.items + run.lost), target=1.05, better="low"),
            Figure(f"{name}: items lost", run.lost, target=0, better="equal", note=f"of {run.items:,}"),
        ]
        if workers > 1:
            found.append(Figure(f"{name}: sum within the quota", run.used, target=1.0, better="low"))
    return found


def _starts(workers: int) -> str:
    return "the time counts from the first process's first answer" if workers > 1 else ""


def other_loops_figures(seconds: int) -> list[Figure]:
    """The loops most projects have, on the smaller quota. Over 1 is possible: 65 s see the start of a second minute,
    and who is refused anyway sends that minute's calls at once."""
    found = []
    for client, name in (("sequential", "a loop with 2 s sleep"), ("naive", "a pool of 8")):
        run = measure(client, 300, seconds)
        note = f"{run.refused:.0%} of {run.calls:,} calls refused, {run.lost:,} items lost"
        found.append(Figure(f"quota 300/min, {name}: used", run.used, note=note))
    return found


def found_figures() -> list[Figure]:
    """The quota is not known: ten simulated minutes from first guesses a factor 30 off, five kinds of servers."""
    runs = [(case, simulate(case)) for case in cases((300, 700, 2000), GUESSES)]
    minutes = [result for case, result in runs if case.kind != "slide10"]
    reached = [result.used >= 0.8 and result.refused <= 0.03 for _, result in runs]
    middle = statistics.median(result.used for _, result in runs)
    return [
        Figure("quota unknown: used, worst run", min(r.used for r in minutes), target=0.8,
               note=f"{len(minutes)} runs, median of all {middle:.2f}"),
        Figure("quota unknown: refused, worst run", max(r.refused for r in minutes), target=0.03, better="low"),
        Figure("quota unknown: runs that reach both", statistics.mean(reached),
               note=f"of {len(runs)}, servers that count 10 seconds included"),
    ]  # fmt: skip


def storm_figures() -> list[Figure]:
    """Vectors that were paid for and are gone: 1,000 texts, five requests answered, forty refused."""
    found = [Figure("429 storm: paid vectors lost", _our_storm(), target=0, better="equal")]
    for name in ("langchain", "llamaindex"):
        if not OTHERS.exists():
            found.append(Figure(f"429 storm, {name}: lost", 0, note="not measured: see requirements-bench.txt"))
            continue
        with service() as url:
            asked(url, "/faults", {"script": STORM})
            command = [str(OTHERS), "benchmarks/quota_others.py", name, url, str(STORM_TEXTS)]
            ended = json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)
            paid = asked(url)["calls"]["texts"]
        note = f"of {paid} paid; ended with {ended['error']}"
        found.append(Figure(f"429 storm, {name}: paid vectors lost", paid - ended["kept"], note=note))
    return found


def _our_storm() -> int:
    """Return the vectors lost until every text has one."""
    with service() as url:
        asked(url, "/faults", {"script": STORM})
        model = GeminiModel(
            text_model="gemini-3.5-flash-lite", embedding_model="gemini-embedding-2", prices=PRICES, api_key="a-key",
            url=url, per_minute=6000,
        )  # fmt: skip
        left = [f"text number {n}" for n in range(STORM_TEXTS)]
        kept = 0
        while left:
            replies = model.embed(left, "document")
            kept += sum(reply.value is not None for reply in replies)
            left = [text for text, reply in zip(left, replies, strict=True) if reply.value is None]
        return asked(url)["calls"]["texts"] - kept


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 1 when a target was missed."""
    return run_alone(__doc__, figures, "--seconds", 65)


if __name__ == "__main__":
    sys.exit(main())
