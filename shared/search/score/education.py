"""The education factor: the asked degree, and the asked field of study."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from shared.search.request.criteria import Asked
from shared.search.result import Factor, Notes, blend
from shared.search.score.facts import Facts
from shared.vocabulary.study import read_degree
from shared.vocabulary.text import normalize

_RANK: Final = {"school": 1, "diploma": 2, "associate": 2, "bachelor": 3, "master": 4, "phd": 5}
_ANY: Final = 2  # what a search for some degree asks at least
_DEGREE_SHARE: Final = 0.5
ONE_SHORT: Final = 0.5  # a bachelor where a master is asked

_read = lru_cache(maxsize=16384)(read_degree)


def score_education(asked: Asked, facts: Facts) -> Factor:
    """Return the education factor; unknown when the record names no degree."""
    notes = Notes()
    degrees = [
        (f"education {place} degree", degree)
        for place, study in enumerate(facts.profile.get("educations") or (), start=1)
        if (degree := study.get("degree"))
    ]
    parts: list[tuple[float, float | None]] = []
    if asked.degree:
        parts.append((_DEGREE_SHARE, _degree_part(asked.degree, degrees, notes)))
    if asked.fields:
        parts.append((_DEGREE_SHARE, _field_part(asked.fields, degrees, notes)))
    return blend(parts, notes)


def _degree_part(wanted: str, degrees: list[tuple[str, str]], notes: Notes) -> float | None:
    held = [(where, text, _RANK.get(_read(text)[0] or "", 0)) for where, text in degrees]
    best = max(held, key=lambda one: one[2], default=None)
    if best is None or best[2] == 0:
        notes.unknown.append(f"degree: {wanted} asked, none recorded" if best is None else f"degree: {wanted} asked")
        return None
    notes.quote(best[0], best[1])
    short = _RANK.get(wanted, _ANY) - best[2]
    if short <= 0:
        notes.met.append(f"degree: {best[1]}")
        return 1.0
    notes.missing.append(f"degree: {wanted} asked, {best[1]} held")
    return ONE_SHORT if short == 1 else 0.0


def _field_part(wanted: tuple[str, ...], degrees: list[tuple[str, str]], notes: Notes) -> float | None:
    label = " or ".join(wanted)
    if not degrees:
        notes.unknown.append(f"field of study: {label} asked, none recorded")
        return None
    keys = {normalize(name) for name in wanted}
    known = False
    for where, text in degrees:
        field = _read(text)[1]
        known = known or field is not None
        if (field and normalize(field) in keys) or any(key in normalize(text) for key in keys):
            notes.met.append(f"field of study: {text}")
            notes.quote(where, text)
            return 1.0
    if not known:
        notes.unknown.append(f"field of study: {label} asked, the degrees name none")
        return None
    notes.missing.append(f"field of study: {label}")
    return 0.0
