"""Nothing is kept longer than its pool's rules say, and the report says the same before."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from conftest import Importer, people

from shared.access import audit
from shared.cv_files.receive import receive
from shared.errors import InvalidRequest, NotAllowed, NotFound
from shared.imports.start import run_import, start_import
from shared.models.batch import ImportOptions
from shared.models.caller import Caller
from shared.models.search_run import SearchAsked
from shared.operations.dispatch import work_now
from shared.people.manual_entry import add_by_hand
from shared.ports import Ports
from shared.privacy.retention import Keep, retention
from shared.privacy.rules import Rules, rules_of, set_rules
from shared.search.runs import create_run

ADMIN = Caller(uid="boss")
ANN, BO, CY = "Ann Lee,ann@example.com\n", "Bo Ray,bo@example.com\n", "Cy Dun,cy@example.com\n"


def days_ago(ports: Ports, days: int) -> Ports:
    def then() -> str:
        at = datetime.fromisoformat(ports.now()) - timedelta(days=days)
        return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")

    return replace(ports, now=then)


def take_at(ports: Ports, *rows: str) -> str:
    content = io.BytesIO(("Name,Email\n" + "".join(rows)).encode())
    started = start_import(ports, content, "people.csv", "default", ImportOptions(), 10**9)
    return run_import(ports, started.id).id


def send_cv(ports: Ports, name: str, email: str) -> str:
    content = f"Name: {name}\nE-mail: {email}\nJob: Engineer at Acme\n".encode()
    document, _ = receive(ports, content, f"{name}.txt", "default", 10**6)
    work_now(ports, "documents", [document["id"]])
    return str(document["id"])


def due(ports: Ports, apply: bool = False, **keep: int) -> dict[str, int]:
    said: Any = retention(ports, ADMIN, Keep(**keep), apply)
    assert said["applied"] == apply
    return {each["place"]: each["count"] for each in said["due"]}


def test_without_rules_everything_is_kept(ports: Ports) -> None:
    take_at(days_ago(ports, 5000), ANN)
    assert due(ports, apply=True) == {} and set(people(ports)) == {"Ann Lee"}


def test_old_rows_go_with_their_file_and_people_known_otherwise_stay(ports: Ports) -> None:
    old = take_at(days_ago(ports, 400), ANN, BO, CY)
    take_at(days_ago(ports, 20), BO)  # says the same again: nothing is written, and yet it is newer
    send_cv(ports, "Cy Dun", "cy@example.com")
    set_rules(ports, ADMIN, "default", {"row": 365})
    assert due(ports) == {"row": 3}
    assert set(people(ports)) == {"Ann Lee", "Bo Ray", "Cy Dun"}  # only told
    assert due(ports, apply=True) == {"row": 3}
    assert set(people(ports)) == {"Bo Ray", "Cy Dun"}
    assert [source["kind"] for source in people(ports)["Cy Dun"]["sources"]] == ["cv"]
    assert list(ports.files.list(f"imports/{old}/")) == []
    assert due(ports) == {}
    assert take_at(ports, ANN) and "Ann Lee" in people(ports)  # nobody asked to be forgotten


def test_old_cvs_go_with_file_and_text_and_who_had_nothing_else_is_erased(ports: Ports) -> None:
    then = days_ago(ports, 200)
    ann, bo = send_cv(then, "Ann Lee", "ann@example.com"), send_cv(then, "Bo Ray", "bo@example.com")
    new = send_cv(ports, "Cy Dun", "cy@example.com")
    take_at(ports, BO)
    set_rules(ports, ADMIN, "default", {"cv": 180})
    assert due(ports, apply=True) == {"cv": 2}
    assert set(people(ports)) == {"Bo Ray", "Cy Dun"}
    assert [source["kind"] for source in people(ports)["Bo Ray"]["sources"]] == ["row"]
    assert not people(ports)["Bo Ray"].get("documents")
    assert set(ports.store.get("documents", [ann, bo, new])) == {new} == set(ports.store.get("texts", [ann, bo, new]))
    assert len(list(ports.files.list("documents/"))) == 1


def test_old_forms_go_too(ports: Ports) -> None:
    add_by_hand(days_ago(ports, 50), "default", {"person": {"name": "Ann Lee"}}, "rita")
    add_by_hand(ports, "default", {"person": {"name": "Bo Ray"}}, "rita")
    set_rules(ports, ADMIN, "default", {"form": 30})
    assert due(ports, apply=True) == {"form": 1}
    assert set(people(ports)) == {"Bo Ray"}


def test_searches_and_the_audit_go_by_time(ports: Ports) -> None:
    for days in (100, 1):
        create_run(days_ago(ports, days), SearchAsked(job_offer_text="engineer"), ADMIN)
        audit.record(days_ago(ports, days), ADMIN, "read", ["x"])
    assert due(ports, apply=True, search_runs=30) == {"search_runs": 1}
    assert (ports.store.count("search_runs"), ports.store.count("audit")) == (1, 2)
    assert due(ports, apply=True, search_runs=30, audit=30) == {"audit": 1}


def test_rules_are_an_administrators_and_each_is_changed_by_itself(ports: Ports, take: Importer) -> None:
    assert rules_of(ports, "default") == Rules()
    set_rules(ports, ADMIN, "default", {"row": 365, "cv": 90})
    set_rules(ports, ADMIN, "default", blind=True)
    assert (
        set_rules(ports, ADMIN, "default", {"cv": 0}) == Rules({"row": 365}, blind=True) == rules_of(ports, "default")
    )
    for wrong in ({"rows": 3}, {"row": -1}, {"row": 10**6}):
        with pytest.raises(InvalidRequest):
            set_rules(ports, ADMIN, "default", wrong)
    with pytest.raises(NotFound):
        set_rules(ports, ADMIN, "nowhere", blind=True)
    recruiter = Caller(uid="rita", role="recruiter", pools=("default",))
    with pytest.raises(NotAllowed):
        set_rules(ports, recruiter, "default", blind=False)
    with pytest.raises(NotAllowed):
        retention(ports, recruiter, Keep(), apply=True)
