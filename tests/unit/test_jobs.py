"""Jobs come in once, move through their stages, are paid for once, and close without leaving anything behind."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from typing import Any

import pytest
from conftest import Importer
from fake_model import FakeModel

from shared.errors import InvalidRequest, NotFound, UnreadableFile
from shared.jobs.applications import apply
from shared.jobs.jobs import create_job, delete_job, find_job, import_jobs, replace_job, set_status
from shared.models.job import MOST_SKILLS, Job, JobFacts
from shared.models.requirements import RequiredSkill, Requirements
from shared.pipeline.backlog import failures, plan, retry, stats, sweep
from shared.ports import Ports, Reply
from shared.search.request.offer import job_text, job_vectors, requirements_of
from shared.stages.job_summary import summary
from shared.wiring import thread_queue

COOK = {"id": 1, "position": "Cook", "company": "Inn", "location": "Köln", "tags": ["Go"], "description": "Cook well."}
BAKER = {"id": 2, "position": "Baker", "description": "Bake well."}
Take = Callable[..., dict[str, Any]]


@pytest.fixture
def take_jobs(ports: Ports) -> Take:
    def take(*jobs: dict[str, Any], pool: str = "default") -> dict[str, Any]:
        text = "\n".join(json.dumps(job) for job in jobs)
        return import_jobs(ports, io.BytesIO(text.encode()), "jobs.jsonl", pool, 10**6)

    return take


def drain(ports: Ports) -> None:
    while sweep(ports, "jobs"):
        thread_queue(ports).join()


def only_job(ports: Ports) -> dict[str, Any]:
    (row,) = ports.store.query("jobs")
    return row.data


def reading(ports: Ports, **said: Any) -> Ports:
    """Ports whose model reads every job as this."""
    model: Any = ports.model
    model.split_job = lambda text: Reply(Requirements(text=text, **said))
    return ports


def test_counts_add_up_and_the_same_file_twice_writes_nothing(ports: Ports, take_jobs: Take) -> None:
    first = take_jobs(COOK, BAKER, {"company": "nobody"})
    assert (first["rows"], first["created"], first["rejected"]) == (3, 2, 1)
    assert first["rejects"] == [
        {"row": 3, "line": 3, "reason": "neither an id nor a position nor a description"}
    ]  # fmt: skip
    before = {row.id: row.version for row in ports.store.query("jobs")}
    assert take_jobs(COOK, BAKER)["unchanged"] == 2
    assert {row.id: row.version for row in ports.store.query("jobs")} == before
    assert all(row.data["awaiting"] == "enrich" for row in ports.store.query("jobs"))  # import runs no stage


def test_stored_jobs_are_of_the_published_shape(ports: Ports, take_jobs: Take) -> None:
    take_jobs(COOK)
    drain(ports)
    job = Job.model_validate(only_job(ports))
    assert (job.awaiting, job.status, job.external_id, job.title) == ("ready", "open", "1", "Cook")
    assert set(only_job(ports)) <= set(Job.model_fields)


def test_jobs_of_one_id_in_two_pools_are_two(ports: Ports, take_jobs: Take) -> None:
    take_jobs(COOK)
    take_jobs(COOK, pool="other")
    assert ports.store.count("jobs") == 2


def test_a_job_without_an_id_is_known_by_its_content(ports: Ports, take_jobs: Take) -> None:
    assert take_jobs({"title": "Cook"}, {"title": "Cook"})["created"] == 1
    assert take_jobs({"title": "Cook"}, {"title": "Baker"})["created"] == 1


def test_of_two_records_of_one_id_in_a_file_the_later_counts(ports: Ports, take_jobs: Take) -> None:
    counts = take_jobs(COOK, COOK | {"position": "Chef"})
    assert (counts["created"], counts["changed"], only_job(ports)["title"]) == (1, 1, "Chef")


def test_a_changed_row_updates_the_job_and_what_it_leaves_empty_stays(ports: Ports, take_jobs: Take) -> None:
    take_jobs(COOK)
    drain(ports)
    assert take_jobs({"id": 1, "position": "Chef"})["changed"] == 1
    job = only_job(ports)
    assert (job["title"], job["description"], job["awaiting"]) == ("Chef", "Cook well.", "enrich")


def test_a_change_that_no_stage_reads_is_not_paid_for(ports: Ports, take_jobs: Take, model: FakeModel) -> None:
    take_jobs(COOK)
    drain(ports)
    before = model.asked.copy()
    take_jobs(COOK | {"url": "https://jobs.example.com/1"})
    assert only_job(ports)["awaiting"] == "ready"
    take_jobs(COOK | {"position": "Chef"})
    take_jobs(COOK)  # and back again before any stage ran
    drain(ports)
    assert model.asked == before


def test_a_job_that_says_nothing_is_skipped_with_the_reason(ports: Ports, take_jobs: Take, model: FakeModel) -> None:
    take_jobs({"id": 3, "company": "Inn"})
    drain(ports)
    job = only_job(ports)
    assert [job["stages"][stage]["state"] for stage in ("enrich", "embed", "match")] == ["skipped"] * 3
    assert job["stages"]["enrich"]["reason"] == "no description"
    assert model.asked["embed"] == 0


def test_at_most_fifteen_skills_are_kept_what_must_be_there_first(ports: Ports, take_jobs: Take) -> None:
    named = [RequiredSkill(name=f"s{n}", must=n % 2 == 0, quote=f"s{n}") for n in range(30)]
    reading(ports, skills=tuple(named))
    take_jobs({"id": 1, "title": "Cook", "description": " ".join(skill.name for skill in named)})
    drain(ports)
    kept = only_job(ports)["enrichment"]["skills"]
    assert len(kept) == MOST_SKILLS and all(skill["must"] for skill in kept)
    assert [skill["name"] for skill in kept] == [f"s{n}" for n in range(0, 30, 2)]


def test_what_the_job_does_not_say_is_dropped_whoever_read_it(ports: Ports, take_jobs: Take) -> None:
    invented = [RequiredSkill(name="Rust", quote="Rust"), RequiredSkill(name="Knives", quote="knives")]
    reading(ports, skills=tuple(invented), quotes=({"where": "min_years", "quote": "ten years"},))
    take_jobs({"id": 1, "title": "Cook", "description": "Bring your own knives."})
    drain(ports)
    read = only_job(ports)["enrichment"]
    assert [skill["name"] for skill in read["skills"]] == ["Knives"] and read["quotes"] == []


def test_tags_that_are_skills_count_and_never_overrule_the_description(ports: Ports, take_jobs: Take) -> None:
    reading(ports, skills=(RequiredSkill(name="Kafka", must=False, quote="Kafka"),))
    take_jobs(
        {"id": 1, "title": "Cook", "description": "Kafka is a plus.", "tags": ["Kafka", "Go", "urgent", "remote"]}
    )
    drain(ports)
    read = only_job(ports)["enrichment"]
    assert [(skill["name"], skill["must"]) for skill in read["skills"]] == [("Go", True), ("Kafka", False)]
    assert read["skill_text"] == "Go, Kafka"


def test_a_level_of_a_field_of_its_own_counts_where_the_title_names_none() -> None:
    assert job_text({"title": "Cook", "seniority": "Senior"}) == "Senior Cook"
    assert job_text({"title": "Junior Cook", "seniority": "Senior"}) == "Junior Cook"
    assert job_text({"title": "Cook", "seniority": "Not Applicable"}) == "Cook"
    assert job_text({"title": "Cook", "location": "Köln", "description": "Well."}) == "Cook\nLocation: Köln\nWell."
    assert job_text({"location": "Köln"}) == ""


def test_the_summary_is_two_sentences_of_what_was_read() -> None:
    skills = (RequiredSkill(name="Go"), RequiredSkill(name="Kafka", must=False))
    wanted = Requirements(skills=skills, levels=("senior",), min_years=5, degree="master", places=("Berlin",))
    said = summary(wanted, {"title": "Engineer", "company": "Pão S.A."})
    assert said == (
        "Engineer at Pão S.A. in Berlin (senior). "
        "Asks for Go; 5 years of experience; a master's degree; Kafka would be welcome."
    )
    assert summary(Requirements(), {}) == "A job. It names no skills, years or degree."


def test_vectors_are_made_as_a_search_makes_them(ports: Ports, take: Importer, take_jobs: Take) -> None:
    take("Name,Current title\nMaja,Cook\n")
    while sweep(ports):
        thread_queue(ports).join()
    purposes: list[str] = []
    embed = ports.model.embed

    def noting(texts: Any, purpose: Any) -> Any:
        purposes.append(purpose)
        return embed(texts, purpose)

    model: Any = ports.model
    model.embed = noting
    take_jobs(COOK)
    drain(ports)
    assert set(purposes) == {"query"}
    vectors = job_vectors(ports, only_job(ports)["id"])
    assert vectors is not None
    assert [(kind, field) for kind, field, _ in vectors] == [("candidates", "embedding"), ("vectors", "skill")]
    wanted = requirements_of(only_job(ports))
    assert wanted is not None and wanted.text == "Cook\nLocation: Köln\nCook well."


def test_a_job_the_model_refuses_has_failed_and_can_be_retried(ports: Ports, take_jobs: Take, model: FakeModel) -> None:
    split = model.split_job
    model.split_job = lambda text: Reply(None, "refused")  # type: ignore[method-assign]
    take_jobs(COOK)
    drain(ports)
    (failure,) = failures(ports, "jobs")
    assert (failure["stage"], failure["reason"], only_job(ports)["awaiting"]) == ("enrich", "refused", "failed")
    model.split_job = split  # type: ignore[method-assign]
    assert retry(ports, "jobs") == 1
    drain(ports)
    assert stats(ports, "jobs")["awaiting"]["ready"] == 1


def test_another_recipe_makes_jobs_stale_and_the_plan_says_so(ports: Ports, take_jobs: Take, model: FakeModel) -> None:
    take_jobs(COOK, BAKER)
    assert {each.stage: each.due for each in plan(ports, "jobs")} == {"enrich": 2, "embed": 2, "match": 2}
    drain(ports)
    model.version = 2
    stale = {each.stage: (each.stale, each.calls) for each in plan(ports, "jobs")}
    assert stale == {"enrich": (2, 2), "embed": (2, 1), "match": (0, 0)}


def test_a_closed_job_is_not_paid_for_until_it_opens_again(ports: Ports, take_jobs: Take, model: FakeModel) -> None:
    take_jobs(COOK | {"status": "closed"})
    drain(ports)
    job = only_job(ports)
    assert (job["awaiting"], model.asked["embed"]) == ("ready", 0)
    assert job["stages"]["enrich"]["reason"] == "the job is closed"
    set_status(ports, job["id"], "open")
    drain(ports)
    assert only_job(ports)["stages"]["enrich"]["state"] == "done" and model.asked["embed"] > 0


def test_a_job_that_was_read_closes_and_opens_for_nothing(ports: Ports, take_jobs: Take, model: FakeModel) -> None:
    take_jobs(COOK)
    drain(ports)
    before = model.asked.copy()
    for status in ("closed", "open"):
        set_status(ports, only_job(ports)["id"], status)  # type: ignore[arg-type]
        drain(ports)
    assert model.asked == before
    assert only_job(ports)["stages"]["enrich"]["state"] == "done"


def test_the_same_file_leaves_a_job_closed_that_was_closed_by_hand(ports: Ports, take_jobs: Take) -> None:
    take_jobs(COOK)
    set_status(ports, only_job(ports)["id"], "closed")
    assert take_jobs(COOK)["unchanged"] == 1
    assert only_job(ports)["status"] == "closed"


def test_replacing_empties_what_is_left_out_and_deleting_leaves_nothing(ports: Ports, take_jobs: Take) -> None:
    take_jobs(COOK)
    drain(ports)
    id_ = only_job(ports)["id"]
    assert replace_job(ports, id_, JobFacts(title="Chef"))["description"] == ""
    delete_job(ports, id_)
    assert [ports.store.count(kind) for kind in ("jobs", "job_vectors", "matches")] == [0, 0, 0]
    for act in (find_job, delete_job):
        with pytest.raises(NotFound):
            act(ports, id_)
    with pytest.raises(InvalidRequest):
        create_job(ports, "default", JobFacts(company="Inn"))


def test_a_file_of_people_is_no_file_of_jobs(ports: Ports) -> None:
    with pytest.raises(UnreadableFile, match="people"):
        import_jobs(ports, io.BytesIO(b"Name,Email,Job title\nA,a@example.org,Cook\n"), "a.csv", "default", 10**6)
    assert ports.store.count("jobs") == 0


def test_applying_adds_an_application_once(ports: Ports, take: Importer, take_jobs: Take) -> None:
    take("Name,Email\nMaja,maja@example.org\n")
    take_jobs(COOK)
    (person,), job = ports.store.query("candidates"), only_job(ports)
    assert [apply(ports, job, person.id) for _ in range(2)] == [(person.id, True), (person.id, False)]
    (row,) = ports.store.query("candidates")
    (application,) = row.data["applications"]
    assert (application["job_id"], application["job_title"], application["source"]) == (
        job["id"],
        "Cook",
        "application",
    )
    assert {source["kind"] for source in row.data["sources"]} == {"row", "form"}


@pytest.mark.parametrize("email", ["maja@example.org", ""])
def test_an_applicant_from_another_pool_joins_the_job_and_stays_where_they_were(
    ports: Ports, take: Importer, take_jobs: Take, email: str
) -> None:
    take(f"Name,Email,Current company\nMaja,{email},Inn\n", pool="theirs")
    take_jobs(COOK)
    (person,), job = ports.store.query("candidates"), only_job(ports)
    joined, new = apply(ports, job, person.id)
    assert new and joined != person.id and apply(ports, job, person.id) == (joined, False)
    rows = {row.id: row.data for row in ports.store.query("candidates")}
    assert {id_: data["pool"] for id_, data in rows.items()} == {person.id: "theirs", joined: "default"}
    assert rows[joined]["person"] == rows[person.id]["person"]
    assert [application["job_id"] for application in rows[joined]["applications"]] == [job["id"]]
    assert not any("job_id" in application for application in rows[person.id].get("applications") or ())


def test_an_applicant_known_in_the_pool_stays_one_person(ports: Ports, take: Importer, take_jobs: Take) -> None:
    take("Name,Email\nMaja,maja@example.org\n", pool="theirs")
    take("Name,Email,Phone\nMaja,maja@example.org,+49 30 1234567\n")
    take_jobs(COOK)
    theirs = next(row for row in ports.store.query("candidates") if row.data["pool"] == "theirs")
    joined, _ = apply(ports, only_job(ports), theirs.id)
    rows = [row for row in ports.store.query("candidates") if row.data["pool"] == "default"]
    assert [row.id for row in rows] == [joined]
    assert rows[0].data["person"]["phones"] == ["+49 30 1234567"]
