"""When something was, wherever it stands in a line of a CV, in the languages CVs are written in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, Literal, NamedTuple

from rapidfuzz import fuzz

from shared.reading.text.dates import Period
from shared.vocabulary.calendar_words import MONTHS, OPEN_ENDS, SEASONS, SINCE, TO, UNITS
from shared.vocabulary.text import normalize

_DIGITS: Final = {0x660 + n: str(n) for n in range(10)} | {0x6F0 + n: str(n) for n in range(10)}
_DIGITS.update({0x966 + n: str(n) for n in range(10)} | {0xFF10 + n: str(n) for n in range(10)})
_DIGITS.update({ord("／"): "/", ord("．"): ".", ord("～"): "~", ord("－"): "-", ord("−"): "-"})
_YEAR: Final = r"(?:19|20)\d\d"
_WORD: Final = r"(?:[^\W\d_]|[\u0300-\u036f\u0900-\u0965\u0970-\u097f])+"
_DATE: Final = re.compile(
    rf"""(?<![\d/])(?:
      (?P<era>令和|平成|昭和)\s*(?P<era_year>元|\d{{1,2}})\s*年\s*(?:(?P<era_month>\d{{1,2}})\s*月)?(?:\s*\d{{1,2}}\s*日)?
    | (?P<cjk_year>{_YEAR})\s*[年년]\s*(?:(?P<cjk_month>\d{{1,2}})\s*[月월])?(?:\s*\d{{1,2}}\s*[日일])?
    | (?P<day>\d{{1,2}})[./-](?P<day_month>\d{{1,2}})[./-](?P<day_year>{_YEAR})
    | (?P<iso_year>{_YEAR})[./-](?P<iso_month>\d{{1,2}})(?:[./-]\d{{1,2}})?(?![\d])
    | (?P<num_month>\d{{1,2}})\s?[./-]\s?(?P<num_year>{_YEAR})
    | th[aá]ng\s*(?P<vi_month>\d{{1,2}})(?:\s*[/.,-]\s*|\s+n[aă]m\s+)(?P<vi_year>{_YEAR})
    | (?P<word_day>\d{{1,2}}\.?(?:st|nd|rd|th|er|º)?\s+(?:de\s+)?)?(?P<word>{_WORD})
      (?:\.?\s*[.,/-]?\s*|\s+(?:de|del|of)\s+)
      (?:\d{{1,2}}(?:st|nd|rd|th)?,?\s+)?(?P<word_year>{_YEAR}|['’]\d\d)
    | (?P<ahead_year>{_YEAR})(?:[.,]\s*|\s+)(?P<ahead_word>{_WORD})(?!\w)\.?
    | (?P<year>{_YEAR})
    )(?!\d)""",
    re.X | re.I,
)
_SHORT: Final = re.compile(r"(?<![\d/.])(0?[1-9]|1[0-2])[/.](\d\d)\s*[-–—]\s*(0?[1-9]|1[0-2])[/.](\d\d)(?![\d/.])")
_SHORT_START: Final = re.compile(r"(?<![\d/.])(0[1-9]|1[0-2])[/.](\d\d)(?![\d/.])")  # `Python 3.11 – today` is none
_BEHIND_MONTH: Final = re.compile(rf"\s*(?:$|[-–—~〜→)\]|·\t])|\s+({_WORD})(?!\w)")
_SAME_YEAR: Final = re.compile(rf"({_WORD})\.?\s*[-–—/]\s*({_WORD})\.?,?\s+({_YEAR})(?!\d)")
_DASHES: Final = "-–—~〜→/・至到"
_YEAR_MARK: Final = re.compile(r"^\s*(?:г\.?|гг\.?|года?|год|r\.?|р\.?|ж\.?|yr)(?=[\s\-–—),.]|$)", re.I)
_LENGTH: Final = re.compile(
    r"^\s*[,·;(|（]?\s*(?:\d+\s*(?:[^\W\d_]+\.?)\s*){1,3}[)）]?\s*$"
    r"|[(（·]\s*(?:\d+(?:[.,]\d)?\s*(?:y\w*|m\w*|jahre?|monate?|ans?|mois|años?|meses|anos|mes|лет|год\w*|мес\w*|年|か月|个月|ヶ月|년|개월|năm|tháng|lat\w*|sene|yıl|ay)\.?\s*(?:,|and|und|et|y|e)?\s*){1,2}[)）]?",
    re.I,
)
_COUNTED: Final = re.compile(rf"(?:(\d{{1,2}}(?:[.,]\d)?\+?)\s*|\s+)({_WORD})\.?")
_ERAS: Final = {"令和": 2018, "平成": 1988, "昭和": 1925}
_CLOSE: Final = 82  # rapidfuzz ratio, 0..100: an open end as a scan or a shaped script spells it


class Found(NamedTuple):
    """A period, how it is said, and the line without it."""

    period: Period
    kind: Literal["range", "single"]
    rest: str  # the parts before and behind, a tab between them
    first: bool  # stands at the beginning of its line


class _Atom(NamedTuple):
    start: int
    end: int
    date: str


@lru_cache(maxsize=4096)
def find_period(text: str) -> Found | None:
    """Return the first range of a line (`Jan 2020 – Present`, `2020年4月〜現在`, `seit 2019`), else its first date."""
    line = text.translate(_DIGITS)
    if not re.search(r"\d\d|元年", line):
        return None
    atoms = list(_atoms(line))
    for k, atom in enumerate(atoms):
        following = atoms[k + 1] if k + 1 < len(atoms) else None
        if found := _range(line, atom, following):
            period, start, end = found
            return Found(period, "range", _rest(text, start, end), not text[:start].strip(" ([|"))
    if found := _abbreviated(line):
        period, start, end = found
        return Found(period, "range", _rest(text, start, end), not text[:start].strip(" ([|"))
    if not atoms:
        return None
    first = atoms[0]
    period = Period(first.date, None, None)
    return Found(period, "single", _rest(text, first.start, first.end), not text[: first.start].strip(" ([|"))


def is_length(text: str) -> bool:
    """Whether the text only says how long: `4 years 2 months`, `10 лет 3 месяца`."""
    found = _COUNTED.findall(text.translate(_DIGITS))
    return (
        bool(found)
        and not _COUNTED.sub("", text).strip(" ,.()·")
        and all(normalize(word) in UNITS for _, word in found)
    )


def ends_open(text: str) -> bool:
    """Whether the line ends with a date and a dash, so that the next line says until when."""
    found = find_period(text)
    return bool(found and found.kind == "range" and found.period.end is None and text.rstrip()[-1:] in _DASHES)


def _atoms(line: str) -> Iterator[_Atom]:
    at = 0
    while match := _DATE.search(line, at):
        date = _date(match)
        if date:
            at = match.end("ahead_year") if match["ahead_year"] == date else match.end()  # no month stands behind it
            yield _Atom(_start(line, match), at, date)
        elif match["word"]:
            at = match.start("word_year")  # no month: the digits may begin a date of another form
        else:
            at = match.start() + 1


def _start(line: str, match: re.Match[str]) -> int:
    """Where a date begins: with its day, unless the number may be the end of a name (`Papermill 9 March 2020`)."""
    before = line[: match.start()].rstrip(" ")
    word = re.search(rf"{_WORD}$", before)
    named = bool(before) and (before[-1].isalnum() and not (word and normalize(word.group()) in TO | SINCE))
    return match.start("word") if match["word_day"] and named else match.start()


def _date(match: re.Match[str]) -> str | None:
    if match["era"]:
        counted = 1 if match["era_year"] == "元" else int(match["era_year"])
        return _month(str(_ERAS[match["era"]] + counted), match["era_month"])
    if match["word"]:
        month = MONTHS.get(normalize(match["word"]))
        return f"{_full(match['word_year'])}-{month:02d}" if month else None
    if match["ahead_year"]:
        month = MONTHS.get(normalize(match["ahead_word"])) if _ends_there(match) else None
        return f"{match['ahead_year']}-{month:02d}" if month else str(match["ahead_year"])
    if match["day"]:
        first, second = match["day"], match["day_month"]
        return _month(match["day_year"], second if int(second) <= 12 else first)
    for kind in ("cjk", "iso", "num", "vi"):
        if match[f"{kind}_year"]:
            return _month(match[f"{kind}_year"], match[f"{kind}_month"])
    return match["year"]


def _ends_there(match: re.Match[str]) -> bool:
    """Whether what stands behind a year and a word lets the word be its month: `2018 March Networks` is none."""
    behind = _BEHIND_MONTH.match(match.string, match.end())
    return bool(behind and (not behind[1] or normalize(behind[1]) in TO))


def _full(year: str) -> str:
    """Return a year in full: `'98` is 1998."""
    if len(year) == 4:
        return year
    return f"20{year[-2:]}" if int(year[-2:]) < 60 else f"19{year[-2:]}"


def _month(year: str, month: str | None) -> str:
    return f"{year}-{int(month):02d}" if month and 1 <= int(month) <= 12 else year


def _range(line: str, atom: _Atom, following: _Atom | None) -> tuple[Period, int, int] | None:
    """Return the period that begins at `atom`, and where its words stand."""
    if following and _joins(_YEAR_MARK.sub("", line[atom.end : following.start])):
        first, last = (
            sorted((atom.date, following.date)) if _backwards(atom, following) else (atom.date, following.date)
        )
        return Period(first, last, False), _with_since(line, atom.start)[0], _marked(line, following.end)
    behind = _open_behind(line, _marked(line, atom.end))
    if behind:
        return Period(atom.date, None, True), _with_since(line, atom.start)[0], behind
    before = _open_before(line[: atom.start])
    if before is not None:
        return Period(atom.date, None, True), before, atom.end
    start, since = _with_since(line, atom.start)
    return (Period(atom.date, None, True), start, atom.end) if since else None


def _backwards(atom: _Atom, following: _Atom) -> bool:
    """Right-to-left text may come with its two dates exchanged."""
    return atom.date[:7] > following.date[:7] and len(atom.date) == len(following.date)


def _marked(line: str, end: int) -> int:
    mark = _YEAR_MARK.match(line[end:])
    return end + mark.end() if mark else end


def _joins(gap: str) -> bool:
    gap = gap.strip(" \t().,年")
    return bool(gap) and (all(c in _DASHES for c in gap.replace(" ", "")) or normalize(gap.strip(_DASHES + " ")) in TO)


def _with_since(line: str, start: int) -> tuple[int, bool]:
    word = re.search(rf"({_WORD})\s*$", line[:start])
    if word and normalize(word[1]) in SINCE and (word.start() == 0 or len(word[1]) > 2):
        return word.start(), True
    return start, False


def _open_behind(line: str, end: int) -> int | None:
    """Return where the open end behind a date ends: a dash with `present` or nothing behind, `至今`, `bis heute`."""
    tail = line[end:]
    lead = re.match(rf"[\s.,]*([{_DASHES}]*)\s*", tail)
    assert lead
    body = tail[lead.end() :] if lead[1] not in ("至", "到") else lead[1] + tail[lead.end() :]
    dash = bool(lead[1])
    if dash and not body.strip(" )]）"):
        return len(line) if lead[1] not in ("/", "・") else None
    words = list(re.finditer(r"[^\s\t|·,;()\[\]（）]+", body))[:4]
    for size in range(len(words), 0, -1):
        phrase = normalize(body[words[0].start() : words[size - 1].end()]).rstrip(".")
        head, _, rest = phrase.partition(" ")
        joined = dash or head in TO or phrase[:1] > "\u2e80" or phrase == "devam ediyor"
        if joined and (
            phrase in OPEN_ENDS or (head in TO and rest in OPEN_ENDS) or phrase.lstrip("から까지至到") in OPEN_ENDS
        ):
            return len(line) - len(body) + words[size - 1].end()
    if dash and words and len(body) <= 28 and _nearly_open(normalize(body).strip("). ")):
        return len(line)
    return None


@lru_cache(maxsize=1024)
def _nearly_open(phrase: str) -> bool:
    return len(phrase) >= 5 and any(fuzz.ratio(phrase, known) >= _CLOSE for known in OPEN_ENDS if len(known) >= 5)


def _open_before(head: str) -> int | None:
    """Return where an open end written before its date begins, as right-to-left text may come."""
    if not head.rstrip().endswith(("-", "–", "—")):
        return None
    body = head.rstrip(" -–—\t")
    words = list(re.finditer(r"[^\s\t|·,;()]+", body))[-4:]
    for k in range(len(words)):
        if normalize(body[words[k].start() :]) in OPEN_ENDS:
            return words[k].start()
    return None


def _abbreviated(line: str) -> tuple[Period, int, int] | None:
    """`03/19 – 05/21`, `03/19 – today` and `Mar – Sep 2020`."""
    if match := _SHORT.search(line):
        years = [_full(year) for year in (match[2], match[4])]
        if years[0] <= years[1]:
            return Period(_month(years[0], match[1]), _month(years[1], match[3]), False), match.start(), match.end()
    if (match := _SHORT_START.search(line)) and (end := _open_behind(line, match.end())):
        return Period(_month(_full(match[2]), match[1]), None, True), match.start(), end
    if match := _SAME_YEAR.search(line):
        months = MONTHS.get(normalize(match[1])), MONTHS.get(normalize(match[2]))
        if months[0] and months[1]:
            dates = [f"{match[3]}-{month:02d}" for month in months if month]
            return Period(dates[0], dates[1], False), match.start(), match.end()
    return None


def _rest(text: str, start: int, end: int) -> str:
    before, behind = text[:start], text[end:]
    season = before.rstrip().rpartition(" ")[2]
    if season and normalize(season) in SEASONS:
        before = before.rstrip()[: -len(season)]
    behind = _LENGTH.sub("", behind)
    parts = (part.strip(" \t,;:|·•–—-~/([（") for part in (before, behind.lstrip(" )]）.")))
    return "\t".join(part for part in parts if any(c.isalnum() for c in part))
