"""The alerts count lines that are really written: their filters are asked of what a function says when it fails."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import Importer
from doors import Post
from fake_model import FakeModel
from terraform import local_values

from functions.cloud_log import CloudLines
from shared.ports import Ports
from shared.wiring import thread_queue

SEVERITIES = ("DEFAULT", "DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """What our loggers write, as on Google Cloud."""
    said, logger = io.StringIO(), logging.getLogger("shortlist")
    handler = logging.StreamHandler(said)
    handler.setFormatter(CloudLines("demo"))
    logger.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield said
    logger.removeHandler(handler)
    logger.setLevel(logging.NOTSET)


def counted(metric: str, said: str) -> list[dict[str, Any]]:
    """The lines a metric's filter counts, read as Cloud Logging reads what is written to stdout."""
    values = local_values()
    wanted = values["log_metrics"][metric]["filter"].removeprefix("${local.ours} ")
    for name in ("failed", "broken"):
        wanted = wanted.replace(f"${{local.{name}}}", values[name])
    return [entry for entry in map(entry_of, said.splitlines()) if holds(wanted.replace('\\"', '"'), entry)]


def entry_of(line: str) -> dict[str, Any]:
    """An object's `severity` becomes the entry's; the rest is its jsonPayload. Other lines are its textPayload."""
    try:
        payload = json.loads(line)
    except ValueError:
        return {"severity": "DEFAULT", "textPayload": line}
    return {"severity": payload.pop("severity"), **{f"jsonPayload.{name}": value for name, value in payload.items()}}


TERM = re.compile(r'(?P<not>-?)(?P<field>[\w.]+)(?P<op>=~|>=|>|=|:)(?P<value>"[^"]*"|\w+)')


def holds(wanted: str, entry: dict[str, Any]) -> bool:
    """Terms one after another must all hold; `OR` only stands between terms in one pair of brackets."""
    groups = re.findall(r"\(((?:[^()\"]|\"[^\"]*\")*)\)|(\S+)", wanted)
    assert groups, wanted
    return all(any(_term(each, entry) for each in (inside or alone).split(" OR ")) for inside, alone in groups)


def _term(term: str, entry: dict[str, Any]) -> bool:
    found = TERM.fullmatch(term.strip())
    assert found, term
    have, value = entry.get(found["field"]), found["value"].strip('"')
    if have is None:
        answer = False
    elif found["field"] == "severity":
        answer = SEVERITIES.index(have) >= SEVERITIES.index(value)
    elif found["op"] == ">":
        answer = have > float(value)
    else:
        answer = bool(re.search(value, have)) if found["op"] == "=~" else have == value
    return answer != bool(found["not"])


@pytest.fixture
def ids(take: Importer, ports: Ports) -> list[str]:
    take("Name,Email,Experiences\nAnn Lee,ann@example.com,Engineer at Acme (01/2020 to N/A)\n")
    thread_queue(ports).stop()
    return [row.id for row in ports.store.query("candidates")]


def run(post: Post, ids: list[str]) -> int:
    task = {"stage": "classify", "ids": ids, "run_id": "r"}
    return int(post("classify", task, X_CloudTasks_TaskName="t1").status_code)


def test_a_failed_record_is_counted_and_the_line_names_nobody(
    post: Post, model: FakeModel, ids: list[str], lines: io.StringIO
) -> None:
    model.refuse = lambda profile: "the answer was withheld (SAFETY)"
    assert run(post, ids) == 200
    (entry,) = counted("failed-records", lines.getvalue())
    assert (entry["jsonPayload.stage"], entry["jsonPayload.failed"]) == ("classify", 1)
    assert "Ann" not in lines.getvalue() and "Acme" not in lines.getvalue()
    assert counted("errors", lines.getvalue()) == []


def test_a_task_that_went_well_is_not_counted(post: Post, ids: list[str], lines: io.StringIO) -> None:
    assert run(post, ids) == 200
    assert '"failed": 0' in lines.getvalue()
    assert counted("failed-records", lines.getvalue()) + counted("errors", lines.getvalue()) == []


def test_what_breaks_in_a_stage_or_at_the_door_is_an_error(
    post: Post, model: FakeModel, ids: list[str], lines: io.StringIO
) -> None:
    def broken(task: str) -> None:
        raise ZeroDivisionError("of Ann Lee")

    model.before = broken
    assert run(post, ids) == 200
    assert post("classify", b"nonsense", X_CloudTasks_TaskName="t1").status_code == 200
    said = [entry["jsonPayload.message"] for entry in counted("errors", lines.getvalue())]
    assert len(said) == 2 and "broke on a batch" in said[0] and "is given up" in said[1]
    assert "Ann" not in lines.getvalue()


@pytest.mark.parametrize(
    "line",
    [
        "shortlist: SHORTLIST_BUCKET is not set",
        "Traceback (most recent call last):",
        "[2026-11-21] [7] [CRITICAL] late",
    ],
)
def test_what_is_said_before_or_beside_the_log_is_an_error_too(line: str) -> None:
    assert len(counted("errors", line)) == 1
    assert counted("errors", "ready") == []
