"""Another recruiter's ids on every endpoint there is, new ones included: nothing is told, and nothing changes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from parts.role_api import MINE, PRIVATE, STRANGERS, RoleApi, documents, fill, filled, role_api
from werkzeug.test import TestResponse

NOBODY = "nowhere00000000nowhere"
NAMES = ("pool", "candidate_id", "job_id", "import_id", "document_id", "batch_id", "who", "caller", "uid", "item")


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RoleApi]:
    with role_api(tmp_path_factory.mktemp("home")) as made:
        fill(made)
        yield made


def text_of(answer: TestResponse) -> str:
    """Return what an answer says; of a stream of events the first parts only."""
    if answer.mimetype == "text/event-stream":
        parts = [part for part, _ in zip(answer.iter_encoded(), range(3), strict=False)]
        answer.close()
        return b"".join(parts).decode()
    return answer.text


def told(api: RoleApi, answer: TestResponse, asked: tuple[str, ...]) -> list[str]:
    """Return what an answer tells of the recruiter's records besides the ids it was asked with."""
    text = f"{answer.headers} {text_of(answer)}".lower()
    for id_ in asked:
        text = text.replace(id_.lower(), "")
    ids = [id_ for ids in api.ids.values() for id_ in ids if id_ not in asked]
    return [word for word in (*PRIVATE, *ids) if word in text]


def bodies(id_: str) -> list[dict[str, Any]]:
    """Return bodies that name this id wherever a body could."""
    named = {"candidate_id": id_}
    return [
        named,
        {"job_id": id_},
        {"ids": [id_], "candidate_ids": [id_]},
        {"job_offer_text": "engineer who knows Python", **named},
        {"job_offer_text": "engineer who knows Python", "filters": {"pool": MINE}},
        {"uid": "otto"},
        {"id": "J-1", "position": "Nurse", "company": "Elsewhere", "description": "Cares."},
    ]


def comparable(answer: TestResponse, asked: tuple[str, ...]) -> tuple[int, str]:
    text = text_of(answer)
    for id_ in (*asked, NOBODY):
        text = text.replace(id_, "ID")
    if answer.is_json and isinstance(answer.json, dict):
        text = text.replace(str(answer.json.get("request_id")), "")
    return answer.status_code, text


@pytest.mark.parametrize("who", STRANGERS)
def test_no_endpoint_tells_or_changes_anything_of_another_recruiters_records(api: RoleApi, who: str) -> None:
    before, leaks, oracles, tried = documents("audit", "search_runs"), [], [], 0
    for method, rule in api.rules():
        nobody = filled(rule, dict.fromkeys(rule.arguments, NOBODY))
        for path, asked in api.paths(rule):
            sent: list[dict[str, Any]] = [{}] if method in ("GET", "DELETE") else [{"json": b} for b in bodies("X")]
            for body in sent:
                answer, other = api(who, method, path, **body), api(who, method, nobody, **body)
                tried += 1
                leaks += [(method, path, word) for word in told(api, answer, asked)]
                if rule.arguments and comparable(answer, asked) != comparable(other, asked):
                    oracles.append((method, path, answer.status_code, other.status_code))
    print(f"\n{tried} requests as {who} with another recruiter's ids: {len(leaks)} leaks")
    assert (leaks, oracles) == ([], []) and tried > 800
    assert documents("audit", "search_runs") == before or only_their_own(before)


def only_their_own(before: str) -> bool:
    """Whether what was written lies in the strangers' own pool: nothing of the recruiter's was touched."""
    was, now = json.loads(before), json.loads(documents("audit", "search_runs"))
    changed = [row for kind, rows in now.items() for id_, row in rows.items() if was[kind].get(id_) != row]
    gone = [id_ for kind, rows in was.items() for id_ in rows if id_ not in now[kind]]
    return not gone and all(MINE not in json.dumps(row) for row in changed)


@pytest.mark.parametrize("who", STRANGERS)
def test_naming_anothers_records_in_bodies_and_queries_gives_nothing_away(api: RoleApi, who: str) -> None:
    leaks, tried = [], 0
    for method, rule in api.rules():
        path = filled(rule, dict.fromkeys(rule.arguments, NOBODY))
        for ids in api.ids.values():
            sent: list[dict[str, Any]] = [
                {"query_string": {name: ids[0] if name != "pool" else MINE for name in NAMES}}
            ]
            sent += [{"query_string": {name: ids[0]}} for name in NAMES if name.endswith("_id")]
            sent += [{"json": body} for body in bodies(ids[0])] if method != "GET" else []
            for each in sent:
                answer = api(who, method, path, **each)
                tried += 1
                leaks += [(method, path, each, word) for word in told(api, answer, (ids[0],))]
    print(f"\n{tried} requests as {who} that name another recruiter's records: {len(leaks)} leaks")
    assert leaks == [] and tried > 6000


def test_this_test_would_see_a_leak(api: RoleApi) -> None:
    """The recruiter whose records these are is told of them by most endpoints that name one."""
    telling = {str(rule) for method, rule in api.rules() if method == "GET"
               for path, asked in api.paths(rule) if told(api, api("recruiter", method, path), asked)}  # fmt: skip
    assert {"/imports", "/api/jobs/", "/api/jobs/<job_id>/", "/api/cv-documents/", "/api/search-runs/"} <= telling


def test_there_is_something_of_every_kind_that_urls_name(api: RoleApi) -> None:
    assert all(api.ids.values()), api.ids
