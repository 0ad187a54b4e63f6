"""What makes two rows the same source."""

from __future__ import annotations

from itertools import permutations

from shared.people.keys import keyed_hash
from shared.people.prepared import ImportContext, source_id
from shared.reading.exports.headers import map_headers

SECRET = b"s" * 32


def frame(*labels: str | None) -> ImportContext:
    return ImportContext(map_headers(("Name",)), labels, "p", "i", "2026-11-21T09:00:00Z", SECRET)


def test_the_order_of_the_columns_changes_no_source() -> None:
    said = {"name": "Ann Lee", "email": "ann@example.com", "stage": "Applied", "name 2": "x"}
    ids = {source_id(frame(*order), [said[label] for label in order]) for order in permutations(said)}
    assert ids == {keyed_hash(SECRET, "p", *sorted(f"{label}={value}" for label, value in said.items()))}


def test_columns_of_one_name_say_the_same_in_any_order() -> None:
    one, other = ["b@example.com", "Ann", "a@example.com"], ["a@example.com", "Ann", "b@example.com"]
    assert source_id(frame("email", "name", "email"), one) == source_id(frame("email", "name", "email"), other)
    assert source_id(frame("a", "a=b"), ["b=1", "0"]) == source_id(frame("a=b", "a"), ["0", "b=1"])


def test_empty_and_protected_cells_say_nothing() -> None:
    assert source_id(frame("name", None, "stage"), ["Ann", "1980-01-01", " "]) == source_id(frame("name"), [" Ann "])
