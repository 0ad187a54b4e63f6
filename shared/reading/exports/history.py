"""The grammars in which exports write a work history or an education into one cell."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, Final, NamedTuple

from shared.reading.exports.blocks import is_blocks, read_blocks
from shared.reading.exports.listed_history import read_listed
from shared.reading.text.dates import Period, dates_of, is_unknown, read_month, read_period
from shared.reading.text.instructions import gives_instructions, may_instruct
from shared.reading.text.markup import without_tags
from shared.reading.text.roles import is_employer, is_role, is_school, split_role

_MAX_DESCRIPTION: Final = 4000  # characters an entry keeps of what stands below it
_MAX_HEAD: Final = 300
_BULLET: Final = re.compile(r"[•*·▪◦‣●○\uf0b7]\s*|[-–—]\s+")
_PAREN: Final = re.compile(r"[\s,]*[(\[（]([^()\[\]（）]*)[)\]）]?[\s.;,|]*$")
_DAY: Final = r"(?:[^\W\d_]{3,12}\.?\s+)?(?:\d{1,2}[/.])?(?:19|20)\d\d(?:[/.]\d{1,2}\b)?"
_BARE: Final = re.compile(
    rf"(?:[\s,:;]+|\s[-–—]\s+)({_DAY}\s*(?:[-–—]|to|bis|until|à|até|hasta)\s*(?:{_DAY}|[^\W\d_]+(?:\s\w+)?|N/A)?)\s*$"
    rf"|\s*[,:;–—-]\s*((?:since\s+)?{_DAY})\s*$",
    re.I,
)
_MONTH: Final = re.compile(r"\d\d/\d{4}")
_JOINT: Final = re.compile(r" \| |(?<=[)\]])\s*\|\s*")


class _Piece(NamedTuple):
    """What stands between two joints of a cell."""

    text: str
    own_line: bool  # starts a line, rather than following ` | `


class _Parts(NamedTuple):
    """One entry: title and company, or degree and school."""

    head: str | None
    place: str | None
    period: Period | None
    quote: str
    below: list[str]


class _Entry:
    """One position or degree while it is being read."""

    __slots__ = ("below", "head", "period", "quote")

    def __init__(self, head: str, period: Period | None, quote: str) -> None:
        self.head, self.period, self.quote = head, period, quote
        self.below: list[str] = []


def read_experiences(cell: str) -> list[dict[str, Any]]:
    """Return the positions of a cell in the shape of `Experience`, newest first, defaults left out.

    Reads `TITLE at COMPANY (DATE to DATE)` joined by ` | ` or line breaks, and blocks of dates over `Company : Role`.
    A piece that is no role becomes part of the description above it, or is left out when it gives orders to a machine.
    """
    entries = _read_fast(cell, "title", "company")
    if entries is None:
        entries = [_experience(parts) for parts in _split(cell)]
    return _newest_first(entries)


def read_educations(cell: str) -> list[dict[str, Any]]:
    """Return the degrees of a cell in the shape of `Education`, newest first, defaults left out."""
    entries = _read_fast(cell, "degree", "school")
    if entries is None:
        entries = [_education(parts) for parts in _split(cell)]
    for entry in entries:
        entry.pop("current", None)
    return _newest_first(entries)


def is_read_whole(cell: str, entries: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the entries account for every letter of the cell, so that nothing else can hide in it."""
    return sum([len(entry["quote"]) for entry in entries]) + 3 * (len(entries) - 1) == len(cell)


