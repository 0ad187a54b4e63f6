"""Progress and completion of what the caller may see: as a stream of server-sent events, or by asking again."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from typing import Any, Final

import orjson
from flask import Response, request

from functions.openapi.operation import Query, integer, operation, text
from functions.parameters import number
from functions.request import caller, ports, reads, settings, sight
from shared.access import Reads, allow
from shared.errors import Busy
from shared.models.caller import Caller
from shared.operations.events import events_since
from shared.operations.progress import watch_work
from shared.ports import Ports
from shared.privacy.blind import Sight
from shared.views.operations import Events, work_events

STREAM: Final = "text/event-stream"
_LASTS: Final = 55.0  # seconds of a stream; then its reader comes again, with the last event's id
_BEAT: Final = 15.0  # seconds of silence after which a comment shows that the stream is alive
_STREAMS: Final = 200  # open at a time in this process: each has a thread
_EVERY: Final = {"sqlite": 0.4, "firestore": 5.0}  # seconds between two looks: on Firestore each look is paid for
_KEPT: Final = 1000  # callers whose last look is kept
_open = threading.BoundedSemaphore(_STREAMS)
_looking = threading.Lock()
_last_looks: dict[Caller, tuple[float, list[Any]]] = {}


@operation(
    {200: Events},
    query=(
        text("since", "The last answer's `next`, or an event's id."),
        integer("wait", 0, 0, 25, "Seconds to wait for something new."),
        Query("Last-Event-ID", "As browsers send it.", header=True),
    ),
)
def get_events() -> Any:
    """Tell what changes: a stream where `Accept: text/event-stream` asks for one, else what changed by now.

    Asking again goes on with `?since=` (the last answer's `next`), waiting up to `?wait=` seconds for something new. A
    stream goes on with `Last-Event-ID`, which browsers send by themselves. Both tell the same.
    """
    allow(caller(), "search")
    watch = Watch(ports(), reads(), sight(), _EVERY[settings().store])
    since = request.args.get("since") or request.headers.get("Last-Event-ID")
    if request.accept_mimetypes.best_match(("application/json", STREAM)) == STREAM:
        return _stream(watch, since)
    events, end = watch.wait_for_events(since, number("wait", 0, 0, 25))
    return Events(events=events, next=end)


class Watch:
    """Looks at everything the caller may see, again and again; who sees the same shares one look."""

    def __init__(self, ports: Ports, reads: Reads, sight: Sight, every: float) -> None:
        self._ports = ports
        self._reads = reads
        self._sight = sight
        self.every = every  # seconds between two looks

    def wait_for_events(self, since: str | None, wait: float) -> tuple[list[Any], str]:
        """Return what changed since then, waiting so many seconds for something to change, and the next `since`."""
        until = time.monotonic() + wait
        while True:
            events, end = self._events(since)
            if events or time.monotonic() >= until:
                return events, end
            time.sleep(self.every)

    def lines(self, since: str | None) -> Iterator[str]:
        """Yield the events as lines of a stream, for `_LASTS` seconds."""
        until = time.monotonic() + _LASTS
        beat = time.monotonic() + _BEAT
        yield "retry: 1000\n\n"
        while time.monotonic() < until:
            events, since = self._events(since)
            for event in events:
                id_ = since if event is events[-1] else None  # one id for all of them: not before the last
                yield _event_line(event, id_)
                beat = time.monotonic() + _BEAT
            if time.monotonic() >= beat:
                yield ": still here\n\n"
                beat = time.monotonic() + _BEAT
            time.sleep(self.every)

    def _events(self, since: str | None) -> tuple[list[Any], str]:
        events, end = events_since(self._ports.key_secret, self.look(), since)
        return work_events(events, self._sight), end

    def look(self) -> list[Any]:
        """Return how far everything is, at most `every` seconds ago."""
        who = self._reads.caller
        with _looking:
            at, jobs = _last_looks.get(who, (0.0, []))
            if time.monotonic() - at < self.every:
                return jobs
            if len(_last_looks) >= _KEPT:
                _last_looks.clear()
            jobs = watch_work(self._ports, self._reads)
            _last_looks[who] = (time.monotonic(), jobs)
            return jobs


class _Stream:
    """The events as bytes. Whoever ends it frees its slot, also where it never began."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._ended = False

    def __iter__(self) -> Iterator[str]:
        return self._lines

    def close(self) -> None:
        """End it; the server does when its reader is gone."""
        if not self._ended:
            self._ended = True
            _open.release()


def _stream(watch: Watch, since: str | None) -> Response:
    events_since(ports().key_secret, [], since)  # a wrong cursor is refused before the stream begins
    if not _open.acquire(blocking=False):
        raise Busy(f"{_STREAMS} streams are open here: come again, or ask with `?since=`")
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return Response(_Stream(watch.lines(since)), mimetype=STREAM, headers=headers)


def _event_line(event: Any, id_: str | None) -> str:
    id_line = f"id: {id_}\n" if id_ else ""
    return f"{id_line}event: {event['event']}\ndata: {orjson.dumps(event['job']).decode()}\n\n"
