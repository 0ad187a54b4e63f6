"""Candidates over HTTP: what recruiters see, set, tag, note and take out, and that it stands."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from parts import process
from parts.api import ROLES, Api
from werkzeug.test import TestResponse

CVS = Path(__file__).parents[1] / "fixtures" / "cvs"
EXPORT = """Name,Email,Current title,Tags,Stage,Job
Ann Lee,ann@example.com,Senior Backend Engineer,"Go,remote",Phone Screen,Engineer
Bo Ray,bo@example.com,Nurse,night shift,Applied,Nurse
Cy Dow,cy@example.com,Data Scientist,Python,Applied,Engineer
"""


def take(api: Api, export: str = EXPORT, pool: str = "acme") -> dict[str, str]:
    """Import, run all stages and return name -> id."""
    assert api("admin", "POST", f"/imports?pool={pool}", data=export.encode()).status_code == 201
    api.settle()
    return {row.data["person"]["name"]: row.id for row in api.people() if row.data["pool"] == pool}


def read(api: Api, id_: str) -> tuple[dict[str, Any], str]:
    """Return a record and its version."""
    answer = api("acme", "GET", f"/api/candidates/{id_}/")
    assert answer.status_code == 200, answer.json
    return answer.json["candidate"], answer.headers["ETag"]


def correct(api: Api, id_: str, body: Any, who: str = "acme") -> TestResponse:
    _, version = read(api, id_)
    answer = api(who, "PATCH", f"/api/candidates/{id_}/", {"If-Match": version}, json=body)
    api.settle()
    return answer


def names(answer: TestResponse) -> list[str]:
    assert answer.status_code == 200, answer.json
    return [each["person"]["name"] for each in answer.json["candidates"]]


def test_a_list_shows_whom_the_caller_sees_and_nobody_else(api: Api) -> None:
    take(api)
    take(api, "Name,Email\nDi Fox,di@example.com\n", "other")
    seen = {who: set(names(api(who, "GET", "/api/candidates/"))) for who in ROLES}
    ours = {"Ann Lee", "Bo Ray", "Cy Dow"}
    assert seen == {"admin": ours | {"Di Fox"}, "acme": ours, "both": ours | {"Di Fox"}, "other": {"Di Fox"},
                    "service": ours, "candidate": set()}  # fmt: skip
    assert names(api("other", "GET", "/api/candidates/?pool=acme")) == []
    shown = api("acme", "GET", "/api/candidates/").json["candidates"][0]
    assert not {"search_terms", "readers", "lease", "embedding"} & set(shown)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("function=engineering", {"Ann Lee"}),
        ("level=senior", {"Ann Lee"}),
        ("tag=Night Shift", {"Bo Ray"}),
        ("stage=applied", {"Bo Ray", "Cy Dow"}),
        ("stage=applied&function=data", {"Cy Dow"}),
        ("q=backend lee", {"Ann Lee"}),
        ("q=lee nurse", set()),
        ("awaiting=ready", {"Ann Lee", "Bo Ray", "Cy Dow"}),
        ("flag=hidden_text", set()),
    ],
)
def test_a_list_is_narrowed(api: Api, asked: str, found: set[str]) -> None:
    take(api)
    assert set(names(api("acme", "GET", f"/api/candidates/?{asked}"))) == found


@pytest.mark.parametrize("sort", ["name", "-name", "updated_at", "-updated_at"])
@pytest.mark.parametrize("who", ["acme", "admin", "both"])
def test_pages_follow_each_other_in_order_and_hold_everybody_once(api: Api, sort: str, who: str) -> None:
    people = "".join(f"{name} Fox,{name}@example.com\n" for name in ("Ida", "Pia", "Amy", "Uli", "Kim", "Joe", "Zoe"))
    take(api, f"Name,Email\n{people}")
    take(api, "Name,Email\nDi Fox,di@example.com\nEd Fox,ed@example.com\n", "other")
    seen: list[dict[str, Any]] = []
    after = ""
    for _ in range(9):
        answer = api(who, "GET", f"/api/candidates/?sort={sort}&limit=2{after}")
        seen += answer.json["candidates"]
        if answer.json["next"] is None:
            break
        after = f"&after={answer.json['next']}"
    assert len(seen) == len({each["id"] for each in seen}) == (7 if who == "acme" else 9)
    keys = [each["person"]["name"].split()[0] if "name" in sort else each["updated_at"] for each in seen]
    assert keys == sorted(keys, reverse=sort.startswith("-"))


@pytest.mark.parametrize(
    "asked", ["sort=age", "after=x", "function=wizard", "level=", "limit=0", "awaiting=lunch", "sort=name&after=WzFd"]
)
def test_what_no_list_knows_is_refused(api: Api, asked: str) -> None:
    answer = api("acme", "GET", f"/api/candidates/?{asked}")
    assert (answer.status_code, answer.json["code"]) == (400, "wrong_call")


def test_only_those_handed_out_are_in_the_audit(api: Api) -> None:
    ids = take(api)
    api("acme", "GET", "/api/candidates/?function=data")
    entry = process.ports().store.query("audit", [("who", "==", "rita")])[0].data
    assert entry["subjects"] == [ids["Cy Dow"]]


def test_a_record_is_not_sent_again_while_it_is_the_same(api: Api) -> None:
    ids = take(api)
    _, version = read(api, ids["Ann Lee"])
    path = f"/api/candidates/{ids['Ann Lee']}/"
    again = api("acme", "GET", path, {"If-None-Match": version})
    assert (again.status_code, again.data) == (304, b"")
    assert correct(api, ids["Ann Lee"], {"person": {"location": "Leeds"}}).status_code == 200
    assert api("acme", "GET", path, {"If-None-Match": version}).status_code == 200
    assert api("other", "GET", path).status_code == 404


def test_a_change_says_which_version_it_is_of(api: Api) -> None:
    ids = take(api)
    path, body = f"/api/candidates/{ids['Ann Lee']}/", {"person": {"name": "Anna Lee"}}
    _, version = read(api, ids["Ann Lee"])
    without = api("acme", "PATCH", path, json=body)
    assert (without.status_code, without.json["code"]) == (428, "version_needed")
    first = api("acme", "PATCH", path, {"If-Match": version}, json=body)
    assert first.status_code == 200 and first.json["candidate"]["person"]["name"] == "Anna Lee"
    late = api("acme", "PATCH", path, {"If-Match": version}, json={"person": {"name": "Anne Lee"}})
    assert (late.status_code, late.json["code"]) == (412, "outdated")
    assert api("acme", "PATCH", path, {"If-Match": first.headers["ETag"]}, json={}).status_code == 400
    assert api("other", "PATCH", path, {"If-Match": version}, json=body).status_code == 404


def test_a_correction_outranks_a_later_import_and_the_model(api: Api) -> None:
    ids = take(api)
    ann = ids["Ann Lee"]
    said = {"person": {"name": "Anna Leigh", "location": "Leeds"}, "profile": {"headline": "Builds ledgers"},
            "classification": {"function": "product", "level": "lead"}}  # fmt: skip
    answer = correct(api, ann, said)
    assert answer.status_code == 200, answer.json
    newer = EXPORT.replace("Ann Lee,", "Ann B. Lee,").replace("Senior Backend Engineer", "Staff Backend Engineer")
    take(api, newer)
    process.ports().store.commit([])
    from shared.pipeline.backlog import all_ids
    from shared.pipeline.run import tasks_for

    process.ports().queue.enqueue(
        tasks_for("candidates", "classify", all_ids(process.ports(), "candidates"), force=True)
    )
    api.settle()
    now, _ = read(api, ann)
    assert (now["person"]["name"], now["person"]["location"]) == ("Anna Leigh", "Leeds")
    assert now["profile"]["headline"] == "Builds ledgers"
    assert (now["classification"]["function"], now["classification"]["level"]) == ("product", "lead")
    assert now["awaiting"] == "ready" and now["stages"]["classify"]["state"] == "done"
    assert {"person.name", "classification.level"} <= set(now["corrected"])
    assert now["applications"] and "Staff Backend Engineer" in str(now["profile"]["experiences"])


def test_what_is_withdrawn_is_free_again(api: Api) -> None:
    ann = take(api)["Ann Lee"]
    before, _ = read(api, ann)
    correct(api, ann, {"person": {"name": "X Y"}, "classification": {"function": "legal", "level": "vp"}})
    free = {"withdraw": ["person.name", "classification.function", "classification.level"]}
    assert correct(api, ann, free).status_code == 200
    after, _ = read(api, ann)
    assert after["person"] == before["person"] and not after.get("corrected")
    assert after["classification"] == before["classification"]


def test_a_list_that_is_corrected_is_exactly_that_list(api: Api) -> None:
    ann = take(api)["Ann Lee"]
    correct(api, ann, {"profile": {"skills": [{"name": "Rust"}]}, "person": {"emails": ["anna@example.org"]}})
    take(api, EXPORT.replace("remote", "onsite"))
    now, _ = read(api, ann)
    assert [skill["name"] for skill in now["profile"]["skills"]] == ["Rust"]
    assert now["person"]["emails"] == ["anna@example.org"]


def test_a_corrected_address_is_known_and_the_wrong_one_is_free(api: Api) -> None:
    ids = take(api)
    ann = ids["Ann Lee"]
    taken = correct(api, ann, {"person": {"emails": ["bo@example.com"]}})
    assert (taken.status_code, taken.json["code"]) == (409, "taken")
    assert correct(api, ann, {"person": {"emails": ["anna@example.org"]}}).status_code == 200
    after = take(api, "Name,Email\nA. Lee,anna@example.org\nEve Orr,ann@example.com\n")
    assert len({row.id for row in api.people()}) == 4 and "Eve Orr" in after


def test_undoing_an_import_keeps_whom_somebody_corrected_and_takes_the_others_away(api: Api) -> None:
    ids = take(api)
    correct(api, ids["Ann Lee"], {"person": {"name": "Anna"}})
    from shared.imports.undo import undo_import

    (imported,) = process.ports().store.query("imports")
    assert undo_import(process.ports(), imported.id)["removed"] == 2
    assert [row.data["person"]["name"] for row in api.people()] == ["Anna"]


def test_a_correction_stays_with_the_person_when_one_of_two_imports_is_undone(api: Api) -> None:
    ann = take(api)["Ann Lee"]
    correct(api, ann, {"person": {"location": "Leeds"}})
    take(api, EXPORT.replace("Phone Screen", "Offer"))
    from shared.imports.undo import undo_import

    first = process.ports().store.query("imports", order="created_at")[0]
    undo_import(process.ports(), first.id)
    now, _ = read(api, ann)
    assert now["person"]["location"] == "Leeds" and now["applications"][0]["stage"] == "Offer"
    assert len(api.people()) == 3


@pytest.mark.parametrize(
    "body",
    [
        {"person": {"age": 30}},
        {"person": {"emails": ["nobody"]}},
        {"classification": {"function": "wizard"}},
        {"classification": {"function": "data", "specialties": ["backend"]}},
        {"withdraw": ["person.age"]},
        {"pool": "other"},
        [],
        {"person": {"name": "x" * 600}},
    ],
)
def test_what_no_record_holds_is_refused(api: Api, body: Any) -> None:
    answer = correct(api, take(api)["Ann Lee"], body)
    assert (answer.status_code, answer.json["code"]) == (400, "wrong_call"), answer.json


def test_somebody_typed_in_is_a_candidate_or_joins_one(api: Api) -> None:
    ids = take(api)
    typed = {"person": {"name": "Fay Kim", "emails": ["fay@example.com"]},
             "profile": {"experiences": [{"title": "Data Scientist", "company": "Quill"}]}}  # fmt: skip
    made = api("acme", "POST", "/api/candidates/?pool=acme", json=typed)
    assert made.status_code == 201 and made.json["effect"] == "created", made.json
    api.settle()
    fay, _ = read(api, made.json["candidate"]["id"])
    assert fay["classification"]["function"] == "data" and fay["sources"][0]["kind"] == "form"
    again = api("acme", "POST", "/api/candidates/?pool=acme", json=typed)
    assert (again.status_code, again.json["effect"]) == (200, "unchanged")
    joins = {"person": {"name": "Ann Lee", "emails": ["ANN@example.com"], "location": "Leeds"}}
    joined = api("acme", "POST", "/api/candidates/?pool=acme", json=joins)
    assert (joined.status_code, joined.json["effect"]) == (200, "merged")
    assert joined.json["candidate"]["id"] == ids["Ann Lee"]
    assert api("other", "POST", "/api/candidates/?pool=acme", json=typed).status_code == 403
    assert api("acme", "POST", "/api/candidates/?pool=acme", json={"person": {}}).status_code == 400


def test_tags_set_by_hand_stand_over_those_of_applications(api: Api) -> None:
    ann = take(api)["Ann Lee"]
    assert api("acme", "PUT", f"/api/candidates/{ann}/tags/Kotlin/").json == {"tags": ["Go", "remote", "Kotlin"]}
    assert api("acme", "DELETE", f"/api/candidates/{ann}/tags/remote/").json == {"tags": ["Go", "Kotlin"]}
    take(api, EXPORT.replace("Go,remote", "Go,remote,Rust"))
    now, _ = read(api, ann)
    assert now["profile"]["tags"] == ["Go", "Rust", "Kotlin"]
    assert len([source for source in now["sources"] if source["kind"] == "correction"]) == 1
    assert api("other", "PUT", f"/api/candidates/{ann}/tags/x/").status_code == 404


def test_notes_are_their_writers_and_move_no_record(api: Api) -> None:
    ids = take(api)
    ann, bo = ids["Ann Lee"], ids["Bo Ray"]
    before, version = read(api, ann)
    note = api("acme", "POST", f"/api/candidates/{ann}/notes/", json={"text": "starts in May"})
    assert note.status_code == 201 and note.json["author"] == "rita"
    assert read(api, ann) == (before, version)
    path = f"/api/candidates/{ann}/notes/"
    assert [each["text"] for each in api("both", "GET", path).json["notes"]] == ["starts in May"]
    assert {who: api(who, "GET", path).status_code for who in ("other", "candidate")} == {
        "other": 404,
        "candidate": 404,
    }
    assert api("both", "DELETE", f"{path}{note.json['id']}/").status_code == 404
    from shared.people.merge_split import merge

    kept = merge(process.ports(), bo, ann)
    assert len(api("acme", "GET", f"/api/candidates/{kept}/notes/").json["notes"]) == 1
    assert api("admin", "DELETE", f"{path}{note.json['id']}/").status_code == 204
    assert api("acme", "GET", path).json["notes"] == []


def test_activity_says_what_happened_and_tells_who_looked_to_administrators_alone(api: Api) -> None:
    ann = take(api)["Ann Lee"]
    correct(api, ann, {"person": {"location": "Leeds"}})
    api("acme", "POST", f"/api/candidates/{ann}/notes/", json={"text": "secret words"})
    seen = {who: api(who, "GET", f"/api/candidates/{ann}/activity/") for who in ("acme", "admin")}
    what = {who: [each["what"] for each in answer.json["activity"]] for who, answer in seen.items()}
    assert {"created", "source: row", "source: correction", "correct", "note", "stage: embed"} <= set(what["acme"])
    assert "read" in what["admin"] and "read" not in what["acme"]
    times = [each["at"] for each in seen["acme"].json["activity"]]
    assert times == sorted(times, reverse=True) and "secret" not in seen["admin"].text


def test_a_record_taken_out_is_gone_until_its_file_comes_again(api: Api) -> None:
    ann = take(api)["Ann Lee"]
    api("acme", "POST", f"/api/candidates/{ann}/notes/", json={"text": "x"})
    path = f"/api/candidates/{ann}/"
    assert api("other", "DELETE", path).status_code == 404
    assert api("acme", "DELETE", path, {"If-Match": '"stale"'}).status_code == 412
    assert api("acme", "DELETE", path).status_code == 204
    store = process.ports().store
    assert api("acme", "GET", path).status_code == 404 and len(api.people()) == 2
    assert not store.query("notes") and not store.query("sources", [("candidate_id", "==", ann)])
    assert not store.get("vectors", [ann], fields=()) and not store.query("matches", [("candidate_id", "==", ann)])
    assert "Ann Lee" in take(api)


def test_a_file_is_had_by_an_address_that_is_good_for_this_file_and_for_minutes(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    cv = (CVS / "txt_utf8.txt").read_bytes()
    form = {"data": {"source_file": (io.BytesIO(cv), 'c"v\n.txt')}, "content_type": "multipart/form-data"}
    sent = api("acme", "POST", "/api/cv-documents/?pool=acme", **form).json
    (document,) = api("acme", "GET", f"/api/candidates/{sent['candidate_id']}/documents/").json["documents"]
    given = api("acme", "GET", document["download"])
    assert given.headers["Cache-Control"] == "no-store" and given.json["minutes"] == 5
    url = given.json["url"].removeprefix("http://localhost")
    got = api.client.get(url)
    assert got.data == cv, got.data
    assert got.headers["Content-Disposition"].startswith("attachment")
    got.close()
    assert api.client.get(url.replace("/api/downloads/", "/api/downloads/0")).status_code == 401
    assert api("other", "GET", document["download"]).status_code == 404
    import time

    late = time.time() + 301
    monkeypatch.setattr("shared.access.downloads.time.time", lambda: late)
    assert api.client.get(url).status_code == 401
