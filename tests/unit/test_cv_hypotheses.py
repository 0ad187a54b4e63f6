"""How a person writes their history is decided over all entries of a section, not entry by entry."""

from __future__ import annotations

import pytest

from shared.reading.cv.parsing import parse_cv

TODAY = "2026-12"
HEAD = "Runa Halvorsen\nruna.halvorsen@example.org\n\n"
Job = tuple[str | None, str | None, str | None, str | None]


def jobs(history: str, heading: str = "Experience") -> list[Job]:
    facts = parse_cv(f"{HEAD}{heading}\n{history}", TODAY)
    return [(job.title, job.company, job.start, job.end) for job in facts.profile.experiences]


def test_employers_come_first_where_most_entries_say_so() -> None:
    history = """Thornmere Parish, Verger
May 2019 – Present

Cobbler & Daughters, Glazier
May 2015 – April 2019

The Heron, Cook
May 2011 – April 2015
"""
    assert [job[:2] for job in jobs(history)] == [
        ("Verger", "Thornmere Parish"),
        ("Glazier", "Cobbler & Daughters"),
        ("Cook", "The Heron"),
    ]


def test_a_title_nobody_knows_stands_where_the_other_titles_stand() -> None:
    history = """02.2019 – heute\tTeamleiter Versand
Kornfeld Mühlen GmbH, Celle
05.2012 – 01.2019\tFachkraft für Hafenlogistik
Elbspeicher AG, Celle
"""
    assert [job[:2] for job in jobs(history, "Berufserfahrung")] == [
        ("Teamleiter Versand", "Kornfeld Mühlen GmbH"),
        ("Fachkraft für Hafenlogistik", "Elbspeicher AG"),
    ]


def test_a_place_nobody_knows_is_no_part_of_the_employer() -> None:
    history = """Wheelwright\t03/2018 - present
Ostler Carts, Little Hembrough
Farrier\t01/2014 - 02/2018
Dray & Sons, Upper Tolling
"""
    assert [job[:2] for job in jobs(history)] == [("Wheelwright", "Ostler Carts"), ("Farrier", "Dray & Sons")]


def test_title_and_employer_are_parted_where_only_a_blank_parts_them() -> None:
    history = """04/2018-today Kornfeld Verlag Truck Driver
02/2012-03/2018 Harle Metallbau Machine Operator
"""
    assert [job[:2] for job in jobs(history)] == [
        ("Truck Driver", "Kornfeld Verlag"),
        ("Machine Operator", "Harle Metallbau"),
    ]


def test_ideographs_are_parted_by_blanks() -> None:
    history = "2019年4月 – 至今  云帆科技有限公司  高级工程师\n2015年7月 – 2019年3月  海石软件公司  工程师\n"
    assert [job[:2] for job in jobs(history, "工作经历")] == [
        ("高级工程师", "云帆科技有限公司"),
        ("工程师", "海石软件公司"),
    ]


def test_an_employer_over_several_roles_is_each_ones_employer() -> None:
    history = """Larkmoor Instruments, Leeds\tSep 2014 – Present
Head of Calibration, North\tJan 2021 – Present
• Ran the laboratory
Metrologist\tSep 2014 – Dec 2020
• Measured
Dunlin Optics, York\tFeb 2011 – Aug 2014
Lens Grinder
"""
    assert jobs(history) == [
        ("Head of Calibration, North", "Larkmoor Instruments", "2021-01", None),
        ("Metrologist", "Larkmoor Instruments", "2014-09", "2020-12"),
        ("Lens Grinder", "Dunlin Optics", "2011-02", "2014-08"),
    ]


@pytest.mark.parametrize("pause", ["Parental leave", "Career break (relocation)", "Sabbatical", "Elternzeit"])
def test_what_stands_between_positions_is_none(pause: str) -> None:
    history = f"""Auditor, Wick & Tarn LLP Feb 2021 – present
{pause} Feb 2019 – Jan 2021
Bookkeeper, Pennard Rail Apr 2012 – Jan 2019
"""
    assert [job[0] for job in jobs(history)] == ["Auditor", "Bookkeeper"]


