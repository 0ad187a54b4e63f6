"""Task functions as the queue calls them: which answer makes it stop, which makes it come again, and who may call."""

from __future__ import annotations

import io
from typing import Any

import pytest
from conftest import FIXTURES, Importer, people
from doors import ACCOUNT, URL, Post
from fake_model import FakeModel

from shared.errors import OutOfQuota, Retryable
from shared.imports.start import read_import, start_import
from shared.models.batch import ImportOptions
from shared.ports import Ports, Update
from shared.stages.table import ATTEMPTS, TABLE
from shared.wiring import thread_queue

QUEUED = {"X_CloudTasks_TaskName": "t1"}
LAST = {**QUEUED, "X_CloudTasks_TaskRetryCount": str(ATTEMPTS - 1)}


def ids(ports: Ports) -> list[str]:
    return [row.id for row in ports.store.query("candidates")]


def classify_task(ports: Ports, **changed: Any) -> dict[str, Any]:
    return {"stage": "classify", "ids": ids(ports), "run_id": "r", **changed}


@pytest.fixture
def two(take: Importer, ports: Ports) -> list[str]:
    take("Name,Email,Experiences\nAnn Lee,ann@example.com,Engineer at Acme (01/2020 to N/A)\n"
         "Bob Ray,bob@example.com,Engineer at Umbra (01/2020 to N/A)\n")  # fmt: skip
    thread_queue(ports).stop()  # what is queued stays undone
    return ids(ports)


def test_a_task_is_done_and_says_what_it_did(post: Post, ports: Ports, two: list[str]) -> None:
    answer = post("classify", classify_task(ports), **QUEUED)
    assert (answer.status_code, answer.get_json()["done"]) == (200, 2)
    assert {data["awaiting"] for data in people(ports).values()} == {"enrich"}


def test_a_task_that_comes_twice_does_its_work_once(post: Post, ports: Ports, model: FakeModel, two: list[str]) -> None:
    for _ in range(2):
        assert post("classify", classify_task(ports), **QUEUED).status_code == 200
    assert model.asked["classify"] == 2


def test_an_outage_asks_the_queue_to_come_again_and_the_last_attempt_writes_it_down(
    post: Post, ports: Ports, model: FakeModel, two: list[str]
) -> None:
    def away(task: str) -> None:
        raise Retryable("the model is away")

    model.before = away
    answer = post("classify", classify_task(ports), **QUEUED)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "10")
    assert {data["awaiting"] for data in people(ports).values()} == {"classify"}
    answer = post("classify", classify_task(ports), **LAST)
    assert (answer.status_code, answer.get_json()["failed"]) == (200, 2)
    states = [data["stages"]["classify"] for data in people(ports).values()]
    assert all("the model is away" in state["error"]["message"] for state in states)


def test_a_quota_says_when_to_come_again(post: Post, ports: Ports, model: FakeModel, two: list[str]) -> None:
    def out_of_quota(task: str) -> None:
        raise OutOfQuota("slow down", wait=37)

    model.before = out_of_quota
    answer = post("classify", classify_task(ports), **QUEUED)
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "37")


def test_a_record_someone_holds_is_never_failed_not_even_by_the_last_attempt(
    post: Post, ports: Ports, two: list[str]
) -> None:
    lease = {"token": "t", "owner": "instance-7", "stage": "classify", "until": "2999-01-01T00:00:00Z"}
    ports.store.commit([[Update("candidates", two[0], {"lease": lease}, None)]])
    answer = post("classify", classify_task(ports), **LAST)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "2")
    held, other = (ports.store.get("candidates", [id_])[id_].data for id_ in two)
    assert (held["awaiting"], other["awaiting"]) == ("classify", "enrich")


@pytest.mark.parametrize("body", [b"nonsense", b"{}", b'{"stage": "embed", "ids": [], "run_id": "r"}'])
def test_a_task_that_can_never_be_done_is_refused_to_people_and_taken_from_the_queue(post: Post, body: bytes) -> None:
    assert post("classify", body).status_code == 400
    answer = post("classify", body, **QUEUED)
    assert answer.status_code == 200 and answer.get_json()["given_up"]


