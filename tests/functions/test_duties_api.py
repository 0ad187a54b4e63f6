"""Duties from outside: who may erase, what is told, and what the terminal prints."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

from parts import process
from parts.api import EXPORT, ROLES, Api
from parts.terminal import typed

from functions.cleanup import clean_up
from shared import wiring
from shared.models.caller import Caller
from shared.pipeline.backlog import queue_due
from shared.ports import Create, Update


def send_export(api: Api, pool: str = "acme") -> dict[str, str]:
    body = {"file": (io.BytesIO(EXPORT.encode()), "people.csv")}
    assert api("admin", "POST", f"/imports/?pool={pool}", data=body).status_code == 201
    rows = process.ports().store.query("candidates", [("pool", "==", pool)])
    return {row.data["person"]["name"]: row.id for row in rows}


def test_an_administrator_erases_and_everybody_else_is_refused(api: Api, tmp_path: Path) -> None:
    ids = send_export(api)
    path = f"/api/candidates/{ids['Ann Lee']}/?erase=true"
    assert [api(who, "DELETE", path).status_code for who in ("acme", "service", "candidate", "other")] == [403] * 4
    done = api("admin", "DELETE", path)
    assert done.status_code == 200 and done.json is not None
    assert done.json["receipt"]["places"]["rows of export files"] == 1
    assert api("admin", "GET", f"/api/candidates/{ids['Ann Lee']}/").status_code == 404
    assert not any(b"ann@example.com" in file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert send_export(api) == {"Bo Ray": ids["Bo Ray"]}
    listed = api("admin", "GET", "/api/erasures/").json
    assert listed is not None and listed["erasures"] == [done.json["receipt"]]
    assert api("acme", "GET", "/api/erasures/").status_code == 403
    entries = api("admin", "GET", f"/api/audit/?candidate_id={ids['Ann Lee']}").json
    assert entries is not None and "erase" in [entry["action"] for entry in entries["entries"]]


def test_a_candidate_is_told_what_is_held_about_them_and_of_nobody_else(api: Api) -> None:
    ids = send_export(api)
    settings = process.settings()
    ann = Caller(uid="ann", role="candidate", candidate_id=ids["Ann Lee"])
    api.tokens["ann"] = wiring.local_tokens(settings).sign(ann, 600)
    told: Any = api("ann", "GET", f"/api/candidates/{ids['Ann Lee']}/held/").json
    assert set(told["documents"]) == {"candidates", "sources", "keys"}
    assert told["export_rows"][0]["said"] == {
        "Name": "Ann Lee", "Email": "ann@example.com", "Current title": "Backend Engineer"
    }  # fmt: skip
    assert api("ann", "GET", f"/api/candidates/{ids['Bo Ray']}/held/").status_code == 404
    assert api("acme", "GET", f"/api/candidates/{ids['Ann Lee']}/held/").status_code == 403
    again: Any = api("ann", "GET", f"/api/candidates/{ids['Ann Lee']}/held/").json
    assert "who" not in again["documents"]["audit"][0]
    boss: Any = api("admin", "GET", f"/api/candidates/{ids['Ann Lee']}/held/").json
    assert boss["documents"]["audit"][0]["who"] in {caller.uid for caller in ROLES.values()} | {"ann"}


def test_the_terminal_tells_first_and_erases_when_told(tmp_path: Path) -> None:
    export = tmp_path / "people.csv"
    export.write_text(EXPORT)
    home = tmp_path / "home"
    assert typed(home, "import", str(export)).returncode == 0
    id_ = next(
        each["id"]
        for each in map(json.loads, typed(home, "export", "--format", "jsonl").stdout.splitlines())
        if each["person"]["name"] == "Ann Lee"
    )
    assert json.loads(typed(home, "held", id_).stdout)["documents"]["candidates"][0]["person"]["name"] == "Ann Lee"
    told = typed(home, "erase", id_)
    assert told.returncode == 2 and "say --yes" in told.stderr and "rows of export files" in told.stdout
    done = typed(home, "erase", id_, "--yes")
    assert done.returncode == 0 and "1  candidates" in done.stdout and "not reached" in done.stdout
    again = json.loads(typed(home, "import", str(export), "--json").stdout.splitlines()[-1])
    assert (again["skipped"]["erased"], again["unchanged"]) == (1, 1)
    assert typed(home, "held", id_).returncode == 2


def test_rules_are_set_and_the_report_is_read_by_administrators(api: Api) -> None:
    send_export(api)
    rules = {"retention_days": {"row": 30}, "blind": False}
    assert api("acme", "PUT", "/api/pools/acme/rules/", json=rules).status_code == 403
    assert api("admin", "PUT", "/api/pools/acme/rules/", json=rules).json == {"pool": "acme", **rules}
    assert api("admin", "PUT", "/api/pools/acme/rules/", json={"retention_days": {"fax": 3}}).status_code == 400
    assert api("admin", "GET", "/api/pools/acme/rules/").json == {"pool": "acme", **rules}
    assert api("acme", "GET", "/api/pools/acme/rules/").status_code == 403
    assert api("admin", "GET", "/api/retention/").json == {"applied": False, "due": []}
    process.ports().store.commit(
        [[Update("imports", row.id, {"created_at": "2001-01-01T00:00:00Z"}, None)]
         for row in process.ports().store.query("imports")]
    )  # fmt: skip
    due: Any = api("admin", "GET", "/api/retention/").json
    assert [(each["place"], each["pool"], each["count"]) for each in due["due"]] == [("row", "acme", 2)]
    assert api("acme", "GET", "/api/retention/").status_code == 403
    assert [each["count"] for each in clean_up(process.runtime())["expired"]] == [2]
    assert process.ports().store.count("candidates") == 0


def test_the_terminal_sets_rules_reports_and_removes(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text(EXPORT)
    home = tmp_path / "home"
    typed(home, "import", str(tmp_path / "people.csv"))
    said = typed(home, "retention", "--pool", "default", "--row", "30", "--blind")
    assert said.stdout == "pool default: row 30 days, blind\nnothing is over its time\n"
    assert typed(home, "retention", "--row", "30").returncode == 2
    assert "nothing is over" in typed(home, "retention", "--apply").stdout


def work_all(api: Api) -> None:
    """Wait for the stages that the import has queued."""
    queue_due(process.ports(), "candidates", [row.id for row in process.ports().store.query("candidates")])
    wiring.thread_queue(process.ports()).join()


def test_in_a_blind_pool_no_recruiter_is_told_who_anybody_is_by_any_endpoint(api: Api) -> None:
    ids = send_export(api)
    work_all(api)
    ann, asked = ids["Ann Lee"], {"job_offer_text": "backend engineer"}
    posted = api("acme", "POST", "/api/search-runs/", json=asked)
    assert "Ann" in posted.text and posted.json is not None
    run = posted.json["id"]
    paths = [
        "/api/candidates/", f"/api/candidates/{ann}/", f"/api/candidates/{ann}/similar/", f"/api/search-runs/{run}/",
        f"/api/candidates/{ann}/matches/", f"/api/search-runs/{run}/why/{ann}/", "/api/search-runs/",
    ]  # fmt: skip
    shown = [api("acme", "GET", path).text for path in paths]
    assert sum("Ann" in text for text in shown) >= 3  # there is something to hide
    assert api("admin", "PUT", "/api/pools/acme/rules/", json={"blind": True}).status_code == 200
    for path in paths:
        told = api("acme", "GET", path)
        assert (told.status_code == 200 and "Backend" in told.text) or path not in paths[:2], path
        assert not any(trace in told.text for trace in ("Ann", "Lee", "ann@", "Bo Ray", "bo@")), path
    assert "Ann" not in api("acme", "POST", "/api/search-runs/", json=asked).text
    assert "Ann Lee" in api("admin", "GET", f"/api/candidates/{ann}/").text
    assert "Ann" not in api("admin", "GET", f"/api/candidates/{ann}/?view=blind").text
    assert api("admin", "GET", f"/api/candidates/{ann}/?view=dim").status_code == 400


def test_a_file_is_not_told_blind(api: Api) -> None:
    cv = {"source_file": (io.BytesIO(b"Name: Ann Lee\nE-mail: ann@example.com\n\nSkills\nGo, SQL\n"), "Ann Lee.txt")}
    sent = api("admin", "POST", "/api/cv-documents/?pool=acme", data=cv)
    assert sent.status_code in (200, 201) and sent.json is not None
    assert "Ann Lee" in api("acme", "GET", "/api/cv-documents/").text
    api("admin", "PUT", "/api/pools/acme/rules/", json={"blind": True})
    told = api("acme", "GET", "/api/cv-documents/")
    assert told.status_code == 200 and "Ann" not in told.text


def test_people_describe_themselves_and_administrators_read_of_groups(api: Api) -> None:
    ids = send_export(api)
    path = f"/api/candidates/{ids['Ann Lee']}/self-description/"
    assert api("service", "PUT", path, json={"gender": "woman"}).status_code == 204
    assert [api(who, "PUT", path, json={"gender": "x"}).status_code for who in ("admin", "acme")] == [403, 403]
    assert api("candidate", "PUT", path, json={"gender": "x"}).status_code == 404
    assert api("service", "PUT", path, json={"shoe": "44"}).status_code == 400
    process.ports().store.commit([[Create("jobs", "j1", {"id": "j1", "pool": "acme"})]])
    told = api("admin", "GET", "/api/jobs/j1/impact/?stage=Offer")
    assert told.status_code == 200 and told.json is not None and told.json["stages"] == ["Offer"]
    assert api("acme", "GET", "/api/jobs/j1/impact/").status_code == 403
    assert "woman" not in api("acme", "GET", f"/api/candidates/{ids['Ann Lee']}/").text
    assert "woman" in api("admin", "GET", f"/api/candidates/{ids['Ann Lee']}/held/").text
