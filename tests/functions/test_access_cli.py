"""The verbs of who may see what, as somebody at the machine types them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cli import main
from shared import wiring
from shared.config import Settings
from shared.models.caller import Caller


def run(home: Path, *words: str) -> Any:
    done = CliRunner().invoke(main, ["--home", str(home), *words, "--json"])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def refused(home: Path, *words: str) -> str:
    done = CliRunner().invoke(main, ["--home", str(home), *words])
    assert done.exit_code == 2
    return done.stderr


def test_a_token_is_good_for_the_home_it_was_made_for(tmp_path: Path) -> None:
    made = run(tmp_path / "one", "token", "--role", "recruiter", "--pool", "acme", "--uid", "rita", "--hours", "1")
    tokens = wiring.local_tokens(Settings(home=tmp_path / "one"))
    assert tokens.signed_in(made["token"]).caller == Caller(uid="rita", role="recruiter", pools=("acme",))
    plain = CliRunner().invoke(main, ["--home", str(tmp_path / "one"), "token", "--role", "admin"])
    assert tokens.signed_in(plain.stdout.strip()).uid == "admin"


@pytest.mark.parametrize(
    "words",
    [
        ("token", "--role", "recruiter"),
        ("token", "--role", "admin", "--pool", "acme"),
        ("token", "--role", "candidate"),
        ("token", "--role", "owner"),
        ("members", "--add", "rita"),
        ("members", "--add", "rita", "--role", "recruiter"),
        ("members", "--remove", "rita"),
        ("keys", "--issue", "export"),
        ("keys", "--revoke", "nowhere"),
        ("share", "nobody"),
    ],
)
def test_what_fits_no_role_and_what_is_not_there_gets_one_line(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert refused(tmp_path, *words)


def test_members_and_keys_come_and_go_and_the_audit_tells_of_it(tmp_path: Path) -> None:
    added = run(tmp_path, "members", "--add", "rita", "--role", "recruiter", "--pool", "acme", "--pool", "beta")
    assert [(each["id"], each["pools"]) for each in added["members"]] == [("rita", ["acme", "beta"])]
    made = run(tmp_path, "keys", "--issue", "export", "--pool", "acme", "--days", "3")
    (known,) = made["api_keys"]
    assert made["key"].startswith(f"sk_{known['id']}_") and "hash" not in known
    assert run(tmp_path, "keys", "--revoke", known["id"])["api_keys"][0]["revoked_at"]
    assert run(tmp_path, "members", "--remove", "rita") == {"members": []}
    actions = [each["action"] for each in run(tmp_path, "audit")["entries"]]
    assert actions == ["remove member", "revoke key", "issue key", "put member"]
    assert run(tmp_path, "audit", "--since", "2999-01-01") == run(tmp_path, "audit", "--who", "rita") == {"entries": []}


def test_one_record_is_shared_from_the_terminal_and_taken_back(tmp_path: Path) -> None:
    export = tmp_path / "people.csv"
    export.write_text("Name,Email\nAnn Lee,ann@example.com\n", encoding="utf-8")
    run(tmp_path, "import", str(export))
    ports = wiring.connect(Settings(home=tmp_path), wiring.deliver_nothing)
    (row,) = ports.store.query("candidates")
    wiring.thread_queue(ports).stop()
    ports.store.close()
    run(tmp_path, "members", "--add", "rita", "--role", "recruiter", "--pool", "acme")
    assert run(tmp_path, "share", row.id, "--with", "rita") == {"id": row.id, "readers": ["rita"]}
    assert run(tmp_path, "share", row.id) == {"id": row.id, "readers": ["rita"]}
    assert run(tmp_path, "share", row.id, "--no-longer-with", "rita") == {"id": row.id, "readers": []}
    done = run(tmp_path, "audit", "--candidate", row.id)["entries"]
    assert [(each["action"], each["subjects"], each["details"]) for each in done] == [
        ("unshare", [row.id], {"reader": "rita"}),
        ("share", [row.id], {"reader": "rita"}),
    ]
    assert "ann" not in json.dumps(done).lower()


def test_what_is_done_to_people_at_the_terminal_is_in_the_audit(tmp_path: Path) -> None:
    export = tmp_path / "people.csv"
    export.write_text("Name,Email\nAnn Lee,ann@example.com\nBo Ray,bo@example.com\n")
    done = run(tmp_path, "import", str(export))
    store = wiring.connect(Settings(home=tmp_path), wiring.deliver_nothing).store
    one, other = (row.id for row in store.query("candidates"))
    run(tmp_path, "show", one)
    kept = run(tmp_path, "merge", one, other)["candidate_id"]
    run(tmp_path, "split", kept)
    assert CliRunner().invoke(main, ["--home", str(tmp_path), "export", "--format", "csv"]).exit_code == 0
    run(tmp_path, "undo", done["import_id"])
    found = [row.data for row in store.query("audit", order="at")]
    store.close()
    assert [each["action"] for each in found] == ["read", "merge", "split", "export", "undo import"]
    assert {each["who"] for each in found} == {"local"}
    assert set(found[1]["subjects"]) == {one, other} == set(found[2]["subjects"])
    assert "Ann" not in json.dumps(found)
