"""A bucket whose uploads become CloudEvents at a function, as Eventarc does it: Pub/Sub in between, at least once."""

from __future__ import annotations

import base64
import contextlib
import json
import random
import secrets
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any, NamedTuple
from urllib.parse import quote

from parts.emulators import pubsub_emulator, storage_server

FINALIZED = "google.cloud.storage.object.v1.finalized"
_AT_ONCE = 8  # events on their way at the same time
_REDELIVERY = 0.3  # seconds until a refused event comes again
_TIMEOUT = 540.0  # seconds a function may take for an event


class Delivery(NamedTuple):
    """One event that was sent. `status` 0: no answer."""

    event: str
    subject: str
    status: int


@dataclass
class StorageEvents:
    """A storage server, and what carries its events on once `deliver_to` has said where.

    `deliver_twice`: the share of events that come a second time though they were taken, drawn from `seed`.
    """

    server: str  # http://127.0.0.1:PORT, for STORAGE_EMULATOR_HOST
    pubsub: str
    project: str
    topic: str
    deliver_twice: float = 0.0
    seed: int = 0
    deliveries: list[Delivery] = field(default_factory=list)
    _stopped: threading.Event = field(default_factory=threading.Event)
    _bridge: threading.Thread | None = None

    def deliver_to(self, url: str) -> None:
        """Post every event, those that came before included, to this function until the end."""
        self._bridge = threading.Thread(target=self._carry, args=(url,), daemon=True)
        self._bridge.start()

    def stop(self) -> None:
        """Let the deliveries under way end."""
        self._stopped.set()
        if self._bridge is not None:
            self._bridge.join()

    def make(self) -> None:
        """Make the topic and the subscription."""
        self._call("PUT", f"topics/{self.topic}", {})
        topic = f"projects/{self.project}/topics/{self.topic}"
        self._call("PUT", f"subscriptions/{self.topic}", {"topic": topic, "ackDeadlineSeconds": 600})

    def _carry(self, url: str) -> None:
        chance = random.Random(self.seed)
        with ThreadPoolExecutor(_AT_ONCE) as sending:
            while not self._stopped.is_set():
                pulled = self._pull()
                twice = [chance.random() < self.deliver_twice for _ in pulled]
                list(sending.map(self._send, [url] * len(pulled), pulled, twice))

    def _pull(self) -> list[dict[str, Any]]:
        asked = {"maxMessages": _AT_ONCE, "returnImmediately": True}
        found = self._call("POST", f"subscriptions/{self.topic}:pull", asked).get("receivedMessages", [])
        if not found:
            self._stopped.wait(0.1)
        return list(found)

    def _send(self, url: str, pulled: dict[str, Any], twice: bool) -> None:
        status = self._post(url, pulled["message"])
        if 200 <= status < 300 and twice:
            self._post(url, pulled["message"])
        if 200 <= status < 300:
            self._call("POST", f"subscriptions/{self.topic}:acknowledge", {"ackIds": [pulled["ackId"]]})
            return
        self._stopped.wait(_REDELIVERY)
        again = {"ackIds": [pulled["ackId"]], "ackDeadlineSeconds": 0}
        self._call("POST", f"subscriptions/{self.topic}:modifyAckDeadline", again)

    def _post(self, url: str, message: dict[str, Any]) -> int:
        event = cloud_event(json.loads(base64.b64decode(message["data"])), message["messageId"])
        status = post(url, event)
        self.deliveries.append(Delivery(event[0]["ce-id"], event[0]["ce-subject"], status))
        return status

    def _call(self, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        request = urllib.request.Request(
            f"http://{self.pubsub}/v1/projects/{self.project}/{path}",
            json.dumps(body).encode(),
            {"Content-Type": "application/json"},
            method=method,
        )
        with urllib.request.urlopen(request, timeout=30) as answer:
            return dict(json.load(answer))


def cloud_event(stored: dict[str, Any], event_id: str = "") -> tuple[dict[str, str], bytes]:
    """Return headers and body of the event for an object (`bucket`, `name`, `generation`, `size`, `contentType`)."""
    headers = {
        "ce-id": event_id or secrets.token_hex(8),
        "ce-source": f"//storage.googleapis.com/projects/_/buckets/{stored['bucket']}",
        "ce-specversion": "1.0",
        "ce-type": FINALIZED,
        "ce-subject": quote(f"objects/{stored['name']}", safe="/ "),  # headers are ASCII
        "ce-bucket": str(stored["bucket"]),
        "ce-time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "Content-Type": "application/json",
    }
    return headers, json.dumps({"kind": "storage#object", **stored}).encode()


def post(url: str, event: tuple[dict[str, str], bytes]) -> int:
    """Send an event to a function; return the status, 0 without an answer."""
    headers, body = event
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=_TIMEOUT) as answer:
            answer.read()
            return int(answer.status)
    except urllib.error.HTTPError as answer:
        with answer:
            return answer.code
    except (OSError, HTTPException):  # killed while it answered
        return 0


@contextlib.contextmanager
def storage_events(project: str = "test", deliver_twice: float = 0.0, seed: int = 0) -> Iterator[StorageEvents]:
    """Pub/Sub, a storage server that publishes finished uploads to it, and the bridge to a function."""
    topic = f"uploads-{secrets.token_hex(4)}"
    with pubsub_emulator() as pubsub:
        events = StorageEvents("", pubsub, project, topic, deliver_twice, seed)
        events.make()
        with storage_server(f"{project}/{topic}", pubsub) as address:
            events.server = f"http://{address}"
            try:
                yield events
            finally:
                events.stop()
