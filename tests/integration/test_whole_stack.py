"""A CSV dropped into the bucket becomes embedded people in Firestore, through every function, as on Google Cloud."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest
from conftest import FIXTURES
from parts.stack import Stack
from parts.waiting import until

from benchmarks.scores import ndcg
from shared import wiring
from shared.config import Settings
from shared.imports.start import run_import, start_import
from shared.models.batch import ImportOptions
from shared.models.caller import Caller
from shared.operations.dispatch import deliver
from shared.pipeline.backlog import failures, sweep
from shared.ports import Ports, Store, Where
from shared.search import search

pytestmark = pytest.mark.integration

EXPORT = FIXTURES / "ats" / "ats_export.csv"
PEOPLE = 398  # as its truth counts them, those of an agency's one address each
TRUTH = [json.loads(line) for line in (FIXTURES / "ats" / "ats_export.csv.truth.jsonl").read_text().splitlines()]
QUERIES = json.loads((FIXTURES / "search" / "queries.json").read_text())


OURS: Where = [("pool", "==", "default")]  # other tests use the same stack, and other pools
TAKES = 600  # seconds at most: everything here is quicker on a machine that does nothing else


def ready(store: Store) -> int:
    return store.count("candidates", [*OURS, ("awaiting", "==", "ready")])


@pytest.fixture(scope="module")
def dropped(stack: Stack) -> Counter[str]:
    """Drop the export; return what the model had been asked before."""
    before = Counter(stack.gemini.counts()["calls"])
    stack.files.write("incoming/csv/default/ats_export.csv", EXPORT.read_bytes())
    return before


@pytest.fixture(scope="module")
def asked(stack: Stack, dropped: Counter[str], embedded: Ports) -> Counter[str]:
    """Wait until all are ready; return what the model was asked meanwhile."""
    until(lambda: ready(stack.store) == PEOPLE, TAKES)
    return Counter(stack.gemini.counts()["calls"]) - dropped


@pytest.fixture(scope="module")
def embedded(dropped: Counter[str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ports]:
    """The same export on one machine, while the stack is at work."""
    home = tmp_path_factory.mktemp("home")
    ports = wiring.connect(Settings(home=home), deliver)
    with EXPORT.open("rb") as stream:
        started = start_import(ports, stream, EXPORT.name, "default", ImportOptions(), 10**9)
    run_import(ports, started.id)
    while sweep(ports):
        wiring.thread_queue(ports).join()
    yield ports
    wiring.thread_queue(ports).stop()
    ports.store.close()


def people(store: Store) -> dict[tuple[int, ...], dict[str, Any]]:
    """Everyone, by the rows that are theirs."""
    rows = store.query("candidates", OURS)
    return {tuple(sorted(source["row"] for source in row.data["sources"])): {"id": row.id, **row.data} for row in rows}


@pytest.mark.usefixtures("asked")
def test_the_same_people_come_out_as_on_one_machine(stack: Stack, embedded: Ports) -> None:
    there, here = people(stack.store), people(embedded.store)
    assert set(there) == set(here) and len(there) == PEOPLE
    for rows, person in here.items():
        assert said(there[rows]) == said(person)


def said(person: dict[str, Any]) -> dict[str, Any]:
    """What sources decide, without ids."""
    applications = [{**each, "import_id": None} for each in person["applications"]]
    return {"applications": applications, **{name: person[name] for name in ("person", "profile", "name_key")}}


@pytest.mark.usefixtures("asked")
def test_everyone_has_vectors_of_768_numbers_and_unit_length(stack: Stack) -> None:
    rows = stack.store.query("candidates", OURS, fields=("embedding", "stages"))
    with_text = [row for row in rows if row.data["stages"]["embed"]["state"] == "done"]
    assert len(with_text) > 380
    for row in with_text:
        vector = np.asarray(row.data["embedding"])
        assert vector.shape == (768,) and abs(float(np.linalg.norm(vector)) - 1) < 1e-3
    assert stack.store.count("vectors", OURS) == len(with_text)


def test_every_record_was_asked_about_once_a_stage(stack: Stack, asked: Counter[str]) -> None:
    rows = stack.store.query("candidates", OURS, fields=("stages",))
    for stage in ("classify", "enrich"):
        ended = [row.data["stages"][stage] for row in rows]
        done = sum(state["state"] == "done" for state in ended)
        assert {state["attempts"] for state in ended} == {1}
        assert done <= asked[stage] <= len(rows)  # a person of whom nothing can be said may cost a call, too
    assert not list(failures(_ports(stack)))


@pytest.mark.usefixtures("asked")
def test_searches_on_google_cloud_are_as_good_as_on_one_machine(stack: Stack, embedded: Ports) -> None:
    here = mean_ndcg(lambda text: _ids(search(embedded, text, caller=Caller(), top_k=10).to_json()), embedded.store)
    there = mean_ndcg(lambda text: _ids(_asked(stack, text)), stack.store)
    print(f"\nnDCG@10: {here:.3f} on one machine, {there:.3f} on the stack")
    assert abs(here - there) <= 0.02


@pytest.mark.usefixtures("asked")
def test_a_cv_dropped_into_the_bucket_becomes_a_candidate(stack: Stack) -> None:
    before = stack.store.count("candidates", OURS)
    cv = FIXTURES / "cvs" / "docx_plain_en.docx"
    stack.files.write(f"incoming/cv/default/{cv.name}", cv.read_bytes())
    until(lambda: ready(stack.store) == before + 1, TAKES)
    (document,) = stack.store.query("documents", OURS)
    assert document.data["awaiting"] == "ready" and document.data["facts"]["person"]["emails"]


def test_what_cannot_be_taken_is_recorded_and_visible(stack: Stack) -> None:
    stack.files.write("incoming/csv/nowhere/people.csv", b"Name\nAnn Lee\n")
    stack.files.write("incoming/csv/default/people.exe", b"MZ")
    stack.files.write("elsewhere/people.csv", b"Name\nAnn Lee\n")
    wrong = {"incoming/csv/nowhere/people.csv", "incoming/csv/default/people.exe"}
    until(lambda: wrong <= {u.data["name"] for u in stack.store.query("uploads") if u.data["state"] == "FAILED"}, TAKES)
    reasons = {row.data["name"]: row.data.get("error") for row in stack.store.query("uploads")}
    assert "no pool" in reasons["incoming/csv/nowhere/people.csv"]
    assert "people.exe" in reasons["incoming/csv/default/people.exe"]
    assert "elsewhere/people.csv" not in reasons


def test_only_the_account_of_the_tasks_may_call_a_task_function(stack: Stack) -> None:
    assert stack.call("backfill")[0] == 200
    import urllib.error
    import urllib.request

    request = urllib.request.Request(f"{stack.url}/classify", b"{}", {"Content-Type": "application/json"})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=30)
    assert refused.value.code == 401
    refused.value.close()


def mean_ndcg(find: Callable[[str], list[str]], store: Store) -> float:
    number = {row.id: _number(row.data) for row in store.query("candidates", OURS, fields=("sources",))}
    with ThreadPoolExecutor(4) as threads:  # a search waits for the emulator most of its time
        answers = list(threads.map(find, [query["text"] for query in QUERIES]))
    scores = []
    for query, found in zip(QUERIES, answers, strict=True):
        grades = [query["grades"].get(str(number.get(id_)), 0) for id_ in found]
        scores.append(ndcg(grades, query["grades"].values()))
    return sum(scores) / len(scores)


def _number(data: dict[str, Any]) -> int | None:
    rows = [source["row"] for source in data["sources"] if source.get("row")]
    return TRUTH[min(rows) - 1]["candidate"] if rows else None


def _ids(found: dict[str, Any]) -> list[str]:
    return [hit["candidate_id"] for hit in found["results"]]


def _asked(stack: Stack, text: str) -> dict[str, Any]:
    asked = {"job_offer_text": text, "top_k": 10, "filters": {"pool": "default"}}  # other tests let it into their pools
    body = json.dumps(asked).encode()
    status, said = stack.call("api", "/api/search-runs/", body)
    assert status == 200, said
    answer: dict[str, Any] = json.loads(said)
    return answer


def _ports(stack: Stack) -> Ports:
    missing: Any = None
    return Ports(stack.store, stack.files, missing, missing, missing, wiring.utc_now, b"1" * 32)
