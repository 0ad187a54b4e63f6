"""Events over HTTP: what changed, once, to whom it may concern, as a stream and by asking again."""

from __future__ import annotations

import importlib
import json
import threading
import time
import urllib.request
from typing import Any

import pytest
from parts import process
from parts.api import Api
from test_processing_api import taken
from werkzeug.serving import make_server

from functions.local import LocalServer, Requests

events = importlib.import_module("functions.api.events")  # the package names the blueprint so
STREAM = {"Accept": "text/event-stream"}


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Look often, and for nobody before."""
    monkeypatch.setattr(events, "_last_looks", {})
    monkeypatch.setattr(events, "_EVERY", {"sqlite": 0.02})


def asked(api: Api, who: str, since: str | None = None, **more: Any) -> tuple[list[Any], str]:
    time.sleep(0.03)  # a look is shared for so long
    answer = api(who, "GET", "/api/events/", query_string={**({"since": since} if since else {}), **more})
    assert answer.status_code == 200, answer.json
    return answer.json["events"], answer.json["next"]


def test_what_changed_is_told_once(api: Api) -> None:
    none, since = asked(api, "acme")
    assert none == []
    done = taken(api)
    told, since = asked(api, "acme", since)
    ends = [each["job"]["id"] for each in told if each["event"] == "done"]
    assert f"import-{done['import_id']}" in ends
    assert asked(api, "acme", since) == ([], since)


def test_nobody_is_told_of_anothers_work(api: Api) -> None:
    _, since = asked(api, "other")
    taken(api)
    assert asked(api, "other", since)[0] == []
    assert api("candidate", "GET", "/api/events/").status_code == 403


def test_asking_again_may_wait_for_something_new(api: Api) -> None:
    _, since = asked(api, "acme")
    timer = threading.Timer(0.2, lambda: taken(api))
    timer.start()
    told, _ = asked(api, "acme", since, wait=20)
    timer.join()
    assert told


@pytest.mark.parametrize("since", ["x", "WzFd", "a" * 5000])
def test_a_cursor_of_nobodys_making_is_refused(api: Api, since: str) -> None:
    for headers in ({}, STREAM):
        assert api("acme", "GET", f"/api/events/?since={since}", headers).status_code == 400


def read_events(lines: Any, most: int) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    event: dict[str, str] = {}
    for raw in lines:
        line = raw.decode().rstrip("\n")
        name, _, value = line.partition(": ")
        if line:
            event[name] = value
        elif event:
            found.append(event) if "data" in event else None
            event = {}
            if len(found) >= most:
                break
    return found


def test_open_streams_are_told_and_keep_nobody_waiting(api: Api) -> None:
    server = make_server("127.0.0.1", 0, LocalServer(process.runtime(), Requests()), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{server.port}"
    token = {"Authorization": f"Bearer {api.tokens['acme']}"}
    _, since = asked(api, "acme")
    streams = [
        urllib.request.urlopen(
            urllib.request.Request(f"{url}/api/events/", headers={**token, **STREAM, "Last-Event-ID": since}),
            timeout=20,
        )
        for _ in range(20)
    ]
    request = urllib.request.Request(f"{url}/api/imports/?pool=acme", b"Name,Email\nAnn,a@example.com\n", token)
    with urllib.request.urlopen(request, timeout=20) as reply:
        job = f"import-{json.load(reply)['import_id']}"
    for stream in streams:
        with stream:
            assert stream.headers["Content-Type"].startswith("text/event-stream")
            seen: set[str] = set()
            while job not in seen:
                (event,) = read_events(stream, 1)
                seen.add(json.loads(event["data"])["id"])
    server.shutdown()
    thread.join()
    server.server_close()


def test_more_streams_than_there_are_places_are_asked_to_come_again(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "_open", threading.BoundedSemaphore(1))
    first = api("acme", "GET", "/api/events/", STREAM, buffered=False)
    refused = api("acme", "GET", "/api/events/", STREAM)
    assert (refused.status_code, refused.json["code"]) == (503, "busy")
    first.close()
    again = api("acme", "GET", "/api/events/", STREAM, buffered=False)
    assert again.status_code == 200
    again.close()


def test_a_stream_beats_while_nothing_happens_and_ends(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "_BEAT", 0.05)
    monkeypatch.setattr(events, "_LASTS", 0.3)
    answer = api("acme", "GET", "/api/events/", STREAM)
    assert answer.text.startswith("retry: 1000\n\n") and ": still here\n\n" in answer.text
