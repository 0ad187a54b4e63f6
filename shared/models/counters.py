"""Counting what became of records: dataclasses of numbers that are counted up and added together."""

from __future__ import annotations

from dataclasses import fields
from typing import Self


class Counters:
    """Base of dataclasses whose fields are numbers, or dicts of numbers by name; other fields are left alone."""

    def count(self, name: str, number: int = 1) -> None:
        """Add to the number of this name."""
        setattr(self, name, getattr(self, name) + number)

    def add(self, other: Self) -> None:
        """Add all numbers of the other one."""
        for field in fields(self):  # type: ignore[arg-type]  # only dataclasses derive from it
            value = getattr(other, field.name)
            if isinstance(value, dict):
                count_in(getattr(self, field.name), value)
            elif isinstance(value, int | float):
                setattr(self, field.name, getattr(self, field.name) + value)


def count_in(sums: dict[str, int], numbers: dict[str, int]) -> None:
    """Add numbers to sums by name."""
    for name, number in numbers.items():
        sums[name] = sums.get(name, 0) + number
