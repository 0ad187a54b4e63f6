"""A backfill of 1,160 jobs as fast as a quota lets it go, beside the usual loop.

python -m benchmarks.backfill_bench --jobs 1160

The service is a fake with a quota of 300 calls a minute, 300 ms for each. BENCH_SCALE=10 makes the quota ten times as
large and the run ten times as short; the table says so.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Final

from benchmarks.figures import Figure, run_alone
from benchmarks.quota_bench import LATENCY, asked, service
from shared import wiring
from shared.adapters.gemini.model import GeminiModel
from shared.config import GeminiSettings, Settings
from shared.jobs.jobs import write_jobs
from shared.models.job import JobFacts
from shared.ports import Ports
from shared.repair import Repair, find

JOBS: Final = 1160
QUOTA: Final = 300
PAUSE: Final = 2.0  # seconds the usual loop sleeps after each record
SLICE: Final = 10  # records the usual loop is measured on
_ROLES: Final = ("Backend Engineer", "Data Scientist", "Product Designer", "Account Executive", "Nurse", "Controller")


def figures(jobs: int = JOBS) -> list[Figure]:
    """Measure the backfill and a slice of the usual loop."""
    scale = float(os.environ.get("BENCH_SCALE", "1"))  # of the bench, not of the product
    quota = round(QUOTA * scale)
    with service("--quota", str(quota), "--latency", str(LATENCY)) as url, tempfile.TemporaryDirectory() as home:
        seconds, calls, done = _backfill(url, Path(home), jobs, quota)
    own = calls / quota * 60
    usual = _usual_loop() * jobs
    shortened = f", quota {quota:,} instead of {QUOTA}/min" if scale != 1 else ""
    return [
        Figure("backfill of jobs: time over the quota's own", seconds, "s", floor=own, target=1.03, better="low",
               note=f"{done:,} jobs, {calls:,} calls{shortened}"),
        Figure("the usual loop with 2 s sleep", usual, "s",
               note=f"extrapolated from {SLICE} records, two calls each; {usual / seconds:.1f} times ours"),
    ]  # fmt: skip


def _backfill(url: str, home: Path, jobs: int, quota: int) -> tuple[float, int, int]:
    """Return the seconds, the calls the service took, and the jobs that were done."""
    gemini = GeminiSettings(api_key="a-key", url=url, per_minute=quota)
    ports = wiring.connect(Settings(home=home, model="gemini", gemini=gemini), wiring.deliver_nothing)
    write_jobs(ports, "default", [_job(number) for number in range(jobs)])
    findings = find(ports, "jobs").findings
    assert len(findings) == jobs
    began = time.monotonic()
    did = Repair(ports, "jobs", batch_size=50, workers=3).run(findings)
    seconds = time.monotonic() - began
    _close(ports)
    return seconds, asked(url)["outcomes"]["ok"], did.done


def _job(number: int) -> JobFacts:
    role = _ROLES[number % len(_ROLES)]
    said = f"We look for a {role} with {number % 9 + 1} years of experience in Java, SQL and team {number}."
    return JobFacts(external_id=f"job-{number}", title=role, company=f"Acme {number}", description=said)


def _close(ports: Ports) -> None:
    wiring.thread_queue(ports).stop()
    ports.store.close()


def _usual_loop() -> float:
    """Return the seconds a record takes in a loop of one call after the other, with a sleep behind each record."""
    with service("--latency", str(LATENCY)) as url:
        prices = GeminiSettings().prices
        model = GeminiModel(
            text_model="gemini-3.5-flash-lite", embedding_model="gemini-embedding-2", prices=prices, api_key="a-key",
            url=url, per_minute=10_000,
        )  # fmt: skip
        began = time.monotonic()
        for number in range(SLICE):
            text = _job(number).description
            model.split_job(text)
            model.embed([text], "document")
            time.sleep(PAUSE)
        return (time.monotonic() - began) / SLICE


def main() -> int:
    """Print the figures; 1 when a target was missed."""
    return run_alone(__doc__, figures, "--jobs", JOBS)


if __name__ == "__main__":
    sys.exit(main())
