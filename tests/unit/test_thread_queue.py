"""The `Queue` port over threads."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator

import pytest

from shared.adapters.local.threads import ThreadQueue
from shared.errors import Busy, OutOfQuota, Permanent, Retryable
from shared.models.task import Task

Handler = Callable[[Task, bool], object]


class Clock:
    """Seconds that pass when somebody waits for them."""

    def __init__(self) -> None:
        self.now = 0.0
        self.waits: list[float] = []

    def wait(self, condition: threading.Condition, seconds: float | None) -> None:
        if seconds is None:
            condition.wait()
        else:
            self.waits.append(round(seconds, 3))
            self.now += seconds


@pytest.fixture
def start() -> Iterator[Callable[..., ThreadQueue]]:
    queues: list[ThreadQueue] = []

    def make(handler: Handler, clock: Clock | None = None, workers: int = 1) -> ThreadQueue:
        clock = clock or Clock()
        queues.append(ThreadQueue(handler, workers=workers, clock=lambda: clock.now, wait=clock.wait))
        return queues[-1]

    yield make
    for queue in queues:
        queue.stop()


def task(id: str) -> Task:
    return Task(stage="classify", ids=(id,), run_id="r")


def test_join_waits_for_every_task_and_for_those_that_tasks_enqueue(start: Callable[..., ThreadQueue]) -> None:
    done: Counter[str] = Counter()

    def handler(given: Task, _: bool) -> None:
        done[given.ids[0]] += 1
        if len(given.ids[0]) < 3:
            queue.enqueue([task(given.ids[0] + "x"), task(given.ids[0] + "y")])

    queue = start(handler, workers=3)
    queue.enqueue([task(letter) for letter in "abcd"])
    queue.join()
    assert len(done) == 4 + 8 + 16 and set(done.values()) == {1}
    assert queue.failures == []


def test_never_more_tasks_run_at_once_than_there_are_workers(start: Callable[..., ThreadQueue]) -> None:
    both = threading.Barrier(2, timeout=10)
    running, most = [0], [0]
    lock = threading.Lock()

    def handler(_: Task, __: bool) -> None:
        with lock:
            running[0] += 1
            most[0] = max(most[0], running[0])
        both.wait()
        with lock:
            running[0] -= 1

    queue = start(handler, workers=2)
    queue.enqueue([task(str(n)) for n in range(8)])
    queue.join()
    assert most == [2] and queue.failures == []


def test_a_retryable_error_comes_back_ever_later_and_is_given_up_in_the_end(start: Callable[..., ThreadQueue]) -> None:
    clock, lasts = Clock(), list[bool]()

    def handler(_: Task, last: bool) -> None:
        lasts.append(last)
        raise Retryable("the service is down")

    queue = start(handler, clock)
    queue.enqueue([task("a")])
    queue.join()
    assert lasts == [False, False, False, False, True]
    assert clock.waits == [0.5, 1.0, 2.0, 4.0]
    assert [(failure.task.ids, str(failure.error)) for failure in queue.failures] == [(("a",), "the service is down")]


def test_busy_is_not_an_attempt(start: Callable[..., ThreadQueue]) -> None:
    answers: Iterator[Exception | None] = iter([*[Busy("held")] * 20, Retryable("down"), None])

    def handler(_: Task, last: bool) -> None:
        assert not last
        if error := next(answers):
            raise error

    queue = start(handler)
    queue.enqueue([task("a")])
    queue.join()
    assert queue.failures == [] and next(answers, "none left") == "none left"


def test_the_wait_a_service_asks_for_is_kept(start: Callable[..., ThreadQueue]) -> None:
    clock, answers = Clock(), iter([OutOfQuota("slower", wait=17.0), None])

    def handler(_: Task, __: bool) -> None:
        if error := next(answers):
            raise error

    queue = start(handler, clock)
    queue.enqueue([task("a")])
    queue.join()
    assert clock.waits == [17.0]


@pytest.mark.parametrize("error", [Permanent("no text"), KeyError("a bug")])
def test_what_cannot_be_done_is_tried_once_kept_and_the_thread_goes_on(
    start: Callable[..., ThreadQueue], error: Exception
) -> None:
    seen: list[str] = []

    def handler(given: Task, _: bool) -> None:
        seen.append(given.ids[0])
        if given.ids == ("bad",):
            raise error

    queue = start(handler)
    queue.enqueue([task("bad"), task("good")])
    queue.join()
    assert seen == ["bad", "good"]
    assert [failure.error for failure in queue.failures] == [error]


def test_stop_lets_the_running_task_end_and_drops_the_rest(start: Callable[..., ThreadQueue]) -> None:
    begun, may_end = threading.Event(), threading.Event()
    ended: list[str] = []

    def handler(given: Task, _: bool) -> None:
        begun.set()
        assert may_end.wait(10)
        ended.append(given.ids[0])

    queue = start(handler)
    queue.enqueue([task("a"), task("b")])
    assert begun.wait(10)
    stopping = threading.Thread(target=queue.stop)
    stopping.start()
    while not queue.stopped:
        pass
    may_end.set()
    stopping.join()
    queue.join()
    queue.enqueue([task("c")])
    assert ended == ["a"]


def test_files_come_before_what_their_people_await(start: Callable[..., ThreadQueue]) -> None:
    done: list[str] = []
    begun, go = threading.Event(), threading.Event()

    def handler(given: Task, _: bool) -> None:
        begun.set()
        go.wait(10)
        done.append(given.ids[0])

    queue = start(handler)
    queue.enqueue([task("first")])
    begun.wait(10)
    queue.enqueue([task("person"), Task(kind="documents", stage="parse", ids=("file",), run_id="r")])
    go.set()
    queue.join()
    assert done == ["first", "file", "person"]
