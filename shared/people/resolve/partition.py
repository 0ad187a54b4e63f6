"""Which sources are one person: a pure function of the sources that keys connect, whatever order they came in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from typing import Final, NamedTuple

from shared.people.resolve.evidence import SourceEvidence, agreement, contradictions, supports
from shared.reading.text.names import Agreement, are_plainly_different

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
    groups = {id(unit): PersonGroup([unit]) for unit in units}
    for tie in _ties(units, carriers, shared):
        one = groups[id(tie.one)].last()
        other = groups[id(tie.other)].last()
        if one is not other and _may_join(tie, one, other, carriers):
            one.units += other.units
            other.units = []
            other.into = one
    people = [group for group in groups.values() if group.units]
    return Partition(people, shared)


def _carriers(units: Iterable[Unit]) -> dict[str, list[SourceEvidence]]:
    """Return key -> the sources that carry it, for keys of more than one source."""
    carriers: dict[str, list[SourceEvidence]] = {}
    for unit in units:
        for source in unit.sources:
            for key in source.keys:
                carriers.setdefault(key, []).append(source)
    return {key: sources for key, sources in carriers.items() if len(sources) > 1}


def _is_shared(sources: Sequence[SourceEvidence]) -> bool:
    """Whether people with plainly different names carry a key."""
    names = sorted({source.name for source in sources})
    return any(are_plainly_different(one, other) for one, other in combinations(names, 2))


def _ties(units: Iterable[Unit], carriers: dict[str, list[SourceEvidence]], shared: set[str]) -> list[Tie]:
    """Return the ties between units, strongest first, equal ones in the order of their words."""
    unit_of: dict[int, Unit] = {}
    for unit in units:
        unit_of.update(dict.fromkeys(map(id, unit.sources), unit))
    ties: dict[frozenset[int], Tie] = {}
    for sources in carriers.values():
        for one, other in _pairs(sources):
            tie = Tie(tie_strength(one, other, shared), unit_of[id(one)], unit_of[id(other)])
            pair = frozenset((id(tie.one), id(tie.other)))
            if tie.strength and len(pair) == 2 and tie.strength > _strength(ties.get(pair)):
                ties[pair] = tie
    if len(ties) < 2:
        return list(ties.values())
    return sorted(ties.values(), key=_tie_order)


def _strength(tie: Tie | None) -> int:
    return tie.strength if tie is not None else 0


def _tie_order(tie: Tie) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    first, second = sorted((tie.one.order, tie.other.order))
    return -tie.strength, first, second


def _pairs(sources: Sequence[SourceEvidence]) -> Iterable[tuple[SourceEvidence, SourceEvidence]]:
    if len(sources) <= ALL_PAIRS:
        return combinations(sources, 2)
    ordered = sorted(sources, key=lambda source: source.order)
    return pairwise(ordered)


def _may_join(tie: Tie, one: PersonGroup, other: PersonGroup, carriers: dict[str, list[SourceEvidence]]) -> bool:
    if _conflict(one, other):
        return False
    if tie.strength > _NAMELESS:
        return True
    return not _has_rivals(one, other, carriers)


def tie_strength(one: SourceEvidence, other: SourceEvidence, shared: set[str]) -> int:
    """Return how strongly two sources that share a key are one person; 0: not by themselves."""
    common = one.keys.keys() & other.keys.keys()
    own = {one.keys[key] for key in common - shared}
    verdict = agreement(one, other)
    if verdict is Agreement.SAME:
        return _NAMED + len(own) if _same_names_join(one, other, own) else 0
    if verdict is Agreement.DIFFERENT or not own:
        return 0
    if verdict is Agreement.UNKNOWN:
        return _NAMELESS
    return _HALF if _has_second_fact(one, other, own, verdict) else 0


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
    for first in one.units:
        for second in other.units:
            if _are_kept_apart(first, second) or _are_named_differently(first, second):
                return True
    return False


def _are_kept_apart(one: Unit, other: Unit) -> bool:
    """Whether the units stand on two sides of a decision."""
    sides: dict[str, str] = {}
    for mark in one.apart:
        decision, _, side = mark.rpartition("/")
        sides[decision] = side
    for mark in other.apart:
        decision, _, side = mark.rpartition("/")
        if decision in sides and sides[decision] != side:
            return True
    return False


def _are_named_differently(one: Unit, other: Unit) -> bool:
    """Whether no name of one unit goes with any name of the other."""
    for first in one.sources:
        for second in other.sources:
            if agreement(first, second) is not Agreement.DIFFERENT:
                return False
    return True


def _has_rivals(one: PersonGroup, other: PersonGroup, carriers: dict[str, list[SourceEvidence]]) -> bool:
    """Whether a source without a name could as well be somebody else's, who is not the same person."""
    sources = [*one.sources(), *other.sources()]
    ours = set(map(id, sources))
    nameless_keys: set[str] = set()
    for source in sources:
        if not source.name:
            nameless_keys.update(source.keys)
    for key in nameless_keys:
        for carrier in carriers.get(key, ()):
            if carrier.name and id(carrier) not in ours:
                return True
    return False
