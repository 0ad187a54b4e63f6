"""The API on Google Cloud asks everybody: Firebase's tokens, service accounts' tokens, and who is a member."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fake_google_signing import FakeGoogleSigning
from parts import process
from parts.api import running
from werkzeug.test import Client

from shared import wiring
from shared.access.members import put_member
from shared.config import GoogleSettings, Settings, load_settings
from shared.errors import Misconfigured
from shared.models.caller import Caller

URL, PROJECT = "https://functions.example", "demo"
SERVICE = "exporter@demo.iam.gserviceaccount.com"
GOOGLE = {"GOOGLE_CLOUD_PROJECT": "demo", "SHORTLIST_KEY_SECRET": "11" * 32, "SHORTLIST_BUCKET": "b",
          "SHORTLIST_FUNCTIONS_URL": URL, "SHORTLIST_TASKS_ACCOUNT": "tasks@demo"}  # fmt: skip


@pytest.fixture
def client(tmp_path: Path, signing: FakeGoogleSigning) -> Iterator[Client]:
    google = GoogleSettings(project=PROJECT, functions_url=URL, certs_url=signing.certs_url)
    with running(Settings(home=tmp_path, identity="google", google=google)) as made:
        yield made


def person(signing: FakeGoogleSigning, project: str = PROJECT, **claims: Any) -> str:
    issuer = f"https://securetoken.google.com/{project}"
    usual = {"iss": issuer, "sub": "rita", "auth_time": int(time.time()) - 60}
    return signing.token(project, "rita@example.com", **{**usual, **claims})


def me(client: Client, token: str | None) -> Any:
    return client.get("/api/members/me/", headers={"Authorization": f"Bearer {token}"} if token else {})


def test_even_this_machine_signs_in(client: Client) -> None:
    assert me(client, None).status_code == 401
    local = wiring.local_tokens(Settings(home=process.settings().home)).sign(Caller(), 60)
    assert me(client, local).status_code == 401


def test_a_person_is_let_in_as_the_member_they_are(client: Client, signing: FakeGoogleSigning) -> None:
    boasting = person(signing, role="admin", pools=["acme"], admin=True)
    assert me(client, boasting).status_code == 403
    put_member(process.ports(), Caller(), "rita", "recruiter", ["acme"])
    assert me(client, boasting).json == {"uid": "rita", "role": "recruiter", "pools": ["acme"], "candidate_id": None}
    assert client.get("/stats", headers={"Authorization": f"Bearer {boasting}"}).status_code == 403


def test_a_service_account_is_let_in_with_a_token_for_the_api(client: Client, signing: FakeGoogleSigning) -> None:
    assert me(client, signing.token(f"{URL}/api", SERVICE)).status_code == 403
    put_member(process.ports(), Caller(), SERVICE, "service", ["acme"])
    assert me(client, signing.token(f"{URL}/api", SERVICE)).json["role"] == "service"
    assert me(client, signing.token(f"{URL}/classify", SERVICE)).status_code == 401


def test_wrong_tokens_are_all_401_and_say_nothing_of_whom_they_name(client: Client, signing: FakeGoogleSigning) -> None:
    put_member(process.ports(), Caller(), "rita", "recruiter", ["acme"])
    good, now = person(signing), int(time.time())
    head, body, _ = good.split(".")
    wrong = {
        "expired": person(signing, iat=now - 7200, exp=now - 3600),
        "audience": person(signing, aud="elsewhere"),
        "issuer": person(signing, iss="https://securetoken.google.com/elsewhere"),
        "other project": person(signing, project="elsewhere"),
        "google's issuer": person(signing, iss="https://accounts.google.com"),
        "alg none": f"eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0.{body}.",
        "cut off": f"{head}.{body}.SIGNATURE_REMOVED_BY_GOOGLE",
        "other key": person(FakeGoogleSigning("fake")),
    }
    answers = {name: me(client, token) for name, token in wrong.items()}
    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(wrong, 401)
    assert not [name for name, answer in answers.items() if "rita" in answer.text]
    assert me(client, good).status_code == 200


def test_on_google_cloud_everybody_is_asked_whatever_else_is_set() -> None:
    assert load_settings({**GOOGLE, "SHORTLIST_BACKEND": "google"}).identity == "google"
    mixed = {**GOOGLE, "SHORTLIST_QUEUE": "cloud_tasks", "SHORTLIST_STORE": "firestore"}
    assert load_settings(mixed).identity == "google"
    for other in ("none", "local"):
        with pytest.raises(Misconfigured, match="SHORTLIST_IDENTITY"):
            load_settings({**GOOGLE, "SHORTLIST_BACKEND": "google", "SHORTLIST_IDENTITY": other})
    assert load_settings({}).identity == "none"
    with pytest.raises(Misconfigured, match="GOOGLE_CLOUD_PROJECT"):
        load_settings({"SHORTLIST_IDENTITY": "google"})
