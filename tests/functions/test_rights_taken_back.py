"""What was granted can be taken back, and what was erased or only shared is not brought back by another way."""

from __future__ import annotations

import base64
import io
from pathlib import Path
from typing import Any

from parts import process
from parts.api import Api

from shared import wiring
from shared.models.caller import Caller

KEY = {"Idempotency-Key": "once"}
ANY_VERSION = {"If-Match": "*"}


def typed(api: Api, who: str, pool: str, name: str, email: str, headers: dict[str, str] | None = None) -> Any:
    body = {"person": {"name": name, "emails": [email]}}
    return api(who, "POST", f"/api/candidates/?pool={pool}", headers, json=body)


def job_of(api: Api, who: str, pool: str) -> str:
    body = {"company": "Quarrel Ltd", "position": "Joiner"}
    return str(api(who, "POST", f"/api/jobs/?pool={pool}", json=body).json["id"])


def test_who_only_reads_a_shared_record_cannot_let_the_person_apply_in_their_own_pool(api: Api) -> None:
    api("admin", "PUT", "/api/members/rita/", json={"role": "recruiter", "pools": ["acme"]})
    person = typed(api, "other", "other", "Shara Lent", "shara.lent@example.org").json["candidate"]["id"]
    api("admin", "POST", f"/api/candidates/{person}/readers/", json={"uid": "rita"})
    job = job_of(api, "acme", "acme")
    answer = api("acme", "POST", f"/api/jobs/{job}/applications/", json={"candidate_id": person})
    assert answer.status_code == 403
    api("admin", "DELETE", f"/api/candidates/{person}/readers/rita/")
    assert api("acme", "GET", "/api/candidates/").json["candidates"] == []


def test_an_erased_person_does_not_come_back_by_an_application_or_a_correction(api: Api) -> None:
    email = "gone.forever@example.org"
    erased = typed(api, "acme", "acme", "Gone Forever", email).json["candidate"]["id"]
    copy = typed(api, "other", "other", "Gone Forever", email).json["candidate"]["id"]
    somebody = typed(api, "acme", "acme", "Stays Here", "stays@example.org").json["candidate"]["id"]
    job = job_of(api, "acme", "acme")
    assert api("admin", "DELETE", f"/api/candidates/{erased}/?erase=true").status_code == 200
    applied = api("both", "POST", f"/api/jobs/{job}/applications/", json={"candidate_id": copy})
    assert applied.status_code == 410
    correction = {"person": {"emails": [email]}}
    corrected = api("acme", "PATCH", f"/api/candidates/{somebody}/", ANY_VERSION, json=correction)
    assert corrected.status_code == 410


def test_erasing_reaches_files_that_were_only_previewed(api: Api) -> None:
    export = b"Name,Email\nPria Vue,pria.vue@example.org\n"
    sent = {"file": (io.BytesIO(export), "p.csv")}
    preview = api("acme", "POST", "/api/imports/preview/?pool=acme", data=sent)
    assert preview.status_code == 201
    person = typed(api, "acme", "acme", "Pria Vue", "pria.vue@example.org").json["candidate"]["id"]
    erased = api("admin", "DELETE", f"/api/candidates/{person}/?erase=true").json
    assert erased["receipt"]["places"]["previewed files"] == 1
    home: Path = process.settings().home
    files = [file for file in (home / "files").rglob("*") if file.is_file()]
    assert not [file for file in files if b"pria.vue@" in file.read_bytes()]
    assert process.ports().store.count("previews") == 0


def test_a_kept_answer_is_given_again_only_to_who_may_still_see_what_it_tells_of(api: Api) -> None:
    first = typed(api, "both", "other", "Rea Play", "rea.play@example.org", KEY)
    assert first.status_code == 201
    before = api.tokens["both"]
    moved = Caller(uid="bibi", role="recruiter", pools=("acme",))
    api.tokens["both"] = wiring.local_tokens(process.settings()).sign(moved, 60)
    assert typed(api, "both", "other", "Rea Play", "rea.play@example.org", KEY).status_code == 403
    api.tokens["both"] = before
    assert typed(api, "both", "other", "Rea Play", "rea.play@example.org", KEY).status_code == 201
    api("both", "DELETE", f"/api/candidates/{first.json['candidate']['id']}/")
    assert typed(api, "both", "other", "Rea Play", "rea.play@example.org", KEY).status_code == 404


