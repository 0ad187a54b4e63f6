"""Spans of time are found wherever they stand in a line, in the languages CVs are written in."""

from __future__ import annotations

import pytest

from shared.reading.cv.periods import find_period


@pytest.mark.parametrize(
    ("line", "start", "end", "current"),
    [
        ("Jan 2020 – Present", "2020-01", None, True),
        ("01/2020–03/2022", "2020-01", "2022-03", False),
        ("2020年4月〜現在", "2020-04", None, True),
        ("2023 年 12 月 – 2024 年 2 月", "2023-12", "2024-02", False),
        ("平成30年4月～令和2年3月", "2018-04", "2020-03", False),
        ("2019.03 - 2021.05", "2019-03", "2021-05", False),
        ("mars 2018 à aujourd’hui", "2018-03", None, True),
        ("Sept. 2023 – Apr. 2025", "2023-09", "2025-04", False),
        ("marzo de 2019 a enero de 2020", "2019-03", "2020-01", False),
        ("2023년 3월 – 현재", "2023-03", None, True),
        ("05.2020 – devam ediyor", "2020-05", None, True),
        ("март 2019 г. – по настоящее время", "2019-03", None, True),
        ("02/2020 – वर्तमान", "2020-02", None, True),
        ("जनवरी 2020 – मार्च 2021", "2020-01", "2021-03", False),
        ("يناير ٢٠٢٠ - ديسمبر ٢٠٢١", "2020-01", "2021-12", False),
        ("ינואר 2019 – היום", "2019-01", None, True),
        ("tháng 3 năm 2020 - nay", "2020-03", None, True),
        ("Απρίλιος 2019 – σήμερα", "2019-04", None, True),
        ("luty 2020 – obecnie", "2020-02", None, True),
        ("seit 03/2019", "2019-03", None, True),
        ("01.04.2019 - 31.03.2021", "2019-04", "2021-03", False),
        ("April 1, 2019 to June 30, 2020", "2019-04", "2020-06", False),
        ("Mar – Sep 2020", "2020-03", "2020-09", False),
        ("03/19 – 05/21", "2019-03", "2021-05", False),
        ("Nov '98 - Jan '03", "1998-11", "2003-01", False),
        ("2015 – 2018", "2015", "2018", False),
        ("2019 –", "2019", None, True),
    ],
)
def test_a_range_is_read(line: str, start: str, end: str | None, current: bool) -> None:
    found = find_period(line)
    assert found is not None and found.kind == "range"
    assert tuple(found.period) == (start, end, current)
    assert found.rest == ""


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("Engineer at Vantrel AG (Mar 2019 - Present · 2 yrs 3 mos)", "Engineer at Vantrel AG"),
        ("2008 – 2012\tBA Design", "BA Design"),
        ("シニアエンジニア 2023 年 12 月 – 現在", "シニアエンジニア"),
        ("Vantrel AG | 01/2020 – 02/2021 | Berlin", "Vantrel AG\tBerlin"),
    ],
)
def test_what_stands_beside_a_range_is_kept(line: str, rest: str) -> None:
    found = find_period(line)
    assert found is not None and found.rest == rest


def test_dates_that_right_to_left_order_exchanged_are_put_right() -> None:
    found = find_period("02/2023 – 10/2020")
    assert found is not None and found.period[:2] == ("2020-10", "2023-02")


def test_an_open_end_is_known_with_a_letter_misread() -> None:
    for line in ("03/2023 – حتى اآلن", "Jan 2020 – Presenl"):
        found = find_period(line)
        assert found is not None and found.period.current is True


@pytest.mark.parametrize("line", ["Windows Server 2012", "ISO 27001", "Cut cost by 30 %", "Room 2020b", ""])
def test_what_is_no_range_is_none(line: str) -> None:
    found = find_period(line)
    assert found is None or found.kind == "single"


