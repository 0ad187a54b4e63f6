"""Progress and completion of what the caller may see: as a stream of server-sent events, or by asking again."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, Response, request

from functions.edge import caller, number, ports, reads, settings
from shared.errors import Busy

if TYPE_CHECKING:
    from shared.access import Reads
    from shared.models.caller import Caller
    from shared.ports import Data, Ports

events = Blueprint("events", __name__)
STREAM: Final = "text/event-stream"
_LASTS: Final = 55.0  # seconds of a stream; then its reader comes again, with the last event's id
_BEAT: Final = 15.0  # seconds of silence after which a comment says that somebody is still there
_STREAMS: Final = 200  # open at a time in this process: each has a thread
_EVERY: Final = {"sqlite": 0.4, "firestore": 5.0}  # seconds between two looks: on Firestore each look is paid for
_KEPT: Final = 1000  # callers whose last look is kept
_open = threading.BoundedSemaphore(_STREAMS)
_looking = threading.Lock()
_seen: dict[Caller, tuple[float, list[Data]]] = {}


@events.get("/api/events/")
def get_events() -> Any:
    """Tell what changes: a stream where `Accept: text/event-stream` asks for one, else what changed by now.

    Asking again goes on with `?since=` (the last answer's `next`), waiting up to `?wait=` seconds for something new. A
    stream goes on with `Last-Event-ID`, which browsers send by themselves. Both tell the same.
    """
    from shared.access import allow

    allow(caller(request), "search")
    mine, connected = reads(request), ports()
    since = request.args.get("since") or request.headers.get("Last-Event-ID")
    if request.accept_mimetypes.best_match(("application/json", STREAM)) == STREAM:
        return _stream(connected, mine, since)
    told, end = _news(connected, mine, since, number(request, "wait", 0, 0, 25))
    return {"events": told, "next": end}


def _news(connected: Ports, mine: Reads, since: str | None, wait: float) -> tuple[list[Data], str]:
    from shared.operations.events import events_since

    until = time.monotonic() + wait
    while True:
        told, end = events_since(_look(connected, mine), since)
        if told or time.monotonic() >= until:
            return told, end
        time.sleep(_EVERY[settings().store])


def _stream(connected: Ports, mine: Reads, since: str | None) -> Response:
    from shared.operations.events import events_since

    events_since([], since)  # a wrong cursor is refused before the stream begins
    if not _open.acquire(blocking=False):
        raise Busy(f"{_STREAMS} streams are open here: come again, or ask with `?since=`")
    stream = _Stream(_told(connected, mine, since))
    return Response(stream, mimetype=STREAM, headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"})


class _Stream:
    """The events as bytes; whoever ends it gives the place back, also where it never began."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines, self._ended = lines, False

    def __iter__(self) -> Iterator[str]:
        return self._lines

    def close(self) -> None:
        """End it; the server does when its reader is gone."""
        if not self._ended:
            self._ended = True
            _open.release()


def _told(connected: Ports, mine: Reads, since: str | None) -> Iterator[str]:
    import orjson

    from shared.operations.events import events_since

    until, beat = time.monotonic() + _LASTS, time.monotonic() + _BEAT
    yield "retry: 1000\n\n"
    while time.monotonic() < until:
        told, since = events_since(_look(connected, mine), since)
        for place, each in enumerate(told, 1):
            heard = f"id: {since}\n" if place == len(told) else ""  # of all of them: not before the last
            yield f"{heard}event: {each['event']}\ndata: {orjson.dumps(each['job']).decode()}\n\n"
            beat = time.monotonic() + _BEAT
        if time.monotonic() >= beat:
            yield ": still here\n\n"
            beat = time.monotonic() + _BEAT
        time.sleep(_EVERY[settings().store])


def _look(connected: Ports, mine: Reads) -> list[Data]:
    """How everything is; those who see the same share one look."""
    from shared.operations.progress import watch_work

    who = mine.caller
    with _looking:
        at, jobs = _seen.get(who, (0.0, []))
        if time.monotonic() - at < _EVERY[settings().store]:
            return jobs
        if len(_seen) >= _KEPT:
            _seen.clear()
        jobs = watch_work(connected, mine)
        _seen[who] = (time.monotonic(), jobs)
        return jobs
