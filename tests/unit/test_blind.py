"""Seen blind, nothing says who somebody is: not a field, not a quote, not a summary."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import FIXTURES, Importer

from shared import wiring
from shared.config import Settings
from shared.models.caller import Caller
from shared.models.candidate import Candidate
from shared.models.search_run import SearchAsked
from shared.operations.dispatch import work_now
from shared.ports import Ports
from shared.privacy.blind import HIDDEN, TEXT, hidden_words, project
from shared.search.runs import create_run
from shared.views.candidates import RECORD
from shared.views.search_runs import HIT


def blind(candidate: dict[str, Any]) -> Any:
    """Return the record as its blind readers see it."""
    return project(candidate, RECORD, hidden_words(candidate))


ANN: dict[str, Any] = {
    "id": "c1",
    "pool": "acme",
    "person": {
        "name": "Dr. Ann-Marie Íñiguez Lee",
        "emails": ["ann.lee@example.com"],
        "phones": ["+44 7700 900123"],
        "links": {"linkedin": "https://www.linkedin.com/in/ann-lee-77"},
        "location": "Leeds",
    },
    "profile": {
        "headline": "Ann Lee, backend engineer (Stanford 2009)",
        "summary": "ANN-MARIE studied at the Technical University of Munich until 2009-07. Write to "
        "ann.lee@example.com, www.linkedin.com/in/ann-lee-77 or 07700 900123. Later Imperial College London.",
        "experiences": [
            {
                "title": "Engineer",
                "company": "Acme",
                "start": "2015-03",
                "end": "2019-02",
                "quote": "Lee: Engineer 2015",
            }
        ],
        "educations": [{"degree": "MSc", "school": "Stanford University", "start": "2007", "quote": "MSc, Stanford"}],
        "skills": [{"name": "Go", "quote": "Go"}],
        "total_years": 12.0,
    },
    "enrichment": {"summary": "Engineer since 2015, Stanford graduate Ann.", "trajectory": {"as_of": "2026-11"}},
    "documents": [{"filename": "ann lee.pdf"}],
    "search_terms": ["ann", "lee", "go"],
    "name_key": "ann lee",
}


def test_nothing_hidden_is_left_anywhere() -> None:
    said = json.dumps(blind(ANN), ensure_ascii=False).lower()
    hidden = (
        "ann",
        "marie",
        "íñiguez",
        "lee",
        "example.com",
        "7700",
        "linkedin",
        "leeds",
        "stanford",
        "munich",
        "imperial",
    )
    assert [word for word in hidden if word in said] == []
    assert re.search(r"(19|20)\d\d", said) is None


def test_what_somebody_can_do_stays() -> None:
    said = blind(ANN)
    position = said["profile"]["experiences"][0]
    assert (position["title"], position["company"], position["months"]) == ("Engineer", "Acme", 48)
    assert said["profile"]["skills"] == [{"name": "Go", "quote": "Go"}]
    assert (said["profile"]["educations"][0]["degree"], said["profile"]["educations"][0]["school"]) == ("MSc", "")
    assert said["profile"]["total_years"] == 12.0 and said["id"] == "c1"
    assert said["profile"]["headline"].startswith(HIDDEN) and "backend engineer" in said["profile"]["headline"]


def test_a_factor_and_a_skill_keep_their_names() -> None:
    hit = {
        "candidate_id": "c1",
        "name": "Ann Lee",
        "factors": {"location": {"met": ["Leeds"]}},
        "skills": [{"name": "Go"}],
    }
    told = project(hit, {**HIT, "skills": {"name": TEXT}}, hidden_words(ANN))
    assert told == {**hit, "name": ""}


def test_a_field_that_no_list_names_is_there_and_empty() -> None:
    record = {**ANN, "nickname": "Annie", "pets": [{"name": "Rex"}], "shoe": 39, "spouse": {"name": "Bo"}}
    seen = blind(record)
    assert (seen["nickname"], seen["pets"], seen["shoe"], seen["spouse"]) == ("", [], None, {})
    assert seen["person"] == {} and seen["documents"] == []


def traces(data: Any) -> set[str]:
    """Every value that says who it is, as the record holds it."""
    person, profile = data["person"], data["profile"]
    found = {person.get("name") or "", *(person.get("emails") or ()), *(person.get("phones") or ())}
    found |= set((person.get("links") or {}).values())
    found |= {part for part in (person.get("name") or "").split() if len(part) > 2 and part.isalpha()}
    found |= {each.get("school") or "" for each in profile.get("educations") or ()}
    return {text.lower() for text in found if text}


@pytest.fixture
def imported(ports: Ports, take: Importer, tmp_path: Path) -> Ports:
    """People of an export, classified and enriched by the model that quotes."""
    take(FIXTURES / "ats" / "ats_export.csv", limit=70)
    quoting = replace(ports, model=wiring.connect(Settings(home=tmp_path), wiring.deliver_nothing).model)
    ids = [row.id for row in ports.store.query("candidates")]
    for start in range(0, len(ids), 50):
        work_now(quoting, "candidates", ids[start : start + 50])
    return quoting


def test_of_a_whole_export_no_name_address_school_or_year_is_left(imported: Ports) -> None:
    rows = imported.store.query("candidates")
    assert len(rows) > 40
    for row in rows:
        Candidate.model_validate(row.data)
        said = json.dumps(blind(row.data), ensure_ascii=False).lower()
        left = [text for text in traces(row.data) if re.search(rf"(?<!\w){re.escape(text)}(?!\w)", said)]
        assert left == [], row.id
        assert re.search(r"(?<![\w.])(19|20)\d\d(?!\w)", said) is None


def test_of_a_search_no_hit_says_who_it_is(imported: Ports) -> None:
    asked = SearchAsked(job_offer_text="engineer with a degree and five years of experience", top_k=50)
    people = {row.id: row.data for row in imported.store.query("candidates")}
    results = create_run(imported, asked, Caller())["results"]
    assert len(results) > 10 and all(hit["name"] for hit in results)
    for hit in results:
        data = people[hit["candidate_id"]]
        said = json.dumps(project(hit, HIT, hidden_words(data)), ensure_ascii=False).lower()
        assert [text for text in traces(data) if re.search(rf"(?<!\w){re.escape(text)}(?!\w)", said)] == []