@pytest.mark.parametrize(
    ("line", "start", "end", "rest"),
    [
        ("2014, November — ongoing", "2014-11", None, ""),
        ("Clerk\t2014, June — 2015, July", "2014-06", "2015-07", "Clerk"),
        ("2014 – 2016 Berlin", "2014", "2016", "Berlin"),
        ("2014, June until now", "2014-06", None, ""),
        ("2014 June to July 2015", "2014-06", "2015-07", ""),
        ("02/09 – current", "2009-02", None, ""),
        ("Clerk (1 April 2011 until 1 June 2012)", "2011-04", "2012-06", "Clerk"),
        ("from 1st May 2012 to 3rd June 2014", "2012-05", "2014-06", ""),
        ("Papermill 9 March 2020 – May 2021", "2020-03", "2021-05", "Papermill 9"),
    ],
)
def test_a_month_behind_its_year_a_short_open_one_and_days_are_read(
    line: str, start: str, end: str | None, rest: str
) -> None:
    found = find_period(line)
    assert found and found.kind == "range"
    assert (found.period.start, found.period.end, found.rest) == (start, end, rest)


@pytest.mark.parametrize("line", ["Python 3.11 – current", "Java 1.12 - present", "Rated 9/10 –"])
def test_a_version_or_a_grade_is_no_month(line: str) -> None:
    assert find_period(line) is None


def test_a_name_behind_a_year_keeps_the_word_that_is_a_month_elsewhere() -> None:
    found = find_period("2018 March Networks Ltd")
    assert found and (found.period.start, found.rest) == ("2018", "March Networks Ltd")


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("Summer 2021", "2021", "2021"),
        ("Fall 2019 - Spring 2020", "2019", "2020"),
        ("Herbst 2018", "2018", "2018"),
        ("Q3 2020 – Q1 2022", "2020", "2022"),
        ("2020 Q3 – 2022 Q1", "2020", "2022"),
        ("H2 2019", "2019", "2019"),
        ("WS 2017 – SS 2019", "2017", "2019"),
        ("Winter 2019/20", "2019", "2020"),
        ("from 2011 to 2014", "2011", "2014"),
        ("von 2011 bis 2014", "2011", "2014"),
        ("between 2011 and 2014", "2011", "2014"),
        ("entre 2011 et 2014", "2011", "2014"),
        ("until 2014", None, "2014"),
        ("bis 2014", None, "2014"),
        ("jusqu'en 2014", None, "2014"),
        ("2017-19", "2017", "2019"),
        ("2017/18", "2017", "2018"),
        ("'17 – '19", "2017", "2019"),
        ("early 2017 – late 2019", "2017", "2019"),
        ("ca. 2015 – 2018", "2015", "2018"),
        ("2018. 3 ~ 2020. 5", "2018-03", "2020-05"),
        ("augusti 2018 – desember 2019", "2018-08", "2019-12"),
    ],
)
def test_every_way_to_write_a_period(text: str, start: str | None, end: str | None) -> None:
    found = find_period(text)
    assert found is not None and found.kind == "range" and not found.rest
    assert (found.period.start, found.period.end, found.period.current) == (start, end, False)


@pytest.mark.parametrize("text", ["since Fall 2020", "Q1 2020 – present", "as of 2020", "2020 – Current: Nurse"])
def test_a_period_that_goes_on(text: str) -> None:
    found = find_period(text)
    assert found is not None and (found.period.start, found.period.end, found.period.current) == ("2020", None, True)


@pytest.mark.parametrize("text", ["2019-05", "2019-12", "Sales 2019"])
def test_a_month_in_digits_is_no_second_year(text: str) -> None:
    found = find_period(text)
    assert found is not None and found.kind == "single"


def test_two_months_side_by_side_are_a_period_whose_dash_was_lost() -> None:
    both, goes_on = find_period("Jun. 2018 Feb. 2021"), find_period("Mar. 2021 Present")
    assert both is not None and (both.period.start, both.period.end) == ("2018-06", "2021-02")
    assert goes_on is not None and (goes_on.period.start, goes_on.period.current) == ("2021-03", True)


def test_a_line_as_long_as_a_text_has_no_period() -> None:
    assert find_period("2019 " * 300) is None
