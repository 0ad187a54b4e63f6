"""Positions and degrees of a CV: its dated entries as records, with the words they were read from."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from shared.models.candidate import Education, Experience
from shared.reading.cv.layout import Entry, read_entries
from shared.reading.cv.likeness import (
    degree_share,
    employer_likeness,
    is_break,
    is_place,
    may_head,
    school_share,
    title_likeness,
    title_share,
)
from shared.reading.cv.lines import Line, quote_of
from shared.reading.cv.pairing import ORDERS, Order, Pair, Shares, pair_of
from shared.reading.cv.sections import Section, heading_of

_JOBS: Final = Shares(title_likeness, employer_likeness, ("title", "company"))
_STUDIES: Final = Shares(degree_share, school_share, ("degree", "school"))
_MAY_HOLD_POSITIONS: Final = ("unknown", "summary", "other", "projects")
_KNOWN_TITLE: Final = 0.45  # title_share from which a title is one by its words
_PLAIN: Final = 0.5  # how well an entry under another heading must read to be a position
_SURE: Final = 1.0  # how well a line without dates must read to name a position
_MOST_TITLE_WORDS: Final = 6
_LIKELY, _POSSIBLE = 0.3, -0.3  # likely enough to count; enough where most lines of the section are likely
_MAX_DESCRIPTION: Final = 4000  # characters a position keeps of what stands below it


def with_positions(sections: Sequence[Section]) -> list[Section]:
    """Where no section of positions has any, take for one what has positions under another heading."""
    if any(section.kind == "experience" and _entries_of(section) for section in sections):
        return [section if section.kind != "unknown" else _as_experience(section) for section in sections]
    return [_as_experience(section) for section in sections]


def _as_experience(section: Section) -> Section:
    if section.kind not in _MAY_HOLD_POSITIONS:
        return section
    if not _plain_positions(section):
        return section
    return Section("experience", section.lines)


def _plain_positions(section: Section) -> list[Entry]:
    entries = read_entries(section.lines, _JOBS, False)
    return [entry for entry in entries if _is_plain_position(entry)]


def _is_plain_position(entry: Entry) -> bool:
    """Whether an entry under no heading of positions is one all the same: a title that is known, over some time."""
    if not entry.pair.what:
        return False
    if entry.pair.score <= _PLAIN:
        return False
    lasted = entry.period is not None and entry.period.current is not None
    if title_share(entry.pair.what) > _KNOWN_TITLE:
        return True
    if not lasted:
        return False
    return entry.pair.where is not None


def _entries_of(section: Section) -> list[Entry]:
    return read_entries(section.lines, _JOBS, False) or _roles(section)


def read_experiences(text: str, sections: Sequence[Section]) -> list[Experience]:
    """Return the positions, newest first."""
    entries: list[Entry] = []
    for section in sections:
        if section.kind == "experience":
            entries += _entries_of(section)
    if not entries and not any(section.kind == "experience" and section.lines for section in sections):
        front = [line for section in sections if section.kind == "header" for line in section.lines]
        entries = _plain_positions(Section("header", front))
    return _newest_first([_experience(text, entry) for entry in _with_groups(entries)])


def _roles(section: Section) -> list[Entry]:
    """Positions without dates: lines that name both a title and an employer; what stands below describes them."""
    best: list[Entry] = []
    for order in ORDERS:
        entries = _roles_in_order(section, order)
        if sum(entry.pair.score for entry in entries) > sum(entry.pair.score for entry in best):
            best = entries
    return best


def _roles_in_order(section: Section, order: Order) -> list[Entry]:
    candidates = [line for line in section.lines if not line.bullet and may_head(line.text)]
    pairs = {line.start: pair_of([line.text], [], [], _JOBS, order) for line in candidates}
    both = [pair for pair in pairs.values() if pair.what and pair.where and pair.score > _LIKELY]
    least = _POSSIBLE if 2 * len(both) > len(candidates) else _SURE
    entries: list[Entry] = []
    for line in section.lines:
        pair = pairs.get(line.start)
        if pair and pair.what and pair.where and pair.score > least:
            entries.append(Entry(pair, None, [line], []))
        elif entries:
            entries[-1].below.append(line)
    return entries


def _with_groups(entries: Sequence[Entry]) -> list[Entry]:
    """An employer with dates of its own over several positions names theirs."""
    positions: list[Entry] = []
    employer: Entry | None = None
    heads_a_group = False
    entries = [entry for entry in entries if not _is_break(entry)]
    for number, entry in enumerate(entries):
        following = entries[number + 1] if number + 1 < len(entries) else None
        if following and _is_group(entry, following):
            employer, heads_a_group = _as_employer(entry), True
        elif (employer and heads_a_group and _belongs(entry, employer)) or (
            entry.pair.what and not entry.pair.where and employer
        ):
            positions.append(_with_employer(entry, employer))
        else:
            employer, heads_a_group = (entry if entry.pair.where else None), False
            positions.append(entry)
    return [entry for entry in positions if entry.pair.what or entry.pair.where]


def _is_break(entry: Entry) -> bool:
    """Whether an entry says what was between positions: parental leave, a sabbatical, looking for work."""
    return any(is_break(line.text) for line in entry.head)


def _lacks_employer(entry: Entry) -> bool:
    if not bool(entry.pair.what):
        return False
    return not entry.pair.where


def _is_group(entry: Entry, following: Entry) -> bool:
    """Whether an entry only names the employer of those that follow, and lasts at least as long as the first."""
    if not entry.pair.where:
        return False
    if not following.pair.what:
        return False
    if not _covers(entry, following):
        return False
    if following.pair.where and not following.pair.whole:
        return False
    if not entry.pair.what:
        return True
    if entry.pair.whole is None:
        return False
    if title_share(entry.pair.what) > 0:
        return False
    return not following.pair.where or _lasts_longer(entry, following)  # `Wren Foods, Exeter` was cut at its comma


def _as_employer(entry: Entry) -> Entry:
    if not entry.pair.what:
        return entry
    if not entry.pair.whole:
        return entry
    return entry._replace(pair=entry.pair._replace(what=None, where=entry.pair.whole.partition(",")[0].strip()))


def _belongs(entry: Entry, employer: Entry) -> bool:
    """Whether a position within an employer's dates names no other employer."""
    if not entry.pair.what:
        return False
    if not _covers(employer, entry):
        return False
    if entry.pair.where is None:
        return True
    return entry.pair.whole is not None


