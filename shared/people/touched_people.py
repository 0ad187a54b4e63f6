"""Whom an import wrote: with whom likely duplicates are still to be looked for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

MANY: Final = 2_000  # people whose names and employers are kept; of more, comparing everybody is cheaper than asking


@dataclass
class TouchedPeople:
    """Comparable names and employers of the people written, as far as they were not too many."""

    pool: str = ""
    people: int = 0
    names: set[str] = field(default_factory=set)
    employers: set[str] = field(default_factory=set)

    @property
    def are_many(self) -> bool:
        """Whether they were so many that their names are not kept."""
        return self.people > MANY

    def add(self, other: TouchedPeople) -> None:
        """Take the other's in."""
        self.pool = self.pool or other.pool
        self.note(other.people, other.names, other.employers)

    def note(self, people: int, names: Iterable[str], employers: Iterable[str]) -> None:
        """Take in so many people with these names and employers; empty ones say nothing."""
        self.people += people
        self.names.update(name for name in names if name)
        self.employers.update(employer for employer in employers if employer)
        if self.are_many:
            self.names.clear()
            self.employers.clear()
