"""Dates as exports write them become months (`YYYY-MM`), years or UTC instants."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final, NamedTuple

from shared.vocabulary.text import normalize

_MONTH_NAMES: Final = (
    # en de fr es it pt, as `normalize` folds them
    "january januar jan jaenner janner janvier janv enero ene gennaio gen janeiro",
    "february februar feb februari fevrier fevr fev febrero febbraio fevereiro",
    "march marz maerz mar mrz mars marzo marco",
    "april apr avril avr abril abr aprile",
    "may mai mayo maggio mag maio",
    "june juni jun juin junio giugno giu junho",
    "july juli jul juillet juil julio luglio lug julho",
    "august aug aout agosto ago",
    "september sept sep septembre septiembre settembre set setembro",
    "october oktober oct okt octobre octubre ottobre ott outubro out",
    "november nov novembre noviembre novembro",
    "december dezember dec dez decembre diciembre dic dicembre dezembro",
)
_MONTHS: Final = {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
_OPEN_WORDS: Final = """
        present, presently, current, currently, currently working, now,
        ongoing, today, to date, till now, until now, till
        date, to present, heute, aktuell, derzeit, laufend, jetzt, gegenwart, gegenwartig, bis heute,
        present, actuel, actuellement, aujourd'hui, aujourd’hui, en cours, ce jour, a ce jour, maintenant,
        actual, actualidad, la actualidad, actualmente, la fecha, hoy, ahora, en curso, presente, al
        presente, el presente, oggi, ad oggi, attuale, attualmente, in corso, atual, atualmente, hoje, o
        momento, momento, o presente, data atual, em curso, heden, obecnie, nadal, teraz, bugun, halen, nu,
        n.v, по настоящее время, настоящее время, по н.в, н.в, сейчас, σημερα, σημερα, 至今, 现在, 現在, 현재
    """
_OPEN: Final = frozenset(normalize(words) for words in _OPEN_WORDS.split(","))
_UNKNOWN: Final = frozenset(
    ("", "n/a", "n/n", "na", "n.a.", "n.a", "nn", "none", "null", "-", "–", "—", "?", "unknown", "tbd")
)
_YEAR_FIRST: Final = re.compile(r"((?:19|20)\d\d)[-/.年 ]{1,2}(\d{1,2})月?(?:[-/.](\d{1,2}))?日?(?:[T ]\d\d?:\d\d.*)?")
_MONTH_FIRST: Final = re.compile(r"(\d{1,2})\s?[-/. ]\s?((?:19|20)\d\d)")
_DAY_FIRST: Final = re.compile(r"(\d{1,2})([-/.])\s?(\d{1,2})[-/.]\s?((?:19|20)\d\d)(?:,?[T ]\s*\d\d?:\d\d.*)?")
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_WORDED: Final = re.compile(
    r"(?:(\d{1,2})\.?(?:st|nd|rd|th)?\s+)?(?:de\s+|of\s+)?([^\W\d_]{3,})[.,]*[\s/'-]+"
    r"(?:(\d{1,2})(?:st|nd|rd|th)?,?\s+)?(?:de\s+|of\s+)?'?((?:19|20)?\d\d)(?:,?\s+(?:at\s+)?\d\d?:\d\d.*)?"
)
_SEPARATOR: Final = re.compile(
    r"\s+(?:to|until|till|through|bis|a|à|au|al|até|ate|hasta|fino a)(?:\s+|$)|\s*[–—~→]\s*|\s+-+\s*|-+\s+|-+$", re.I
)
_TIGHT: Final = re.compile(r"(\d{4}|\d{1,2}/\d{4}|\d{4}/\d{1,2})-(\d{4}|\d{1,2}/\d{4}|\d{4}/\d{1,2}|[^\W\d]+)")
_SINCE: Final = re.compile(r"(?:since|from|seit|ab|depuis|desde|dal?)\s+(.+)", re.I)
_CLOCK: Final = re.compile(r"(\d{1,2}):(\d\d)(?::(\d\d))?(?:\.\d+)?\s*([ap]\.?m\.?)?", re.I)


class Period(NamedTuple):
    """When something was. `current` is None when the words do not say."""

    start: str | None
    end: str | None
    current: bool | None


@lru_cache(maxsize=2048)
def read_month(text: str) -> str | None:
    """Return `YYYY-MM` or `YYYY`, or None when the text is no date."""
    text = text.strip()
    match = _MONTH_FIRST.fullmatch(text)
    if match:
        return _month(match[2], int(match[1]))
    if _YEAR.fullmatch(text):
        return text
    match = _YEAR_FIRST.fullmatch(text)
    if match:
        return _month(match[1], int(match[2]))
    return _read_whole_date(text)


def _read_whole_date(text: str) -> str | None:
    match = _DAY_FIRST.fullmatch(text)
    if match:
        day, month = _day_and_month(int(match[1]), int(match[3]), text)
        return _month(match[4], month) if day <= 31 else None
    match = _WORDED.fullmatch(text)
    number = _MONTHS.get(normalize(match[2])) if match else None
    if match is None or number is None:
        return None
    return _month(_four_digits(match[4]), number)


def _month(year: str, month: int) -> str | None:
    return f"{year}-{month:02d}" if 1 <= month <= 12 else None


def _four_digits(year: str) -> str:
    if len(year) == 4:
        return year
    return f"20{year}" if int(year) < 60 else f"19{year}"


def _day_and_month(first: int, second: int, text: str) -> tuple[int, int]:
    """Day first, as most of the world writes, unless the numbers or an American clock say otherwise."""
    has_american_clock = "/" in text and text.rstrip(" .").lower().endswith(("am", "pm"))
    if second > 12 or (first <= 12 and has_american_clock):
        return second, first
    return first, second


@lru_cache(maxsize=2048)
def read_period(text: str) -> Period | None:
    """Read `09/2010 to N/A`, `2010 – 2014`, `since 2019`, `Sep 2010`; None when the text is no period of time.

    An end that is open, missing or `N/A` means still there when a start is known.
    """
    text = text.strip()
    since = _SINCE.fullmatch(text)
    if since:
        start = read_month(since[1])
        return Period(start, None, True) if start else None
    single = read_month(text)
    if single:
        return Period(single, None, None)
    for match in _SEPARATOR.finditer(text):
        period = _ends(text[: match.start()], text[match.end() :])
        if period:
            return period
    tight = _TIGHT.fullmatch(text)
    return _ends(tight[1], tight[2]) if tight else None


@lru_cache(maxsize=2048)
def dates_of(period: Period | None) -> Mapping[str, Any]:
    """Return the filled `start`, `end` and `current` of a period. The mapping is shared: copy it, never change it."""
    if period is None:
        return {}
    return {name: value for name, value in period._asdict().items() if value is not None}


def _ends(first: str, last: str) -> Period | None:
    start, end = read_month(first), read_month(_without_length(last))
    if start is None and not is_unknown(first):
        return None
    if end is not None:
        return Period(start, end, False)
    if is_open(last):
        return Period(start, None, True)
    if not is_unknown(last):
        return None
    return Period(start, None, True) if start else Period(None, None, None)


def _without_length(text: str) -> str:
    """Drop what some tools add behind the dates: `, 3 yrs`, `· 2 years 1 month`."""
    return re.split(r"\s*[,·;(]\s*\d+\s*[^\W\d]", text, maxsplit=1)[0]


def is_open(text: str) -> bool:
    """Tell whether the text says that something still goes on."""
    return normalize(_without_length(text)).rstrip(".") in _OPEN


def is_unknown(text: str) -> bool:
    """Tell whether the text stands for nothing: empty, `N/A`, `-`."""
    return text.strip().lower() in _UNKNOWN


@lru_cache(maxsize=4096)
def read_instant(text: str) -> str | None:
    """Return `YYYY-MM-DDTHH:MM:SSZ` for ISO, epoch (s or ms), `31.01.2021 14:05` and `Jan 31, 2021`, else None."""
    try:
        moment = _moment(text.strip())
    except (ValueError, OverflowError, OSError):
        return None
    if moment is None or moment.year < 1970:
        return None
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _moment(text: str) -> datetime | None:
    if text.isdigit() and len(text) >= 9:
        return _epoch(text)
    return _iso(text) or _written(text)


def _epoch(text: str) -> datetime:
    seconds = float(text)
    if len(text) > 11:  # milliseconds
        seconds /= 1000
    return datetime.fromtimestamp(seconds, UTC)


def _iso(text: str) -> datetime | None:
    text = re.sub(r"\s*(?:UTC|GMT)$", "Z", text).replace("/", "-")
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _written(text: str) -> datetime | None:
    date = _numeric_date(text) or _worded_date(text)
    if date is None:
        return None
    year, month, day = date
    hour, minute, second = _clock(text)
    return datetime(year, month, day, hour, minute, second, tzinfo=UTC)


def _numeric_date(text: str) -> tuple[int, int, int] | None:
    match = _DAY_FIRST.fullmatch(text)
    if match is None:
        return None
    day, month = _day_and_month(int(match[1]), int(match[3]), text)
    return int(match[4]), month, day


def _worded_date(text: str) -> tuple[int, int, int] | None:
    match = _WORDED.fullmatch(text)
    if match is None:
        return None
    month = _MONTHS.get(normalize(match[2]))
    day = match[1] or match[3]
    if month is None or not day:
        return None
    return int(_four_digits(match[4])), month, int(day)


def _clock(text: str) -> tuple[int, int, int]:
    match = _CLOCK.search(text)
    if not match:
        return 0, 0, 0
    hour = int(match[1])
    half = (match[4] or "").lower()[:1]
    if half:
        hour %= 12
    if half == "p":
        hour += 12
    return hour, int(match[2]), int(match[3] or 0)
