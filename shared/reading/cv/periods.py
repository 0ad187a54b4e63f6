"""When something was, wherever it stands in a line of a CV, in the languages CVs are written in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from rapidfuzz import fuzz

from shared.reading.cv.written_dates import WINDOW, WORD, YEAR, WrittenDate, full_year, with_month, written_dates
from shared.reading.text.dates import Period
from shared.vocabulary.calendar_words import AND, BETWEEN, FROM, MONTHS, OPEN_ENDS, SINCE, TO, UNITS
from shared.vocabulary.text import normalize

_DIGITS: Final = {0x660 + n: str(n) for n in range(10)} | {0x6F0 + n: str(n) for n in range(10)}
_DIGITS.update({0x966 + n: str(n) for n in range(10)} | {0xFF10 + n: str(n) for n in range(10)})
_DIGITS.update({ord("／"): "/", ord("．"): ".", ord("～"): "~", ord("－"): "-", ord("−"): "-"})
_SHORT: Final = re.compile(r"(?<![\d/.])(0?[1-9]|1[0-2])[/.](\d\d)\s*[-–—]\s*(0?[1-9]|1[0-2])[/.](\d\d)(?![\d/.])")
_SHORT_START: Final = re.compile(r"(?<![\d/.])(0[1-9]|1[0-2])[/.](\d\d)(?![\d/.])")  # `Python 3.11 – today` is none
_SAME_YEAR: Final = re.compile(rf"({WORD})\.?\s*[-–—/]\s*({WORD})\.?,?\s+({YEAR})(?!\d)")
_DASHES: Final = "-–—~〜→/・至到"
_YEAR_MARK: Final = re.compile(r"^\s*(?:г\.?|гг\.?|года?|год|r\.?|р\.?|ж\.?|yr)(?=[\s\-–—),.]|$)", re.I)
_LENGTH: Final = re.compile(
    r"^\s*[,·;(|（]?\s*(?:\d+\s*(?:[^\W\d_]+\.?)\s*){1,3}[)）]?\s*$"
    r"|[(（·]\s*(?:\d+(?:[.,]\d)?\s*(?:y\w*|m\w*|jahre?|monate?|ans?|mois|años?|meses|anos|mes|лет|год\w*|мес\w*|年|か月|个月|ヶ月|년|개월|năm|tháng|lat\w*|sene|yıl|ay)\.?\s*(?:,|and|und|et|y|e)?\s*){1,2}[)）]?",
    re.I,
)
_COUNTED: Final = re.compile(rf"(?:(\d{{1,2}}(?:[.,]\d)?\+?)\s*|\s+)({WORD})\.?")
_SHORT_YEARS: Final = re.compile(r"(?<![\w’'])['’](\d\d)\s*[-–—]\s*['’](\d\d)(?!\d)")  # `'19 – '21`
_ALONE: Final = " \t,;:|·•–—-~/([（"
_WORD_BEFORE: Final = re.compile(rf"({WORD})\s*$")
_TWO_WORDS_BEFORE: Final = re.compile(rf"((?:{WORD}['’\s])?{WORD})\s*$")
_LEAD: Final = re.compile(rf"[\s.,]*([{_DASHES}]*)\s*")
_LONGEST_OPEN: Final = 4  # words of an open end
_LONGEST_MISREAD, _FEWEST_MISREAD = 28, 5  # characters of an open end that a scan misread
_LONGEST: Final = 1000  # characters of a line that is looked at: a longer one is a text
_CLOSE: Final = 82  # rapidfuzz ratio, 0..100: an open end as a scan or a shaped script spells it


class LinePeriod(NamedTuple):
    """A period, how it is said, and the line without it."""

    period: Period
    kind: Literal["range", "single"]
    rest: str  # the parts before and behind, a tab between them
    first: bool  # stands at the beginning of its line


class _Span(NamedTuple):
    """A period and where its words stand."""

    period: Period
    start: int
    end: int


@lru_cache(maxsize=4096)
def find_period(text: str) -> LinePeriod | None:
    """Return the first range of a line (`Jan 2020 – Present`, `2020年4月〜現在`, `until 2019`), else its first date."""
    if len(text) > _LONGEST:
        return None
    line = text.translate(_DIGITS)
    if not re.search(r"\d\d|元年", line):
        return None
    dates = list(written_dates(line))
    span = _first_range(line, dates) or _abbreviated(line)
    if span:
        return _in_line(text, span, "range")
    if not dates:
        return None
    first = dates[0]
    return _in_line(text, _Span(Period(first.date, None, None), first.start, first.end), "single")


def _in_line(text: str, span: _Span, kind: Literal["range", "single"]) -> LinePeriod:
    at_start = not text[: span.start].strip(" ([|")
    return LinePeriod(span.period, kind, _rest(text, span.start, span.end), at_start)


def _first_range(line: str, dates: Sequence[WrittenDate]) -> _Span | None:
    for place, date in enumerate(dates):
        following = dates[place + 1] if place + 1 < len(dates) else None
        if span := _range(line, date, following):
            return span
    for date in dates:
        if date.part:  # a season or quarter alone is the time something lasted
            return _Span(Period(date.date, date.date, False), date.start, date.end)
    return None


def is_length(text: str) -> bool:
    """Whether the text only says how long: `4 years 2 months`, `10 лет 3 месяца`."""
    counted = _COUNTED.findall(text.translate(_DIGITS))
    if not counted:
        return False
    if _COUNTED.sub("", text).strip(" ,.()·"):
        return False
    return all(normalize(word) in UNITS for _, word in counted)


def ends_open(text: str) -> bool:
    """Whether the line ends with a date and a dash, so that the next line says until when."""
    found = find_period(text)
    if found is None:
        return False
    if found.kind != "range":
        return False
    if found.period.end is not None:
        return False
    return text.rstrip()[-1:] in _DASHES


def _range(line: str, date: WrittenDate, following: WrittenDate | None) -> _Span | None:
    """Return the period that begins at a date."""
    if date.until:
        return _Span(Period(date.date, date.until, False), _without_from(line, date.start), date.end)
    if following and _joins(line, date, following):
        first, last = date.date, following.until or following.date
        if _backwards(date, following):
            first, last = last, first
        return _Span(Period(first, last, False), _without_from(line, date.start), _marked(line, following.end))
    behind = _open_behind(line, _marked(line, date.end))
    if behind:
        return _Span(Period(date.date, None, True), _without_from(line, date.start), behind)
    if len(date.date) == len("2019-03") and normalize(line[date.end :]).strip(" .") in OPEN_ENDS:
        return _Span(Period(date.date, None, True), _without_from(line, date.start), len(line))
    before = _open_before(line[: date.start])
    if before is not None:
        return _Span(Period(date.date, None, True), before, date.end)
    since = _word_before(line, date.start, SINCE)
    if since is not None:
        return _Span(Period(date.date, None, True), since, date.end)
    until = _word_before(line, date.start, TO)
    if until is not None and not line[:until].strip(" \t([|,·•-–"):
        return _Span(Period(None, date.date, False), until, date.end)
    return None


def _backwards(date: WrittenDate, following: WrittenDate) -> bool:
    """Right-to-left text may come with its two dates exchanged."""
    if date.date[:7] <= following.date[:7]:
        return False
    return len(date.date) == len(following.date)


def _marked(line: str, end: int) -> int:
    mark = _YEAR_MARK.match(line[end:])
    if mark:
        return end + mark.end()
    return end


def _joins(line: str, date: WrittenDate, following: WrittenDate) -> bool:
    """Whether what stands between two dates makes a range of them."""
    gap = _YEAR_MARK.sub("", line[date.end : following.start]).strip(" \t().,年")
    if not gap:  # the dash was one that the file's font does not have
        if not (len(date.date) == len(following.date) == len("2019-03")):
            return False
        return date.date < following.date
    if all(c in _DASHES for c in gap.replace(" ", "")):
        return True
    if normalize(gap.strip(_DASHES + " ")) in TO:
        return True
    if normalize(gap) not in AND:
        return False
    return _word_before(line, date.start, BETWEEN) is not None


def _word_before(line: str, start: int, words: frozenset[str]) -> int | None:
    """Return where the word right before a date begins, None where it is none of `words`."""
    window = max(0, start - WINDOW)
    before = line[window:start]
    for pattern in (_WORD_BEFORE, _TWO_WORDS_BEFORE):
        match = pattern.search(before)
        if match is None:
            continue
        if normalize(match[1]) not in words:
            continue
        if match.start() == 0:
            return window + match.start(1)
        if len(match[1]) > 2:
            return window + match.start(1)
        if before[match.start() - 1] in "\t,;:|·•([（":
            return window + match.start(1)
    return None


def _without_from(line: str, start: int) -> int:
    """Return where a range begins together with the `from` or `since` before it."""
    word = _word_before(line, start, SINCE | FROM | BETWEEN)
    if word is None:
        return start
    return word


def _open_behind(line: str, end: int) -> int | None:
    """Return where the open end behind a date ends: a dash with `present` or nothing behind, `至今`, `bis heute`."""
    tail = line[end:]
    lead = _LEAD.match(tail)
    dashes = lead[1] if lead else ""
    skipped = lead.end() if lead else 0
    body = tail[skipped:] if dashes not in ("至", "到") else dashes + tail[skipped:]
    if dashes and not body.strip(" )]）"):
        if dashes not in ("/", "・"):
            return len(line)
        return None
    words = list(re.finditer(r"[^\s\t|·,;()\[\]（）]+", body))[:_LONGEST_OPEN]
    for size in range(len(words), 0, -1):
        phrase = normalize(body[words[0].start() : words[size - 1].end()]).rstrip(".:")
        if _is_open(phrase, bool(dashes)):
            end = len(line) - len(body) + words[size - 1].end()
            if line[end - 1] == ":":
                return end - 1
            return end
    if dashes and words and len(body) <= _LONGEST_MISREAD and _nearly_open(normalize(body).strip("). ")):
        return len(line)
    return None


def _is_open(phrase: str, dashed: bool) -> bool:
    """Whether words behind a date say that it goes on: `– present`, `bis heute`, `至今`, `devam ediyor`."""
    head, _, rest = phrase.partition(" ")
    if not dashed and head not in TO and phrase[:1] <= "\u2e80" and phrase != "devam ediyor":
        return False
    if phrase in OPEN_ENDS:
        return True
    if phrase.lstrip("から까지至到") in OPEN_ENDS:
        return True
    if head not in TO:
        return False
    return rest in OPEN_ENDS


@lru_cache(maxsize=1024)
def _nearly_open(phrase: str) -> bool:
    if len(phrase) < _FEWEST_MISREAD:
        return False
    return any(fuzz.ratio(phrase, known) >= _CLOSE for known in OPEN_ENDS if len(known) >= _FEWEST_MISREAD)


def _open_before(head: str) -> int | None:
    """Return where an open end written before its date begins, as right-to-left text may come."""
    if not head.rstrip().endswith(("-", "–", "—")):
        return None
    body = head.rstrip(" -–—\t")
    words = list(re.finditer(r"[^\s\t|·,;()]+", body))[-_LONGEST_OPEN:]
    for word in words:
        if normalize(body[word.start() :]) in OPEN_ENDS:
            return word.start()
    return None


def _abbreviated(line: str) -> _Span | None:
    """`03/19 – 05/21`, `03/19 – today`, `'19 – '21` and `Mar – Sep 2020`."""
    return _short_range(line) or _short_start(line) or _short_years(line) or _months_of_a_year(line)


def _short_range(line: str) -> _Span | None:
    match = _SHORT.search(line)
    if match is None:
        return None
    first, last = full_year(match[2]), full_year(match[4])
    if first > last:
        return None
    period = Period(with_month(first, match[1]), with_month(last, match[3]), False)
    return _Span(period, match.start(), match.end())


def _short_start(line: str) -> _Span | None:
    match = _SHORT_START.search(line)
    if match is None:
        return None
    end = _open_behind(line, match.end())
    if end is None:
        return None
    return _Span(Period(with_month(full_year(match[2]), match[1]), None, True), match.start(), end)


def _short_years(line: str) -> _Span | None:
    match = _SHORT_YEARS.search(line)
    if match is None:
        return None
    return _Span(Period(full_year(match[1]), full_year(match[2]), False), match.start(), match.end())


def _months_of_a_year(line: str) -> _Span | None:
    match = _SAME_YEAR.search(line)
    if match is None:
        return None
    first, last = MONTHS.get(normalize(match[1])), MONTHS.get(normalize(match[2]))
    if not first:
        return None
    if not last:
        return None
    period = Period(f"{match[3]}-{first:02d}", f"{match[3]}-{last:02d}", False)
    return _Span(period, match.start(), match.end())


def _rest(text: str, start: int, end: int) -> str:
    before = text[:start].strip(_ALONE)
    behind = _LENGTH.sub("", text[end:]).lstrip(" )]）.").strip(_ALONE)
    return "\t".join(part for part in (before, behind) if any(c.isalnum() for c in part))
