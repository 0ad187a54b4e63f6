"""Firestore's own rules, on its emulator: whoever goes around the functions may neither read nor write."""

from __future__ import annotations

import pytest
from parts.rules import OK, REFUSED, RULES, Rules, Session

from shared.models.collections import COLLECTIONS

pytestmark = pytest.mark.integration

STRANGERS = ("nobody", "user", "admin by claim")


@pytest.fixture(scope="module")
def rules(firestore_host: str) -> Rules:
    made = Rules(firestore_host, "ruled")
    made.replace(RULES.read_text())
    for kind in (*COLLECTIONS, "anything"):
        assert made.as_server().create(f"{kind}/there", pool="default", readers=["ann"]) == OK
    return made


def stranger(rules: Rules, who: str) -> Session:
    return {
        "nobody": rules.as_nobody,
        "user": lambda: rules.as_user("ann"),
        "admin by claim": lambda: rules.as_user("ann", admin=True, role="admin", pools=["default"]),
    }[who]()


@pytest.mark.parametrize("who", STRANGERS)
@pytest.mark.parametrize("kind", [*COLLECTIONS, "anything"])
def test_no_collection_is_read_or_written_directly(rules: Rules, kind: str, who: str) -> None:
    session = stranger(rules, who)
    answers = {
        "get": session.get(f"{kind}/there"),
        "get what is not there": session.get(f"{kind}/nowhere"),
        "list": session.list(kind),
        "query": session.query(kind, pool="default"),
        "query by reader": session.query(kind, readers=["ann"]),
        "create": session.create(f"{kind}/new", pool="default"),
        "update": session.update(f"{kind}/there", pool="mine"),
        "delete": session.delete(f"{kind}/there"),
    }
    assert {what for what, status in answers.items() if status != REFUSED} == set()


def test_the_server_reads_and_writes_what_the_rules_refuse_others(rules: Rules) -> None:
    server = rules.as_server()
    assert server.create("candidates/one", pool="default") == OK
    assert server.update("candidates/one", pool="other") == OK
    assert server.get("candidates/one") == server.list("candidates") == server.query("candidates", pool="other") == OK
    assert server.delete("candidates/one") == OK
    assert server.get("candidates/one") == 404


OTHER_RULES = """rules_version = '2';
service cloud.firestore {
  match /databases/{database}/documents {
    match /notes/{id} {
      allow read: if request.auth.uid == 'ann';
      allow write: if request.auth.token.role == 'admin';
    }
  }
}"""


def test_a_session_is_let_in_where_rules_let_its_user_in(rules: Rules) -> None:
    """Without this, a mistake of the harness would look like a refusal."""
    other = Rules(rules.host, "judged")
    other.replace(OTHER_RULES)
    ann, admin = other.as_user("ann"), other.as_user("bo", role="admin")
    assert (admin.create("notes/a", text="x"), admin.get("notes/a")) == (OK, REFUSED)
    assert (ann.get("notes/a"), ann.list("notes"), ann.query("notes", text="x")) == (OK, OK, OK)
    assert (ann.update("notes/a", text="y"), admin.update("notes/a", text="y")) == (REFUSED, OK)
    assert other.as_nobody().get("notes/a") == REFUSED
    assert (ann.delete("notes/a"), admin.delete("notes/a"), ann.get("notes/a")) == (REFUSED, OK, 404)
