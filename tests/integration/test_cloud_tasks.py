"""The queue against the fake of Cloud Tasks on the wire, and what the fake itself promises."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from fake_cloud_tasks import FakeCloudTasks, cloud_tasks
from google.cloud.tasks_v2 import types
from parts.emulators import free_port

from shared.adapters.cloud_tasks import CloudTasksQueue
from shared.adapters.google_auth.service_accounts import GoogleIdentity
from shared.errors import Misconfigured, OutOfQuota, Retryable
from shared.models.task import Task
from shared.stages.table import TABLE

pytestmark = pytest.mark.integration
ROOT = Path(__file__).parents[2]
ACCOUNT = "tasks@demo.iam.gserviceaccount.com"
QUEUES = sorted({each.queue for each in TABLE})


@dataclass
class Function:
    """A function that answers as it is told and remembers what came."""

    url: str = ""
    answer: Callable[[int], tuple[int, dict[str, str]]] = lambda _: (204, {})
    came: list[tuple[str, dict[str, str], Task]] = field(default_factory=list)

    def ids(self) -> list[str]:
        return [id_ for _, _, task in self.came for id_ in task.ids]


@pytest.fixture
def function() -> Iterator[Function]:
    made, lock = Function(), threading.Lock()

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            with lock:
                made.came.append((self.path, dict(self.headers), Task.model_validate_json(body)))
                status, headers = made.answer(len(made.came))
            self.send_response(status)
            for name, value in {"Content-Length": "0", **headers}.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    made.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield made
    server.shutdown()
    server.server_close()


@pytest.fixture
def fake(request: pytest.FixtureRequest) -> Iterator[FakeCloudTasks]:
    options = {"speed": 50.0, **getattr(request, "param", {})}
    with cloud_tasks(**options) as started:
        started.make_queues("demo", "europe-west1", QUEUES, retry_config={"max_attempts": 3})
        yield started


@pytest.fixture
def queue(fake: FakeCloudTasks, function: Function) -> Iterator[CloudTasksQueue]:
    made = CloudTasksQueue("demo", "europe-west1", function.url, ACCOUNT, host=fake.address)
    yield made
    made.close()


def tasks(count: int, run_id: str = "r1", stage: str = "classify") -> list[Task]:
    return [Task(stage=stage, ids=(f"c{number}",), run_id=run_id) for number in range(count)]


def test_a_task_arrives_at_its_function_signed_for_it(
    fake: FakeCloudTasks, function: Function, queue: CloudTasksQueue
) -> None:
    sent = [Task(kind=each.kind, stage=each.stage, ids=("a", "b"), run_id="r", force=True) for each in TABLE]
    queue.enqueue(sent)
    assert fake.wait_until_empty(20)
    identity = GoogleIdentity(fake.signing.certs_url)
    arrived = []
    for path, headers, task in function.came:
        token = headers["Authorization"].removeprefix("Bearer ")
        assert identity.service_account(token, f"{function.url}{path}") == ACCOUNT
        assert headers["Content-Type"] == "application/json"
        arrived.append((path.removeprefix("/"), headers["X-Cloudtasks-Queuename"], task.kind, task.stage))
        assert task in sent
    assert sorted(arrived) == sorted((each.deployed, each.queue, each.kind, each.stage) for each in TABLE)


def test_what_is_queued_twice_comes_once_and_a_later_run_may_queue_it_again(
    fake: FakeCloudTasks, function: Function, queue: CloudTasksQueue
) -> None:
    queue.enqueue(tasks(3))
    queue.enqueue(tasks(3))
    assert fake.wait_until_empty(20)
    queue.enqueue(tasks(3))  # done, and its name still taken
    queue.enqueue(tasks(3, run_id="r2"))
    assert fake.wait_until_empty(20)
    assert sorted(function.ids()) == ["c0", "c0", "c1", "c1", "c2", "c2"]


def test_many_tasks_all_arrive(fake: FakeCloudTasks, function: Function, queue: CloudTasksQueue) -> None:
    queue.enqueue(tasks(150))
    assert fake.wait_until_empty(30)
    assert sorted(function.ids()) == sorted(f"c{number}" for number in range(150))


def test_an_empty_list_asks_nobody(
    fake: FakeCloudTasks, queue: CloudTasksQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    create, asked = fake.CreateTask, []

    def noted(request: object) -> object:
        asked.append(request)
        return create(request)

    monkeypatch.setattr(fake, "CreateTask", noted)
    queue.enqueue([])
    assert asked == []
    queue.enqueue(tasks(1))
    assert len(asked) == 1  # so it would have been seen


def test_a_function_may_work_on_a_task_for_half_an_hour(fake: FakeCloudTasks, queue: CloudTasksQueue) -> None:
    parent = "projects/demo/locations/europe-west1/queues/classify"
    fake.PauseQueue(types.PauseQueueRequest(name=parent))
    queue.enqueue(tasks(1))
    (waiting,) = fake.queues[parent].tasks.values()
    assert waiting.dispatch_deadline.total_seconds() == 1800
    assert json.loads(waiting.http_request.body) == {
        "kind": "candidates",
        "stage": "classify",
        "ids": ["c0"],
        "run_id": "r1",
        "force": False,
    }


def test_a_server_that_is_down_is_asked_again_later() -> None:
    queue = CloudTasksQueue("demo", "europe-west1", "http://x", ACCOUNT, host=f"127.0.0.1:{free_port()}")
    with pytest.raises(Retryable, match="classify"):
        queue.enqueue(tasks(2))
    queue.close()


def test_a_missing_queue_and_a_wrong_address_name_the_setting(fake: FakeCloudTasks, function: Function) -> None:
    elsewhere = CloudTasksQueue("demo", "us-east1", function.url, ACCOUNT, host=fake.address)
    with pytest.raises(Misconfigured, match="SHORTLIST_REGION"):
        elsewhere.enqueue(tasks(1))
    nowhere = CloudTasksQueue("demo", "europe-west1", "functions", ACCOUNT, host=fake.address)
    with pytest.raises(Misconfigured, match="SHORTLIST_FUNCTIONS_URL"):
        nowhere.enqueue(tasks(1))
    elsewhere.close()
    nowhere.close()


@pytest.mark.parametrize(("code", "kind"), [("RESOURCE_EXHAUSTED", OutOfQuota), ("INTERNAL", Retryable)])
def test_what_the_service_answers_is_said_in_our_words(
    fake: FakeCloudTasks, queue: CloudTasksQueue, code: str, kind: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    import grpc
    from fake_task_queue import Refused

    def refuse(_: object) -> None:
        raise Refused(grpc.StatusCode[code], "no")

    monkeypatch.setattr(fake, "CreateTask", refuse)
    with pytest.raises(kind, match="classify"):
        queue.enqueue(tasks(40))


def test_a_short_failure_of_the_service_is_repeated_quietly(
    fake: FakeCloudTasks, function: Function, queue: CloudTasksQueue, monkeypatch: pytest.MonkeyPatch
) -> None:
    import grpc
    from fake_task_queue import Refused

    create, asked = fake.CreateTask, []

    def fail_first(request: object) -> object:
        asked.append(request)
        if len(asked) < 3:
            raise Refused(grpc.StatusCode.UNAVAILABLE, "one moment")
        return create(request)

    monkeypatch.setattr(fake, "CreateTask", fail_first)
    queue.enqueue(tasks(1))
    assert fake.wait_until_empty(20)
    assert function.ids() == ["c0"]


def test_a_refused_task_comes_again_until_its_attempts_are_spent(
    fake: FakeCloudTasks, function: Function, queue: CloudTasksQueue
) -> None:
    function.answer = lambda _: (503, {"Retry-After": "2"})
    queue.enqueue(tasks(1))
    assert fake.wait_until_empty(20)
    counts = [headers["X-Cloudtasks-Taskretrycount"] for _, headers, _ in function.came]
    assert counts == ["0", "1", "2"]
    assert [delivery.status for delivery in fake.deliveries] == [503, 503, 503]
    assert len(fake.dead) == 1


@pytest.mark.parametrize("fake", [{"deliver_twice": 0.5, "disorder": 20.0, "seed": 7}], indirect=True)
def test_the_fake_delivers_twice_and_out_of_order(
    fake: FakeCloudTasks, function: Function, queue: CloudTasksQueue
) -> None:
    queue.enqueue(tasks(60))
    assert fake.wait_until_empty(20)
    came = function.ids()
    assert set(came) == {f"c{number}" for number in range(60)}
    assert 70 < len(came) < 110
    assert came != sorted(came, key=lambda id_: int(id_[1:]))


def test_a_paused_queue_delivers_nothing_until_it_goes_on(
    fake: FakeCloudTasks, function: Function, queue: CloudTasksQueue
) -> None:
    name = "projects/demo/locations/europe-west1/queues/classify"
    fake.PauseQueue(types.PauseQueueRequest(name=name))
    queue.enqueue(tasks(3))
    assert not fake.wait_until_empty(0.3)
    assert function.came == []
    fake.ResumeQueue(types.ResumeQueueRequest(name=name))
    assert fake.wait_until_empty(20)
    assert len(function.came) == 3


def test_attempts_go_on_until_the_retry_time_is_over_too(function: Function) -> None:
    function.answer = lambda _: (500, {})
    retries = {
        "max_attempts": 1,
        "max_retry_duration": {"nanos": 400_000_000},
        "min_backoff": {"nanos": 100_000_000},
        "max_backoff": {"nanos": 100_000_000},
    }
    with cloud_tasks() as fake:
        fake.make_queues("demo", "europe-west1", ["classify"], retry_config=retries)
        queue = CloudTasksQueue("demo", "europe-west1", function.url, ACCOUNT, host=fake.address)
        queue.enqueue(tasks(1))
        assert fake.wait_until_empty(20)
        queue.close()
    assert len(function.came) > 1
    assert len(fake.dead) == 1


def test_the_queue_brings_no_asynchronous_client(fake: FakeCloudTasks) -> None:
    program = f"""
