"""A POST sent twice under one key is done once and answered alike."""

from __future__ import annotations

import io
import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from parts import process
from parts.api import EXPORT, Api
from werkzeug.test import TestResponse

from shared.access.idempotency import forget_answers
from shared.ports import Update

KEY = {"Idempotency-Key": "k1"}
TYPED: dict[str, Any] = {"person": {"name": "Fay Kim"}}


def typed(api: Api, who: str = "acme", body: Any = None, **headers: str) -> TestResponse:
    return api(who, "POST", "/api/candidates/?pool=acme", {**KEY, **headers}, json=body or TYPED)


def test_the_same_request_is_done_once_and_answered_alike(api: Api) -> None:
    first, second = typed(api), typed(api)
    assert first.status_code == second.status_code == 201 and first.json == second.json
    assert "Idempotency-Replayed" not in first.headers and second.headers["Idempotency-Replayed"] == "true"
    assert len(api.people()) == 1
    assert typed(api, **{"Idempotency-Key": "k2"}).status_code == 200  # known by what it says, and told so


def test_another_request_under_the_key_is_refused_and_another_caller_has_keys_of_their_own(api: Api) -> None:
    typed(api)
    refused = typed(api, body={"person": {"name": "Gil Orr"}})
    assert (refused.status_code, refused.json["code"]) == (422, "idempotency_key_reused")
    note = api("acme", "POST", f"/api/candidates/{api.people()[0].id}/notes/", KEY, json={"text": "x"})
    assert note.status_code == 422
    assert typed(api, who="admin", body={"person": {"name": "Gil Orr"}}).status_code == 201


def test_a_file_sent_twice_is_the_same_request_whatever_stands_between_its_parts(api: Api) -> None:
    answers = []
    for boundary in ("one", "two"):
        head = 'Content-Disposition: form-data; name="file"; filename="a.csv"'
        body = f"--{boundary}\r\n{head}\r\n\r\n{EXPORT}\r\n--{boundary}--\r\n"
        answers.append(api("acme", "POST", "/api/imports/?pool=acme", KEY, data=body.encode(),
                           content_type=f"multipart/form-data; boundary={boundary}"))  # fmt: skip
    assert [answer.status_code for answer in answers] == [201, 201] and answers[0].json == answers[1].json
    raw = [
        api("acme", "POST", "/api/imports/?pool=acme", {"Idempotency-Key": "k2"}, data=EXPORT.encode()) for _ in "ab"
    ]
    assert raw[0].json == raw[1].json and raw[0].json["unchanged"] == 2
    assert len(process.ports().store.query("imports")) == 2


def test_a_refusal_is_kept_and_what_may_go_better_is_not(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    bad = {"person": {"age": 30}}
    assert [typed(api, body=bad).status_code for _ in "ab"] == [400, 400]
    again = {"Idempotency-Key": "k2"}
    from shared.errors import Retryable

    def away(*_: object) -> None:
        raise Retryable("the store is away")

    monkeypatch.setattr("shared.people.manual_entry.resolve", away)
    assert typed(api, **again).status_code == 503
    monkeypatch.undo()
    assert typed(api, **again).status_code == 201


def test_a_request_under_way_is_not_begun_again_until_its_worker_is_lost(api: Api) -> None:
    typed(api)
    store = process.ports().store
    (kept,) = store.query("answers")
    store.commit([[Update("answers", kept.id, {"status": None, "body": None}, None)]])
    busy = typed(api)
    assert (busy.status_code, busy.json["code"]) == (409, "in_progress") and busy.headers["Retry-After"]
    long_ago = (datetime.fromisoformat(kept.data["at"]) - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    store.commit([[Update("answers", kept.id, {"at": long_ago}, None)]])
    assert typed(api).status_code == 200


def test_answers_are_forgotten_after_a_day_and_tell_whose_they_are(api: Api) -> None:
    made = typed(api).json["candidate"]["id"]
    store = process.ports().store
    (kept,) = store.query("answers", [("candidate_id", "==", made)])
    assert forget_answers(process.ports()) == 0
    store.commit([[Update("answers", kept.id, {"at": "2000-01-01T00:00:00.000000Z"}, None)]])
    assert typed(api).json["effect"] == "unchanged"
    store.commit([[Update("answers", kept.id, {"at": "2000-01-01T00:00:00.000000Z"}, None)]])
    assert forget_answers(process.ports()) == 1 and not store.query("answers")


def test_a_secret_is_answered_once_and_kept_nowhere(api: Api) -> None:
    asked = {"name": "export", "pools": ["acme"]}
    made = api("admin", "POST", "/api/api-keys/", KEY, json=asked)
    assert made.status_code == 201
    again = api("admin", "POST", "/api/api-keys/", KEY, json=asked)
    assert (again.status_code, again.json["code"]) == (409, "taken")
    kept = json.dumps([row.data for row in process.ports().store.query("answers")])
    assert made.json["key"] not in kept and len(process.ports().store.query("api_keys")) == 1


@pytest.mark.parametrize("key", ["", "x" * 201, "é"])
def test_what_is_no_key_is_refused(api: Api, key: str) -> None:
    assert typed(api, **{"Idempotency-Key": key}).status_code == 400


def test_a_cv_sent_twice_is_one_document(api: Api) -> None:
    cv = (Path(__file__).parents[1] / "fixtures" / "cvs" / "txt_utf8.txt").read_bytes()
    path, form = "/api/cv-documents/?pool=acme", "multipart/form-data"
    sent = [{"source_file": (io.BytesIO(cv), "cv.txt")} for _ in "ab"]
    answers = [api("acme", "POST", path, KEY, data=each, content_type=form) for each in sent]
    assert [answer.status_code for answer in answers] == [201, 201] and answers[0].json == answers[1].json


def test_an_answer_kept_before_the_pool_became_blind_is_repeated_blind(api: Api) -> None:
    person = {"person": {"name": "Ann Lee", "emails": ["ann@example.com"], "location": "Leeds"}}
    key = {"Idempotency-Key": "typed-in-once"}
    first = api("acme", "POST", "/api/candidates/?pool=acme", key, json=person)
    assert first.status_code == 201 and "Leeds" in first.text
    assert api("admin", "PUT", "/api/pools/acme/rules/", json={"blind": True}).status_code == 200
    again = api("acme", "POST", "/api/candidates/?pool=acme", key, json=person)
    assert again.headers["Idempotency-Replayed"] == "true" and again.status_code == 201
    assert not any(word in again.text for word in ("Ann", "Lee", "ann@", "Leeds"))
