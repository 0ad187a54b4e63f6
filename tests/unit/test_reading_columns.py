"""What columns hold in whatever way a vendor lays them out: numbered groups, degrees, lists, years, labels, damage."""

from __future__ import annotations

from typing import Any

import pytest

from shared.reading.exports.headers import map_headers
from shared.reading.exports.rows import is_disqualified, name_of, read_row


def read(table: dict[str, str]) -> dict[str, Any]:
    return read_row(map_headers(list(table)), list(table.values()))


def profile(table: dict[str, str]) -> dict[str, Any]:
    facts: dict[str, Any] = read({"Name": "Vera Holm", **table})["profile"]
    return facts


def test_numbered_columns_are_dated_positions_and_a_degree() -> None:
    table = {"Employer 1": "Moss & Sons", "Job Title 1": "Head Gardener", "From 1": "2021-05", "To 1": "Present"}
    table |= {"Employer 2": "Fernworks", "Job Title 2": "Gardener", "From 2": "2017-02", "To 2": "2021-04"}
    table |= {"School 1": "Oakridge College", "Degree 1": "BA", "Major 1": "Botany", "Graduation Year 1": "2016"}
    first, second = profile(table)["experiences"]
    assert (first["title"], first["company"]) == ("Head Gardener", "Moss & Sons")
    assert (first["start"], first["current"]) == ("2021-05", True)
    assert (second["start"], second["end"], second["current"]) == ("2017-02", "2021-04", False)
    (degree,) = profile(table)["educations"]
    assert degree == {"degree": "BA, Botany", "school": "Oakridge College", "end": "2016", "quote": "BA, Botany"}


@pytest.mark.parametrize(
    "header", ["Experience 2 - Company", "Company2", "Company (2)", "Job 2: Company Name", "company_2", "Employer #2"]
)
def test_a_number_stands_anywhere_in_a_header(header: str) -> None:
    assert profile({header: "Fernworks"})["experiences"] == [{"company": "Fernworks", "quote": "Fernworks"}]


def test_a_group_with_empty_cells_is_no_position() -> None:
    assert "experiences" not in profile({"Company 1": "", "Title 1": "", "Start Date 1": "2020-01"})


def test_a_position_that_the_history_has_is_not_said_twice() -> None:
    table = {
        "Experiences": "Gardener at Fernworks (02/2017 to 04/2021)",
        "Title 1": "Gardener",
        "Company 1": "Fernworks",
    }
    assert len(profile(table)["experiences"]) == 1


def test_what_is_mapped_says_so() -> None:
    mapping = map_headers(["Name", "Company 2", "Start Date 2"]).mapping
    assert mapping == {"Name": "name", "Company 2": "experiences.2.company", "Start Date 2": "experiences.2.start"}


@pytest.mark.parametrize(
    ("school", "degree"),
    [("College/University", "Highest Education"), ("Institution", "Degree"), ("Hochschule", "Abschluss")],
)
def test_education_in_columns_is_one_degree(school: str, degree: str) -> None:
    (entry,) = profile({school: "Oakridge College", degree: "MSc"})["educations"]
    assert (entry["school"], entry["degree"]) == ("Oakridge College", "MSc")


@pytest.mark.parametrize("cell", ["7", "7+", "3-5 years", "ca. 10 Jahre", "4 yrs", "12 years of experience"])
def test_years_below_experience_are_no_position(cell: str) -> None:
    assert "experiences" not in profile({"Experience": cell})


def test_lists_of_two_columns_are_cut_each_by_itself() -> None:
    skills = profile({"Primary Skills": "Python, Kafka", "Skills": "Excel"})["skills"]
    assert [skill["quote"] for skill in skills] == ["Python", "Kafka", "Excel"]


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Primary Email Address", "email"),
        ("Personal E-mail", "email"),
        ("Work Phone Number", "phone"),
        ("Main Phone", "phone"),
        ("Preferred Mobile Number", "phone"),
    ],
)
def test_a_contact_is_known_by_a_longer_name(header: str, field: str) -> None:
    assert map_headers(["Name", header]).mapping[header] == field


@pytest.mark.parametrize("header", ["Recruiter Email", "Hiring Manager Email Address", "Referee Phone"])
def test_the_contact_of_somebody_else_is_not_the_persons(header: str) -> None:
    assert header not in map_headers(["Name", header]).mapping