def _with_employer(entry: Entry, employer: Entry) -> Entry:
    """Give a position its employer; what was cut from the title as one goes back where it is short."""
    title = entry.pair.what
    whole = entry.pair.whole
    if whole and len(whole.split()) <= _MOST_TITLE_WORDS and whole.count(",") == 1:
        title = whole
    elif whole:
        title = whole.partition(",")[0]
    return entry._replace(pair=entry.pair._replace(what=title, where=employer.pair.where))


def _lasts_longer(entry: Entry, other: Entry) -> bool:
    own, inner = entry.period, other.period
    if own is None:
        return False
    if inner is None:
        return False
    return (own.start, own.end) != (inner.start, inner.end)


def _covers(entry: Entry, other: Entry) -> bool:
    own, inner = entry.period, other.period
    if not own:
        return False
    if not inner:
        return False
    if not own.start:
        return False
    if not inner.start:
        return False
    if not _not_after(own.start, inner.start):
        return False
    if own.end is None:
        return True
    if inner.end is None:
        return False
    return _not_after(inner.end, own.end)


def _not_after(date: str, other: str) -> bool:
    """Whether a date is not after another, as far as both are known."""
    size = min(len(date), len(other))
    return date[:size] <= other[:size]


def _experience(text: str, entry: Entry) -> Experience:
    period = entry.period
    bullets = _bullets(entry.below)
    below = [line for line in entry.below if not is_place(line.text) and not heading_of(line.text)]
    return Experience(
        title=entry.pair.what,
        company=entry.pair.where,
        start=period.start if period else None,
        end=period.end if period else None,
        current=period.current if period else None,
        description="\n".join(line.text.replace("\t", " ") for line in below)[:_MAX_DESCRIPTION],
        achievements=tuple(bullets),
        quote=quote_of(text, entry.head),
    )


def _bullets(lines: Sequence[Line]) -> list[str]:
    """What is listed below a position: bullets with the lines they run on to, else its sentences, one a line."""
    if not any(line.bullet for line in lines):
        sentences = [line.text for line in lines if line.text.endswith((".", "。", "।"))]
        if len(sentences) == len(lines):
            return sentences
        return []
    found: list[str] = []
    for line in lines:
        if line.bullet:
            found.append(line.text)
        elif found and not line.gap:
            found[-1] = f"{found[-1]} {line.text}"
    return found


def _newest_first(jobs: list[Experience]) -> list[Experience]:
    """The order of the CV, turned round where it tells the oldest first."""
    starts = [job.start or "" for job in jobs]
    rises = sum(before < after for before, after in pairwise(starts) if before and after)
    falls = sum(before > after for before, after in pairwise(starts) if before and after)
    if rises > falls:
        return jobs[::-1]
    return jobs


def read_educations(text: str, sections: Sequence[Section]) -> list[Education]:
    """Return the degrees and schools in the order of the CV."""
    found = []
    for section in sections:
        if section.kind == "education":
            entries = read_entries(section.lines, _STUDIES, True) or _undated(section.lines)
            found += [_education(text, entry) for entry in entries if entry.pair.what or entry.pair.where]
    return found


def _undated(lines: Sequence[Line]) -> list[Entry]:
    """Studies without dates: a line that names a degree or a school, with the other one beside it."""
    found: list[Entry] = []
    k = 0
    while k < len(lines):
        one = pair_of([], [lines[k].text], [], _STUDIES)
        two = (
            pair_of([], [lines[k].text, lines[k + 1].text], [], _STUDIES)
            if k + 1 < len(lines)
            else Pair(None, None, -2)
        )
        if two.what and two.where and not (one.what and one.where) and two.score > 0.9:
            found.append(Entry(two, None, list(lines[k : k + 2]), []))
            k += 2
            continue
        if one.score > -0.3:
            found.append(Entry(one, None, [lines[k]], []))
        k += 1
    return found


def _education(text: str, entry: Entry) -> Education:
    period = entry.period
    start, end = (period.start, period.end) if period else (None, None)
    if period and period.current is None and start:
        start, end = None, start  # one date of a degree is when it was given
    return Education(
        degree=entry.pair.what, school=entry.pair.where, start=start, end=end, quote=quote_of(text, entry.head)
    )
