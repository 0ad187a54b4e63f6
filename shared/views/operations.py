"""Work as it is answered: how far everything is, what changed, numbers of the installation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, NotRequired

from pydantic import Field
from typing_extensions import TypedDict

from shared.models.batch import State
from shared.privacy.blind import Sight
from shared.views.answer import CLOSED, Answer, Fields


class WorkCounts(TypedDict):
    """How many records; null while nobody can say."""

    __pydantic_config__ = CLOSED  # type: ignore[misc]
    total: int | None
    done: int
    failed: int
    left: int | None


@dataclass(frozen=True, kw_only=True)
class Work(Answer):
    """An import, a bulk upload, or a stage of a kind of record."""

    id: str
    kind: Literal["import", "upload", "stage"]
    pool: str | None
    name: str | None
    state: State | Literal["UNDONE"]
    created_at: str | None
    ended_at: str | None
    error: str | None
    counts: WorkCounts
    rate_per_minute: float | None
    seconds_left: int | None


@dataclass(frozen=True, kw_only=True)
class WorkList(Answer):
    """What is worked on, and what was last."""

    jobs: list[Work]


@dataclass(frozen=True, kw_only=True)
class WorkRetried(Answer):
    """How many records are tried again."""

    id: str
    retried: int


@dataclass(frozen=True, kw_only=True)
class WorkCancelled(Answer):
    """How many records will not begin."""

    id: str
    cancelled: int


class WatchedWork(TypedDict):
    """A job as events tell of it; of a stage only what it has before it."""

    id: str
    kind: Literal["import", "upload", "stage"]
    pool: NotRequired[str | None]
    name: NotRequired[str | None]
    state: State | Literal["UNDONE"]
    created_at: NotRequired[str | None]
    ended_at: NotRequired[str | None]
    error: NotRequired[str | None]
    counts: dict[str, int | None]
    rate_per_minute: NotRequired[float | None]
    seconds_left: NotRequired[int | None]


class Event(TypedDict):
    """Something changed."""

    __pydantic_config__ = CLOSED  # type: ignore[misc]
    event: Literal["progress", "done"]
    job: WatchedWork


@dataclass(frozen=True, kw_only=True)
class Events(Answer):
    """What changed. `next` asks for what comes after."""

    events: list[Event]
    next: str


class StageHealth(TypedDict):
    """One stage of one kind of record."""

    __pydantic_config__ = CLOSED  # type: ignore[misc]
    kind: str
    stage: str
    waiting: int
    done: int
    skipped: int
    failed: int
    oldest: Annotated[str | None, Field(description="Since when the longest waits, UTC.")]


@dataclass(frozen=True, kw_only=True)
class StageHealths(Answer):
    """All stages."""

    stages: list[StageHealth]


class Failure(TypedDict):
    """A reason, how often it was met, and a few ids."""

    __pydantic_config__ = CLOSED  # type: ignore[misc]
    kind: str
    stage: str
    reason: str
    count: int
    ids: list[str]


@dataclass(frozen=True, kw_only=True)
class Failures(Answer):
    """Reasons, the most frequent first."""

    failures: list[Failure]


class UsageOfDay(TypedDict):
    """What a stage used on a day."""

    __pydantic_config__ = CLOSED  # type: ignore[misc]
    day: str
    kind: str
    stage: str
    records: int
    input: int
    output: int
    dollars: float


@dataclass(frozen=True, kw_only=True)
class UsageByDay(Answer):
    """Sums, the newest day first."""

    usage: list[UsageOfDay]


@dataclass(frozen=True, kw_only=True)
class QueueDepth(Answer):
    """How many records await what."""

    waiting: dict[str, dict[str, int]]
    imports: int
    total: int


def work(job: Fields, sight: Sight) -> Work:
    """Return one piece of work; the name of a file is hidden where its pool is seen blind."""
    shown = _without_file_name(job, sight)
    return Work(**shown)


def work_list(jobs: Sequence[Fields], sight: Sight) -> WorkList:
    """Return several, in this order."""
    shown = [work(job, sight) for job in jobs]
    return WorkList(jobs=shown)


def work_events(events: Sequence[Fields], sight: Sight) -> list[Any]:
    """Return what changed, in this order."""
    shown = []
    for event in events:
        job = _without_file_name(event["job"], sight)
        shown.append({**event, "job": job})
    return shown


def _without_file_name(job: Fields, sight: Sight) -> dict[str, Any]:
    shown = dict(job)
    pool = job.get("pool")
    if pool is not None and sight.blind(pool):
        shown["name"] = ""
    return shown
