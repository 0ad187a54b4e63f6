"""Answers already paid for are kept when others of the same batch have to be asked about again."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from conftest import Importer, people
from fake_model import FakeModel

from shared.errors import Busy, Retryable
from shared.models.candidate import Classification, Profile
from shared.pipeline.backlog import failures, retry
from shared.pipeline.run import claim_records, deliver, run_task, tasks_for
from shared.ports import Ports, Reply, Vector
from shared.stages.stage import load_stage

HEAD = "Name,Email,Tags,Experiences\n"
TITLES = ("Backend Engineer", "Nurse", "Accountant")


class Stormy(FakeModel):
    """Refuses the titles and texts that hold a word of `refused`, for now."""

    def __init__(self) -> None:
        super().__init__()
        self.refused: set[str] = set()

    def _refuses(self, text: str) -> bool:
        return any(word in text for word in self.refused)

    def classify(self, profiles: Any) -> list[Reply[Classification]]:
        paid = [profile for profile in profiles if not self._refuses(_title(profile))]
        answers = iter(super().classify(paid))
        later: Reply[Classification] = Reply(None, "asked to slow down", retryable=True)
        return [later if self._refuses(_title(profile)) else next(answers) for profile in profiles]

    def embed(self, texts: Any, purpose: str, recipe: str | None = None) -> list[Reply[Vector]]:
        paid = [text for text in texts if not self._refuses(text)]
        answers = iter(super().embed(paid, purpose))
        later: Reply[Vector] = Reply(None, "asked to slow down", retryable=True)
        return [later if self._refuses(text) else next(answers) for text in texts]


def _title(profile: Profile) -> str:
    return profile.experiences[0].title or ""


@pytest.fixture
def model() -> Stormy:
    return Stormy()


@pytest.fixture
def three(take: Importer, ports: Ports) -> list[str]:
    rows = (f"Person {n},p{n}@example.com,Java,{t} at Acme {n} (01/2020 to N/A)\n" for n, t in enumerate(TITLES, 1))
    take(HEAD + "".join(rows))
    return [each.id for each in ports.store.query("candidates")]


def test_what_was_answered_is_saved_and_the_rest_comes_again(ports: Ports, three: list[str], model: Stormy) -> None:
    model.refused = {"Nurse"}
    (task,) = tasks_for("candidates", "classify", three)
    with pytest.raises(Retryable, match="1 of 3 records are left: asked to slow down"):
        run_task(ports, task)
    nurse = people(ports)["Person 2"]
    assert nurse["awaiting"] == "classify" and "lease" not in nurse and "stages" not in nurse
    assert people(ports)["Person 1"]["awaiting"] == people(ports)["Person 3"]["awaiting"] == "enrich"
    model.refused = set()
    assert run_task(ports, task).done == 1
    assert model.asked["classify"] == 3


def test_what_was_done_goes_on_at_once_although_the_task_comes_again(
    ports: Ports, three: list[str], model: Stormy
) -> None:
    queued: list[Any] = []
    listening: Any = type("FakeQueue", (), {"enqueue": lambda self, tasks: queued.extend(tasks)})()
    model.refused = {"Nurse"}
    (task,) = tasks_for("candidates", "classify", three)
    with pytest.raises(Retryable):
        deliver(replace(ports, queue=listening), task)
    nurse = people(ports)["Person 2"]["id"]
    assert [(each.stage, set(each.ids)) for each in queued] == [("enrich", set(three) - {nurse})]


def test_after_the_last_attempt_what_is_left_has_failed_and_can_be_retried(
    ports: Ports, three: list[str], model: Stormy
) -> None:
    model.refused = {"Nurse"}
    (task,) = tasks_for("candidates", "classify", three)
    tally = run_task(ports, task, last_attempt=True)
    assert (tally.done, tally.failed) == (2, 1)
    (failure,) = failures(ports)
    assert failure["reason"] == "asked to slow down (gave up after the last attempt)"
    model.refused = set()
    for stage in ("enrich", "embed", "match"):
        run_task(ports, tasks_for("candidates", stage, three)[0])
    assert retry(ports) == 1
    assert run_task(ports, task).done == 1
    assert list(failures(ports)) == []


def test_vectors_already_paid_for_are_kept(ports: Ports, three: list[str], model: Stormy) -> None:
    for stage in ("classify", "enrich"):
        run_task(ports, tasks_for("candidates", stage, three)[0])
    model.refused = {"Nurse"}
    (task,) = tasks_for("candidates", "embed", three)
    with pytest.raises(Retryable, match="1 of 3"):
        run_task(ports, task)
    assert ports.store.count("vectors") == 2
    assert people(ports)["Person 2"]["awaiting"] == "embed"
    kept = [text for text in model.texts if "Nurse" not in text]
    model.refused = set()
    assert run_task(ports, task).done == 1
    again = [text for text in model.texts[len(kept) :] if "Backend" in text or "Accountant" in text]
    assert again == []


def test_a_forced_task_that_comes_again_pays_only_for_what_is_left(
    ports: Ports, three: list[str], model: Stormy
) -> None:
    run_task(ports, tasks_for("candidates", "classify", three)[0])
    model.refused = {"Nurse"}
    (task,) = tasks_for("candidates", "classify", three, force=True)
    with pytest.raises(Retryable):
        run_task(ports, task)
    model.refused = set()
    assert run_task(ports, task).done == 1
    assert model.asked["classify"] == 3 + 3
    assert run_task(ports, task).records == 0


def test_a_forced_task_does_again_what_another_forced_run_did(ports: Ports, three: list[str], model: Stormy) -> None:
    for _ in range(2):
        assert run_task(ports, tasks_for("candidates", "classify", three, force=True)[0]).done == 3
    assert model.asked["classify"] == 6


def test_records_held_by_someone_else_do_not_keep_what_was_done_from_going_on(ports: Ports, three: list[str]) -> None:
    queued: list[Any] = []
    listening: Any = type("FakeQueue", (), {"enqueue": lambda self, tasks: queued.extend(tasks)})()
    claim_records(ports, tasks_for("candidates", "classify", three[:1])[0], load_stage("classify"))
    with pytest.raises(Busy, match="1 of 3"):
        deliver(replace(ports, queue=listening), tasks_for("candidates", "classify", three)[0])
    assert [set(each.ids) for each in queued] == [set(three[1:])]