import sys
from shared.adapters.cloud_tasks import CloudTasksQueue
from shared.models.task import Task
assert not set(("grpc", "google.auth", "google.protobuf")) & set(sys.modules)
queue = CloudTasksQueue("demo", "europe-west1", "http://127.0.0.1:1", "{ACCOUNT}", host="{fake.address}")
queue.enqueue([Task(stage="classify", ids=("a",), run_id="r")])
queue.close()
loaded = [name for name in sys.modules if name.startswith("google.") and "async" in name]
assert not loaded, loaded
from google.cloud import tasks_v2  # and who wants all of it, still gets it
assert tasks_v2.CloudTasksClient and tasks_v2.CreateTaskRequest is queue._types.CreateTaskRequest
"""
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr


def test_the_fake_runs_as_a_program_and_stops_when_asked() -> None:
    command = [sys.executable, "tests/fake_cloud_tasks.py", "--port", "0", "--certs-port", "0", "--queue", "classify"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            address, certs_url = process.stdout.readline().split()
            queue = CloudTasksQueue("demo", "europe-west1", "http://127.0.0.1:1", ACCOUNT, host=address)
            queue.enqueue(tasks(1))
            queue.close()
            assert certs_url.startswith("http://127.0.0.1:")
            process.terminate()
            assert process.wait(20) == 0
        finally:
            process.kill()
