"""An upload becomes an event at a function, and comes again until the function has taken it."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from parts.emulators import free_port
from parts.events import FINALIZED, storage_events
from parts.storage import bucket
from parts.waiting import until

pytestmark = pytest.mark.integration

# A function as they are deployed: it writes down what came, and refuses each file once.
FUNCTION = """
import json, pathlib
import functions_framework

came = pathlib.Path(__file__).with_name("came.jsonl")
refused = set()

@functions_framework.cloud_event
def on_upload(event):
    with came.open("a") as file:
        file.write(json.dumps([event["id"], event["type"], event["subject"], event["source"], event.data]) + "\\n")
    if event["subject"] not in refused:
        refused.add(event["subject"])
        raise RuntimeError("not this time")
"""


@contextlib.contextmanager
def function(folder: Path) -> Iterator[str]:
    (folder / "main.py").write_text(FUNCTION)
    port = free_port()
    command = [sys.executable, "-m", "functions_framework", "--target", "on_upload", "--port", str(port)]
    environment = {**os.environ, "FUNCTION_SIGNATURE_TYPE": "cloudevent"}
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
        try:
            url = f"http://127.0.0.1:{port}"
            until(lambda: answers(url))
            yield url
        finally:
            process.terminate()
            process.wait(20)


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5):
            return True
    except OSError as error:
        return hasattr(error, "code")


def test_an_upload_reaches_the_function_and_comes_again_until_it_is_taken(tmp_path: Path) -> None:
    names = ["incoming/csv/p/people.csv", "incoming/cv/p/Jürgen Weiß 50%.pdf"]
    with storage_events(deliver_twice=1.0) as events, function(tmp_path) as url:
        files = bucket(events.server, "uploads")
        for name in names:
            files.write(name, b"name\n")
        generations = {name: str(files._bucket.get_blob(name).generation) for name in names}
        files.close()
        events.deliver_to(url)
        until(lambda: len(events.deliveries) == 6)
    came = [json.loads(line) for line in (tmp_path / "came.jsonl").read_text().splitlines()]
    assert {kind for _, kind, _, _, _ in came} == {FINALIZED}
    assert {source for _, _, _, source, _ in came} == {"//storage.googleapis.com/projects/_/buckets/uploads"}
    for name in names:
        mine = [(event, data) for event, _, _, _, data in came if data["name"] == name]
        assert len(mine) == 3  # refused, taken, delivered twice
        assert len({event for event, _ in mine}) == 1
        said = mine[0][1]
        assert (said["bucket"], str(said["generation"]), str(said["size"])) == ("uploads", generations[name], "5")
        assert said["contentType"] == "application/octet-stream"
    assert sorted(delivery.status for delivery in events.deliveries) == [200, 200, 200, 200, 500, 500]