def _read_fast(cell: str, head: str, place: str) -> list[dict[str, Any]] | None:
    """The fast path: nothing but `TITLE at COMPANY (DATE to DATE)` joined by ` | `; None for anything else.

    `head`, `place`: what the two halves are called.
    """
    parts = cell.split(" | ")
    if "\n" in cell or "<" in cell or ("&" in cell and ";" in cell) or cell.count("|") >= len(parts):
        return None
    entries: list[dict[str, Any]] = []
    for part in parts:
        role, _, closed = part.rpartition(" (")
        title, _, employer = role.partition(" at ")
        if not title or not _is_clean(title) or not _is_clean_employer(employer):
            return None
        first, _, last = closed.partition(" to ")
        start = _start(first)
        end = _end(last)
        # A dictionary of known size is made at once, one that is added to twice.
        if start is None or end is None:
            dates = _closed_dates(closed)
            if dates is None:
                return None
            entries.append({head: title, place: employer, **dates, "quote": part})
        elif end:
            entries.append({head: title, place: employer, "start": start, "end": end, "current": False, "quote": part})
        else:
            entries.append({head: title, place: employer, "start": start, "current": True, "quote": part})
    return entries


@lru_cache(maxsize=8192)
def _is_clean_employer(text: str) -> bool:
    return is_employer(text) and " at " not in text and _is_clean(text)


@lru_cache(maxsize=8192)
def _is_clean(text: str) -> bool:
    """Whether a title or employer needs no second look; both repeat so often that the answer is remembered."""
    return text[0].isalnum() and not text[-1].isspace() and not may_instruct(text)


# Both ends of `01/2020 to N/A)` by themselves: there are hundreds of months, but tens of thousands of pairs of them.
@lru_cache(maxsize=2048)
def _start(text: str) -> str | None:
    """The start that `01/2020` is; None for anything else."""
    return read_month(text) if _MONTH.fullmatch(text) else None


@lru_cache(maxsize=2048)
def _end(text: str) -> str | None:
    """The end that `01/2020)` is behind a start and ` to `, empty for `N/A)`; None for anything else."""
    dates = _closed_dates(f"01/2000 to {text}")
    if not dates or "current" not in dates:
        return None
    return dates.get("end") or ""


@lru_cache(maxsize=2048)
def _closed_dates(text: str) -> Mapping[str, Any] | None:
    """The fields of `01/2020 to N/A)`; None when that is no period with its parenthesis closed."""
    if not text.endswith(")"):
        return None
    period = read_period(text[:-1])
    return dates_of(period) if period else None


def _split(cell: str) -> list[_Parts]:
    """The whole grammar: every entry that names anything."""
    return [part for part in _all_parts(cell) if part.head or part.place]


def _all_parts(cell: str) -> Iterator[_Parts]:
    if is_blocks(cell):
        for block in read_blocks(cell):
            yield _Parts(block.second or None, block.first or None, block.period, block.quote, block.below)
        return
    listed = None if may_instruct(cell) else read_listed(cell)
    if listed is not None:
        for item in listed:
            yield _Parts(item.first, item.second, item.period, item.quote, [])
        return
    for entry in _entries(cell, may_instruct(cell)):
        head, place = split_role(entry.head)
        yield _Parts(head, place, entry.period, entry.quote, entry.below)


def _experience(parts: _Parts) -> dict[str, Any]:
    entry = _filled({"title": _without_markup(parts.head), "company": _without_markup(parts.place)}, parts)
    if parts.below:
        entry["description"] = without_tags("\n".join(parts.below))[:_MAX_DESCRIPTION]
    return entry


def _education(parts: _Parts) -> dict[str, Any]:
    degree, school = parts.head, parts.place
    if degree and not school and is_school(degree):
        degree, school = None, degree
    return _filled({"degree": _without_markup(degree), "school": _without_markup(school)}, parts)


def _filled(names: dict[str, str | None], parts: _Parts) -> dict[str, Any]:
    entry: dict[str, Any] = {name: text for name, text in names.items() if text is not None}
    entry.update(dates_of(parts.period))
    entry["quote"] = parts.quote
    return entry


def _without_markup(text: str | None) -> str | None:
    if not text:
        return None
    if "<" in text or "&" in text:
        return without_tags(text) or None
    return text


