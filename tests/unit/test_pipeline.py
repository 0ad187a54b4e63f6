"""The stage machine: one effect per stage, paid once, failures visible, tasks only hints."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import pytest
from conftest import FIXTURES, Importer, people
from fake_model import FakeModel

from shared import wiring
from shared.errors import Busy, OutOfQuota, Retryable
from shared.pipeline.backlog import bring_in_stale, due_ids, failures, plan, retry, stats, sweep
from shared.pipeline.run import Tally, claim_records, deliver, finish_records, run_task, tasks_for
from shared.ports import Ports, Update
from shared.stages.stage import load_stage
from shared.stages.table import ORDER

HEAD = "Name,Email,Tags,Experiences\n"


def row(number: int, title: str = "Backend Engineer") -> str:
    return f"Person {number},p{number}@example.com,Java,{title} at Acme {number} (01/2020 to N/A)\n"


@pytest.fixture
def three(take: Importer, ports: Ports) -> list[str]:
    take(HEAD + row(1) + row(2) + row(3))
    return [each.id for each in ports.store.query("candidates")]


def drain(ports: Ports) -> None:
    while sweep(ports):
        wiring.thread_queue(ports).join()


def one(ports: Ports, id_: str) -> dict[str, Any]:
    return ports.store.get("candidates", [id_])[id_].data


def test_a_sweep_brings_everybody_to_ready_each_stage_asked_once(
    ports: Ports, three: list[str], model: FakeModel
) -> None:
    drain(ports)
    assert stats(ports)["awaiting"]["ready"] == 3
    assert (model.asked["classify"], model.asked["enrich"]) == (3, 3)
    vector = ports.store.get("candidates", three, fields=("embedding",))[three[0]].data["embedding"]
    assert vector.shape == (768,)
    assert ports.store.count("vectors") == 3
    asked = model.asked.copy()
    drain(ports)
    assert model.asked == asked


def test_one_claim_of_two_wins_and_the_other_is_told_to_come_back(ports: Ports, three: list[str]) -> None:
    (task,) = tasks_for("candidates", "classify", three)
    assert len(claim_records(ports, task, load_stage("classify")).mine) == 3
    with pytest.raises(Busy, match="3 of 3"):
        run_task(ports, task)


def test_a_task_delivered_twice_at_once_is_paid_once(ports: Ports, three: list[str], model: FakeModel) -> None:
    (task,) = tasks_for("candidates", "classify", three)
    busy: list[Exception] = []

    def work() -> None:
        try:
            run_task(ports, task)
        except Busy as error:
            busy.append(error)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert model.asked["classify"] == 3
    assert stats(ports)["awaiting"]["enrich"] == 3


def test_a_late_duplicate_is_acknowledged_without_asking(ports: Ports, three: list[str], model: FakeModel) -> None:
    (task,) = tasks_for("candidates", "classify", three)
    run_task(ports, task)
    assert run_task(ports, task).records == 0
    assert model.asked["classify"] == 3


def test_expired_lease_is_taken_over_and_the_loser_cannot_finish(
    ports: Ports, three: list[str], model: FakeModel
) -> None:
    (task,) = tasks_for("candidates", "classify", three)
    stage = load_stage("classify")
    slow = claim_records(ports, task, stage)
    outcomes = stage.run(slow.mine, ports)
    tomorrow = replace(ports, now=lambda: "2099-01-01T00:00:00.000000Z")
    assert run_task(tomorrow, task).done == 3
    versions = {each.id: each.version for each in ports.store.query("candidates")}
    tally = Tally()
    finish_records(ports, task, stage, slow, outcomes, tally)
    assert (tally.done, tally.lost) == (0, 3)
    assert {each.id: each.version for each in ports.store.query("candidates")} == versions


def test_the_lease_of_a_dead_process_is_free_at_once(
    ports: Ports, three: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (task,) = tasks_for("candidates", "classify", three)
    claim_records(ports, task, load_stage("classify"))
    monkeypatch.setattr(type(ports.worker), "is_dead", lambda self, name: True)
    assert run_task(ports, task).done == 3


def test_inputs_that_change_while_a_stage_runs_are_done_again(
    ports: Ports, take: Importer, three: list[str], model: FakeModel
) -> None:
    (task,) = tasks_for("candidates", "classify", three)
    stage = load_stage("classify")
    claim = claim_records(ports, task, stage)
    outcomes = stage.run(claim.mine, ports)
    take(HEAD + row(1, "Chief Technology Officer"))
    finish_records(ports, task, stage, claim, outcomes, Tally())
    changed = people(ports)["Person 1"]
    assert changed["awaiting"] == "classify" and "lease" not in changed
    assert "chief" in changed["search_terms"]
    assert people(ports)["Person 2"]["awaiting"] == "enrich"
    drain(ports)
    assert model.asked["classify"] == 3 + 1
    assert stats(ports)["awaiting"]["ready"] == 3


def test_other_fields_that_change_while_a_stage_runs_are_kept(ports: Ports, take: Importer, three: list[str]) -> None:
    (task,) = tasks_for("candidates", "classify", three)
    stage = load_stage("classify")
    claim = claim_records(ports, task, stage)
    outcomes = stage.run(claim.mine, ports)
    ports.store.commit([[Update("candidates", three[0], {"readers": ["someone"]}, None)]])
    finish_records(ports, task, stage, claim, outcomes, Tally())
    assert one(ports, three[0])["readers"] == ["someone"]
    assert one(ports, three[0])["awaiting"] == "enrich"


def test_a_new_recipe_makes_records_stale_says_why_and_is_paid_once(
    ports: Ports, three: list[str], model: FakeModel
) -> None:
    drain(ports)
    model.version = 2
    stages = {each.stage: each for each in plan(ports)}
    assert stages["classify"].stale == 3
    assert "'fake-1 classify-1'" in stages["classify"].why[0]
    assert stages["classify"].tokens == 3 * 150 and stages["classify"].dollars > 0
    assert bring_in_stale(ports) == 3
    drain(ports)
    assert model.asked["classify"] == 6
    assert [each.stale for each in plan(ports)] == [0, 0, 0, 0]


def test_a_force_asks_again_though_nothing_changed(ports: Ports, three: list[str], model: FakeModel) -> None:
    drain(ports)
    (task,) = tasks_for("candidates", "classify", three, force=True)
    run_task(ports, task)
    assert model.asked["classify"] == 6
    drain(ports)
    assert stats(ports)["awaiting"]["ready"] == 3


def test_quota_and_outages_release_the_records_and_are_no_outcome(
    ports: Ports, three: list[str], model: FakeModel
) -> None:
    def refuse(task: str) -> None:
        raise OutOfQuota("slow down", wait=1.0)

    model.before = refuse
    (task,) = tasks_for("candidates", "classify", three)
    with pytest.raises(OutOfQuota):
        run_task(ports, task)
    assert due_ids(ports, "candidates", "classify") == sorted(three)
    assert not list(failures(ports))
    model.before = lambda task: None
    assert run_task(ports, task).done == 3


def test_the_last_attempt_writes_the_failure_down_and_a_retry_succeeds(
    ports: Ports, three: list[str], model: FakeModel
) -> None:
    def down(task: str) -> None:
        if task == "embed":
            raise Retryable("the model does not answer")

    model.before = down
    for stage in ORDER["candidates"]:
        (task,) = tasks_for("candidates", stage, three)
        run_task(ports, task, last_attempt=True)
    found = list(failures(ports))
    assert [each["stage"] for each in found] == ["embed"] * 3
    assert "does not answer" in found[0]["reason"]
    assert stats(ports)["awaiting"]["failed"] == 3
    model.before = lambda task: None
    assert retry(ports) == 3
    drain(ports)
    assert stats(ports)["awaiting"] == dict.fromkeys(ORDER["candidates"], 0) | {"ready": 3, "failed": 0}
    assert not list(failures(ports))


def test_a_failed_classification_is_no_default_and_does_not_stop_the_vectors(
    ports: Ports, take: Importer, model: FakeModel
) -> None:
    model.refuse = lambda profile: "no answer" if "Odd" in (profile.experiences[0].title or "") else None
    take(HEAD + row(1) + row(2, "Odd Job"))
    drain(ports)
    odd = people(ports)["Person 2"]
    assert "classification" not in odd
    assert (odd["awaiting"], odd["stages"]["classify"]["state"]) == ("failed", "failed")
    assert odd["stages"]["embed"]["state"] == "done"
    assert people(ports)["Person 1"]["awaiting"] == "ready"
    retry(ports)
    drain(ports)
    assert people(ports)["Person 2"]["stages"]["classify"]["attempts"] == 2


def test_a_crash_on_one_record_takes_no_other_with_it_and_tells_no_name(
    ports: Ports, take: Importer, model: FakeModel, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(profile: Any) -> str | None:
        if "Bomb" in (profile.experiences[0].title or ""):
            raise ValueError("Person 2 exploded")
        return None

    model.refuse = broken
    take(HEAD + row(1) + row(2, "Bomb") + row(3))
    drain(ports)
    found = list(failures(ports))
    assert [(each["stage"], each["reason"]) for each in found] == [("classify", "classify broke: ValueError")]
    assert "ValueError at" in caplog.text and "Person 2" not in caplog.text
    assert stats(ports)["awaiting"]["ready"] == 2


def test_ctrl_c_in_a_stage_leaves_no_lease_behind(ports: Ports, three: list[str], model: FakeModel) -> None:
    def stop(task: str) -> None:
        raise KeyboardInterrupt

    model.before = stop
    (task,) = tasks_for("candidates", "classify", three)
    with pytest.raises(KeyboardInterrupt):
        run_task(ports, task)
    assert all(not each.data.get("lease") for each in ports.store.query("candidates"))


def test_people_without_any_history_are_skipped_with_the_reason(ports: Ports, take: Importer, model: FakeModel) -> None:
    take("Name,Email\nAnn Lee,ann@example.com\n")
    drain(ports)
    ann = people(ports)["Ann Lee"]
    assert ann["awaiting"] == "ready"
    assert {each["state"] for each in ann["stages"].values()} == {"skipped"}
    assert "no title" in ann["stages"]["classify"]["reason"]
    assert not model.asked


def test_the_embedding_text_says_what_people_did_and_never_who_they_are(
    ports: Ports, take: Importer, model: FakeModel
) -> None:
    take(FIXTURES / "ats" / "ats_export.csv")
    drain(ports)
    texts = "\n".join(model.texts).casefold()
    assert "backend engineer" in texts and len(texts) > 50_000
    for each in ports.store.query("candidates"):
        person = each.data["person"]
        for secret in (*person.get("emails", ()), *person.get("phones", ())):
            assert secret.casefold() not in texts
        assert person["name"].casefold() not in texts


def test_what_enrichment_writes_reaches_the_embedding_text() -> None:
    from shared.adapters.offline.model import OfflineModel
    from shared.models.candidate import Experience, Profile
    from shared.stages.embedding_text import embedding_texts

    profile = Profile(experiences=(Experience(title="Backend Engineer", description="Ran Kafka and PostgreSQL"),))
    model = OfflineModel()
    label = model.classify([profile])[0].value
    enriched = model.enrich([profile], [label])[0].value
    assert enriched is not None
    data = {"profile": profile.model_dump(mode="json"), "enrichment": enriched.model_dump(mode="json")}
    assert {"Kafka", "PostgreSQL"} <= set(embedding_texts(data)["skill"].split(", "))


def test_a_text_that_names_age_gender_nationality_or_contacts_is_embedded_without_them() -> None:
    from shared.stages.embedding_text import embedding_texts

    summary = "Ann Lee, female, 35 years old, German citizen, born 1990-01-01. Builds APIs. ann@x.org +49 30 1234567"
    data = {"person": {"name": "Ann Lee"}, "profile": {"summary": summary}}
    assert embedding_texts(data) == {"whole": "Builds APIs"}


def test_several_threads_deliver_and_follow_up_to_the_end(ports: Ports, take: Importer, model: FakeModel) -> None:
    take(HEAD + "".join(row(number) for number in range(120)))
    ids = due_ids(ports, "candidates", "classify")
    ports.queue.enqueue(tasks_for("candidates", "classify", ids, batch_size=7))
    wiring.thread_queue(ports).join()
    assert stats(ports)["awaiting"]["ready"] == 120
    assert (model.asked["classify"], model.asked["enrich"]) == (120, 120)
    assert deliver(ports, tasks_for("candidates", "embed", ids[:50])[0]).records == 0