def test_a_batch_near_its_deadline_gives_the_rest_back(
    post: Post, ports: Ports, model: FakeModel, take: Importer, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "".join(f"P {n},p{n}@example.com,Engineer at Acme {n} (01/2020 to N/A)\n" for n in range(40))
    take(f"Name,Email,Experiences\n{rows}")
    queue = thread_queue(ports)
    queued: list[Any] = []
    monkeypatch.setattr(queue, "enqueue", queued.extend)
    monkeypatch.setattr("functions.tasks.monotonic", lambda: -1e9)  # the deadline has passed long since
    answer = post("classify", classify_task(ports), **QUEUED)
    assert (answer.status_code, answer.get_json()["done"], model.asked["classify"]) == (200, 25, 25)
    rest, after = queued
    assert (rest.stage, len(rest.ids), after.stage, len(after.ids)) == ("classify", 15, "enrich", 25)
    assert not set(rest.ids) & set(after.ids)
    waiting = [data for data in people(ports).values() if data["awaiting"] == "classify"]
    assert len(waiting) == 15 and not any(data.get("lease") for data in waiting)


def test_an_import_is_done_by_its_tasks_to_the_end(post: Post, ports: Ports) -> None:
    path = FIXTURES / "ats" / "ats_export.csv"
    with path.open("rb") as stream:
        started = start_import(ports, stream, path.name, "default", ImportOptions(), 10**9, upload_id="a" * 32)
    task = {"kind": "imports", "stage": "import_rows", "ids": [started.id], "run_id": "r"}
    assert post("import_rows", task, **QUEUED).status_code == 200
    done = read_import(ports.store, started.id)
    assert (done.state, done.counts.rows, done.counts.created) == ("SUCCESS", 500, 398)


def test_an_import_that_is_gone_is_taken_from_the_queue(post: Post) -> None:
    task = {"kind": "imports", "stage": "import_rows", "ids": ["gone"], "run_id": "r"}
    assert post("import_rows", task, **QUEUED).status_code == 200
    assert post("import_rows", task).status_code == 404


def test_an_import_someone_does_now_comes_again(post: Post, ports: Ports) -> None:
    content = io.BytesIO(b"Name,Email\nAnn Lee,ann@example.com\n")
    started = start_import(ports, content, "p.csv", "default", ImportOptions(), 10**9, upload_id="b" * 32)
    lease = {"token": "t", "owner": "instance-7", "stage": "import_rows", "until": "2999-01-01T00:00:00Z"}
    ports.store.commit([[Update("imports", started.id, {"lease": lease}, None)]])
    task = {"kind": "imports", "stage": "import_rows", "ids": [started.id], "run_id": "r"}
    assert post("import_rows", task, **QUEUED).status_code == 503


SIGNED = [
    *((each.export, each.deployed) for each in TABLE),
    ("backfill", "backfill"),
    ("cleanup", "cleanup"),
    ("batch_enrich_candidates", "batchEnrichCandidates"),
]


@pytest.mark.parametrize(("export", "deployed"), SIGNED)
def test_only_the_account_of_the_tasks_gets_in_with_a_token_for_this_function(
    post: Post, export: str, deployed: str
) -> None:
    known = next((each for each in TABLE if each.export == export), None)
    body = {"kind": known.kind, "stage": known.stage, "ids": [], "run_id": "r"} if known else {}

    def status(token: str | None) -> int:
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        return post(export, body, signed=True, **QUEUED, **headers).status_code

    assert status(None) == 401
    assert status(f"{ACCOUNT} for {URL}/other") == 401
    assert status(f"someone@project.example for {URL}/{deployed}") == 403
    assert status(f"{ACCOUNT} for {URL}/{deployed}") == 200


def test_a_refused_call_does_nothing(post: Post, ports: Ports, model: FakeModel, two: list[str]) -> None:
    post("classify", classify_task(ports), signed=True, **QUEUED)
    assert model.asked["classify"] == 0
