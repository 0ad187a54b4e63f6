"""Positions and degrees of a CV: its dated entries as records, with the words they were read from."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from shared.models.candidate import Education, Experience
from shared.reading.cv.layout import Entry, read_entries
from shared.reading.cv.likeness import degree_share, employer_share, is_place, may_head, school_share, title_share
from shared.reading.cv.lines import Line, quote_of
from shared.reading.cv.pairing import Pair, Shares, pair_of
from shared.reading.cv.sections import Section, heading_of

_JOBS: Final = Shares(title_share, employer_share, ("title", "company"))
_STUDIES: Final = Shares(degree_share, school_share, ("degree", "school"))
_SURE: Final = 1.0  # how well a line without dates must read to name a position
_MAX_DESCRIPTION: Final = 4000  # characters a position keeps of what stands below it


def read_experiences(text: str, sections: Sequence[Section]) -> list[Experience]:
    """Return the positions, newest first."""
    entries = [e for s in sections if s.kind == "experience" for e in read_entries(s.lines, _JOBS, False) or _roles(s)]
    if not entries and not any(s.kind == "experience" and s.lines for s in sections):
        front = [line for s in sections if s.kind == "header" for line in s.lines]
        entries = [e for e in read_entries(front, _JOBS, False) if e.pair.what and e.pair.score > 0.5]
    return _newest_first([_experience(text, entry) for entry in _with_groups(entries)])


def _roles(section: Section) -> list[Entry]:
    """Positions without dates: lines that name both a title and an employer; what stands below describes them."""
    found: list[Entry] = []
    for line in section.lines:
        pair = pair_of([line.text], [], [], _JOBS) if not line.bullet and may_head(line.text) else None
        if pair and pair.what and pair.where and pair.score > _SURE:
            found.append(Entry(pair, None, [line], []))
        elif found:
            found[-1].below.append(line)
    return found


def _with_groups(entries: Sequence[Entry]) -> list[Entry]:
    """An employer with dates of its own over several positions names theirs."""
    found: list[Entry] = []
    group: Entry | None = None
    for k, entry in enumerate(entries):
        following = entries[k + 1] if k + 1 < len(entries) else None
        if following and _is_group(entry, following):
            group = entry
        elif entry.pair.what and not entry.pair.where and group:
            found.append(entry._replace(pair=entry.pair._replace(where=group.pair.where)))
        else:
            group = entry if entry.pair.where else None
            found.append(entry)
    return [entry for entry in found if entry.pair.what or entry.pair.where]


def _is_group(entry: Entry, following: Entry) -> bool:
    """Whether an entry only names the employer of those that follow, and lasts at least as long as the first."""
    if entry.pair.what or not entry.pair.where or not following.pair.what or following.pair.where:
        return False
    own, inner = entry.period, following.period
    return bool(own and inner and own.start and inner.start and own.start[:4] <= inner.start[:4])


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
        return sentences if len(sentences) == len(lines) else []
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
    return jobs[::-1] if rises > falls else jobs


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
