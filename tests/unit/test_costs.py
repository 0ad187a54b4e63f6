"""The page of costs says what its script prints, and its dollars are its tokens at its prices."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks import costs
from benchmarks.costs import Used, cv_table, dollars_per_thousand, job_table, operations_table, recorded, table

PAGE = (Path(__file__).parents[2] / "docs" / "costs.md").read_text(encoding="utf-8")


def said(name: str) -> str:
    return PAGE.split(f"<!-- {name} -->\n")[1].split(f"\n<!-- /{name} -->")[0]


def tokens() -> dict[str, Used]:
    """The tokens the page says, by stage."""
    rows = re.findall(r"^\| ([\w ]+) \| gemini[\w.-]+ \| ([\d,]+) \| ([\d,]+) \|", PAGE, re.MULTILINE)
    return {stage: Used(*(float(each.replace(",", "")) for each in found)) for stage, *found in rows}


def dollars(text: str) -> list[float]:
    return [float(each) for each in re.findall(r"\$([\d.]+)", text)]


def test_the_page_has_the_tokens_a_run_records() -> None:
    found, page = recorded(), tokens()
    assert set(found) == set(page) == {*costs.STAGES, *costs.CVS, *costs.JOBS}
    for stage, used in found.items():  # a word more in a prompt is no other price
        assert (page[stage].input, page[stage].output) == pytest.approx((used.input, used.output), rel=0.05, abs=1), (
            stage
        )


def test_the_dollars_of_the_page_are_its_tokens_at_the_list_prices() -> None:
    for name, made in (("costs", table(tokens())), ("cvs", cv_table(tokens())), ("jobs", job_table(tokens()))):
        assert re.sub(r"\$[\d.]+", "$", said(name)) == re.sub(r"\$[\d.]+", "$", made)
        assert dollars(said(name)) == pytest.approx(dollars(made), abs=0.005)


def test_the_page_has_the_documents_that_were_counted() -> None:
    assert said("firestore") == operations_table()


def test_flex_is_half_of_the_standard_price() -> None:
    assert dollars_per_thousand(Used(1000, 100), (0.30, 2.50)) == pytest.approx(0.55)
    assert dollars_per_thousand(Used(1000, 100), (0.30, 2.50), flex=True) == pytest.approx(0.275)
