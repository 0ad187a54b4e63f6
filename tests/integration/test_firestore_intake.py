"""The export on Firestore: the same people as on SQLite, nothing lost between two imports, and what it costs."""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from conftest import FIXTURES
from fake_model import FakeModel
from parts.firestore_bill import BilledStore

from shared.backlog import due_ids, stats
from shared.intake.imports import run_import, start_import
from shared.models.batch import Import, ImportOptions
from shared.pipeline import run_task, tasks_for
from shared.ports import Create, Ports, Store

pytestmark = pytest.mark.integration

EXPORT = FIXTURES / "ats" / "ats_export.csv"
STAGES = ("classify", "enrich", "embed")
MOST_READS = MOST_WRITES = 12  # a candidate, over the import and the three stages


@pytest.fixture
def cloud(ports: Ports, firestore_project: str) -> Iterator[Ports]:
    """The embedded ports of this test, with an empty Firestore for the documents."""
    store = BilledStore(firestore_project)
    yield replace(ports, store=store)
    store.close()


def take_export(ports: Ports) -> Import:
    started = start_import(ports, io.BytesIO(EXPORT.read_bytes()), EXPORT.name, "default", ImportOptions(), 10**9)
    return run_import(ports, started.id)


def run_stages(ports: Ports) -> None:
    """As on Google Cloud: a sweep finds who is due, in tasks of 50, and each task queues the next stage."""
    due = due_ids(ports, "candidates", STAGES[0])
    for stage in STAGES:
        tallies = [run_task(ports, task) for task in tasks_for("candidates", stage, due)]
        due = [id_ for tally in tallies for id_ in tally.next_ids]


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
    assert there.counts == here.counts and here.counts.created == 398
    assert clusters(cloud.store) == clusters(ports.store)
    assert {row.id for row in cloud.store.query("keys")} == {row.id for row in ports.store.query("keys")}
    again = take_export(cloud)
    assert (again.counts.created, again.counts.merged) == (0, 0)
    assert cloud.store.count("candidates") == 398


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


def test_import_and_three_stages_read_and_write_at_most_twelve_documents_a_candidate(
    cloud: Ports, model: FakeModel
) -> None:
    assert isinstance(cloud.store, BilledStore)
    bill = cloud.store.bill
    take_export(cloud)
    imported = (bill.reads, bill.writes)
    run_stages(cloud)
    reads, writes = bill.reads / 398, bill.writes / 398
    print(f"\na candidate: {imported[0] / 398:.2f} reads, {imported[1] / 398:.2f} writes of the import,")
    print(f"{reads:.2f} reads, {writes:.2f} writes with three stages")
    assert stats(cloud)["stages"]["embed"]["done"] == 398 == model.asked["classify"]
    assert reads <= MOST_READS
    assert writes <= MOST_WRITES
