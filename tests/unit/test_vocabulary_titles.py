"""Job titles are read in many languages, with the words each reading rests on."""

from __future__ import annotations

from pathlib import Path

import pytest

from shared.vocabulary import FUNCTIONS, LEVELS, SPECIALTIES
from shared.vocabulary.title_rules import RULES
from shared.vocabulary.titles import read_title

TITLES = Path(__file__).parents[1] / "fixtures" / "titles.tsv"


def _labelled() -> list[list[str]]:
    return [line.split("\t") for line in TITLES.read_text(encoding="utf-8").splitlines()]


def test_three_hundred_real_world_titles_are_read_as_a_recruiter_reads_them() -> None:
    rows = _labelled()
    read = [(row, read_title(row[0])) for row in rows]
    functions = [row[0] for row, reading in read if reading.roles[0][0] != row[1]]
    levels = [row[0] for row, reading in read if reading.level != row[3]]
    specialties = [row[0] for row, reading in read if row[2] and (row[1], row[2]) not in reading.roles]
    assert len(rows) > 300
    assert len(functions) <= 0.03 * len(rows), functions
    assert len(levels) <= 0.03 * len(rows), levels
    assert len(specialties) <= 0.03 * len(rows), specialties


def test_every_quote_stands_word_for_word_in_the_title() -> None:
    for title, *_ in _labelled():
        reading = read_title(title)
        assert all(quote and quote in title for quote in reading.quotes), title
        assert reading.level_quote in title


def test_every_rule_speaks_of_functions_and_specialties_that_exist() -> None:
    for rule in RULES:
        for function, specialty in rule.roles:
            assert function in FUNCTIONS
            assert specialty is None or specialty in SPECIALTIES[function]


def test_every_level_read_is_one_of_the_house() -> None:
    assert {read_title(title).level for title, *_ in _labelled()} == set(LEVELS)


def test_an_unknown_title_is_general_with_little_confidence_and_no_made_up_role() -> None:
    reading = read_title("Zorbing Wrangler")
    assert reading.roles == (("general", None),)
    assert reading.confidence <= 0.2


@pytest.mark.parametrize(
    "title", ["Product Manager", "Project Manager", "Account Manager", "Office Manager", "产品经理"]
)
def test_managers_of_things_manage_no_people(title: str) -> None:
    assert not read_title(title).manages_people
    assert read_title(title).level == "mid"


@pytest.mark.parametrize(
    "title", ["Engineering Manager", "Group Product Manager", "Teamleiter", "Head of Sales", "CFO"]
)
def test_managers_of_people_are_known(title: str) -> None:
    assert read_title(title).manages_people


def test_a_title_of_two_trades_gives_both() -> None:
    assert read_title("Backend Engineer / Product Manager").functions == ("engineering", "product")


def test_whom_an_assistant_assists_says_nothing_of_the_assistant() -> None:
    assert read_title("Executive Assistant to the CEO").level == "mid"


def test_the_employer_behind_at_is_no_part_of_the_title() -> None:
    assert read_title("Recruiter at Nurse Software Bank").roles == (("hr", "recruiting"),)


def test_staff_is_a_mark_for_engineers_and_part_of_the_trade_for_nurses() -> None:
    assert [read_title(t).level for t in ("Staff Engineer", "Staff Nurse", "Staff Staff Nurse")] == [
        "lead",
        "mid",
        "lead",
    ]