def test_the_tokens_of_a_removed_member_are_refused(api: Api) -> None:
    api("admin", "PUT", "/api/members/rita/", json={"role": "recruiter", "pools": ["acme"]})
    assert api("acme", "GET", "/api/candidates/").status_code == 200
    assert api("admin", "DELETE", "/api/members/rita/").status_code == 204
    assert api("acme", "GET", "/api/candidates/").status_code == 401
    assert api("other", "GET", "/api/candidates/").status_code == 200


def test_a_form_with_a_nameless_field_is_refused_with_a_key_too(api: Api) -> None:
    body = (
        b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
        b"--x\r\nContent-Disposition: form-data\r\n\r\n1\r\n--x--\r\n"
    )
    for headers in ({}, KEY):
        answer = api(
            "acme", "POST", "/api/cv-documents/?pool=acme", headers, data=body,
            content_type="multipart/form-data; boundary=x",
        )  # fmt: skip
        assert answer.status_code == 400


def blind_pool(api: Api) -> str:
    """Make a blind pool with one person in it; return the person's id."""
    api("admin", "POST", "/api/pools/", json={"name": "acme"})
    api("admin", "PUT", "/api/pools/acme/rules/", json={"blind": True})
    typed_in = typed(api, "acme", "acme", "Vela Mortensen", "vela.mortensen@example.org")
    return str(typed_in.json["candidate"]["id"])


def test_in_a_blind_pool_nobody_is_found_or_sorted_by_name(api: Api) -> None:
    person = blind_pool(api)
    typed(api, "acme", "acme", "Nadja Quist", "nadja.quist@example.org")
    for words in ("Mortensen", "vela.mortensen@example.org"):
        assert api("acme", "GET", f"/api/candidates/?q={words}").json["candidates"] == []
        found = api("admin", "GET", f"/api/candidates/?pool=acme&q={words}").json["candidates"]
        assert [each["id"] for each in found] == [person]
    assert api("acme", "GET", "/api/candidates/?sort=name").status_code == 400
    run = api("acme", "POST", "/api/search-runs/", json={"job_offer_text": "engineer", "words": "mortensen"})
    assert run.json["results"] == []


def test_a_cursor_says_nothing_of_the_people_behind_it(api: Api) -> None:
    for name in ("Vela Mortensen", "Nadja Quist"):
        typed(api, "other", "other", name, f"{name.split()[0].lower()}@example.org")
    page = api("other", "GET", "/api/candidates/?sort=name&limit=1").json
    raw = base64.urlsafe_b64decode(page["next"] + "=" * (-len(page["next"]) % 4))
    assert b"mortensen" not in raw.lower()
    after = api("other", "GET", f"/api/candidates/?sort=name&limit=1&after={page['next']}").json
    assert [each["person"]["name"] for each in after["candidates"]] == ["Nadja Quist"]


def test_reading_a_cv_and_a_list_of_cvs_is_in_the_audit(api: Api) -> None:
    cv = b"Jonna Traver\njonna.traver@example.org\n\nExperience\nJoiner, Quarrel Ltd, 2019 - 2024\n"
    sent = {"source_file": (io.BytesIO(cv), "cv.txt")}
    document = api("acme", "POST", "/api/cv-documents/?pool=acme", data=sent).json["document"]["id"]
    for path in (f"/api/cv-documents/{document}/", "/api/cv-documents/"):
        request_id = api("acme", "GET", path).headers["x-request-id"]
        entries = api("admin", "GET", "/api/audit/?limit=50").json["entries"]
        assert request_id in [entry["request_id"] for entry in entries]


def test_a_blind_reader_learns_neither_who_comes_closest_nor_whose_names_are_there(api: Api) -> None:
    blind_pool(api)
    api.settle()
    body = {"job_offer_text": "zyzzyva mortensen"}
    answer = api("acme", "POST", "/api/search-runs/", json=body)
    assert answer.status_code == 201 or answer.status_code == 200
    assert answer.json["not_understood"] == []
    assert "Vela" not in answer.get_data(as_text=True) and "Mortensen" not in answer.get_data(as_text=True)