def test_first_beside_last_is_a_name() -> None:
    assert read({"First": "Vera", "Last": "Holm"})["person"]["name"] == "Vera Holm"
    assert "First" not in map_headers(["Name", "First"]).mapping


def test_a_status_is_no_stage_where_a_stage_is() -> None:
    application = read({"Name": "Vera Holm", "Status": "Active", "Interview Stage": "Onsite"})["application"]
    assert application == {"stage": "Onsite"}
    assert read({"Name": "Vera Holm", "Status": "Active"})["application"] == {"stage": "Active"}


@pytest.mark.parametrize(
    "table", [{"Disqualified": "Yes"}, {"Status": "Rejected"}, {"Candidate Status": "Abgelehnt", "Stage": "Offer"}]
)
def test_one_rule_says_who_was_turned_down(table: dict[str, str]) -> None:
    table = {"Name": "Vera Holm", **table}
    assert is_disqualified(map_headers(list(table)), list(table.values()))


@pytest.mark.parametrize(
    ("cell", "numbers"),
    [
        ("+43 660 000111 (mobile), +43 1 0000222 (office)", ["+43 660 000111", "+43 1 0000222"]),
        ("Mobil: +43 660 000111", ["+43 660 000111"]),
        ("+43 660 000111 privat", ["+43 660 000111"]),
        ("+43 1 0000222 ext. 14", ["+43 1 0000222 ext. 14"]),
        ("4.36600E+11", []),
        ('="+43660000111"', ["+43660000111"]),
    ],
)
def test_a_phone_number_comes_without_its_label(cell: str, numbers: list[str]) -> None:
    assert read({"Name": "Vera Holm", "Phone": cell})["person"].get("phones", []) == numbers


def test_a_hyperlink_formula_is_its_address() -> None:
    cell = '=HYPERLINK("mailto:vera.holm@example.org","write to her")'
    assert read({"Name": "Vera Holm", "Email": cell})["person"]["emails"] == ["vera.holm@example.org"]


def test_a_serial_number_in_a_column_of_dates_is_a_date() -> None:
    assert read({"Name": "Vera Holm", "Applied On": "45581"})["application"]["applied_at"] == "2024-10-16T00:00:00Z"


def test_a_place_is_said_once() -> None:
    table = {"Name": "Vera Holm", "Candidate Location": "Graz, Austria", "City": "Graz", "Country": "Austria"}
    assert read(table)["person"]["location"] == "Graz, Austria"


@pytest.mark.parametrize("name", ["Total: 12", "Summe 3", "Grand Total"])
def test_the_sum_below_a_report_is_nobody(name: str) -> None:
    assert name_of(map_headers(["Name", "Email"]), [name, ""]) == ""
    assert name_of(map_headers(["Name", "Email"]), [name, "a@example.org"]) == name


@pytest.mark.parametrize(
    "cell",
    [
        "Fernworks, Head Gardener (Feb 2021 - Present); Moss & Sons, Gardener (Mar 2017 - Jan 2021)",
        "Head Gardener - Fernworks (2021-Present), Gardener - Moss & Sons (2017-2021)",
        "Head Gardener, Fernworks, Feb 2021 - Present\nGardener, Moss & Sons, Mar 2017 - Jan 2021",
        "Head Gardener | Fernworks | 2021-02 | Currently working\nGardener | Moss & Sons | 2017-03 | 2021-01",
    ],
)
def test_a_history_is_read_in_whatever_separators(cell: str) -> None:
    first, second = profile({"Work history": cell})["experiences"]
    assert (first["title"], first["company"], first["current"]) == ("Head Gardener", "Fernworks", True)
    assert (second["title"], second["company"], second["current"]) == ("Gardener", "Moss & Sons", False)
    assert first["start"][:4] == "2021"
    assert second["end"][:4] == "2021"


def test_a_comma_in_the_only_title_stays_in_it() -> None:
    (entry,) = profile({"Work history": "Gardener, Glasshouses (02/2017 to 04/2021)"})["experiences"]
    assert entry["title"] == "Gardener, Glasshouses"
    assert "company" not in entry