def _entries(cell: str, wary: bool) -> list[_Entry]:
    """Return the entries of the ` | ` grammar in the order of the cell. `wary`: the cell may give orders."""
    entries: list[_Entry] = []
    all_bulleted = _BULLET.match(cell.lstrip()) is not None
    for piece in _pieces(cell):
        bullet = _BULLET.match(piece.text) if piece.own_line else None
        text = piece.text[bullet.end() :] if bullet else piece.text
        head, period = ("", None) if bullet and not all_bulleted else _dated(text)
        if period and not head:
            _date_last(entries, period)
        elif _is_head(piece, head, text, period, bullet, entries):
            if not (wary and gives_instructions(head)):
                entries.append(_Entry(head, period, text))
        elif entries and not (wary and gives_instructions(text)):
            entries[-1].below.append(piece.text)
    return entries


def _date_last(entries: list[_Entry], period: Period) -> None:
    """Dates alone belong to the entry above that has none."""
    if entries and entries[-1].period is None and not entries[-1].below:
        entries[-1].period = period


def _is_head(
    piece: _Piece, head: str, text: str, period: Period | None, bullet: re.Match[str] | None, entries: list[_Entry]
) -> bool:
    if period:
        return len(head) <= _MAX_HEAD
    return _is_undated_role(piece, text, bullet, entries)


def _is_undated_role(piece: _Piece, text: str, bullet: re.Match[str] | None, entries: list[_Entry]) -> bool:
    if entries and (bullet or (piece.own_line and entries[-1].period)):
        return False  # below a dated entry a line without dates describes it
    return not is_unknown(text) and is_role(text)


def _pieces(cell: str) -> Iterator[_Piece]:
    """Cut at line breaks and ` | `, and put together again what was cut inside a title or a company."""
    for line in cell.split("\n"):
        has_tight_joint = ")|" in line or "]|" in line
        raw = _JOINT.split(line) if has_tight_joint else line.split(" | ")
        parts = [part.strip() for part in raw if part.strip()]
        for number, part in enumerate(_joined(parts)):
            yield _Piece(part, own_line=number == 0)


def _joined(parts: list[str]) -> list[str]:
    """Join a title or company that holds ` | ` itself: pieces that are a role only together."""
    joined: list[str] = []
    for part in parts:
        if joined and not joined[-1].endswith(")") and _belongs(joined[-1], part):
            joined[-1] = f"{joined[-1]} | {part}"
        else:
            joined.append(part)
    return joined


def _belongs(before: str, part: str) -> bool:
    head, period = _dated(part)
    if period is None or not head or not is_role(before) or _dated(before)[1] or _BULLET.match(before):
        return False
    names_employer = " at " in head
    if names_employer == (" at " in before):
        return False
    return not gives_instructions(before)


def _dated(text: str) -> tuple[str, Period | None]:
    """Return the text without the dates at its end, and the dates."""
    if text.endswith(")"):
        opening = text.rfind("(")
        period = read_period(text[opening + 1 : -1]) if opening >= 0 else None
        if period:
            return text[:opening].rstrip(" ,"), period
    if len(text) > _MAX_HEAD:
        return text, None
    match = _PAREN.search(text)
    period = read_period(match[1]) if match else None
    if match and period:
        return text[: match.start()], period
    period = read_period(text) if len(text) < 40 else None
    if period:
        return "", period
    return _bare_dates(text) or (text, None)


def _bare_dates(text: str) -> tuple[str, Period] | None:
    """Read dates that stand behind a role without parentheses: `Engineer at Vantrel, 2019 - 2020`."""
    match = _BARE.search(text)
    if not match:
        return None
    start, end = match.span(1) if match[1] else match.span(2)
    dates = text[start:end]
    word = dates.find(" ") + 1  # the word in front may be the month or the end of the employer's name
    for skipped in (0, word):
        head = text[: start + skipped].strip(" ,;:|–—-")
        period = read_period(dates[skipped:])
        if period and (not head or is_role(head)):
            return head, period
    return None


def _newest_first(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Turn a list written oldest first; any other order stays as the source has it."""
    if len(entries) < 2:
        return entries
    for above, below in pairwise(entries):
        if not above.get("start", "") < below.get("start", "") or "start" not in above:
            return entries
    return entries[::-1]
