"""People and jobs are matched from either side with one score, and no match outlives the job or the person."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from parts.embedded import embedded

from shared import wiring
from shared.access import Reads
from shared.config import Settings
from shared.errors import NotFound
from shared.imports.start import run_import, start_import
from shared.imports.undo import undo_import
from shared.jobs.jobs import delete_job, import_jobs, replace_job, set_status
from shared.jobs.match_lists import list_matches
from shared.models.batch import ImportOptions
from shared.models.caller import Caller
from shared.models.job import JobFacts, Match
from shared.people.merge_split import merge
from shared.pipeline.backlog import all_ids, sweep
from shared.pipeline.run import run_task, tasks_for
from shared.ports import Data, Model, Ports
from shared.search import matching
from shared.stages.table import ORDER

PEOPLE = """Name,Email,Current title,Current company,Tags,Location
Ann,ann@example.org,Senior Backend Engineer,Acme,"Go, Kafka","Berlin, Germany"
Ben,ben@example.org,Backend Engineer,Acme,Go,
Cleo,cleo@example.org,Accountant,Ledger,SAP,"Berlin, Germany"
Dan,dan@example.org,Frontend Developer,Acme,React,
"""
BACKEND = {"id": "b", "position": "Senior Backend Engineer", "description": "You write Go. Kafka is a plus.",
           "location": "Berlin, Germany"}  # fmt: skip
ACCOUNTS = {"id": "a", "position": "Accountant", "description": "You close the books with SAP."}
World = Callable[..., None]


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> Model:
    """The model of one machine, loaded once."""
    ports = wiring.connect(Settings(home=tmp_path_factory.mktemp("model")), wiring.deliver_nothing)
    ports.store.close()
    return ports.model


@pytest.fixture
def offline(tmp_path: Path, encoder: Model) -> Iterator[Ports]:
    """The embedded ports with the model of one machine."""
    with embedded(Settings(home=tmp_path), model=encoder) as made:
        yield made


def take_people(ports: Ports, text: str = PEOPLE, pool: str = "default") -> str:
    started = start_import(ports, io.BytesIO(text.encode()), "people.csv", pool, ImportOptions(), 10**9)
    return run_import(ports, started.id).id


def take_jobs(ports: Ports, *jobs: Data, pool: str = "default") -> None:
    text = "\n".join(map(json.dumps, jobs))
    import_jobs(ports, io.BytesIO(text.encode()), "jobs.jsonl", pool, 10**6)


def drain(ports: Ports) -> None:
    while sum(sweep(ports, kind) for kind in ORDER):
        wiring.thread_queue(ports).join()


def scores(ports: Ports) -> dict[tuple[str, str], float]:
    """Every match by job title and person."""
    jobs = {row.id: row.data["title"] for row in ports.store.query("jobs")}
    people = {row.id: row.data["person"]["name"] for row in ports.store.query("candidates")}
    rows = ports.store.query("matches")
    return {(jobs[r.data["job_id"]], people[r.data["candidate_id"]]): r.data["score"] for r in rows}


def ids(ports: Ports) -> dict[str, str]:
    people = {row.data["person"]["name"]: row.id for row in ports.store.query("candidates")}
    return people | {row.data["external_id"]: row.id for row in ports.store.query("jobs")}


def again(ports: Ports, kind: str) -> None:
    for task in tasks_for(kind, "match", all_ids(ports, kind), force=True):
        run_task(ports, task)


def test_the_right_people_match_the_right_jobs_whichever_came_first(offline: Ports) -> None:
    take_jobs(offline, BACKEND)
    drain(offline)
    take_people(offline)
    drain(offline)  # the people find the job
    take_jobs(offline, ACCOUNTS)
    drain(offline)  # the job finds the people
    found = scores(offline)
    assert set(found) == {
        ("Senior Backend Engineer", "Ann"),
        ("Senior Backend Engineer", "Ben"),
        ("Accountant", "Cleo"),
    }
    assert found["Senior Backend Engineer", "Ann"] > found["Senior Backend Engineer", "Ben"]


def test_both_directions_give_one_score_to_one_pair(offline: Ports) -> None:
    take_people(offline)
    take_jobs(offline, BACKEND, ACCOUNTS)
    drain(offline)
    again(offline, "candidates")
    by_people = {row.id: row.data for row in offline.store.query("matches")}
    again(offline, "jobs")
    by_jobs = {row.id: row.data for row in offline.store.query("matches")}
    assert len(by_people) == 3
    assert [data | {"at": ""} for data in by_people.values()] == [data | {"at": ""} for data in by_jobs.values()]


def test_a_match_says_what_is_met_and_missing_and_carries_nothing_personal(offline: Ports) -> None:
    take_people(offline)
    take_jobs(offline, BACKEND)
    drain(offline)
    (row,) = (r for r in offline.store.query("matches") if r.data["candidate_id"] == ids(offline)["Ann"])
    match = Match.model_validate(row.data)
    assert set(row.data) == set(Match.model_fields)
    assert match.matching_skills == ("Go", "Kafka") and match.missing_skills == () and match.coverage <= 1
    assert set(match.factors) == {"skill", "experience", "location"} and sum(match.weights.values()) == pytest.approx(1)
    assert (match.job_recipe, match.candidate_recipe) == ("offline-1 split-2 job-1", "offline-1 classify-1")
    assert not [word for word in ("Ann", "ann@", "Acme", "Berlin") if word in json.dumps(row.data)]


def test_people_of_another_pool_are_never_matched(offline: Ports) -> None:
    take_people(offline, pool="theirs")
    take_jobs(offline, BACKEND)
    drain(offline)
    again(offline, "candidates")
    assert scores(offline) == {}


def test_without_an_open_job_matching_people_costs_one_count(offline: Ports, monkeypatch: pytest.MonkeyPatch) -> None:
    take_people(offline)
    take_jobs(offline, BACKEND | {"status": "closed"})
    drain(offline)
    from shared.stages import match

    people = list(offline.store.query("candidates"))
    asked: list[str] = []

    class Counting:
        def __getattr__(self, name: str) -> Any:
            asked.append(name)
            return getattr(offline.store, name)

    outcomes = match.run(people, replace(offline, store=Counting()))  # type: ignore[arg-type]
    assert asked == ["count"]
    assert {(each.state, each.reason) for each in outcomes} == {("skipped", "no job is open in this pool")}


def test_matching_asks_no_model(offline: Ports) -> None:
    take_people(offline)
    take_jobs(offline, BACKEND, ACCOUNTS)
    drain(offline)

    class Silent:
        def __getattr__(self, name: str) -> Any:
            raise AssertionError(f"the model was asked: {name}")

    mute = replace(offline, model=Silent())  # type: ignore[arg-type]
    before = scores(offline)
    again(mute, "jobs")
    again(mute, "candidates")
    assert scores(offline) == before


@pytest.mark.parametrize("end", ["close", "delete"])
def test_when_a_job_closes_or_goes_its_matches_go(offline: Ports, end: str) -> None:
    take_people(offline)
    take_jobs(offline, BACKEND, ACCOUNTS)
    drain(offline)
    known = ids(offline)
    if end == "close":
        set_status(offline, known["b"], "closed")
    else:
        delete_job(offline, known["b"])
    assert set(scores(offline)) == {("Accountant", "Cleo")}
    drain(offline)
    again(offline, "candidates")
    assert set(scores(offline)) == {("Accountant", "Cleo")}


@pytest.mark.parametrize("runs_between", [True, False])
def test_a_job_that_opens_again_has_its_matches_again(offline: Ports, runs_between: bool) -> None:
    take_people(offline)
    take_jobs(offline, BACKEND)
    drain(offline)
    before = scores(offline)
    set_status(offline, ids(offline)["b"], "closed")
    if runs_between:
        drain(offline)
    assert scores(offline) == {}
    set_status(offline, ids(offline)["b"], "open")
    drain(offline)
    assert scores(offline) == before != {}


def test_a_job_closed_while_it_is_matched_keeps_no_match(offline: Ports) -> None:
    take_people(offline)
    take_jobs(offline, BACKEND)
    drain(offline)
    from shared.pipeline.claims import Tally, claim_records, finish_records
    from shared.stages.stage import load_stage

    id_, stage = ids(offline)["b"], load_stage("match", "jobs")
    (task,) = tasks_for("jobs", "match", [id_], force=True)
    claim = claim_records(offline, task, stage)
    outcomes = stage.run(claim.mine, offline)
    set_status(offline, id_, "closed")
    finish_records(offline, task, stage, claim, outcomes, Tally())
    drain(offline)
    assert scores(offline) == {}


def test_a_job_that_changes_loses_who_no_longer_answers(offline: Ports) -> None:
    take_people(offline)
    take_jobs(offline, BACKEND)
    drain(offline)
    replace_job(offline, ids(offline)["b"], JobFacts(external_id="b", title="Accountant", description="SAP."))
    drain(offline)
    assert set(scores(offline)) == {("Accountant", "Cleo")}


def test_a_person_who_changes_is_matched_anew(offline: Ports) -> None:
    take_people(offline)
    take_jobs(offline, BACKEND, ACCOUNTS)
    drain(offline)
    take_people(offline, "Name,Email,Current title,Current company\nAnn,ann@example.org,Accountant,Ledger\n")
    drain(offline)
    assert ("Accountant", "Ann") in scores(offline)


def test_a_person_who_moved_awaits_matching_alone_and_scores_by_the_new_place(offline: Ports) -> None:
    take_people(offline)
    take_jobs(offline, BACKEND)
    drain(offline)
    before, ann = scores(offline), ids(offline)["Ann"]
    moved = 'Name,Email,Location\nAnn,ann@example.org,"Lisbon, Portugal"\n'
    take_people(offline, moved)
    row = offline.store.get("candidates", [ann])[ann].data
    assert (row["person"]["location"], row["awaiting"]) == ("Lisbon, Portugal", "match")
    drain(offline)
    pair = ("Senior Backend Engineer", "Ann")
    assert scores(offline)[pair] < before[pair]
    assert {each: score for each, score in scores(offline).items() if each != pair} == {
        each: score for each, score in before.items() if each != pair
    }
    take_people(offline, moved.replace("Ann,", "Ann B.,"))
    assert offline.store.get("candidates", [ann])[ann].data["awaiting"] == "ready"  # a name is in no score


@pytest.mark.parametrize("end", ["merge", "undo"])
def test_who_is_merged_away_or_undone_leaves_no_match(offline: Ports, end: str) -> None:
    import_id = take_people(offline)
    take_jobs(offline, BACKEND)
    drain(offline)
    known = ids(offline)
    if end == "merge":
        merge(offline, known["Ann"], known["Ben"])
    else:
        undo_import(offline, import_id)
    there = set(all_ids(offline, "candidates"))
    assert {row.data["candidate_id"] for row in offline.store.query("matches")} <= there
    drain(offline)
    assert len(scores(offline)) == (1 if end == "merge" else 0)


def test_with_many_jobs_only_the_nearest_are_looked_at_and_the_right_ones_are_among_them(
    offline: Ports, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(matching, "FEW", 2)
    monkeypatch.setattr(matching, "NEAREST", 2)
    monkeypatch.setattr(matching, "NEAREST_PART", 1)
    others = ["Nurse", "Sales Manager", "Graphic Designer", "Recruiter", "Lawyer", "Data Analyst"]
    take_jobs(offline, BACKEND, ACCOUNTS, *({"id": name, "position": name} for name in others))
    take_jobs(offline, BACKEND | {"id": "old", "status": "closed"})
    drain(offline)
    take_people(offline)
    drain(offline)
    looked: dict[str, list[str]] = matching.jobs_for(offline, "default", all_ids(offline, "candidates"), 8)
    assert all(0 < len(found) <= 7 for found in looked.values())
    assert {("Senior Backend Engineer", "Ann"), ("Accountant", "Cleo")} <= set(scores(offline))


def test_lists_say_who_stands_on_the_other_side_best_first_page_by_page(offline: Ports) -> None:
    take_people(offline)
    take_jobs(offline, BACKEND)
    drain(offline)
    known, reads = ids(offline), Reads(offline, Caller())
    first, following = list_matches(offline, reads, "job_id", known["b"], 1)
    assert [each["candidate"]["name"] for each in first] == ["Ann"] and following
    score, _, last = following.partition("~")
    second, _ = list_matches(offline, reads, "job_id", known["b"], 5, (float(score), last))
    assert [each["candidate"]["name"] for each in second] == ["Ben"]
    (of_ann,), _ = list_matches(offline, reads, "candidate_id", known["Ann"], 5)
    assert of_ann["job"]["title"] == "Senior Backend Engineer" and of_ann["score"] == first[0]["score"]


def test_who_may_not_see_a_job_or_a_person_sees_no_match(offline: Ports) -> None:
    take_people(offline)
    take_jobs(offline, BACKEND)
    drain(offline)
    stranger = Reads(offline, Caller(uid="x", role="recruiter", pools=("theirs",)))
    for side, id_ in (("job_id", "b"), ("candidate_id", "Ann")):
        with pytest.raises(NotFound):
            list_matches(offline, stranger, side, ids(offline)[id_], 5)  # type: ignore[arg-type]
