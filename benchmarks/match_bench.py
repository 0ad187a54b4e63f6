"""How long matching takes: a new job against 100,000 people, and a new person against 5,000 open jobs.

    python -m benchmarks.match_bench [--candidates 100000]

Uses a copy of the home of search_bench; the jobs ask for what its people do. What is timed is the whole task: taken,
found, scored, saved.
"""

from __future__ import annotations

import io
import json
import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, Final

from benchmarks.bench_models import MadeUpVectors
from benchmarks.figures import Figure, run_alone
from benchmarks.search_bench import CANDIDATES, built_home, opened
from shared.jobs.jobs import import_jobs
from shared.models.collections import COLLECTIONS
from shared.pipeline.backlog import all_ids, due_ids
from shared.pipeline.run import run_task, tasks_for
from shared.ports import Ports
from shared.stages.table import ORDER

JOBS: Final = 5_000
TIMED: Final = 40  # of each kind, after some that warm caches
WARM: Final = 5


def jobs_like(ports: Ports, count: int) -> bytes:
    """Return jobs as JSON lines, each asking for the title, skills and place of one of the people."""
    rows = ports.store.query(COLLECTIONS["candidates"], limit=3 * count, fields=("profile", "person", "enrichment"))
    lines: list[str] = []
    for row in rows:
        title = (row.data["profile"].get("experiences") or [{}])[0].get("title")
        if title and len(lines) < count:
            skills = [skill["name"] for skill in (row.data.get("enrichment") or {}).get("skills") or ()][:4]
            asked = f"You know {', '.join(skills)}." if skills else "You know your trade."
            job = {"id": len(lines), "position": title, "location": row.data["person"].get("location") or "",
                   "description": f"{asked} At least {1 + len(lines) % 8} years of experience."}  # fmt: skip
            lines.append(json.dumps(job))
    return "\n".join(lines).encode()


def timed(ports: Ports, kind: str, ids: list[str]) -> list[float]:
    """Return seconds of each record's match task."""
    times = []
    for id_ in ids:
        (task,) = tasks_for(kind, "match", [id_], force=True)
        began = perf_counter()
        tally = run_task(ports, task)
        times.append(perf_counter() - began)
        assert tally.done == 1, tally
    return times[WARM:]


def spread(ports: Ports, kind: str) -> list[str]:
    """Return ids of records from all over the collection."""
    ids = all_ids(ports, kind)
    return ids[:: max(1, len(ids) // (TIMED + WARM))][: TIMED + WARM]


def figures(candidates: int = CANDIDATES, jobs: int = JOBS) -> list[Figure]:
    """Return the figures of matching."""
    with tempfile.TemporaryDirectory(prefix="shortlist-match-") as folder:
        home = Path(folder) / "home"
        shutil.copytree(built_home(candidates), home)
        connected: Any = opened(home)
        ports = replace(connected, model=MadeUpVectors(connected.model))
        import_jobs(ports, io.BytesIO(jobs_like(ports, jobs)), "jobs.jsonl", "default", 10**9)
        for stage in ORDER["jobs"][:-1]:
            for task in tasks_for("jobs", stage, due_ids(ports, "jobs", stage)):
                run_task(ports, task)
        people, offers = ports.store.count(COLLECTIONS["candidates"]), ports.store.count("jobs")
        of_jobs, of_people = (timed(ports, kind, spread(ports, kind)) for kind in ("jobs", COLLECTIONS["candidates"]))
        matches = ports.store.count("matches")
        ports.store.close()
    note = f"{len(of_jobs)} tasks, {matches:,} matches, vectors made up"
    return [
        Figure(f"a new job against {people:,} people, p50", median(of_jobs), "s", target=2, better="low", note=note),
        Figure("the slowest of them", max(of_jobs), "s", note="shown only"),
        Figure(f"a new person against {offers:,} open jobs, p50", 1000 * median(of_people), "ms", target=200,
               better="low", note=note),
        Figure("the slowest of them", 1000 * max(of_people), "ms", note="shown only"),
    ]  # fmt: skip


if __name__ == "__main__":
    sys.exit(run_alone(__doc__, figures, "--candidates", CANDIDATES))
