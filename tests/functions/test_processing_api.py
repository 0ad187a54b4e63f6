"""What is worked on, over HTTP: imports looked at first and taken back, how far everything is, again and stop."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from parts import process
from parts.api import EXPORT, Api


def taken(api: Api, query: str = "", export: str = EXPORT) -> Any:
    answer = api("acme", "POST", f"/api/imports/?pool=acme{query}", data=export.encode())
    assert answer.status_code in (201, 202), answer.json
    api.settle()
    return answer.json


def test_a_preview_says_what_would_happen_and_writes_nobody(api: Api) -> None:
    taken(api)
    newer = EXPORT.replace("Backend Engineer", "Staff Engineer") + "Cy Dow,cy@example.com,Analyst\nx,y,z,w,v\n"
    before = {row.id: row.data for row in api.people()}
    answer = api("acme", "POST", "/api/imports/preview/?pool=acme", data=newer.encode())
    assert answer.status_code == 201, answer.json
    assert {row.id: row.data for row in api.people()} == before
    said = answer.json
    assert said["mapping"]["Current title"] and said["counts"]["created"] == 1 and said["counts"]["merged"] == 1
    changed = next(change for change in said["changes"] if change["change"] == "changed")
    old, new = changed["fields"]["profile.experiences"]
    assert [each[0]["title"] for each in (old, new)] == ["Backend Engineer", "Staff Engineer"]
    assert len(said["rejects"]) == said["counts"]["rejected"] == 1
    for who in ("other", "candidate"):
        assert api(who, "POST", f"/api/imports/preview/{said['id']}/commit/").status_code == 404
    done = api("acme", "POST", f"/api/imports/preview/{said['id']}/commit/")
    assert done.status_code == 201 and done.json["created"] == 1, done.json
    assert len(api.people()) == 3
    assert api("acme", "POST", f"/api/imports/preview/{said['id']}/commit/").status_code == 404
    assert not list(process.ports().files.list("previews/"))


def test_a_preview_nobody_commits_is_let_go(api: Api) -> None:
    from shared.imports.previews import delete_previews

    api("acme", "POST", "/api/imports/preview/?pool=acme", data=EXPORT.encode())
    assert delete_previews(process.ports(), "2000-01-01") == 0
    assert delete_previews(process.ports(), process.ports().now()) == 1
    assert not list(process.ports().files.list("previews/")) and not process.ports().store.query("previews")


def test_an_import_is_read_its_rejects_are_a_csv_and_it_is_undone(api: Api) -> None:
    done = taken(api, export=EXPORT + "x,y,z,w,v\n")
    path = f"/api/imports/{done['import_id']}/"
    assert api("acme", "GET", path).json["counts"]["created"] == 2
    rejects = api("acme", "GET", f"{path}rejects/")
    assert rejects.mimetype == "text/csv" and rejects.text.splitlines()[0] == "row,line,reason"
    assert len(rejects.text.splitlines()) == 2
    for method, name in (("GET", ""), ("GET", "rejects/"), ("POST", "undo/")):
        assert api("other", method, path + name).status_code == 404
    assert api("acme", "POST", f"{path}undo/").json["removed"] == 2
    assert not api.people()
    assert api("acme", "POST", f"{path}undo/").status_code == 400


def test_where_imports_were_before_they_still_are(api: Api) -> None:
    assert api("acme", "POST", "/imports?pool=acme", data=EXPORT.encode()).status_code == 201
    assert (
        len(api("acme", "GET", "/imports").json["imports"])
        == 1
        == len(api("acme", "GET", "/api/imports/").json["imports"])
    )


def test_an_import_in_the_background_is_seen_getting_there(api: Api) -> None:
    begun = taken(api, "&background=true")
    job = api("acme", "GET", f"/api/processing/jobs/{begun['job']}/").json
    assert (job["state"], job["counts"]) == ("SUCCESS", {"total": 2, "done": 2, "failed": 0, "left": 0})
    assert job["rate_per_minute"] and job["seconds_left"] == 0
    for who in ("other", "candidate"):
        assert api(who, "GET", f"/api/processing/jobs/{begun['job']}/").status_code in (403, 404)
    assert [each["id"] for each in api("other", "GET", "/api/processing/jobs/").json["jobs"]] == []


def test_stages_are_counted_for_who_asks(api: Api) -> None:
    taken(api)
    jobs = {job["id"]: job for job in api("acme", "GET", "/api/processing/jobs/").json["jobs"]}
    assert jobs["stage-candidates-embed"]["counts"] == {"total": 2, "done": 2, "failed": 0, "left": 0}
    assert api("admin", "GET", "/api/processing/jobs/stage-candidates-embed/").json["counts"]["done"] == 2
    assert api("other", "GET", "/api/processing/jobs/stage-candidates-embed/").json["counts"]["total"] == 0
    for nobody in ("stage-candidates-lunch", "stage-people-embed", "import-nowhere", "upload-x", "x", "import-"):
        assert api("acme", "GET", f"/api/processing/jobs/{nobody}/").status_code == 404, nobody


def due_again(stage: str) -> None:
    from shared.ports import Update

    store = process.ports().store
    rows = store.query("candidates")
    store.commit([[Update("candidates", row.id, {"awaiting": stage}, None)] for row in rows])


def test_a_cancelled_stage_does_not_begin_and_a_retry_brings_it_back(api: Api) -> None:
    taken(api)
    due_again("embed")
    path = "/api/processing/jobs/stage-candidates-embed/"
    assert api("acme", "GET", path).json["counts"]["left"] == 2
    assert api("other", "POST", f"{path}cancel/").json == {"id": "stage-candidates-embed", "cancelled": 0}
    assert api("candidate", "POST", f"{path}cancel/").status_code == 403
    assert api("acme", "POST", f"{path}cancel/").json["cancelled"] == 2
    from shared.pipeline.backlog import bring_in_stale

    assert bring_in_stale(process.ports()) == 0
    job = api("acme", "GET", path).json
    assert (job["state"], job["counts"]["failed"], job["counts"]["left"]) == ("PARTIAL", 2, 0)
    assert {row.data["stages"]["embed"]["error"]["message"] for row in api.people()} == {"cancelled"}
    assert api("acme", "POST", f"{path}retry/").json["retried"] == 2
    api.settle()
    assert {row.data["awaiting"] for row in api.people()} == {"ready"}


def test_a_running_import_is_cancelled_and_goes_on_where_it_was(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    queue = process.ports().queue
    monkeypatch.setattr(queue, "enqueue", lambda tasks: None)
    begun = taken(api, "&background=true")
    monkeypatch.undo()
    path = f"/api/processing/jobs/{begun['job']}/"
    assert api("acme", "GET", path).json["state"] == "RUNNING"
    assert api("acme", "POST", f"{path}cancel/").json["cancelled"] == 1
    job = api("acme", "GET", path).json
    assert (job["state"], job["error"]) == ("FAILED", "cancelled")
    assert api("acme", "POST", f"{path}cancel/").status_code == 400
    assert api("acme", "POST", f"{path}retry/").json["retried"] == 1
    api.settle()
    assert api("acme", "GET", path).json["state"] == "SUCCESS" and len(api.people()) == 2
    assert api("acme", "POST", f"{path}retry/").status_code == 400


def test_a_bulk_upload_is_a_job_whose_failed_files_are_tried_again(api: Api) -> None:
    cv = (Path(__file__).parents[1] / "fixtures" / "cvs" / "txt_utf8.txt").read_bytes()
    form = {"files": [(io.BytesIO(cv), "cv.txt"), (io.BytesIO(b""), "empty.txt")]}
    sent = api("acme", "POST", "/api/cv-documents/bulk/?pool=acme", data=form, content_type="multipart/form-data")
    api.settle()
    path = f"/api/processing/jobs/upload-{sent.json['batch_id']}/"
    job = api("acme", "GET", path).json
    assert (job["kind"], job["state"]) == ("upload", "PARTIAL")
    assert job["counts"] == {"total": 2, "done": 1, "failed": 1, "left": 0}
    assert api("acme", "POST", f"{path}retry/").json["retried"] == 0
    assert api("other", "POST", f"{path}retry/").status_code == 404
