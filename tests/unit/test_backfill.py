"""A scheduled sweep queues what is due, then what is stale, and stays within its calls and dollars."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import Importer, people
from doors import Post
from fake_model import FakeModel

from shared.models.task import Task
from shared.operations.backfill import Cost, Purse, backfill, costs_of, sweep_imports
from shared.pipeline.run import deliver
from shared.ports import Create, Ports, Update
from shared.wiring import thread_queue

PEOPLE = "Name,Email,Experiences\n" + "".join(
    f"P {n},p{n}@example.com,Engineer at Acme {n} (01/2020 to N/A)\n" for n in range(12)
)
MANY, MUCH = 10**6, 1e6


@pytest.fixture
def queued(ports: Ports, take: Importer, monkeypatch: pytest.MonkeyPatch) -> list[Task]:
    """Twelve people, and the tasks that are queued for them: none is done."""
    take(PEOPLE)
    tasks: list[Task] = []
    monkeypatch.setattr(thread_queue(ports), "enqueue", tasks.extend)
    return tasks


def work_off(ports: Ports, queued: list[Task]) -> None:
    while queued:
        deliver(ports, queued.pop(0))


def ids_of(queued: list[Task], stage: str) -> list[str]:
    return [id_ for task in queued if task.stage == stage for id_ in task.ids]


def test_all_that_is_due_is_queued_when_it_can_be_paid(ports: Ports, queued: list[Task]) -> None:
    done = backfill(ports, MANY, MUCH)
    assert done["queued"] == {"candidates": {"classify": 12}} and done["left"] == {}
    assert len(ids_of(queued, "classify")) == 12


def test_a_run_queues_what_its_calls_pay_to_the_end_and_says_what_is_left(ports: Ports, queued: list[Task]) -> None:
    done = backfill(ports, max_calls=11, max_dollars=MUCH)  # a call to classify, one to enrich, 1/25 to embed
    assert done["queued"] == {"candidates": {"classify": 5}}
    assert done["left"] == {"candidates": {"classify": 7}} and "SHORTLIST_BACKFILL_MAX_CALLS" in done["why"]
    assert len(ids_of(queued, "classify")) == 5


def test_dollars_are_reckoned_by_what_records_used(ports: Ports, queued: list[Task]) -> None:
    backfill(ports, 5, MUCH)
    work_off(ports, queued)
    cost = costs_of(ports, "candidates")["classify"]
    assert cost.dollars == pytest.approx((100 + 4 * 50 + 200 + 4 * 100 + 2 * 10) / 1e6)  # two texts of each
    done = backfill(ports, MANY, max_dollars=3.5 * cost.dollars)
    assert done["queued"] == {"candidates": {"classify": 3}} and done["left"] == {"candidates": {"classify": 7}}


def test_what_is_nearest_to_its_end_is_queued_first(ports: Ports, queued: list[Task]) -> None:
    ids = [row.id for row in ports.store.query("candidates")][:3]
    deliver(ports, Task(stage="classify", ids=tuple(ids), run_id="r"))
    queued.clear()
    done = backfill(ports, max_calls=5, max_dollars=MUCH)
    assert done["queued"] == {"candidates": {"enrich": 3}}
    assert sorted(ids_of(queued, "enrich")) == sorted(ids)


def test_what_someone_does_now_is_not_queued_again(ports: Ports, queued: list[Task]) -> None:
    first = ports.store.query("candidates")[0].id
    lease = {"token": "t", "owner": "instance-7", "stage": "classify", "until": "2999-01-01T00:00:00Z"}
    ports.store.commit([[Update("candidates", first, {"lease": lease}, None)]])
    done = backfill(ports, MANY, MUCH)
    assert (done["queued"], done["running"]) == ({"candidates": {"classify": 11}}, 1)
    assert first not in ids_of(queued, "classify")


def test_what_is_stale_is_brought_in_only_as_far_as_it_can_be_paid(
    ports: Ports, queued: list[Task], model: FakeModel
) -> None:
    backfill(ports, MANY, MUCH)
    work_off(ports, queued)
    model.version += 1
    done = backfill(ports, max_calls=9, max_dollars=MUCH)
    assert done["stale"]["candidates"]["classify"] == 4
    assert done["left"]["candidates"]["classify"] == 8
    waiting = [data for data in people(ports).values() if data["awaiting"] == "classify"]
    assert len(waiting) == 4 == len(ids_of(queued, "classify"))
    work_off(ports, queued)
    for _ in range(3):
        backfill(ports, max_calls=9, max_dollars=MUCH)
        work_off(ports, queued)
    assert {data["stages"]["classify"]["recipe"] for data in people(ports).values()} == {"fake-2 classify-1"}


def test_imports_whose_step_was_lost_are_queued_and_running_ones_are_not(ports: Ports, queued: list[Task]) -> None:
    held = {"token": "t", "owner": "instance-7", "stage": "import_rows", "until": "2999-01-01T00:00:00Z"}
    over = {**held, "until": "2001-01-01T00:00:00Z"}
    for name, data in {"lost": {}, "died": {"lease": over}, "runs": {"lease": held}}.items():
        document: dict[str, Any] = {"id": name, "awaiting": "import_rows", **data}
        ports.store.commit([[Create("imports", name, document)]])
    assert sweep_imports(ports) == 2
    assert sorted(id_ for task in queued for id_ in task.ids) == ["died", "lost"]


@pytest.mark.parametrize(
    ("purse", "cost", "records"),
    [
        (Purse(10, 1.0), Cost(2.0, 0.0), 5),
        (Purse(10, 1.0), Cost(2.0, 0.3), 3),
        (Purse(0, 1.0), Cost(0.02, 0.0), 0),
        (Purse(-1, 1.0), Cost(1.0, 0.0), 0),
        (Purse(2.02, 1.0), Cost(2.02, 0.0), 1),
    ],
)
def test_a_purse_affords_what_the_scarcer_of_calls_and_dollars_pays(purse: Purse, cost: Cost, records: int) -> None:
    assert purse.affords(cost) == records


def test_the_scheduler_s_door_says_what_it_queued(post: Post, ports: Ports, queued: list[Task]) -> None:
    answer = post("backfill")
    assert answer.status_code == 200
    assert answer.get_json()["queued"] == {"candidates": {"classify": 12}}


def test_cleanup_gives_up_what_nobody_took_and_forgets_what_ended_long_ago(post: Post, ports: Ports) -> None:
    def dropped(id_: str, at: str, **more: Any) -> None:
        ports.store.commit([[Create("uploads", id_, {"id": id_, "name": "n", "generation": "1", "at": at, **more})]])

    long_ago, now = "2024-01-01T00:00:00.000000Z", ports.now()
    dropped("stuck", long_ago, state="RUNNING")
    dropped("importing", long_ago, state="RUNNING", import_id="i")
    dropped("ended", long_ago, state="SUCCESS", import_id="j")
    dropped("fresh", now, state="RUNNING")
    said = post("cleanup").get_json()
    nothing = {"previews": 0, "answers": 0, "erasures_ended": 0, "expired": []}
    assert said == {"forgotten": 1, "given_up": 1, **nothing}
    states = {row.id: row.data["state"] for row in ports.store.query("uploads")}
    assert states == {"stuck": "FAILED", "importing": "RUNNING", "fresh": "RUNNING"}
