"""One queue of the fake Cloud Tasks: its settings and back-off, and how a task becomes a request."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any, NamedTuple

import grpc
from google.cloud.tasks_v2 import types

LARGEST = 1 << 20  # bytes of a task
FARTHEST = 30 * 86400  # seconds ahead a task may be scheduled
STATE = types.Queue.State


class Refused(Exception):
    """What a call is answered with instead."""

    def __init__(self, code: grpc.StatusCode, message: str) -> None:
        super().__init__(message)
        self.code = code


class Delivery(NamedTuple):
    """One request that was made for a task. `status` 0: no answer."""

    queue: str
    task: str
    attempt: int
    status: int


class Due(NamedTuple):
    """A delivery to be made at a monotonic time."""

    at: float
    order: int
    task: Any
    again: bool  # a second delivery of the same attempt, which the queue knows nothing of


@dataclass
class FakeQueue:
    """One queue: its settings, its tasks by name, the names already used, and what is due."""

    queue: Any
    tasks: dict[str, Any] = field(default_factory=dict)
    used: dict[str, float] = field(default_factory=dict)
    due: list[Due] = field(default_factory=list)
    first: dict[str, float] = field(default_factory=dict)  # when a task was first tried
    running: int = 0
    tokens: float = 0.0
    filled: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.set(self.queue)
        self.tokens = self.burst

    def set(self, queue: Any) -> None:
        """Take the settings, with Google's defaults for what is not said."""
        rates, retries = queue.rate_limits, queue.retry_config
        rates.max_dispatches_per_second = rates.max_dispatches_per_second or 500
        rates.max_concurrent_dispatches = rates.max_concurrent_dispatches or 1000
        retries.max_attempts = retries.max_attempts or 100
        retries.max_doublings = retries.max_doublings or 16
        queue.state = queue.state or STATE.RUNNING
        self.queue = queue
        self.burst = min(max(rates.max_dispatches_per_second, 1), 500)

    @property
    def short(self) -> str:
        """The queue's name without its place."""
        return str(self.queue.name.rsplit("/", 1)[1])

    def fill(self, now: float, speed: float) -> None:
        """Let the bucket of dispatches fill up to its burst."""
        rate = self.queue.rate_limits.max_dispatches_per_second * speed
        self.tokens = min(self.burst, self.tokens + (now - self.filled) * rate)
        self.filled = now

    def wait(self, now: float) -> float:
        """Seconds until the next delivery may go out; 0.0 when one may now."""
        if not self.due or self.queue.state != STATE.RUNNING:
            return 1.0
        if self.tokens < 1 or self.running >= self.queue.rate_limits.max_concurrent_dispatches:
            return 0.005
        return max(0.0, self.due[0].at - now)

    def backoff(self, attempts: int) -> float:
        """Seconds before the next attempt: doubled up to max_doublings, then growing evenly, up to the longest."""
        retries = self.queue.retry_config
        least = seconds_of(retries.min_backoff) or 0.1
        doubled, more = min(attempts - 1, retries.max_doublings), max(0, attempts - 1 - retries.max_doublings)
        return float(min(least * 2**doubled * (1 + more), seconds_of(retries.max_backoff) or 3600.0))

    def is_spent(self, task: Any, now: float) -> bool:
        """Whether a task is given up: its attempts, and its time if there is such a limit, are both used up."""
        retries = self.queue.retry_config
        if retries.max_attempts < 0 or task.dispatch_count < retries.max_attempts:
            return False
        return now - self.first[task.name] >= seconds_of(retries.max_retry_duration)


def check(parent: str, task: Any, wait: float) -> None:
    wrong = None
    if not task.http_request.url.startswith(("http://", "https://")):
        wrong = "HttpRequest.url must start with http:// or https://"
    elif not task.name.startswith(f"{parent}/tasks/"):
        wrong = "Task name must be under the queue"
    elif types.Task.pb(task).ByteSize() > LARGEST:
        wrong = "Task size too large"
    elif wait > FARTHEST:
        wrong = "schedule_time more than 30 days ahead"
    elif task.dispatch_deadline and not 15 <= seconds_of(task.dispatch_deadline) <= 1800:
        wrong = "dispatch_deadline must be between 15s and 30m"
    if wrong:
        raise Refused(grpc.StatusCode.INVALID_ARGUMENT, wrong)


def post(task: Any, headers: dict[str, str]) -> tuple[int, float]:
    """Make the request; return its status, 0 without an answer, and the seconds its Retry-After asks for."""
    method = types.HttpMethod(task.http_request.http_method or types.HttpMethod.POST).name
    request = urllib.request.Request(task.http_request.url, task.http_request.body or b"", headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=seconds_of(task.dispatch_deadline) or 600.0) as answer:
            answer.read()
            return answer.status, 0.0
    except urllib.error.HTTPError as answer:
        with answer:
            asked = answer.headers.get("Retry-After", "")
            return answer.code, float(asked) if asked.isdigit() else 0.0
    except (OSError, HTTPException):  # killed while it answered
        return 0, 0.0


def seconds_of(duration: Any) -> float:
    return float(duration.total_seconds()) if duration else 0.0
