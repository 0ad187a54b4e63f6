"""Search runs over HTTP: asked, answered, kept, read again, explained."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
from fake_model import FakeModel
from parts import process
from parts.process import make_app
from parts.records import stage_state
from search_records import NOW, asking, person
from werkzeug.test import Client

from shared import wiring
from shared.config import Settings
from shared.models.caller import Caller
from shared.models.requirements import Requirements
from shared.operations.dispatch import deliver
from shared.ports import Create, Ports, Reply, Store
from shared.search.runs import find_run, list_runs

BACKEND = ("engineering", "backend", "senior")
WANTED = asking(
    "senior backend engineer, Go, Berlin", ["Go"],
    specialties=("engineering/backend",), levels=("senior",), places=("Berlin",),
)  # fmt: skip
URL = "/api/search-runs/"


class BreakingModel(FakeModel):
    """A fake that breaks as a library would, with what it was asked in the message."""

    def split_job(self, text: str) -> Reply[Requirements]:
        raise RuntimeError(f"cannot parse {text}")


def filled(store: Store) -> None:
    there = {"location": "Berlin", "name": "Ada Ng", "start": "2024-06"}
    person(store, "berlin", "Senior Backend Engineer", label=BACKEND, tags=["Go"], **there)
    person(store, "lima", "Senior Backend Engineer", label=BACKEND, tags=["Go"], location="Lima")
    person(store, "junior", "Junior Backend Engineer", label=("engineering", "backend", "junior"), start="2026-01")
    person(store, "sales", "Account Executive", label=("sales", "account_executive", "senior"), location="Berlin")
    person(store, "nowhere", "Senior Backend Engineer", label=BACKEND, tags=["Java"])
    person(store, "theirs", "Senior Backend Engineer", label=BACKEND, tags=["Go"], pool="other")


@pytest.fixture
def ports(tmp_path: Path) -> Iterator[Ports]:
    connected = wiring.connect(Settings(home=tmp_path), deliver)
    ports = replace(connected, model=FakeModel(WANTED), now=lambda: NOW)
    filled(ports.store)
    process.use(Settings(home=tmp_path), ports=ports)
    yield ports
    wiring.thread_queue(connected).stop()
    connected.store.close()


@pytest.fixture
def client(ports: Ports) -> Client:
    return make_app().test_client()


def run(client: Client, **body: Any) -> Any:
    return client.post(URL, json={"job_offer_text": WANTED.text, "filters": {"pool": "default"}} | body)


def order(answer: Any) -> list[str]:
    return [hit["candidate_id"] for hit in answer.json["results"]]


def test_a_run_answers_with_ranked_people_reasons_weights_and_timings(client: Client) -> None:
    answer = run(client)
    assert answer.status_code == 200 and len(answer.json["id"]) == 20
    assert order(answer)[:2] == ["berlin", "lima"] and "theirs" not in order(answer)
    assert set(answer.json["timings"]) == {"understand", "embed", "retrieve", "score"}
    assert all(ms >= 0 for ms in answer.json["timings"].values())
    assert abs(sum(answer.json["weights"].values()) - 1) < 1e-6
    best = answer.json["results"][0]
    assert best["score"] > 0.9 and best["coverage"] == 1 and "“Berlin”" in best["explanation"]
    assert answer.json["preset"]["suggested"] == "individual" and answer.json["preset"]["applied"] == "default"


def test_a_run_is_read_again_as_it_was_with_people_as_they_are_now(client: Client, ports: Ports) -> None:
    answer = run(client, top_k=2)
    again = client.get(f"{URL}{answer.json['id']}/").json
    assert [hit["candidate_id"] for hit in again["results"]] == ["berlin", "lima"]
    assert [hit["score"] for hit in again["results"]] == [hit["score"] for hit in answer.json["results"]]
    first = again["results"][0]
    assert (first["name"], first["changed"], first["explanation"]) == (
        "Ada Ng", False, answer.json["results"][0]["explanation"])  # fmt: skip
    (row,) = ports.store.get("candidates", ["berlin"]).values()
    moved = row.data["person"] | {"location": "Lima"}
    ports.store.commit([[replace_field("berlin", person=moved)], [gone("lima")]])
    again = client.get(f"{URL}{answer.json['id']}/").json
    first, second = again["results"]
    assert first["changed"] and first["score_now"] < first["score"] == answer.json["results"][0]["score"]
    assert second == {"candidate_id": "lima", "gone": True, "coverage": 1.0, "factors": second["factors"],
                      "score": answer.json["results"][1]["score"]}  # fmt: skip


def replace_field(id: str, **fields: Any) -> Any:
    from shared.ports import Update

    return Update("candidates", id, fields, None)


def gone(id: str) -> Any:
    from shared.ports import Delete

    return Delete("candidates", id)


def test_what_is_kept_holds_no_name_and_no_quote_of_a_person(client: Client, ports: Ports) -> None:
    id = run(client).json["id"]
    kept = json.dumps(ports.store.get("search_runs", [id])[id].data["results"])
    assert "Ada" not in kept and "Engineer" not in kept and "Acme" not in kept and "Lima" not in kept
    assert "berlin" in kept  # its id


def test_runs_are_listed_newest_first(client: Client) -> None:
    ids = [run(client, top_k=k).json["id"] for k in (1, 2)]
    listed = client.get(f"{URL}?limit=5").json["search_runs"]
    assert {each["id"] for each in listed} == set(ids)
    assert all("results" not in each for each in listed)


def test_a_run_is_only_for_whoever_asked_and_admins(client: Client, ports: Ports) -> None:
    id = run(client).json["id"]  # the local admin's
    other = Caller(uid="r", role="recruiter", pools=("default",))
    with pytest.raises(Exception, match="no search run"):
        find_run(ports, id, other)
    assert list_runs(ports, other) == []
    assert find_run(ports, id, Caller(uid="boss", role="admin")).id == id
    assert client.get(f"{URL}nothing/").status_code == 404


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"weights": {"skill": 0.5}}, "sum to 1"),
        ({"weights": {"skill": 0.5, "charm": 0.5}}, "unknown weight charm"),
        ({"weights": {"skill": 1}, "preset": "manager"}, "not both"),
        ({"preset": "wizard"}, "unknown preset wizard"),
        ({"job_offer_text": "  "}, "empty"),
        ({"job_offer_text": None}, "either job_offer_text or job_id"),
        ({"job_id": "j"}, "either job_offer_text or job_id"),
        ({"colour": "blue"}, "colour"),
        ({"top_k": 0}, "top_k"),
        ({"filters": {"shoe": "9"}}, "unknown filter shoe"),
        ({"words": '"open'}, "position 1"),
        ({"job_offer_text": "engineer -junior ("}, "position"),
    ],
)
def test_what_is_asked_wrongly_is_refused_with_what_is_wrong(client: Client, body: dict[str, Any], says: str) -> None:
    answer = run(client, **body)
    assert answer.status_code == 400 and says in answer.json["detail"]


def test_a_job_nobody_knows_is_not_found(client: Client) -> None:
    answer = client.post(URL, json={"job_id": "nothing"})
    assert answer.status_code == 404


def test_a_stored_job_is_searched_by_what_was_read_of_it_in_its_own_pool(client: Client, ports: Ports) -> None:
    read = WANTED.model_dump(mode="json", exclude={"text"})
    job = {"id": "j1", "pool": "default", "title": "Senior Backend Engineer", "description": "Go", "enrichment": read}
    ports.store.commit([[Create("jobs", "j1", job)]])
    answer = client.post(URL, json={"job_id": "j1"})
    assert answer.status_code == 200, answer.json
    assert order(answer)[0] == "berlin" and "theirs" not in order(answer)


def test_a_pipeline_that_breaks_answers_500_with_a_request_id_and_nothing_of_the_text(
    client: Client, ports: Ports, caplog: pytest.LogCaptureFixture
) -> None:
    process.swap(replace(ports, model=cast(Any, BreakingModel(WANTED))))
    with caplog.at_level(logging.DEBUG):
        answer = run(client, job_offer_text="Jane Roe, our best")
    assert answer.status_code == 500 and len(answer.json["request_id"]) == 12
    assert "Jane" not in json.dumps(answer.json) and "Jane" not in caplog.text
    assert answer.json["request_id"] in caplog.text


def test_a_preset_is_applied_only_when_it_is_chosen(client: Client) -> None:
    shown = run(client, preset="manager").json
    assert shown["preset"]["applied"] == "manager"
    assert shown["weights"]["skill"] == shown["weights"]["experience"] > run(client).json["weights"]["experience"]


def test_words_filter_and_unknown_places_stay_unless_strict(client: Client) -> None:
    assert set(order(run(client, words="engineer -title:junior place:Berlin"))) == {"berlin", "nowhere"}
    assert set(order(run(client, words="engineer -title:junior place:Berlin", strict=True))) == {"berlin"}
    assert set(order(run(client, job_offer_text="backend engineer Go OR Java -Lima"))) == {"berlin", "nowhere"}
    hit = run(client, words="place:Berlin", top_k=9).json["results"]
    assert {"nowhere"} <= {each["candidate_id"] for each in hit if each["factors"]["location"]["unknown"]}


def test_an_empty_list_says_which_filter_to_relax_and_how_many_that_brings(client: Client) -> None:
    answer = run(client, filters={"pool": "default", "level": "senior", "stage": "Offer"})
    assert answer.json["results"] == []
    assert answer.json["relax"] == [{"filters": ["stage"], "adds": 4}]


def why(client: Client, candidate_id: str, **body: Any) -> Any:
    asked = {"job_offer_text": WANTED.text, "filters": {"pool": "default"}, "candidate_id": candidate_id} | body
    return client.post(f"{URL}why/", json=asked)


def test_why_not_names_the_filter_and_the_rank_without_it(client: Client) -> None:
    told = why(client, "junior", filters={"pool": "default", "level": "senior"}).json
    assert told["filters"] == ["level"] and told["rank"] is None and not told["in_results"]
    assert told["reasons"][0] == "filter level drops them"
    assert told["smallest"]["drop"] == ["filter level=senior"] and told["smallest"]["rank"] <= 10


def test_why_not_finds_the_one_requirement_that_keeps_somebody_out(client: Client) -> None:
    told = why(client, "lima", top_k=1).json
    assert told["rank"] == 2 and not told["in_results"]
    assert told["smallest"] == {"drop": ["place Berlin"], "rank": 1, "score": 1.0, "moves_out": 1}
    assert told["factors"]["location"]["costs"] == pytest.approx(1 - told["score"], abs=1e-3)  # nothing else is amiss
    assert "Berlin asked, in Lima" in told["factors"]["location"]["missing"]


def test_why_not_names_the_stage_that_failed_or_waits(client: Client, ports: Ports) -> None:
    failed = {"classify": stage_state("failed", error={"message": "the model refused", "again": False})}
    ports.store.commit([[replace_field("nowhere", stages=failed, awaiting="enrich")]])
    told = why(client, "nowhere").json
    assert told["stages"]["classify"] == {"state": "failed", "reason": "the model refused"}
    assert told["stages"]["embed"]["state"] == "waiting"
    assert "classify is failed: the model refused" in told["reasons"]


def test_why_not_of_a_kept_run_and_of_somebody_the_caller_may_not_see(client: Client) -> None:
    id = run(client, top_k=1).json["id"]
    told = client.get(f"{URL}{id}/why/lima/").json
    assert told["rank"] == 2 and told["smallest"]
    assert client.get(f"{URL}{id}/why/nobody/").status_code == 404
    assert client.get(f"{URL}nothing/why/lima/").status_code == 404


def test_the_rank_told_is_the_place_in_the_list(client: Client) -> None:
    ranked = order(run(client, top_k=10))
    told = {id: why(client, id).json for id in ranked}
    assert [told[id]["rank"] for id in ranked] == list(range(1, len(ranked) + 1))
    assert all(each["in_results"] and each["smallest"] is None for each in told.values())


def test_people_like_one_are_of_the_same_pool_and_never_themself(client: Client) -> None:
    answer = client.get("/api/candidates/berlin/similar/?top_k=3")
    assert order(answer)[0] == "lima" and not {"berlin", "theirs"} & set(order(answer))
    assert answer.json["results"][0]["explanation"].startswith("Meets role: engineering/backend")
    assert client.get("/api/candidates/nobody/similar/").status_code == 404


def test_the_same_run_a_hundred_times_answers_the_same(client: Client) -> None:
    varying = ("id", "took_ms", "timings")
    answers = {json.dumps({k: v for k, v in run(client).json.items() if k not in varying}) for _ in range(100)}
    assert len(answers) == 1
