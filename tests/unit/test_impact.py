"""The impact report counts groups people put themselves in, and nothing that ranks reads what they said."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

from shared.access import Reads
from shared.errors import InvalidRequest, NotAllowed, NotFound
from shared.models.caller import Caller
from shared.ports import Create, Ports
from shared.privacy.impact import describe, impact

ROOT = Path(__file__).parents[2]
ADMIN = Caller(uid="boss")
FORM = Caller(uid="key:form", role="service", pools=("acme",))


def person(ports: Ports, id_: str, score: float, stage: str = "Applied", at: str = "2026-05-01T00:00:00Z") -> None:
    match = {"id": f"job~{id_}", "pool": "acme", "job_id": "job", "candidate_id": id_, "score": score, "at": at}
    applied = [{"job_title": "Engineer", "stage": stage, "job_id": "job", "applied_at": at}]
    candidate = {"id": id_, "pool": "acme", "applications": applied}
    ports.store.commit([[Create("candidates", id_, candidate), Create("matches", match["id"], match)]])  # type: ignore[arg-type]


@pytest.fixture
def described(ports: Ports) -> Ports:
    """Ten people of one group, ten of another, three of a third; eight of the first and four of the second are best."""
    ports.store.commit([[Create("jobs", "job", {"id": "job", "pool": "acme"})]])
    for n in range(23):
        group = "a" if n < 10 else "b" if n < 20 else "c"
        best = n < 8 or 10 <= n < 14
        person(ports, f"p{n}", 0.9 if best else 0.1, "Offer" if best and n != 0 else "Applied")
        describe(ports, Reads(ports, FORM), f"p{n}", {"gender": group})
    person(ports, "silent", 0.5)
    return ports


def groups(found: Any, selection: str = "scored_above_median") -> dict[str, Any]:
    return {each["group"]: each for each in found["selections"][selection]["attributes"]["gender"]}


def test_rates_and_four_fifths_ratios_are_told_by_group(described: Ports) -> None:
    found = impact(described, ADMIN, "job", ["offer"])
    by_score = groups(found)
    assert (by_score["a"]["people"], by_score["a"]["selected"], by_score["a"]["rate"]) == (10, 8, 0.8)
    assert (by_score["a"]["ratio"], by_score["b"]["ratio"]) == (1.0, 0.5)
    assert not by_score["a"]["below_four_fifths"] and by_score["b"]["below_four_fifths"]
    by_stage = groups(found, "reached_stage")
    assert (by_stage["a"]["rate"], by_stage["b"]["rate"], by_stage["b"]["ratio"]) == (0.7, 0.4, 0.5714)
    assert found["selections"]["scored_above_median"]["people"] == 24


def test_a_group_of_fewer_than_five_is_named_and_not_counted(described: Ports) -> None:
    small = groups(impact(described, ADMIN, "job"))["c"]
    assert small == {"group": "c", "people": "fewer than 5", "suppressed": True}
    assert impact(described, ADMIN, "job")["selections"]["scored_above_median"]["described"] is None
    for n in range(23, 25):
        person(described, f"p{n}", 0.1)
        describe(described, Reads(described, FORM), f"p{n}", {"gender": "c"})
    enough = impact(described, ADMIN, "job")
    assert (groups(enough)["c"]["people"], enough["selections"]["scored_above_median"]["described"]) == (5, 25)


def test_only_what_lies_between_the_dates_is_counted(described: Ports) -> None:
    person(described, "late", 0.9, at="2026-09-01T00:00:00Z")
    assert impact(described, ADMIN, "job", since="2026-06-01")["selections"]["scored_above_median"]["people"] == 1
    assert impact(described, ADMIN, "job", until="2026-06-01")["selections"]["scored_above_median"]["people"] == 24


def test_only_people_and_forms_describe_and_only_administrators_read(described: Ports) -> None:
    own = Caller(uid="cleo", role="candidate", candidate_id="p1")
    describe(described, Reads(described, own), "p1", {"gender": None, "age_group": "40-49"})
    assert described.store.get("self_described", ["p1"])["p1"].data.get("gender") is None
    describe(described, Reads(described, own), "p1", {})
    assert described.store.get("self_described", ["p1"]) == {}
    with pytest.raises(NotFound):
        describe(described, Reads(described, own), "p2", {"gender": "x"})
    for caller in (ADMIN, Caller(uid="rita", role="recruiter", pools=("acme",))):
        with pytest.raises(NotAllowed):
            describe(described, Reads(described, caller), "p1", {"gender": "x"})
    for wrong in ({"shoe": "44"}, {"gender": "x" * 61}):
        with pytest.raises(InvalidRequest):
            describe(described, Reads(described, own), "p1", wrong)
    with pytest.raises(NotAllowed):
        impact(described, Caller(uid="rita", role="recruiter", pools=("acme",)), "job")
    with pytest.raises(NotFound):
        impact(described, ADMIN, "nowhere")


def names_it(file: Path) -> bool:
    words = file.read_text(encoding="utf-8").lower().replace("_", "")
    return "selfdescribed" in words or "impact" in {
        name for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) for name in (node.module or "").split(".")
    }  # fmt: skip


def test_nothing_that_ranks_or_learns_reads_what_people_said_of_themselves() -> None:
    readers = {str(file.relative_to(ROOT)) for part in ("shared", "functions", "terminal")
               for file in (ROOT / part).rglob("*.py") if names_it(file)}  # fmt: skip
    allowed = {
        "shared/privacy/impact.py", "shared/privacy/personal_data_map.py", "shared/models/collections.py",
        "shared/models/documents/privacy.py", "functions/api/privacy.py", "terminal/commands/privacy.py",
    }  # fmt: skip
    assert "shared/privacy/impact.py" in readers and readers <= allowed
