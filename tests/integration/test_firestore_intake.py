"""The export on Firestore: the same people as on SQLite, nothing lost between two imports, and what it costs."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import pytest
from conftest import FIXTURES
from fake_model import FakeModel
from parts.firestore_bill import BilledStore

from benchmarks.costs import OPERATIONS
from shared.imports.start import run_import, start_import
from shared.models.batch import Import, ImportOptions
from shared.pipeline.backlog import due_ids, stats
from shared.pipeline.run import run_task, tasks_for
from shared.ports import Create, Ports, Store

pytestmark = pytest.mark.integration

EXPORT = FIXTURES / "ats" / "ats_export.csv"
ROWS = 200  # of it: the emulator's time goes with the square of the people
STAGES = ("classify", "enrich", "embed")
MOST_READS, MOST_WRITES = 6, 12  # a candidate, over the import and the three stages


@pytest.fixture
def cloud(ports: Ports, firestore_project: str) -> Iterator[Ports]:
    """The embedded ports of this test, with an empty Firestore for the documents."""
    store = BilledStore(firestore_project)
    yield replace(ports, store=store)
    store.close()


def take_export(ports: Ports) -> Import:
    data, options = io.BytesIO(EXPORT.read_bytes()), ImportOptions(limit=ROWS)
    started = start_import(ports, data, EXPORT.name, "default", options, 10**9)
    return run_import(ports, started.id)


def run_stages(ports: Ports, stages: Sequence[str] = STAGES) -> None:
    """As on Google Cloud: a sweep finds who is due, in tasks of 50, and each task queues the next stage."""
    due = due_ids(ports, "candidates", stages[0])
    for stage in stages:
        tallies = [run_task(ports, task) for task in tasks_for("candidates", stage, due)]
        due = [id_ for tally in tallies for id_ in tally.next_ids]


def run_match(ports: Ports) -> None:
    run_stages(ports, ("match",))


def clusters(store: Store) -> list[Any]:
    """Everyone as what the sources decide, without ids and times."""
    rows = store.query("candidates")
    fields = ("person", "applications", "profile", "name_key", "employer_key", "awaiting", "search_terms")
    people = [{name: row.data.get(name) for name in fields} for row in rows]
    for person, row in zip(people, rows, strict=True):
        person["rows"] = sorted(source["row"] for source in row.data["sources"])
        person["flags"] = sorted(flag["kind"] for flag in row.data.get("flags") or ())
        for application in person["applications"] or ():
            application.pop("import_id", None)
    return sorted(people, key=lambda person: person["rows"])


def test_the_export_gives_the_same_people_on_firestore_as_on_sqlite(ports: Ports, cloud: Ports) -> None:
    here, there = take_export(ports), take_export(cloud)
    assert there.counts == here.counts and here.counts.created == ports.store.count("candidates") > 100
    assert clusters(cloud.store) == clusters(ports.store)
    assert {row.id for row in cloud.store.query("keys")} == {row.id for row in ports.store.query("keys")}
    again = take_export(cloud)
    assert (again.counts.created, again.counts.merged) == (0, 0)
    assert cloud.store.count("candidates") == here.counts.created


def test_two_imports_at_once_lose_nothing_and_no_key_is_held_twice(ports: Ports, cloud: Ports) -> None:
    take_export(ports)
    done: list[Import] = []
    threads = [threading.Thread(target=lambda: done.append(take_export(cloud))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [sorted(p["rows"]) for p in clusters(cloud.store)] == [sorted(p["rows"]) for p in clusters(ports.store)]
    taken = [each.counts.created + each.counts.merged for each in done]
    assert len(done) == 2 and sum(taken) == cloud.store.count("sources")
    holders = {row.data["candidate_id"] for row in cloud.store.query("keys")}
    assert holders <= {row.id for row in cloud.store.query("candidates")}
    assert cloud.store.commit([[Create("keys", cloud.store.query("keys")[0].id, {})]]) != [None]


def test_what_a_candidate_reads_and_writes_is_what_the_page_of_costs_reckons_with(
    cloud: Ports, model: FakeModel
) -> None:
    """Import and the three stages: at most six and twelve; `match` besides, with no open job."""
    assert isinstance(cloud.store, BilledStore)
    bill, before = cloud.store.bill, (0, 0)
    counted: dict[str, dict[str, float]] = {}
    for part, work in (("import", take_export), ("stages", run_stages), ("match", run_match)):
        work(cloud)
        reads, writes = bill.reads - before[0], bill.writes - before[1]
        people = cloud.store.count("candidates")
        counted[part], before = {"read": reads / people, "write": writes / people}, (bill.reads, bill.writes)
        print(f"\n{part}: {reads / people:.2f} reads, {writes / people:.2f} writes a candidate", end="")
    assert stats(cloud)["awaiting"]["ready"] == people == model.asked["classify"]
    for kind, most in (("read", MOST_READS), ("write", MOST_WRITES)):
        assert counted["import"][kind] + counted["stages"][kind] <= most
    assert set(counted) == set(OPERATIONS)
    for part, each in counted.items():
        assert each == pytest.approx(OPERATIONS[part], rel=0.05, abs=0.05), f"docs/costs.md says otherwise of {part}"
