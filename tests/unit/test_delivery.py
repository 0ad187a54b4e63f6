"""One table says who does a delivered task; what a step leaves is queued on."""

from __future__ import annotations

import io
from time import monotonic
from typing import Any

import pytest
from conftest import Importer, people
from fake_model import FakeModel

from shared.errors import Busy, Retryable
from shared.imports.row_filter import CHUNK
from shared.imports.start import read_import, start_import
from shared.imports.steps import step_task
from shared.models.batch import ImportOptions
from shared.models.task import Task
from shared.operations.dispatch import HANDLERS, deliver
from shared.ports import Ports, Update
from shared.stages.table import TABLE
from shared.wiring import thread_queue

PEOPLE = "Name,Email,Experiences\n" + "".join(
    f"P {n},p{n}@example.com,Engineer at Acme {n} (01/2020 to N/A)\n" for n in range(60)
)


@pytest.fixture
def queued(ports: Ports, monkeypatch: pytest.MonkeyPatch) -> list[Task]:
    tasks: list[Task] = []
    monkeypatch.setattr(thread_queue(ports), "enqueue", tasks.extend)
    return tasks


def classify(ports: Ports, count: int = 50, **changed: Any) -> Task:
    ids = tuple(row.id for row in ports.store.query("candidates"))[:count]
    return Task(stage="classify", ids=ids, run_id="r", **changed)


def test_every_kind_a_function_takes_has_someone_who_does_it() -> None:
    assert {each.kind for each in TABLE} == set(HANDLERS)


def test_an_import_step_queues_the_following_one_until_the_end(ports: Ports, queued: list[Task]) -> None:
    rows = "".join(f"P {n},p{n}@example.com\n" for n in range(CHUNK + 5))
    started = start_import(
        ports,
        io.BytesIO(b"Name,Email\n" + rows.encode()),
        "p.csv",
        "default",
        ImportOptions(),
        10**9,
        upload_id="c" * 32,
    )
    deliver(ports, step_task(started.id), until=monotonic())
    (again,) = queued
    assert (again.kind, again.stage, again.ids) == ("imports", "import_rows", (started.id,))
    queued.clear()
    deliver(ports, again)
    assert not [task for task in queued if task.kind == "imports"]
    assert read_import(ports.store, started.id).counts.created == CHUNK + 5


def test_steps_of_one_import_are_tasks_of_their_own(ports: Ports) -> None:
    assert step_task("7").run_id != step_task("7").run_id  # a queue refuses a name it knows


def test_with_time_left_a_batch_is_done_whole_and_queued_on_together(
    ports: Ports, take: Importer, queued: list[Task], model: FakeModel
) -> None:
    take(PEOPLE)
    assert deliver(ports, classify(ports), until=monotonic() + 1000).done == 50
    (following,) = queued
    assert (following.stage, len(following.ids)) == ("enrich", 50)


def test_without_time_left_one_portion_is_done_and_the_rest_comes_again(
    ports: Ports, take: Importer, queued: list[Task], model: FakeModel
) -> None:
    take(PEOPLE)
    task = classify(ports)
    assert deliver(ports, task, until=monotonic() - 1).done == 25
    rest = next(each for each in queued if each.stage == "classify")
    assert rest.ids == task.ids[25:] and model.asked["classify"] == 25
    deliver(ports, rest, until=monotonic() - 1)
    assert model.asked["classify"] == 50


def test_giving_back_keeps_force_and_run(ports: Ports, take: Importer, queued: list[Task], model: FakeModel) -> None:
    take(PEOPLE)
    deliver(ports, classify(ports, force=True), until=monotonic() - 1)
    rest = next(each for each in queued if each.stage == "classify")
    assert (rest.force, rest.run_id) == (True, "r")


def test_an_outage_in_the_second_portion_keeps_and_queues_on_the_first(
    ports: Ports, take: Importer, queued: list[Task], model: FakeModel
) -> None:
    take(PEOPLE)

    def away_once_asked(task: str) -> None:
        if model.asked["classify"]:
            raise Retryable("the model is away")

    model.before = away_once_asked
    with pytest.raises(Retryable):
        deliver(ports, classify(ports), until=monotonic() + 1000)
    (following,) = queued
    assert (following.stage, len(following.ids)) == ("enrich", 25)
    waiting = [data for data in people(ports).values() if data["awaiting"] == "classify"]
    assert len(waiting) == 35 and not any(data.get("lease") for data in waiting)


def test_a_held_record_does_not_keep_the_other_portions_waiting(
    ports: Ports, take: Importer, queued: list[Task], model: FakeModel
) -> None:
    take(PEOPLE)
    task = classify(ports)
    lease = {"token": "t", "owner": "instance-7", "stage": "classify", "until": "2999-01-01T00:00:00Z"}
    ports.store.commit([[Update("candidates", task.ids[0], {"lease": lease}, None)]])
    with pytest.raises(Busy):
        deliver(ports, task, until=monotonic() + 1000)
    assert model.asked["classify"] == 49
