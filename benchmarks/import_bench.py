"""How fast an export comes in, next to what the standard library and SQLite need for the same bytes.

python -m benchmarks.import_bench [--rows 200000]
"""

from __future__ import annotations

import csv
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from benchmarks.datasets import FIXTURES, read
from benchmarks.figures import Figure, run_alone
from benchmarks.terminal import ROOT, Failed, Terminal

ROWS: Final = 200_000
TRANSACTION: Final = 500
UPSERT: Final = "INSERT INTO rows VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body"
MEGABYTE: Final = 1_000_000
# A small process that starts the import: what a large one had resident would count as its child's.
MEASURED: Final = """
import resource, subprocess, sys, time
began = time.perf_counter()
code = subprocess.call(sys.argv[1:])
print()
print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(code)
"""


def generated(rows: int, seed: int = 11) -> Path:
    """Return a generated export with its .expected.json beside it; made once, kept in the temporary folder."""
    folder = Path(tempfile.gettempdir()) / "shortlist-bench"
    folder.mkdir(exist_ok=True)
    export = folder / f"export-{rows}-{seed}.csv"
    if not Path(f"{export}.expected.json").exists():
        script = str(FIXTURES / "gen" / "gen_ats_csv.py")
        words = [sys.executable, script, "--rows", str(rows), "--seed", str(seed), "--out", str(export), "--no-truth"]
        subprocess.run(words, check=True, stdout=subprocess.DEVNULL)
    return export


def floor_seconds(export: Path, database: Path) -> tuple[int, float]:
    """Return (rows, seconds): csv parse of the whole file, then upsert of the same bytes, one after the other."""
    began = perf_counter()
    rows = sum(1 for _ in parsed(export))
    parsing = perf_counter() - began
    bodies = ["\x1f".join(row).encode() for row in parsed(export)]  # outside both clocks
    began = perf_counter()
    upsert(database, bodies)
    return rows, parsing + perf_counter() - began


def parsed(export: Path) -> Iterator[list[str]]:
    """Yield the data records."""
    with export.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        yield from reader


def upsert(database: Path, bodies: Sequence[bytes]) -> None:
    """Write every body under its key in transactions of 500 rows, each on disk before the next."""
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("CREATE TABLE rows (id TEXT PRIMARY KEY, body BLOB) WITHOUT ROWID")
    keyed = ((f"{number:032x}", body) for number, body in enumerate(bodies))
    while batch := list(islice(keyed, TRANSACTION)):
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(UPSERT, batch)
        connection.execute("COMMIT")
    connection.close()


def timed_import(home: Path, export: Path) -> tuple[float, float, dict[str, Any]]:
    """Import in a process of its own; return wall seconds, the most megabytes one of its processes had resident, and
    what the home holds then.

    The system itself keeps the most: looking at the processes while they run took a tenth of their time.
    """
    terminal = Terminal(home)
    command = [sys.executable, "-c", MEASURED, *terminal.command("import", str(export))]
    done = subprocess.run(command, cwd=ROOT, env=terminal.variables(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise Failed(f"shortlist import ended with {done.returncode}")
    seconds, kibibytes = done.stdout.splitlines()[-1].split()
    return float(seconds), int(kibibytes) * 1024 / MEGABYTE, terminal.json("stats")


def figures(rows: int = ROWS) -> list[Figure]:
    """Return the import's figures."""
    export = generated(rows)
    expected = read(Path(f"{export}.expected.json"))
    with tempfile.TemporaryDirectory(prefix="shortlist-bench-") as place:
        count, before = floor_seconds(export, Path(place) / "before.db")
        first, peak, _ = timed_import(Path(place) / "home", export)
        again, peak_again, stats = timed_import(Path(place) / "home", export)
        _, after = floor_seconds(export, Path(place) / "after.db")
    floor = count / ((before + after) / 2)
    live = expected["live_records"]
    note = f"{count:,} rows, {os.cpu_count()} processors; floor: csv parse, then SQLite upsert"
    return [
        Figure("import", count / first, "rows/s", floor, 0.1, note=note),
        Figure("import: aim", count / first, "rows/s", floor, note="as near to 0.25 as it gets"),
        Figure("import: memory of the largest process", max(peak, peak_again), "MB", target=150, better="low"),
        Figure("import again, unchanged", count / again, "rows/s", count / first, 3, note="floor: the first import"),
        Figure("import: sources stored", stats.get("sources", 0), target=live, better="equal"),
    ]


if __name__ == "__main__":
    sys.exit(run_alone(__doc__, figures, "--rows", ROWS))
