"""Errors over HTTP have one shape, problem+json, with a code that stays and the id the log has."""

from __future__ import annotations

import importlib
from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.test import Client

from functions.problems import problem_of
from shared.errors import ShortlistError


def kinds(of: type[ShortlistError] = ShortlistError) -> Iterator[type[ShortlistError]]:
    for kind in of.__subclasses__():
        yield kind
        yield from kinds(kind)


def test_every_error_has_a_code_of_its_own_and_its_line_in_the_tree() -> None:
    module = importlib.import_module("shared.errors")
    codes = [kind.code for kind in kinds()]
    assert len(set(codes)) == len(codes) and "error" not in codes
    for kind in kinds():
        outlook = "retryable" if kind.retryable else "final"
        tree = [line.split() for line in (module.__doc__ or "").splitlines() if kind.__name__ in line.split()]
        assert [str(kind.status), outlook] in [line[line.index(kind.__name__) + 1 :][:2] for line in tree], (
            kind.__name__
        )


@pytest.mark.parametrize("kind", sorted(kinds(), key=lambda kind: kind.__name__))
def test_an_error_of_ours_says_what_is_wrong_and_whether_to_come_again(kind: type[ShortlistError]) -> None:
    with Flask("test").test_request_context("/"):
        answer = problem_of(kind("what is wrong"))
    assert answer.mimetype == "application/problem+json"
    said = answer.json
    assert (said["status"], said["code"], said["detail"]) == (kind.status, kind.code, "what is wrong")
    assert said["type"] == "about:blank" and said["title"] and said["request_id"]
    assert ("Retry-After" in answer.headers) == kind.retryable


def test_what_nobody_expected_says_nothing_but_where_to_look() -> None:
    with Flask("test").test_request_context("/"):
        answer = problem_of(KeyError("ann@example.com"))
    assert (answer.status_code, answer.json["code"]) == (500, "broken")
    assert "ann@example.com" not in answer.get_data(as_text=True)


def test_what_the_framework_refuses_has_the_same_shape(client: Client) -> None:
    unknown, method = client.get("/api/nowhere/"), client.delete("/api/pools/")
    assert (unknown.status_code, unknown.json["code"]) == (404, "not_found")
    assert (method.status_code, method.json["code"]) == (405, "method_not_allowed")
    assert "POST" in method.headers["Allow"]
    for answer in (unknown, method):
        assert answer.mimetype == "application/problem+json"
        assert answer.json["request_id"] == answer.headers["X-Request-Id"]
