"""Tasks worked off by a few threads of this process: what Cloud Tasks does, on one machine."""

from __future__ import annotations

import heapq
import itertools
import logging
import threading
import time
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from shared.errors import Busy, OutOfQuota, ShortlistError, safe_traceback
from shared.models.task import Task

ATTEMPTS: Final = 5  # times a task is tried when the outside world fails
FIRST_WAIT: Final = 0.5  # seconds before the second attempt; doubled each time
LONGEST_WAIT: Final = 60.0
BUSY_WAIT: Final = 0.2  # seconds before asking again for a record someone else holds

_log = logging.getLogger(__name__)


class Failure(NamedTuple):
    """A task that was given up, and why."""

    task: Task
    error: Exception


class _Due(NamedTuple):
    rank: int  # files before what their people await: else the last file of many waits for all the others' vectors
    order: int  # then first come, first served
    attempt: int
    task: Task


class _Later(NamedTuple):
    at: float
    due: _Due


class ThreadQueue:
    """The `Queue` port over a bounded pool of threads, started with the first task.

    `handler(task, last_attempt)` does the work. A retryable error comes back with growing waits, at most `attempts`
    times; `Busy` comes back without counting. Everything else, and the last attempt, ends in `failures` and in the
    log (ids only).
    `clock` gives monotonic seconds; `wait(condition, seconds)` sleeps until woken or the time is over.
    """

    def __init__(
        self,
        handler: Callable[[Task, bool], object],
        workers: int = 2,
        attempts: int = ATTEMPTS,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[threading.Condition, float | None], object] = threading.Condition.wait,
    ) -> None:
        self.failures: list[Failure] = []
        self.stopped = False
        self._handler, self._workers, self._attempts = handler, workers, attempts
        self._clock, self._wait = clock, wait
        self._changed = threading.Condition()
        self._due: list[_Due] = []
        self._later: list[_Later] = []
        self._order = itertools.count()
        self._running = 0
        self._threads: list[threading.Thread] = []

    def enqueue(self, tasks: Sequence[Task]) -> None:
        """See the port. After `stop` tasks are dropped: the documents still say what is due."""
        with self._changed:
            if self.stopped:
                return
            for task in tasks:
                self._put(task, 1, 0.0)
            while len(self._threads) < min(self._workers, len(self._due) + len(self._later) + self._running):
                thread = threading.Thread(target=self._work, name=f"tasks-{len(self._threads)}", daemon=True)
                self._threads.append(thread)
                thread.start()

    def join(self) -> None:
        """Wait until no task is left, those that tasks enqueued and those that come back included."""
        with self._changed:
            while self._due or self._later or self._running:
                self._changed.wait(1.0)  # wakes up now and then, so that Ctrl-C is heard

    def drop(self) -> None:
        """Begin no further task; those that run go on."""
        with self._changed:
            self.stopped = True
            self._due.clear()
            self._later.clear()
            self._changed.notify_all()

    def stop(self) -> None:
        """Let running tasks end, drop the others, and end the threads."""
        self.drop()
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join()

    def _put(self, task: Task, attempt: int, seconds: float) -> None:
        due = _Due(int(task.kind != "documents"), next(self._order), attempt, task)
        if seconds:
            heapq.heappush(self._later, _Later(self._clock() + seconds, due))
        else:
            heapq.heappush(self._due, due)
        self._changed.notify_all()

    def _work(self) -> None:
        while (due := self._next()) is not None:
            error = self._attempt(due.task, due.attempt >= self._attempts)
            with self._changed:
                self._running -= 1
                if error is not None:
                    self._come_back(due, error)
                self._changed.notify_all()

    def _next(self) -> _Due | None:
        with self._changed:
            while not self.stopped:
                while self._later and self._later[0].at <= self._clock():
                    heapq.heappush(self._due, heapq.heappop(self._later).due)
                if self._due:
                    self._running += 1
                    return heapq.heappop(self._due)
                self._wait(self._changed, self._later[0].at - self._clock() if self._later else None)
            return None

    def _attempt(self, task: Task, last: bool) -> Exception | None:
        try:
            self._handler(task, last)
        except Exception as error:  # whatever it is, it is kept: a thread that dies silently loses it
            return error
        return None

    def _come_back(self, due: _Due, error: Exception) -> None:
        again = isinstance(error, ShortlistError) and error.retryable
        if isinstance(error, Busy) and not self.stopped:
            self._put(due.task, due.attempt, BUSY_WAIT)
        elif again and due.attempt < self._attempts and not self.stopped:
            asked = (error.wait or 0.0) if isinstance(error, OutOfQuota) else 0.0
            growing = min(FIRST_WAIT * 2 ** (due.attempt - 1), LONGEST_WAIT)
            self._put(due.task, due.attempt + 1, max(asked, growing))
        else:
            self.failures.append(Failure(due.task, error))
            _log.error("task given up", extra=_facts(due, error))


def _facts(due: _Due, error: Exception) -> dict[str, object]:
    facts = {"stage": due.task.stage, "ids": due.task.ids, "run_id": due.task.run_id, "attempts": due.attempt}
    return {
        **facts,
        "error": f"{type(error).__name__}: {error}" if isinstance(error, ShortlistError) else safe_traceback(error),
    }
