"""What generated rows are, and what is true of them: who is who, by which keys, and what nobody could decide."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Final, Literal

System = Literal["a", "b"]
Pair = tuple[int, int]
ACROSS_KINDS: Final = "across kinds"
COLUMNS: Final[dict[System, dict[str, str]]] = {  # the columns of each system's export -> our field
    "a": {
        "Name": "name",
        "Email": "email",
        "Phone": "phone",
        "Job title": "opening",
        "Job location": "opening_city",
        "Experiences": "experiences",
        "Educations": "education",
        "Social profiles": "social",
        "Source": "source",
        "Stage": "stage",
        "Tags": "tags",
        "Disqualified": "disqualified",
        "Creation time": "date",
        "Candidate ID": "ats_id",
    },
    "b": {
        "Applicant ID": "ats_id",
        "First Name": "given",
        "Last Name": "family",
        "Email": "email",
        "Phone": "phone",
        "Location": "city",
        "Job": "opening",
        "Work history": "experiences",
        "Education": "education",
        "LinkedIn URL": "linkedin",
        "Stage": "stage",
        "Applied on": "date",
    },
}


@dataclass(frozen=True)
class Row:
    """One row of an export; `number` counts from 1 over all systems, `cells` are by column."""

    number: int
    system: System
    cells: dict[str, str]


@dataclass(frozen=True)
class RowTruth:
    """What is true of a row. `keys` are facts of its own person; rows that share one can be joined by it."""

    person: int
    kind: str
    group: int
    keys: tuple[str, ...]
    has_name: bool


@dataclass(frozen=True)
class Truth:
    """Who is who, by row number."""

    rows: dict[int, RowTruth]
    undecidable: frozenset[Pair]

    def people(self) -> int:
        """Return how many people there are."""
        return len({row.person for row in self.rows.values()})

    def same_person(self) -> set[Pair]:
        """Return the decidable pairs of rows of one person."""
        members: dict[int, list[int]] = {}
        for number, row in sorted(self.rows.items()):
            members.setdefault(row.person, []).append(number)
        pairs = {pair for numbers in members.values() for pair in combinations(numbers, 2)}
        return pairs - self.undecidable

    def same_person_by_keys(self) -> set[Pair]:
        """Return the decidable pairs of one person that a chain of shared keys connects."""
        clusters = connected_rows(self.rows)
        return {(a, b) for a, b in self.same_person() if clusters[a] == clusters[b]}

    def pair_kind(self, pair: Iterable[int]) -> str:
        """Return the kind the rows share, else `across kinds`."""
        rows = [self.rows[number] for number in pair]
        kinds = {row.kind for row in rows}
        return rows[0].kind if len(kinds) == 1 else ACROSS_KINDS


def connected_rows(rows: dict[int, RowTruth]) -> dict[int, int]:
    """Return row number -> the lowest number of the rows its keys lead to, directly or over others."""
    lowest = {number: number for number in rows}
    bearers: dict[str, list[int]] = {}
    for number, row in rows.items():
        for key in row.keys:
            bearers.setdefault(key, []).append(number)
    changed = True
    while changed:
        changed = False
        for numbers in bearers.values():
            first = min(lowest[number] for number in numbers)
            for number in numbers:
                changed = changed or lowest[number] != first
                lowest[number] = first
    return lowest


@dataclass(frozen=True)
class Draft:
    """A row before the rows are shuffled and numbered."""

    serial: int
    system: System
    fields: dict[str, str]
    truth: RowTruth
