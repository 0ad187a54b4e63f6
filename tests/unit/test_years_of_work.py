"""Years of work count every month once, in a CV and again when sources are folded."""

from __future__ import annotations

from typing import Any

from shared.people.fold import fold
from shared.vocabulary.career import total_years


def source(number: int, at: str, profile: dict[str, Any]) -> dict[str, Any]:
    return {"id": str(number), "kind": "cv", "at": at, "facts": {"person": {"name": "Maja Holm"}, "profile": profile}}


def job(company: str, start: str, end: str) -> dict[str, Any]:
    return {"title": "Analyst", "company": company, "start": start, "end": end, "current": False}


def test_overlaps_count_once_and_open_ends_up_to_today() -> None:
    assert total_years([("2020-01", "2021-12", False), ("2021-01", "2021-12", False)], "2026-11") == 2.0
    assert total_years([("2025-12", None, True)], "2026-11") == 1.0


def test_without_dates_the_years_are_unknown() -> None:
    assert total_years([(None, None, True), ("soon", None, None)], "2026-11") is None
    assert total_years([], "2026-11") is None


def test_two_cvs_that_overlap_are_counted_again_together() -> None:
    old = source(1, "2026-01-01T00:00:00Z", {"experiences": [job("Vantrel", "2018-01", "2019-12")], "total_years": 2.0})
    new = source(
        2, "2026-02-01T00:00:00Z", {"experiences": [job("Tidewell", "2019-01", "2020-12")], "total_years": 2.0}
    )
    assert fold([old, new])["profile"]["total_years"] == 3.0
    assert fold([old])["profile"]["total_years"] == 2.0


def test_rows_that_give_no_years_get_none() -> None:
    rows = [source(n, f"2026-0{n}-01T00:00:00Z", {"experiences": [job("V", "2018-01", "2019-12")]}) for n in (1, 2)]
    assert "total_years" not in fold(rows)["profile"]
