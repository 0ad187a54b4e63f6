"""docs/costs.md is what the script prints: its dollars follow from its tokens and the prices the settings know."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from deploying import ROOT
from terraform import local_values, text

from benchmarks import costs
from benchmarks.costs import Used, dollars_per_thousand, estimated, recorded, table

DOC = (ROOT / "docs" / "costs.md").read_text(encoding="utf-8")
PERSON: dict[str, Any] = {
    "profile": {
        "headline": "Backend engineer",
        "experiences": [
            {"title": "Backend engineer", "company": "Tidewell", "description": "Go and Postgres", "start": "2020-01"}
        ],
    },
    "classification": {
        "functions": [{"name": "engineering", "level": "mid", "confidence": 0.9}],
        "function": "engineering",
        "level": "mid",
    },
    "enrichment": {"trajectory": {"as_of": "2026-11"}, "skills": [{"name": "Go"}], "summary": "An engineer."},
}


def rows() -> dict[str, list[str]]:
    found = re.search(r"<!-- costs -->\n(.*)<!-- /costs -->", DOC, re.DOTALL)
    assert found
    cells = [[cell.strip() for cell in line.split("|")[1:-1]] for line in found[1].strip().split("\n")]
    return {each[0]: each[1:] for each in cells[2:]}


def test_the_table_follows_from_its_own_tokens_and_todays_prices() -> None:
    def number(cell: str) -> float:
        return float(cell.replace(",", ""))

    used = {stage: Used(number(rows()[stage][1]), number(rows()[stage][2])) for stage in costs.STAGES}
    dollars = {stage: float(cells[3].strip("$")) for stage, cells in rows().items()}
    again = {
        cells[1].strip(): float(cells[5].strip(" $"))
        for cells in (line.split("|") for line in table(used).split("\n")[2:])
    }
    assert set(dollars) == set(again)
    assert all(dollars[stage] == pytest.approx(again[stage], abs=0.003) for stage in dollars)


def test_a_price_is_per_million_tokens_and_flex_is_half_of_it() -> None:
    assert dollars_per_thousand(Used(1000, 400), (0.30, 2.50)) == pytest.approx(0.3 + 1.0)
    assert dollars_per_thousand(Used(1000, 400), (0.30, 2.50), flex=True) == pytest.approx(0.65)


def test_an_estimate_counts_prompt_shape_and_profile() -> None:
    short, longer = json.loads(json.dumps(PERSON)), json.loads(json.dumps(PERSON))
    longer["profile"]["experiences"][0]["description"] += " and so on" * 40
    one, other = estimated([short]), estimated([longer])
    assert other["classify"].input - one["classify"].input == pytest.approx(100)
    assert other["enrich"].input - one["enrich"].input == pytest.approx(100)
    assert one["classify"].input > 500, "the prompt and the shape of the answer are sent, too"
    assert one["embed"].output == 0 < one["embed"].input < other["embed"].input


def test_recorded_averages_take_the_place_of_the_estimate(tmp_path: Path) -> None:
    file = tmp_path / "tokens.json"
    file.write_text(json.dumps({stage: {"input": 1000, "output": 400} for stage in costs.STAGES}))
    assert "| classify | gemini-3.5-flash-lite | 1,000 | 400 | $1.300 | $0.650 |" in table(recorded(file))


def test_what_it_supposes_is_what_terraform_supposes() -> None:
    queues = local_values()["queues"]
    assert {stage: float(queues[stage]["calls"]) for stage in costs.STAGES} == costs.CALLS
    assert local_values()["calls_in_flight"] == costs.IN_FLIGHT
    assert re.search(r'variable "gemini_seconds_per_call".*?default\s+= (\d+)', text(), re.DOTALL)[1] == "2"  # type: ignore[index]
