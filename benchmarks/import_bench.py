"""How fast an export comes in, next to what the standard library and SQLite need for the same bytes.

python -m benchmarks.import_bench [--rows 200000]
"""

from __future__ import annotations

import csv
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from time import perf_counter, sleep
from typing import Any, Final

import psutil

from benchmarks.datasets import FIXTURES, read
from benchmarks.figures import Figure, run_alone
from benchmarks.terminal import Failed, Terminal

ROWS: Final = 200_000
TRANSACTION: Final = 500
UPSERT: Final = "INSERT INTO rows VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET body = excluded.body"
MEGABYTE: Final = 1_000_000


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


class Watch(threading.Thread):
    """Samples the resident memory of a process and of all its children; `peak` is the largest one process had."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.peak, self.processes = 0, 0
        self._root = psutil.Process(pid)

    def run(self) -> None:
        """Sample until the process is gone."""
        while True:
            try:
                family = [self._root, *self._root.children(recursive=True)]
                sizes = [size for process in family if (size := resident(process))]
            except psutil.NoSuchProcess:
                return
            if not sizes:
                return
            self.peak, self.processes = max(self.peak, *sizes), max(self.processes, len(sizes))
            sleep(0.02)


def resident(process: psutil.Process) -> int:
    """Return a process's resident bytes, 0 when it is gone."""
    try:
        return int(process.memory_info().rss) if process.status() != psutil.STATUS_ZOMBIE else 0
    except psutil.NoSuchProcess:
        return 0


def timed_import(home: Path, export: Path) -> tuple[float, Watch, dict[str, Any]]:
    """Import in a process of its own; return wall seconds, the memory watch and the newest import's counts."""
    terminal = Terminal(home)
    began = perf_counter()
    process = terminal.start("import", str(export))
    watch = Watch(process.pid)
    watch.start()
    code = process.wait()
    seconds = perf_counter() - began
    watch.join()
    if code != 0:
        raise Failed(f"shortlist import ended with {code}")
    return seconds, watch, terminal.json("stats")


def figures(rows: int = ROWS) -> list[Figure]:
    """Return the import's figures."""
    export = generated(rows)
    expected = read(Path(f"{export}.expected.json"))
    with tempfile.TemporaryDirectory(prefix="shortlist-bench-") as place:
        count, before = floor_seconds(export, Path(place) / "before.db")
        first, watch, _ = timed_import(Path(place) / "home", export)
        again, rewatch, stats = timed_import(Path(place) / "home", export)
        _, after = floor_seconds(export, Path(place) / "after.db")
    floor = count / ((before + after) / 2)
    live = expected["live_records"]
    peak = max(watch.peak, rewatch.peak) / MEGABYTE
    note = f"{count:,} rows, {watch.processes} processes; floor: csv parse, then SQLite upsert"
    return [
        Figure("import", count / first, "rows/s", floor, 0.1, note=note),
        Figure("import: aim", count / first, "rows/s", floor, note="as near to 0.25 as it gets"),
        Figure("import: memory of the largest process", peak, "MB", target=150, better="low"),
        Figure("import again, unchanged", count / again, "rows/s", count / first, 3, note="floor: the first import"),
        Figure("import: sources stored", stats.get("sources", 0), target=live, better="equal"),
    ]


if __name__ == "__main__":
    sys.exit(run_alone(__doc__, figures, "--rows", ROWS))
