"""Months, periods and moments as exports write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.reading.text.dates import is_open, read_instant, read_month, read_period


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("09/2010", "2010-09"),
        ("9.2010", "2010-09"),
        ("2010/09", "2010-09"),
        ("2010-09-15", "2010-09"),
        ("2010-09-15T10:00:00Z", "2010-09"),
        ("2010", "2010"),
        ("Sep 2010", "2010-09"),
        ("Sept. 2010", "2010-09"),
        ("September, 2010", "2010-09"),
        ("15 September 2010", "2010-09"),
        ("Sep 15, 2010", "2010-09"),
        ("Mär 2010", "2010-03"),
        ("août 2010", "2010-08"),
        ("enero de 2010", "2010-01"),
        ("gennaio 2010", "2010-01"),
        ("fevereiro/2010", "2010-02"),
        ("Sep '10", "2010-09"),
        ("15.09.2010", "2010-09"),
        ("2010年9月", "2010-09"),
        ("13/2010", None),
        ("soon", None),
        ("", None),
        ("12345", None),
    ],
)
def test_a_month_is_read_in_every_way_it_is_written(text: str, month: str | None) -> None:
    assert read_month(text) == month


@pytest.mark.parametrize(
    "text",
    [
        "Present",
        "current",
        "Now",
        "atual",
        "heute",
        "aujourd'hui",
        "actualidad",
        "oggi",
        "Presente",
        "à ce jour",
        "Presént.",
    ],
)
def test_an_open_end_is_known_in_every_language(text: str) -> None:
    assert is_open(text)
    assert read_period(f"09/2010 to {text}") == ("2010-09", None, True)


@pytest.mark.parametrize("end", ["N/A", "N/N", "na", "", "-", "n/a"])
def test_a_start_without_an_end_still_goes_on(end: str) -> None:
    assert read_period(f"09/2010 to {end}") == ("2010-09", None, True)


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2010 – 2014", ("2010", "2014", False)),
        ("2010-2014", ("2010", "2014", False)),
        ("Sep 2010 - Jun 2014", ("2010-09", "2014-06", False)),
        ("Sep 2010 - Present · 3 yrs 2 mos", ("2010-09", None, True)),
        ("01.03.2010 bis 30.04.2014", ("2010-03", "2014-04", False)),
        ("since 2019", ("2019", None, True)),
        ("N/A to 2014", (None, "2014", False)),
        ("N/A to N/A", (None, None, None)),
        ("2014", ("2014", None, None)),
        ("EMEA", None),
        ("formerly Quillmark", None),
        ("nights", None),
        ("2010 to whenever it ends", None),
    ],
)
def test_a_period_is_told_from_other_text(text: str, period: tuple[str | None, str | None, bool | None] | None) -> None:
    assert read_period(text) == period


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-01-31T12:00:00Z", "2026-01-31T12:00:00Z"),
        ("2026-01-31T12:00:00+02:00", "2026-01-31T10:00:00Z"),
        ("2026-01-31 12:00:00 UTC", "2026-01-31T12:00:00Z"),
        ("2026-01-31", "2026-01-31T00:00:00Z"),
        ("1769860800000", "2026-01-31T12:00:00Z"),
        ("1769860800", "2026-01-31T12:00:00Z"),
        ("31.01.2026", "2026-01-31T00:00:00Z"),
        ("31.01.2026 14:05", "2026-01-31T14:05:00Z"),
        ("1/31/2026 2:05 PM", "2026-01-31T14:05:00Z"),
        ("Jan 31, 2026", "2026-01-31T00:00:00Z"),
        ("31 janvier 2026", "2026-01-31T00:00:00Z"),
        ("31.02.2026", None),
        ("yesterday", None),
        ("", None),
        ("999999999999999999999", None),
    ],
)
def test_a_moment_becomes_utc(text: str, instant: str | None) -> None:
    assert read_instant(text) == instant


@given(st.text(max_size=40))
def test_no_text_breaks_the_readers_of_dates(text: str) -> None:
    period, instant = read_period(text), read_instant(text)
    for date in (period.start, period.end) if period else ():
        assert date is None or date[:4].isdigit()
    assert instant is None or instant.endswith("Z")
