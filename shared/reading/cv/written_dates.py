"""Dates as people write them in a line: months in words and digits, years alone, seasons and quarters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from shared.vocabulary.calendar_words import ABOUT, MONTHS, SEASONS, SINCE, TO
from shared.vocabulary.text import normalize

YEAR: Final = r"(?:19|20)\d\d"
WORD: Final = r"(?:[^\W\d_]|[\u0300-\u036f\u0900-\u0965\u0970-\u097f])+"
_DATE: Final = re.compile(
    rf"""(?<![\d/])(?:
      (?P<era>令和|平成|昭和)\s*(?P<era_year>元|\d{{1,2}})\s*年\s*(?:(?P<era_month>\d{{1,2}})\s*月)?(?:\s*\d{{1,2}}\s*日)?
    | (?P<cjk_year>{YEAR})\s*[年년]\s*(?:(?P<cjk_month>\d{{1,2}})\s*[月월])?(?:\s*\d{{1,2}}\s*[日일])?
    | (?P<day>\d{{1,2}})[./-](?P<day_month>\d{{1,2}})[./-](?P<day_year>{YEAR})
    | (?P<spaced_year>{YEAR})\.\s(?P<spaced_month>\d{{1,2}})(?=\.?\s*(?:[~–-]|$))
    | (?P<iso_year>{YEAR})[./-](?P<iso_month>\d{{1,2}})(?:[./-]\d{{1,2}})?(?![\d])
    | (?P<num_month>\d{{1,2}})\s?[./-]\s?(?P<num_year>{YEAR})
    | th[aá]ng\s*(?P<vi_month>\d{{1,2}})(?:\s*[/.,-]\s*|\s+n[aă]m\s+)(?P<vi_year>{YEAR})
    | (?P<word_day>\d{{1,2}}\.?(?:st|nd|rd|th|er|º)?\s+(?:de\s+)?)?(?P<word>{WORD})
      (?:\.?\s*[.,/-]?\s*|\s+(?:de|del|of)\s+)
      (?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?(?P<word_year>{YEAR}|['’]\d\d)
    | (?P<ahead_year>{YEAR})(?:[.,]\s*|\s+)(?P<ahead_word>{WORD})(?!\w)\.?
    | (?P<year>{YEAR})
    )(?!\d)""",
    re.X | re.I,
)
_BEHIND_MONTH: Final = re.compile(rf"\s*(?:$|[-–—~〜→)\]|·\t])|\s+({WORD})(?!\w)")
_PART: Final = r"[QqTt][1-4]|[1-4][Qq]|[HhSs][12]|[WwSs][Ss]"  # a quarter, a half, a term
_PART_BEFORE: Final = re.compile(rf"(?:(?<!\w)(?P<part>{_PART})|(?P<word>{WORD})\.?)[\s./-]*$")
_PART_BEHIND: Final = re.compile(rf"(?:[\s/]*|-)(?P<part>{_PART})(?!\w)")
_TERM_BEHIND: Final = re.compile(r"/(\d\d)(?!\d)")  # `Winter 2021/22`
_SHORT_YEAR: Final = re.compile(r"(?:\s*[-–—]\s*|/)(\d\d)(?![\d./])")
_ERAS: Final = {"令和": 2018, "平成": 1988, "昭和": 1925}
WINDOW: Final = 40  # characters before a date that may belong to it
_LONGEST_SPAN: Final = 30  # years between a year and the two digits behind it


class WrittenDate(NamedTuple):
    """A date (YYYY or YYYY-MM) and where its words stand."""

    start: int
    end: int
    date: str
    part: bool = False  # a season, quarter, half or term of its year
    until: str | None = None  # the year that two digits behind it say: `2019-21`


def written_dates(line: str) -> Iterator[WrittenDate]:
    """Yield the dates of a line from left to right."""
    at = 0
    while match := _DATE.search(line, at):
        date = _date(match)
        if date:
            end = match.end("ahead_year") if match["ahead_year"] == date else match.end()  # no month stands behind it
            written = _with_part(line, WrittenDate(_start(line, match), end, date), match)
            at = written.end
            yield written
        elif match["word"]:
            at = match.start("word_year")  # no month: the digits may begin a date of another form
        else:
            at = match.start() + 1


def full_year(year: str) -> str:
    """Return a year in full: `'98` is 1998."""
    if len(year) == 4:
        return year
    if int(year[-2:]) < 60:
        return f"20{year[-2:]}"
    return f"19{year[-2:]}"


def with_month(year: str, month: str | None) -> str:
    """Return YYYY-MM, or the year where the month is none."""
    if month and 1 <= int(month) <= 12:
        return f"{year}-{int(month):02d}"
    return year


def _with_part(line: str, written: WrittenDate, match: re.Match[str]) -> WrittenDate:
    """Take in what stands around a year alone: season, quarter, `early`, two digits of another year."""
    if len(written.date) != 4:
        return written
    start, end = written.start, written.end
    part = bool(match["word"]) and normalize(match["word"]) in SEASONS
    window = max(0, start - WINDOW)  # so that a line without blanks costs no more than others
    before = _PART_BEFORE.search(line[window:start])
    if before and (before["part"] or normalize(before["word"]) in SEASONS):
        start, part = window + before.start(), True
    elif before and normalize(before["word"]) in ABOUT:
        start = window + before.start()
    if part and (term := _TERM_BEHIND.match(line, end)):
        until = written.date[:2] + term[1]
        return WrittenDate(start, term.end(), written.date, True, until if until > written.date else None)
    if behind := _PART_BEHIND.match(line, end):
        return WrittenDate(start, behind.end(), written.date, True)
    if match["iso_year"]:
        end = match.end("iso_year")  # `2019-21`: no month
    if short := _SHORT_YEAR.match(line, end):
        until = written.date[:2] + short[1]
        if 0 < int(until) - int(written.date) <= _LONGEST_SPAN:
            return WrittenDate(start, short.end(), written.date, part, until)
    return WrittenDate(start, max(end, written.end), written.date, part)


def _start(line: str, match: re.Match[str]) -> int:
    """Where a date begins: with its day, unless the number may be the end of a name (`Papermill 9 March 2020`)."""
    before = line[: match.start()].rstrip(" ")
    word = re.search(rf"{WORD}$", before)
    named = bool(before) and (before[-1].isalnum() and not (word and normalize(word.group()) in TO | SINCE))
    if match["word_day"] and named:
        return match.start("word")
    return match.start()


def _date(match: re.Match[str]) -> str | None:
    if match["era"]:
        counted = 1 if match["era_year"] == "元" else int(match["era_year"])
        return with_month(str(_ERAS[match["era"]] + counted), match["era_month"])
    if match["word"]:
        month = MONTHS.get(normalize(match["word"]))
        if month is None and normalize(match["word"]) in SEASONS:
            return full_year(match["word_year"])
        if month:
            return f"{full_year(match['word_year'])}-{month:02d}"
        return None
    if match["ahead_year"]:
        month = MONTHS.get(normalize(match["ahead_word"])) if _ends_there(match) else None
        if month:
            return f"{match['ahead_year']}-{month:02d}"
        return str(match["ahead_year"])
    if match["day"]:
        first, second = match["day"], match["day_month"]
        return with_month(match["day_year"], second if int(second) <= 12 else first)
    for kind in ("cjk", "iso", "spaced", "num", "vi"):
        if match[f"{kind}_year"]:
            return with_month(match[f"{kind}_year"], match[f"{kind}_month"])
    return match["year"]


def _ends_there(match: re.Match[str]) -> bool:
    """Whether what stands behind a year and a word lets the word be its month: `2018 March Networks` is none."""
    behind = _BEHIND_MONTH.match(match.string, match.end())
    return bool(behind and (not behind[1] or normalize(behind[1]) in TO))
