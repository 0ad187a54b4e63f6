"""The career in numbers, from dated positions; None where the dates do not say."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median
from typing import NamedTuple

from shared.models.candidate import Experience, Profile, Trajectory
from shared.vocabulary import LEVELS, career
from shared.vocabulary.titles import read_title


class DatedPosition(NamedTuple):
    """A position with the months it covers: [start, end), counted from year 0."""

    place: int  # 1 = newest
    job: Experience
    start: int
    end: int


def dated_positions(profile: Profile, today: str) -> list[DatedPosition]:
    """Return the dated positions, newest first. An open end counts to `today` only where the source says current."""
    positions = []
    for place, job in enumerate(profile.experiences, start=1):
        if months := career.span((job.start, job.end, job.current), today):
            positions.append(DatedPosition(place, job, *months))
    return positions


def covered(spans: Iterable[DatedPosition]) -> int:
    """Return the months covered by the positions, overlaps once."""
    return career.covered((span.start, span.end) for span in spans)


def promotions(profile: Profile) -> tuple[int, int | None]:
    """Return (how often the level rose above all earlier ones, months from the first dated start to the last rise)."""
    rises, highest, first, last = 0, -1, None, None
    for job in reversed(profile.experiences):
        start = career.months(job.start)
        if not job.title or start is None:
            continue
        rank = LEVELS.index(read_title(job.title).level)
        first = start if first is None else first
        if highest >= 0 and rank > highest:
            rises, last = rises + 1, start
        highest = max(highest, rank)
    if first is None or last is None:
        return rises, None
    return rises, last - first


def trajectory(profile: Profile, today: str) -> Trajectory:
    """Compute the career's numbers as of `today` (YYYY-MM)."""
    positions = dated_positions(profile, today)
    levels = [read_title(job.title).level for job in profile.experiences if job.title]
    years, tenure, between, current_level = None, None, None, None
    if positions:
        years = round(covered(positions) / 12, 1)
        tenure = round(median(position.end - position.start for position in positions))
    rises, stretch = promotions(profile)
    if rises and stretch:
        between = round(stretch / rises)
    if levels:
        current_level = levels[0]
    return Trajectory(
        years=years,
        positions=len(profile.experiences),
        median_tenure_months=tenure,
        months_between_promotions=between,
        current_level=current_level,
        levels=tuple(reversed(levels)),
        as_of=today,
    )
