"""How long a whole search takes among 100,000 people: reading the text, finding, scoring, evidence.

    python -m benchmarks.search_bench [--candidates 100000]

The people are generated and come in through the import and the stages of the product; only their vectors are made up.
The home is kept in the temporary folder, for match_bench too, and used again while the product's code is the same;
100,000 take about 400 s of CPU to make, in two processes.
"""

from __future__ import annotations

import hashlib
import shutil
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Final

from benchmarks.bench_models import MadeUpVectors
from benchmarks.datasets import FIXTURES, in_folder
from benchmarks.figures import Figure, run_alone
from benchmarks.import_bench import generated
from benchmarks.terminal import ROOT, Terminal
from shared.config import Settings
from shared.models.caller import Caller
from shared.models.search_run import SearchAsked
from shared.pipeline.backlog import due_ids
from shared.pipeline.run import deliver, tasks_for
from shared.ports import Ports
from shared.search.find import search
from shared.search.runs import create_run
from shared.stages.table import ORDER
from shared.wiring import connect

sys.path.insert(0, str(FIXTURES / "gen"))

import synthpeople  # the project's own generator

CANDIDATES: Final = 100_000
KIND: Final = "candidates"
PROCESSES: Final = 2
FRESH: Final = 3  # fresh processes


def built_home(candidates: int) -> Path:
    """Return a home with so many people, every stage done; made once for the same code."""
    home = Path(tempfile.gettempdir()) / "shortlist-bench" / f"home-{candidates}-{code_hash()}"
    if not (home / "built").exists():
        for old in home.parent.glob(f"home-{candidates}-*"):
            shutil.rmtree(old)
        Terminal(home).text("import", str(generated(round(candidates / 0.79))))
        for stage in ORDER[KIND]:
            with ProcessPoolExecutor(PROCESSES) as pool:
                list(pool.map(run_share, *zip(*shares(home, stage), strict=True)))
        (home / "built").touch()
    return home


def code_hash() -> str:
    """Return a hash of all code a stored document depends on."""
    files = sorted([*(ROOT / "shared").rglob("*.py"), *(FIXTURES / "gen").rglob("*.py")])
    return hashlib.blake2b(b"".join(file.read_bytes() for file in files), digest_size=6).hexdigest()


def opened(home: Path) -> Ports:
    """Return the ports over a home; nothing is queued by itself."""
    return connect(Settings(home=home), lambda *_: None)


def shares(home: Path, stage: str) -> list[tuple[Path, str, list[str]]]:
    """Return one share of what awaits the stage for each process."""
    ports = opened(home)
    ids = due_ids(ports, KIND, stage)
    ports.store.close()
    return [(home, stage, ids[start::PROCESSES]) for start in range(PROCESSES)]


def run_share(home: Path, stage: str, ids: list[str]) -> None:
    """Run one stage over a share, with made-up vectors."""
    ports = opened(home)
    ports = replace(ports, model=MadeUpVectors(ports.model))
    for task in tasks_for(KIND, stage, ids):
        deliver(ports, task, follow=False)
    ports.store.close()


def texts() -> Iterator[str]:
    """Yield searches: the graded ones of the fixtures, then a level, a title and two skills of every specialty."""
    yield from (query["text"] for query in in_folder(FIXTURES).queries)
    for specialties in synthpeople.JOBS.values():
        for place, (titles, manager, skills) in enumerate(specialties.values()):
            yield f"{('senior', 'junior', '', 'lead')[place % 4]} {titles[0]} {skills[0]} {skills[1]}".strip()
            yield f"{manager}, five years, {skills[0]}"


def searches(ports: Ports) -> list[float]:
    """Return the milliseconds of each search, in one warm process."""
    times = []
    for text in [*list(texts())[:5], *texts()]:
        began = perf_counter()
        found = search(ports, text, caller=Caller())
        times.append(1000 * (perf_counter() - began))
        assert found.results, text
    return times[5:]


def search_runs(ports: Ports) -> list[float]:
    """Return the milliseconds of each search as a run: with everything of a search, and kept."""
    times = []
    for text in [*list(texts())[:5], *texts()]:
        began = perf_counter()
        found = create_run(ports, SearchAsked(job_offer_text=text), Caller())
        times.append(1000 * (perf_counter() - began))
        assert found["results"], text
    return times[5:]


def fresh_search(home: Path) -> float:
    """Return seconds from start to end of a process that searches once."""
    began = perf_counter()
    assert Terminal(home).json("search", "senior backend engineer with Go or Java")["results"]
    return perf_counter() - began


def figures(candidates: int = CANDIDATES) -> list[Figure]:
    """Return the figures of the whole search."""
    home = built_home(candidates)
    ports = opened(home)
    count = ports.store.count(KIND)
    times, runs = searches(ports), search_runs(ports)
    ports.store.close()
    fresh = median(fresh_search(home) for _ in range(FRESH))
    note = f"{len(times)} searches over {count:,} people, vectors made up"
    return [
        Figure("whole search, p50", median(times), "ms", target=60, better="low", note=note),
        Figure("whole search, p95", quantiles(times, n=20)[18], "ms", note="shown only"),
        Figure("search run, p50", median(runs), "ms", target=80, better="low", note="the same, explained and kept"),
        Figure("open and first search", fresh, "s", target=1.5, better="low", note="a fresh process, model included"),
    ]


if __name__ == "__main__":
    sys.exit(run_alone(__doc__, figures, "--candidates", CANDIDATES))
