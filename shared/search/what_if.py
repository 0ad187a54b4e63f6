"""Where a person stands among those a search looks at, and where they would stand with something left out of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from shared.search.request.criteria import Asked
from shared.search.request.filters import Filters
from shared.search.request.weights import apply_weights
from shared.search.result import Hit
from shared.search.score.facts import Facts
from shared.search.score.score import score

if TYPE_CHECKING:
    from shared.search.answers import ChangeJson

_LAST: Final = 1 << 30  # the place of somebody retrieval did not find


@dataclass(frozen=True, slots=True)
class Terms:
    """What people are ranked by. `dropped`: what was left out of the search as it was asked."""

    asked: Asked
    filters: Filters
    given: Mapping[str, float]
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A person's rank under some terms, from 1 on, None when a filter drops them; `first`: ids of the `top_k`."""

    rank: int | None
    hit: Hit
    first: tuple[str, ...]
    last_score: float | None  # of the last of the `top_k`


class Standing:
    """The people a search looks at, ranked anew under other terms. `people`: in order of retrieval."""

    def __init__(self, people: Sequence[Facts], person: Facts, top_k: int) -> None:
        self.person = person
        self.top_k = top_k
        self.others = [(place, each) for place, each in enumerate(people) if each.id != person.id]
        self.place = next((place for place, each in enumerate(people) if each.id == person.id), _LAST)

    def under(self, terms: Terms) -> Place:
        """Return where the person stands; ties go to whom retrieval found first, as in the search itself."""
        weights = apply_weights(terms.given, terms.asked.factors)
        hit = score(terms.asked, self.person, weights)
        ranked = [
            (-score(terms.asked, each, weights).score, place, each.id)
            for place, each in self.others
            if terms.filters.passes(each)[0] is None
        ]
        mine = (-hit.score, self.place, self.person.id)
        passes = not terms.filters.failed(self.person)
        ranked = sorted([*ranked, mine] if passes else ranked)
        first = ranked[: self.top_k]
        last = -first[-1][0] if len(first) == self.top_k else None
        return Place(ranked.index(mine) + 1 if passes else None, hit, tuple(id for _, _, id in first), last)


def find_changes(standing: Standing, terms: Terms, now: Place) -> list[ChangeJson]:
    """Return what leaving something out brings: {drop, rank, score, moves_out}, the smallest change first.

    `moves_out`: how many of the `top_k` would not be among them any more. Smaller is: fewer things dropped, fewer
    people moved out, a better rank; changes that do not bring the person in come last. Two requirements are left out
    together only where leaving out one is not enough.
    """
    failed = terms.filters.failed(standing.person)
    changes = [_change(standing, changed, now) for changed in _left_out(terms, failed)]
    if all(change["rank"] is None or change["rank"] > standing.top_k for change in changes):
        changes += [_change(standing, changed, now) for changed in _pairs(terms, failed)]
    return sorted(changes, key=lambda change: _size(change, standing.top_k))


def _change(standing: Standing, changed: Terms, now: Place) -> ChangeJson:
    then = standing.under(changed)
    out = len(set(now.first) - set(then.first) - {standing.person.id})
    return {"drop": list(changed.dropped), "rank": then.rank, "score": then.hit.score, "moves_out": out}


def _size(change: ChangeJson, top_k: int) -> tuple[bool, int, int, int, list[str]]:
    rank = change["rank"] or _LAST
    return rank > top_k, len(change["drop"]), change["moves_out"], rank, change["drop"]


def _left_out(terms: Terms, failed: tuple[str, ...]) -> Iterator[Terms]:
    """Yield the terms without the filters that drop the person, then besides without one requirement or weight."""
    if failed:
        terms = _unfiltered(terms, failed)
        yield terms
    for what, asked in _requirements(terms.asked):
        if asked.factors:
            yield replace(terms, asked=asked, dropped=(*terms.dropped, what))
    for name in sorted(terms.asked.factors):
        given = {**terms.given, name: 0.0}
        if terms.given[name] and any(given[other] for other in terms.asked.factors):
            yield replace(terms, given=given, dropped=(*terms.dropped, f"weight of {name}"))


def _pairs(terms: Terms, failed: tuple[str, ...]) -> Iterator[Terms]:
    """Yield the terms without two requirements, for where no single one will do."""
    terms = _unfiltered(terms, failed) if failed else terms
    for first, without_one in _requirements(terms.asked):
        for second, asked in _requirements(without_one):
            if first < second and asked.factors:
                yield replace(terms, asked=asked, dropped=(*terms.dropped, first, second))


def _unfiltered(terms: Terms, failed: tuple[str, ...]) -> Terms:
    where = terms.filters.where
    names = tuple(f"filter {name}={where[name]}" if name in where else f"filter {name}" for name in failed)
    return replace(terms, filters=terms.filters.without(*failed), dropped=names)


def _requirements(asked: Asked) -> Iterator[tuple[str, Asked]]:
    """Yield (what, the search without it), one requirement at a time."""
    if asked.role:
        occupations = (each.key.replace("_", " ") for each in asked.occupations)
        roles = ", ".join([*(name for _, name in asked.specialties), *asked.functions, *occupations])
        yield f"role {roles}", replace(asked, specialties=(), functions=(), occupations=())
    if asked.levels or asked.manages_people is not None:
        level = " or ".join(asked.levels) or "manager of people"
        yield f"level {level}", replace(asked, levels=(), manages_people=None)
    for group in asked.skills:
        yield f"skill {group.label}", replace(asked, skills=tuple(each for each in asked.skills if each != group))
    if asked.min_years is not None:
        yield f"{asked.min_years:g} years", replace(asked, min_years=None)
    if asked.degree:
        yield f"degree {asked.degree}", replace(asked, degree=None)
    if asked.fields:
        yield f"field of study {' or '.join(asked.fields)}", replace(asked, fields=())
    if asked.places:
        yield f"place {' or '.join(asked.places)}", replace(asked, places=())