@pytest.mark.parametrize("employer", ["Joom!", "St. Bride's Hosp.", "Bright Bros."])
def test_a_mark_at_the_end_of_an_employer_ends_no_sentence(employer: str) -> None:
    history = f"Porter, {employer}\nMay 2018 – Present\nCarried.\n\nDriver, Wold Freight Ltd\nMay 2014 – April 2018\n"
    assert [job[1] for job in jobs(history)] == [employer, "Wold Freight Ltd"]


def test_a_date_column_goes_on_in_the_next_row() -> None:
    history = """03.2020 – heute\tEinkäuferin
Torfmoor KG, Celle
09.2016 –\tDisponentin
02.2020\tHeidschnucke GmbH, Celle
"""
    assert [(job[0], job[2], job[3]) for job in jobs(history, "Berufserfahrung")] == [
        ("Einkäuferin", "2020-03", None),
        ("Disponentin", "2016-09", "2020-02"),
    ]


def test_a_list_within_a_position_ends_with_it() -> None:
    history = """Freelance Translator
Self-employed, Jan 2016 – Present
Selected projects:
Project: Museum guide (Mar 2021 – Dec 2021), client: Hafenmuseum
Staff Translator
Sprachwerk GmbH, May 2011 – Dec 2015
"""
    assert [job[:2] for job in jobs(history)] == [
        ("Freelance Translator", "Self-employed"),
        ("Staff Translator", "Sprachwerk GmbH"),
    ]


def test_positions_without_dates_are_positions() -> None:
    history = "Practice Manager, Holme Veterinary Surgery\nReceptionist, Hotel Arundel\nUsher, Playhouse Cinema\n"
    assert [job[:2] for job in jobs(history)] == [
        ("Practice Manager", "Holme Veterinary Surgery"),
        ("Receptionist", "Hotel Arundel"),
        ("Usher", "Playhouse Cinema"),
    ]


HISTORY = "Midwife | Tern Clinic | Jan 2021 - Present\n• Night shifts\nNurse | Avocet Hospital | June 2018 - Dec 2020\n"


@pytest.mark.parametrize(
    "heading",
    ["MIDWIFERY EXPERIENCE", "\nRelevant Work Experience", "\nExperience Overseas", "\nBisherige Berufserfahrung",
     "\nExpériences professionnelles récentes", "Career summary", "\nVoyages\n"],
)  # fmt: skip
def test_a_heading_with_a_word_more_or_one_nobody_knows_opens_the_history(heading: str) -> None:
    text = f"{HEAD}Profile\nWorks hard.\n{heading}\n{HISTORY}\nSkills\nTriage\n"
    facts = parse_cv(text, TODAY)
    assert [(job.title, job.company) for job in facts.profile.experiences] == [
        ("Midwife", "Tern Clinic"),
        ("Nurse", "Avocet Hospital"),
    ]


def test_a_department_within_a_position_is_no_heading() -> None:
    history = "Nurse, Tern Clinic\nJan 2019 – Present\nHead of Patient Experience\nRan a team.\n"
    assert [job[0] for job in jobs(history)] == ["Nurse"]


def test_programming_languages_in_a_table_are_skills() -> None:
    text = f"{HEAD}Technical Skills\nLanguages:\tRust, Elixir\nStores:\tPostgreSQL, Redis\nTools:\tGit\n"
    profile = parse_cv(text, TODAY).profile
    assert {skill.name for skill in profile.skills} == {"Rust", "Elixir", "PostgreSQL", "Redis", "Git"}
    assert profile.languages == ()


def test_a_form_says_from_and_to_in_two_lines() -> None:
    history = """Employer:\tWick Council
Job title:\tHousing Officer
From:\tMarch 2019
To:\tFebruary 2021
"""
    assert jobs(history) == [("Housing Officer", "Wick Council", "2019-03", "2021-02")]
