"""Names of tasks: what is queued twice is one task, what is queued in another run is another."""

from __future__ import annotations

import re

from shared.adapters.cloud_tasks import task_name
from shared.models.task import Task

TASK = Task(stage="classify", ids=("a", "b"), run_id="r1")


def test_the_same_task_has_the_same_name_in_any_order_of_its_ids() -> None:
    assert task_name(TASK) == task_name(TASK.model_copy(update={"ids": ("b", "a")}))


def test_whatever_differs_gives_another_name() -> None:
    changes = [{"run_id": "r2"}, {"stage": "embed"}, {"kind": "jobs"}, {"force": True}, {"ids": ("a",)}]
    changes += [{"ids": ("a,b",)}, {"ids": ("a", "b", "c")}]
    names = [task_name(TASK), *(task_name(TASK.model_copy(update=change)) for change in changes)]
    assert len(set(names)) == len(names)


def test_a_name_is_allowed_by_cloud_tasks_whatever_the_ids_are_and_does_not_show_them() -> None:
    name = task_name(Task(stage="classify", ids=("jürgen weiß/1",), run_id="r 1"))
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,500}", name)
    assert not name.startswith("j")


def test_names_of_one_run_spread_over_all_beginnings() -> None:
    names = [task_name(Task(stage="classify", ids=(f"{n:04}",), run_id="r")) for n in range(1000)]
    assert len({name[0] for name in names}) == 16
