"""The endpoints of what is worked on: how far everything is, what changed, numbers of the installation."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import BaseModel, Field

from functions.openapi.answers import Answer
from functions.openapi.candidates import FILTERS, CandidatePage
from functions.openapi.operation import Operation, Query, limit, text, whole
from shared.models.batch import State


class WorkCounts(Answer):
    """How many records; null while nobody can say."""

    total: int | None
    done: int
    failed: int
    left: int | None


class Work(Answer):
    """An import, a bulk upload, or a stage of a kind of record."""

    id: str
    kind: Literal["import", "upload", "stage"]
    pool: str | None
    name: str | None
    state: State
    created_at: str | None
    ended_at: str | None
    error: str | None
    counts: WorkCounts
    rate_per_minute: float | None
    seconds_left: int | None


class WorkList(Answer):
    """What is worked on, and what was last."""

    jobs: list[Work]


class RetriedWork(Answer):
    """How many records are tried again."""

    id: str
    retried: int


class CancelledWork(Answer):
    """How many records will not begin."""

    id: str
    cancelled: int


class Watched(BaseModel):
    """A job as events tell of it; of a stage only what it has before it."""

    id: str
    kind: Literal["import", "upload", "stage"]
    state: State
    counts: dict[str, int | None]


class Event(Answer):
    """Something changed."""

    event: Literal["progress", "done"]
    job: Watched


class Events(Answer):
    """What changed. `next` asks for what comes after."""

    events: list[Event]
    next: str


class StageHealth(Answer):
    """One stage of one kind of record."""

    kind: str
    stage: str
    waiting: int
    done: int
    skipped: int
    failed: int
    oldest: str | None = Field(description="Since when the longest waits, UTC.")


class StagesHealth(Answer):
    """All stages."""

    stages: list[StageHealth]


class Failure(Answer):
    """A reason, how often it was met, and a few ids."""

    kind: str
    stage: str
    reason: str
    count: int
    ids: list[str]


class Failures(Answer):
    """Reasons, the most frequent first."""

    failures: list[Failure]


class UsageOfDay(Answer):
    """What a stage used on a day."""

    day: str
    kind: str
    stage: str
    records: int
    input: int
    output: int
    dollars: float


class UsageByDay(Answer):
    """Sums, the newest day first."""

    usage: list[UsageOfDay]


class Queue(Answer):
    """How many records await what."""

    waiting: dict[str, dict[str, int]]
    imports: int
    total: int


WORK: Final[dict[str, Operation]] = {
    "events.get_events": Operation(
        {200: Events},
        query=(
            text("since", "The last answer's `next`, or an event's id."),
            whole("wait", 0, 0, 25, "Seconds to wait for something new."),
            Query("Last-Event-ID", {"type": "string"}, "As browsers send it.", header=True),
        ),
    ),
    "admin.get_all_candidates": Operation({200: CandidatePage}, query=FILTERS),
    "admin.get_stages": Operation({200: StagesHealth}),
    "admin.get_failures": Operation({200: Failures}),
    "admin.get_usage": Operation({200: UsageByDay}, query=(whole("days", 30, 1, 366, "Up to today."),)),
    "admin.get_queue": Operation({200: Queue}),
    "processing.get_work": Operation({200: WorkList}, query=(limit(20, 50),)),
    "processing.get_one": Operation({200: Work}),
    "processing.retry": Operation({202: RetriedWork}, refuses=(400,)),
    "processing.cancel": Operation({202: CancelledWork}, refuses=(400,)),
}
