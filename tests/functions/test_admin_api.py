"""The whole installation over HTTP, for administrators: what waits, what failed and why, what it cost."""

from __future__ import annotations

from parts import process
from parts.api import ROLES, Api
from test_processing_api import due_again, taken

from shared.models.candidate import Tokens
from shared.models.task import Task
from shared.pipeline.usage import note_usage, usage_by_day
from shared.ports import Update

PATHS = ("candidates", "stages", "failures", "usage", "queue")


def test_it_is_for_administrators(api: Api) -> None:
    for name in PATHS:
        seen = {who: api(who, "GET", f"/api/admin/{name}/").status_code for who in ROLES}
        assert seen == {**dict.fromkeys(ROLES, 403), "admin": 200}, name


def test_everybody_over_all_pools_is_listed(api: Api) -> None:
    taken(api)
    assert api("admin", "POST", "/api/imports/?pool=other", data=b"Name\nDi Fox\n").status_code == 201
    found = api("admin", "GET", "/api/admin/candidates/").json["candidates"]
    assert sorted(each["pool"] for each in found) == ["acme", "acme", "other"]


def test_what_waits_is_counted_with_the_longest_wait(api: Api) -> None:
    taken(api)
    stages = {(each["kind"], each["stage"]): each for each in api("admin", "GET", "/api/admin/stages/").json["stages"]}
    embed = stages["candidates", "embed"]
    assert [embed[name] for name in ("waiting", "done", "skipped", "failed", "oldest")] == [0, 2, 0, 0, None]
    due_again("embed")
    (embed,) = (each for each in api("admin", "GET", "/api/admin/stages/").json["stages"]
                if (each["kind"], each["stage"]) == ("candidates", "embed"))  # fmt: skip
    assert embed["waiting"] == 2
    assert embed["oldest"] == min(row.data["updated_at"] for row in api.people())
    queue = api("admin", "GET", "/api/admin/queue/").json
    assert (queue["total"], queue["waiting"]["candidates"]["embed"]) == (2, 2)


def test_failures_are_told_by_reason(api: Api) -> None:
    taken(api)
    for row in api.people():
        failed = {"state": "failed", "input": "", "recipe": "x", "at": row.data["updated_at"],
                  "error": {"message": "the model refused", "again": False}}  # fmt: skip
        fields = {"awaiting": "failed", "stages": {**row.data["stages"], "enrich": failed}}
        process.ports().store.commit([[Update("candidates", row.id, fields, None)]])
    (failure,) = api("admin", "GET", "/api/admin/failures/").json["failures"]
    assert (failure["stage"], failure["reason"], failure["count"]) == ("enrich", "the model refused", 2)
    assert sorted(failure["ids"]) == sorted(row.id for row in api.people())


def test_tokens_are_summed_by_day_and_stage_and_a_free_model_writes_nothing(api: Api) -> None:
    taken(api)
    ports, task = process.ports(), Task(kind="candidates", stage="enrich", ids=("a", "b"), run_id="r")
    assert api("admin", "GET", "/api/admin/usage/").json == {"usage": []}
    for _ in range(2):
        note_usage(ports, task, [Tokens(input=100, output=10), Tokens(), Tokens(input=50, output=5)])
    (day,) = api("admin", "GET", "/api/admin/usage/?days=1").json["usage"]
    assert (day["day"], day["stage"]) == (ports.now()[:10], "enrich")
    assert (day["records"], day["input"], day["output"]) == (4, 300, 30)
    assert usage_by_day(ports, "2999-01-01") == []
