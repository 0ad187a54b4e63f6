"""An import into Firestore beside a bare BulkWriter of the same documents, and what a candidate costs there.

python -m benchmarks.firestore_bench --rows 3000

Both run in one process against the official emulator, each into an empty project. The floor is Google's BulkWriter
without its own limit of 500 writes a second; it checks nothing, and keeps no key unique.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from benchmarks.figures import Figure, run_alone
from benchmarks.import_bench import generated
from benchmarks.terminal import ROOT
from shared import wiring
from shared.config import Settings
from shared.imports.start import run_import, start_import
from shared.models.batch import ImportOptions
from shared.models.collections import COLLECTIONS
from shared.pipeline.backlog import due_ids
from shared.pipeline.run import run_task, tasks_for
from shared.ports import Ports, Store

sys.path.insert(0, str(ROOT / "tests"))

from parts.emulators import empty_firestore, firestore_emulator
from parts.firestore_bill import BilledStore

ROWS: Final = 3_000
TURNS: Final = 3  # the best of so many counts, on either side
BILLED: Final = 500  # rows that are also brought through the stages
STAGES: Final = ("classify", "enrich", "embed")
EMULATOR: Final = "FIRESTORE_EMULATOR_HOST"
Document = tuple[str, str, dict[str, Any]]  # collection, id, fields


@dataclass(frozen=True)
class Bill:
    """Reads and writes a candidate."""

    reads: float
    writes: float


def figures(rows: int = ROWS) -> list[Figure]:
    """Return the figures; none where the emulator is not on this machine, which is said."""
    with tempfile.TemporaryDirectory(prefix="shortlist-bench-") as home, emulator() as host:
        if not host:
            return []
        take_warm(Path(home) / "warm", host)
        times, floors = [], []
        for turn in range(TURNS):
            seconds, documents = imported(Path(home) / f"import{turn}", generated(rows), host)
            times.append(seconds)
            floors.append(written_bare(documents, host))
        bill = billed(Path(home) / "bill", generated(BILLED), host)
    note = f"{len(documents):,} documents of {rows:,} rows; floor: a bare BulkWriter on the same emulator"
    written, floor = len(documents) / min(times), len(documents) / min(floors)
    return [
        Figure("Firestore: import", written, "documents/s", floor, 0.5, note=note),
        Figure("Firestore: reads a candidate", bill.reads, target=6, better="low", note="import and three stages"),
        Figure("Firestore: writes a candidate", bill.writes, target=12, better="low", note="import and three stages"),
    ]


@contextmanager
def emulator() -> Iterator[str]:
    """Give the address of an emulator, or nothing and a line that says why."""
    import pytest

    before = os.environ.get(EMULATOR)
    try:
        with firestore_emulator() as host:
            os.environ[EMULATOR] = host
            yield host
    except (pytest.skip.Exception, pytest.fail.Exception) as missing:
        print(f"firestore: not measured, {missing}", file=sys.stderr)
        yield ""
    finally:
        os.environ.pop(EMULATOR) if before is None else os.environ.update({EMULATOR: before})


@contextmanager
def on_firestore(home: Path, project: str, host: str) -> Iterator[Ports]:
    """The embedded ports, but for an empty project of Firestore."""
    connected = wiring.connect(Settings(home=home), wiring.deliver_nothing)
    store = BilledStore(project)
    yield replace(connected, store=store)
    wiring.thread_queue(connected).stop()
    store.close()
    empty_firestore(host, project)


def take(ports: Ports, export: Path) -> int:
    """Import the file; return how many candidates it made."""
    with export.open("rb") as stream:
        started = start_import(ports, stream, export.name, "default", ImportOptions(), 10**9)
    return run_import(ports, started.id).counts.created


def take_warm(home: Path, host: str) -> None:
    """Import a little: the emulator's first seconds are its compiler's."""
    with on_firestore(home, "warm", host) as ports:
        take(ports, generated(BILLED))


def imported(home: Path, export: Path, host: str) -> tuple[float, list[Document]]:
    """Return the seconds of an import, and every document it wrote."""
    with on_firestore(home, "import", host) as ports:
        began = perf_counter()
        take(ports, export)
        seconds = perf_counter() - began
        return seconds, everything(ports.store)


def everything(store: Store) -> list[Document]:
    """Return every document there is."""
    return [(str(kind), row.id, row.data) for kind in COLLECTIONS.values() for row in store.query(kind)]


def written_bare(documents: list[Document], host: str) -> float:
    """Return the seconds a BulkWriter takes, with nothing asked and nothing checked."""
    from google.cloud.firestore import Client
    from google.cloud.firestore_v1.bulk_writer import BulkWriterOptions

    client: Any = Client(project="bare")  # without types
    writer = client.bulk_writer(BulkWriterOptions(initial_ops_per_second=10**6, max_ops_per_second=10**6))
    began = perf_counter()
    for kind, id_, fields in documents:
        writer.create(client.collection(kind).document(id_), fields)
    writer.close()
    seconds = perf_counter() - began
    found: int = sum(int(client.collection(kind).count().get()[0][0].value) for kind in COLLECTIONS)
    assert found == len(documents), f"BulkWriter wrote {found} of {len(documents)} documents"
    client.close()
    empty_firestore(host, "bare")
    return seconds


def billed(home: Path, export: Path, host: str) -> Bill:
    """Return what a candidate costs over its import and the three stages, each in tasks of 50."""
    with on_firestore(home, "billed", host) as ports:
        people = take(ports, export)
        due = due_ids(ports, "candidates", STAGES[0])
        for stage in STAGES:  # a sweep finds who is due, and each task says who is due next
            tallies = [run_task(ports, task) for task in tasks_for("candidates", stage, due)]
            due = [id_ for tally in tallies for id_ in tally.next_ids]
        assert isinstance(ports.store, BilledStore)
        bill = ports.store.bill
        return Bill(bill.reads / people, bill.writes / people)


if __name__ == "__main__":
    sys.exit(run_alone(__doc__, figures, "--rows", ROWS))
