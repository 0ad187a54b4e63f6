"""Which sources are one person: a pure function of the sources that keys connect, whatever order they came in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import Final, NamedTuple

from shared.people.resolve.evidence import SourceEvidence, agreement, contradictions, supports
from shared.reading.text.names import Agreement

ALL_PAIRS: Final = 60  # carriers of one key that are compared each with each; of more, neighbours in order
_NAMED: Final = 10  # strength of a tie between names that agree; a half agreement with a second fact, a missing name
_HALF: Final = 5
_NAMELESS: Final = 1


@dataclass(eq=False)
class Unit:
    """Sources that a person said are one, or one source alone."""

    sources: list[SourceEvidence]
    apart: frozenset[str] = frozenset()  # `DECISION/0` or `/1`: never with those that carry the other side

    @property
    def order(self) -> tuple[str, ...]:
        """What puts units in an order that depends on their words alone."""
        return min(source.order for source in self.sources)


@dataclass(eq=False)
class PersonGroup:
    """Units that are one person."""

    units: list[Unit]
    into: PersonGroup | None = None

    def last(self) -> PersonGroup:
        """Return the group this one ended in."""
        group = self
        while group.into is not None:
            group = group.into
        return group

    def sources(self) -> list[SourceEvidence]:
        """Return the sources of all units."""
        return [source for unit in self.units for source in unit.sources]


class Tie(NamedTuple):
    """Two units that share a key and may be joined; the strongest first."""

    strength: int
    one: Unit
    other: Unit


@dataclass
class Partition:
    """The people that sources were found to be."""

    groups: list[PersonGroup]
    shared: set[str] = field(default_factory=set)  # keys that people with plainly different names carry


def partition(units: Sequence[Unit]) -> Partition:
    """Return who the units are. Plainly different names win over every tie."""
    carriers = _carriers(units)
    shared = {key for key, sources in carriers.items() if _is_shared(sources)}
    unit_of = {id(source): unit for unit in units for source in unit.sources}
    groups = {id(unit): PersonGroup([unit]) for unit in units}
    for tie in _ties(carriers, shared, unit_of):
        one, other = groups[id(tie.one)].last(), groups[id(tie.other)].last()
        if one is other or _conflict(one, other):
            continue
        if tie.strength == _NAMELESS and _has_rivals(tie, groups, carriers):
            continue
        one.units += other.units
        other.units, other.into = [], one
    return Partition([group for group in groups.values() if group.units], shared)


def _carriers(units: Iterable[Unit]) -> dict[str, list[SourceEvidence]]:
    carriers: dict[str, list[SourceEvidence]] = {}
    for unit in units:
        for source in unit.sources:
            for key in source.keys:
                carriers.setdefault(key, []).append(source)
    return {key: sources for key, sources in carriers.items() if len(sources) > 1}


def _is_shared(sources: Sequence[SourceEvidence]) -> bool:
    """Whether people with plainly different names carry a key."""
    names = sorted({source.name: source for source in sources}.items())
    pairs = combinations([source for _, source in names], 2)
    return any(agreement(one, other) is Agreement.DIFFERENT for one, other in pairs)


def _ties(carriers: dict[str, list[SourceEvidence]], shared: set[str], unit_of: dict[int, Unit]) -> list[Tie]:
    """Return the ties between units, strongest first, equal ones in the order of their words."""
    ties: dict[tuple[int, int], Tie] = {}
    for sources in carriers.values():
        for one, other in _pairs(sources):
            first, second = unit_of[id(one)], unit_of[id(other)]
            if first is second or (id(first), id(second)) in ties:
                continue
            if strength := tie_strength(one, other, shared):
                ties[id(first), id(second)] = Tie(strength, first, second)
    if len(ties) < 2:
        return list(ties.values())
    return sorted(ties.values(), key=lambda tie: (-tie.strength, *sorted((tie.one.order, tie.other.order))))


def _pairs(sources: Sequence[SourceEvidence]) -> Iterable[tuple[SourceEvidence, SourceEvidence]]:
    if len(sources) <= ALL_PAIRS:
        return combinations(sources, 2)
    ordered = sorted(sources, key=lambda source: source.order)
    return pairwise(ordered)


def tie_strength(one: SourceEvidence, other: SourceEvidence, shared: set[str]) -> int:
    """Return how strongly two sources that share a key are one person; 0: not by themselves."""
    common = one.keys.keys() & other.keys.keys()
    own = {one.keys[key] for key in common if key not in shared}
    verdict = agreement(one, other)
    if verdict is Agreement.DIFFERENT:
        return 0
    if verdict is Agreement.UNKNOWN:
        return _NAMELESS if own else 0
    if verdict is Agreement.SAME:
        return _NAMED + len(own) if _same_names_join(one, other, own) else 0
    return _HALF if own and _has_second_fact(one, other, own, verdict) else 0


def _same_names_join(one: SourceEvidence, other: SourceEvidence, own: set[str]) -> bool:
    """Whether nothing speaks against two sources of one name; of an address that is shared, nothing at all may."""
    if own and (not one.profile or not other.profile or one.profile == other.profile):
        return True
    return not contradictions(one, other) or bool(supports(one, other))


def _has_second_fact(one: SourceEvidence, other: SourceEvidence, own: set[str], verdict: Agreement) -> bool:
    if "linkedin" in contradictions(one, other):
        return False
    facts = {*own, *supports(one, other)} - {"school"}
    if verdict is Agreement.FAINT:
        facts.discard("phone")  # sisters and brothers share one
    return len(facts) > 1


def _conflict(one: PersonGroup, other: PersonGroup) -> bool:
    """Whether the two cannot be one person: plainly different names, or a person's decision."""
    return any(_units_conflict(first, second) for first in one.units for second in other.units)


def _units_conflict(one: Unit, other: Unit) -> bool:
    for mark in one.apart:
        decision, _, side = mark.rpartition("/")
        if any(theirs.startswith(f"{decision}/") and not theirs.endswith(f"/{side}") for theirs in other.apart):
            return True
    names = [(a, b) for a in one.sources for b in other.sources]
    return all(agreement(a, b) is Agreement.DIFFERENT for a, b in names)


def _has_rivals(tie: Tie, groups: dict[int, PersonGroup], carriers: dict[str, list[SourceEvidence]]) -> bool:
    """Whether a source without a name could as well be somebody else's, who is not the same person."""
    nameless = tie.one if not tie.one.sources[0].name else tie.other
    rest = groups[id(tie.other if nameless is tie.one else tie.one)].last()
    mine = {id(source) for source in nameless.sources} | {id(source) for source in rest.sources()}
    for source in nameless.sources:
        for key in source.keys:
            if any(id(other) not in mine and other.name for other in carriers.get(key, ())):
                return True
    return False
