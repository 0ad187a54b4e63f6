"""On Google Cloud every line a function says is one JSON object with ids and no people; on a laptop nothing changes."""

from __future__ import annotations

import json
import logging
import sys
from typing import Any

import pytest
from flask import Flask
from test_settings_at_start import GOOGLE, start

from functions.cloud_log import CloudLines

TRACE = "105445aa7843bc8bf206b12000100000"
SERVED = {**GOOGLE, "K_SERVICE": "classify"}


def line(name: str, said: Any, *values: Any, level: int = logging.INFO, **more: Any) -> dict[str, Any]:
    """What the log says of one record."""
    record = logging.LogRecord(name, level, "/srv/shared/pipeline/run.py", 92, said, values, more.pop("exc_info", None))
    vars(record).update(more)
    text = CloudLines("demo").format(record)
    assert "\n" not in text
    return dict(json.loads(text))


def test_a_line_says_how_bad_it_is_who_says_it_and_what_was_counted() -> None:
    assert line("shortlist.pipeline", "stage %s done %d", "classify", 48, failed=2) == {
        "severity": "INFO", "message": "stage classify done 48", "logger": "shortlist.pipeline", "failed": 2,
    }  # fmt: skip


def test_a_line_of_several_lines_stays_one() -> None:
    assert line("shortlist.problems", "two\nlines")["message"] == "two\nlines"


def test_an_exception_is_told_by_its_kind_and_place_never_by_its_words() -> None:
    try:
        raise ValueError("Ann Lee, ann@example.com")
    except ValueError:
        said = line("shortlist.problems", "it broke", level=logging.ERROR, exc_info=sys.exc_info())
    assert "ValueError at test_cloud_log.py" in said["message"] and "Ann" not in json.dumps(said)


def test_of_other_peoples_loggers_only_words_of_their_code_are_kept() -> None:
    said = line("flask.app", "Exception on %s [%s]", "/ann@example.com", "GET")
    assert said["message"] == "Exception on %s [%s] (run.py:92)"
    said = line("pypdf", f"cannot read {'Ann Lee'}", level=logging.WARNING, person="Ann Lee")
    assert (said["severity"], said["message"]) == ("WARNING", "a line of run.py:92")
    assert "Ann" not in json.dumps(said)


def test_a_line_of_a_request_is_found_by_its_trace_and_its_task() -> None:
    headers = {"X-Cloud-Trace-Context": f"{TRACE}/123;o=1", "X-CloudTasks-TaskName": "classify-5f3a",
               "X-CloudTasks-TaskRetryCount": "2", "Authorization": "Bearer secret"}  # fmt: skip
    with Flask("app").test_request_context("/?name=Ann", headers=headers):
        said = line("shortlist.pipeline", "stage classify")
    assert said["logging.googleapis.com/trace"] == f"projects/demo/traces/{TRACE}"
    assert said["logging.googleapis.com/spanId"] == "000000000000007b"
    assert said["logging.googleapis.com/labels"] == {"task": "classify-5f3a", "attempt": "2"}
    assert "Ann" not in json.dumps(said) and "secret" not in json.dumps(said)


@pytest.mark.parametrize("header", ["", "nonsense", "../../etc;o=1"])
def test_a_trace_that_is_none_is_left_out(header: str) -> None:
    with Flask("app").test_request_context("/", headers={"X-Cloud-Trace-Context": header}):
        assert set(line("shortlist.problems", "x")) == {"severity", "message", "logger"}


SAY = "import logging; logging.getLogger('shortlist.pipeline').info('stage embed'); "
SAY += "logging.getLogger('urllib3').info('chatter'); logging.getLogger('shortlist.calls').info('classify a')"


def test_a_function_on_cloud_run_loses_no_line_of_ours_and_says_it_once() -> None:
    done = start("classify", SERVED, SAY)
    assert (done.returncode, done.stderr) == (0, "")
    (said,) = map(json.loads, done.stdout.splitlines())
    assert said == {"severity": "INFO", "message": "stage embed", "logger": "shortlist.pipeline"}


def test_elsewhere_the_log_is_left_as_it_is() -> None:
    done = start("classify", GOOGLE, SAY)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"K_SERVICE": "", "SHORTLIST_SIGNATURES_CHECKED": "true"}, "SHORTLIST_SIGNATURES_CHECKED"),
        ({"K_SERVICE": "api", "SHORTLIST_SIGNATURES_CHECKED": "true"}, "SHORTLIST_SIGNATURES_CHECKED"),
        ({"SHORTLIST_QUEUE": "threads"}, "SHORTLIST_QUEUE"),
        ({"SHORTLIST_BACKEND": "local"}, "SHORTLIST_QUEUE"),
        ({"SHORTLIST_CERTS_URL": "https://keys.example"}, "SHORTLIST_CERTS_URL"),
    ],
)
def test_no_setting_lets_a_function_on_cloud_run_be_called_unchecked(changed: dict[str, str], named: str) -> None:
    done = start("classify", {**SERVED, **changed})
    assert done.returncode == 2
    assert done.stderr.startswith(f"shortlist: {named}") and len(done.stderr.splitlines()) == 1
