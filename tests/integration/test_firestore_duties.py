"""Duties on Firestore: who is erased is in no document of the project any more, and does not come back."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import Importer, people

from shared import wiring
from shared.access import Reads, audit
from shared.cv_files.receive import receive, receive_many
from shared.models.caller import Caller
from shared.models.collections import COLLECTIONS
from shared.models.search_run import SearchAsked
from shared.operations.dispatch import work_now
from shared.pipeline.backlog import queue_due
from shared.ports import Ports
from shared.privacy.erase import erase
from shared.privacy.personal_data import held
from shared.privacy.retention import Keep, retention
from shared.privacy.rules import set_rules
from shared.search.runs import create_run
from tests.integration.firestore_ports import ports, small_chunks  # noqa: F401

pytestmark = pytest.mark.integration
ADMIN = Caller(uid="boss")
NAME, EMAIL = "Xqzvanna Wrzbicka", "xqzvanna.wrz@example.org"
ROWS = f"Name,Email,Current title\n{NAME},{EMAIL},Engineer\nBo Ray,bo@example.com,Nurse\n"
CV = f"Name: {NAME}\nE-mail: {EMAIL}\nJob: Engineer at Acme\n".encode()


def everything(ports: Ports) -> str:  # noqa: F811
    """Every document of every collection, ids too."""
    found: list[Any] = []
    for kind in COLLECTIONS:
        found += [(row.id, row.data) for row in ports.store.query(kind)]
    return str(found).lower()


def test_nothing_of_her_is_in_any_document_of_the_project(ports: Ports, take: Importer) -> None:  # noqa: F811
    take(ROWS)
    document, _ = receive(ports, CV, f"{NAME}.txt", "default", 10**6)
    work_now(ports, "documents", [document["id"]])
    receive_many(ports, [(f"{NAME}.txt", CV)], "default", 10**6)
    queue_due(ports, "candidates", [row.id for row in ports.store.query("candidates")])
    wiring.thread_queue(ports).join()
    create_run(ports, SearchAsked(job_offer_text=f"engineer like {NAME}", top_k=10), ADMIN)
    id_ = people(ports)[NAME]["id"]
    audit.record(ports, ADMIN, "note", [id_], {"said": f"wrote to {EMAIL}"})
    reads = Reads(ports, ADMIN)
    told = held(ports, reads, id_)
    kinds = {"candidates", "vectors", "sources", "keys", "documents", "texts", "items", "search_runs", "audit"}
    assert set(told["documents"]) == kinds and len(told["export_rows"]) == 1
    assert "wrzbicka" in everything(ports)
    receipt = erase(ports, reads, id_)
    assert receipt.state == "done" and set(receipt.places) >= kinds
    assert "wrz" not in everything(ports)
    assert take(ROWS).counts.skipped.erased == 1 and set(people(ports)) == {"Bo Ray"}


def test_what_is_over_its_time_goes(ports: Ports, take: Importer) -> None:  # noqa: F811
    take(ROWS)
    document, _ = receive(ports, CV, "cv.txt", "default", 10**6)
    work_now(ports, "documents", [document["id"]])
    set_rules(ports, ADMIN, "default", {"row": 1, "cv": 1, "form": 1})
    later = Ports(**{**vars(ports), "now": lambda: "2999-01-01T00:00:00.000000Z"})
    due = retention(later, ADMIN, Keep(search_runs=1, audit=1), apply=True)["due"]
    assert {each["place"]: each["count"] for each in due} == {"row": 2, "cv": 1}
    assert people(ports) == {} and ports.store.count("documents") == 0
