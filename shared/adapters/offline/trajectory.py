"""The career in numbers, from dated positions; None where the dates do not say."""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median
from typing import NamedTuple

from shared.models.candidate import Experience, Profile, Trajectory
from shared.vocabulary import LEVELS, career
from shared.vocabulary.titles import read_title


class Held(NamedTuple):
    """A position with the months it covers: [start, end), counted from year 0."""

    place: int  # 1 = newest
    job: Experience
    start: int
    end: int


def held(profile: Profile, today: str) -> list[Held]:
    """Return the dated positions, newest first. An open end counts to `today` only where the source says current."""
    found = []
    for place, job in enumerate(profile.experiences, start=1):
        if months := career.span((job.start, job.end, job.current), today):
            found.append(Held(place, job, *months))
    return found


def covered(spans: Iterable[Held]) -> int:
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
    return rises, last - first if last is not None and first is not None else None


def trajectory(profile: Profile, today: str) -> Trajectory:
    """Compute the career's numbers as of `today` (YYYY-MM)."""
    spans = held(profile, today)
    levels = [read_title(job.title).level for job in profile.experiences if job.title]
    rises, stretch = promotions(profile)
    return Trajectory(
        years=round(covered(spans) / 12, 1) if spans else None,
        positions=len(profile.experiences),
        median_tenure_months=round(median(span.end - span.start for span in spans)) if spans else None,
        months_between_promotions=round(stretch / rises) if rises and stretch else None,
        current_level=levels[0] if levels else None,
        levels=tuple(reversed(levels)),
        as_of=today,
    )
