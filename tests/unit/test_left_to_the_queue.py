"""Runs at a terminal whose queue is Cloud Tasks: what is due is queued and told, and nobody waits for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from parts.records import stage_state

from shared.models.task import Task
from shared.pipeline.backlog import queue_all, retry
from shared.pipeline.run import run_task
from shared.ports import Ports, Update
from terminal.cvs import take_cvs
from terminal.render.texts import cvs_text, run_text
from terminal.runs import Run

PEOPLE = "Name,Email,Headline\n" + "".join(f"Person {n},p{n}@a.example,Backend Engineer\n" for n in range(120))


@dataclass
class FakeQueue:
    """A fake of a queue whose workers are elsewhere."""

    tasks: list[Task] = field(default_factory=list)

    def enqueue(self, tasks: list[Task]) -> None:
        self.tasks += tasks

    def ids(self) -> list[str]:
        return sorted(id_ for task in self.tasks for id_ in task.ids)


@pytest.fixture
def queue() -> FakeQueue:
    return FakeQueue()


@pytest.fixture
def cloud(ports: Ports, take: Callable[..., object], queue: FakeQueue) -> Ports:
    take(PEOPLE)
    return replace(ports, queue=queue)


def everybody(ports: Ports) -> list[str]:
    return [row.id for row in ports.store.query("candidates", fields=())]


def test_a_run_queues_all_that_is_due_once_and_says_how_to_watch(cloud: Ports, queue: FakeQueue) -> None:
    value = Run().all_stages(cloud)
    assert queue.ids() == everybody(cloud)
    assert {(task.kind, task.stage) for task in queue.tasks} == {("candidates", "classify")}
    assert value["queued"] == {"candidates": {"classify": 120}}
    said = run_text(value)
    assert "candidates classify: 120 queued" in said
    assert "`shortlist stats`" in said


def test_a_run_with_nothing_due_says_so(ports: Ports, queue: FakeQueue) -> None:
    value = Run().all_stages(replace(ports, queue=queue))
    assert (queue.tasks, value["queued"]) == ([], {})
    assert "nothing was due" in run_text(value)


def test_one_stage_queues_what_awaits_it_and_force_everybody(cloud: Ports, queue: FakeQueue) -> None:
    assert Run().one_stage(cloud, "embed", None, 50, force=False)["queued"] == {}
    assert Run().one_stage(cloud, "embed", 70, 50, force=True)["queued"] == {"candidates": {"embed": 70}}
    assert [len(task.ids) for task in queue.tasks] == [50, 20]
    assert all(task.force for task in queue.tasks)


def test_retry_queues_what_failed_at_its_failed_stage(cloud: Ports, queue: FakeQueue) -> None:
    broken = everybody(cloud)[:3]
    states = {"classify": stage_state("done"), "enrich": stage_state("failed")}
    rows = cloud.store.get("candidates", broken)
    fields = {"awaiting": "failed", "stages": states}
    cloud.store.commit([[Update("candidates", row.id, fields, row.version)] for row in rows.values()])
    retried = retry(cloud)
    value = {"retried": retried, **Run().all_stages(cloud)}
    assert value["queued"]["candidates"]["enrich"] == retried == 3
    assert sorted(id_ for task in queue.tasks if task.stage == "enrich" for id_ in task.ids) == sorted(broken)
    assert run_text(value).startswith("3 failed records were tried again")


def test_what_somebody_holds_is_not_queued_again(cloud: Ports, queue: FakeQueue) -> None:
    held, *free = everybody(cloud)
    (row,) = cloud.store.get("candidates", [held]).values()
    lease = {"token": "t", "owner": cloud.worker.name, "until": "2999-01-01T00:00:00Z", "stage": "classify"}
    cloud.store.commit([[Update("candidates", held, {"lease": lease}, row.version)]])
    assert queue_all(cloud, "candidates") == {"classify": 119}
    assert queue.ids() == sorted(free)


def test_queued_tasks_do_the_work_wherever_they_arrive(cloud: Ports, queue: FakeQueue) -> None:
    Run().all_stages(cloud)
    for task in queue.tasks:
        run_task(cloud, task)
    queue.tasks.clear()
    assert Run().all_stages(cloud)["queued"] == {"candidates": {"enrich": 120}}


def test_cv_files_are_left_to_the_queue_and_told_as_not_yet_done(
    cloud: Ports, queue: FakeQueue, tmp_path: Path
) -> None:
    cv = tmp_path / "cv.txt"
    cv.write_text("Ada Example\nada@a.example\n\nEXPERIENCE\nEngineer, Acme Ltd, 2019 - today\n")
    value = take_cvs(cloud, Run(), [cv], "default", 10**7)
    assert [(task.kind, task.stage, list(task.ids)) for task in queue.tasks] == [
        ("documents", "parse", [value["files"][0]["document_id"]])
    ]
    assert "not yet done" in cvs_text(value)
