"""Progress as events: what has changed since somebody last heard of it, told from the records alone."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final, TypedDict

import orjson

from shared.access.cursors import read_cursor, write_cursor
from shared.errors import InvalidRequest
from shared.operations.progress import WorkState

_ENDED: Final = ("SUCCESS", "FAILED", "PARTIAL", "UNDONE")
_LONGEST: Final = 4000  # characters of a cursor
_WRONG: Final = "since: take the last answer's `next`, or the last event's id"


class WorkEvent(TypedDict):
    """What has become of something that is worked on: `done` or `progress`."""

    event: str
    job: WorkState


def events_since(secret: bytes, jobs: Sequence[WorkState], since: str | None) -> tuple[list[WorkEvent], str]:
    """Return what changed, and the cursor that stands for having heard of it; without one: how everything is now.

    `event`: `done` for what has ended, else `progress`. The cursor says what was known, so that any process can go on
    where another stopped, and nothing is told twice. `secret`: the home's. Raises
    `InvalidRequest` for a cursor that was written elsewhere.
    """
    known = _read(secret, since) if since else {}
    marks = {str(job["id"]): _mark(job) for job in jobs}
    changed = [job for job in jobs if known.get(str(job["id"])) != marks[str(job["id"])]]
    if not since:  # a stage with nothing before it is no news to who has just come
        changed = [job for job in changed if job["kind"] != "stage" or job["counts"]["left"]]
    told: list[WorkEvent] = [{"event": _event(job), "job": job} for job in changed]
    return told, write_cursor(secret, marks)


def _event(job: WorkState) -> str:
    return "done" if job["state"] in _ENDED else "progress"


def _mark(job: WorkState) -> str:
    said = orjson.dumps([job["state"], job["counts"]], option=orjson.OPT_SORT_KEYS)
    return hashlib.blake2b(said, digest_size=5).hexdigest()


def _read(secret: bytes, cursor: str) -> dict[str, str]:
    found = read_cursor(secret, cursor, _WRONG) if len(cursor) < _LONGEST else None
    if not isinstance(found, dict):
        raise InvalidRequest(_WRONG)
    return found
