"""Numbers of what became of records: counted up by name, and added together."""

from __future__ import annotations

from dataclasses import dataclass, field

from shared.models.counters import Counters, count_in


@dataclass
class Outcomes(Counters):
    done: int = 0
    seconds: float = 0.0
    reasons: dict[str, int] = field(default_factory=dict)
    ids: list[str] = field(default_factory=list)


def test_one_is_counted_by_its_name() -> None:
    outcomes = Outcomes()
    outcomes.count("done")
    outcomes.count("done", 2)
    assert outcomes.done == 3


def test_numbers_and_numbers_by_name_are_added_and_the_rest_stays() -> None:
    one = Outcomes(1, 0.5, {"scan": 1, "empty": 2}, ["a"])
    other = Outcomes(2, 0.25, {"scan": 3, "late": 1}, ["b"])
    one.add(other)
    assert one == Outcomes(3, 0.75, {"scan": 4, "empty": 2, "late": 1}, ["a"])
    assert other == Outcomes(2, 0.25, {"scan": 3, "late": 1}, ["b"])


def test_numbers_are_counted_into_sums() -> None:
    sums = {"removed": 1}
    count_in(sums, {"removed": 2, "changed": 1})
    assert sums == {"removed": 3, "changed": 1}
