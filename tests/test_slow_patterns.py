"""No text of a stranger makes a pattern of the product work longer than the text is long."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from time import thread_time
from typing import Any

import pytest
from parts.pumping import MOST, Pump, growth, pumps

from shared.vocabulary.bounds import LONGEST_BLANKS, LONGEST_WORD, bounded, bounded_values

PACKAGES = ("shared", "functions", "terminal")
DEEPEST = 4  # tables in tables
BUDGET = 0.05  # seconds of work a pattern is tried for


def patterns_in(value: Any, depth: int = 0) -> Iterator[re.Pattern[str]]:
    """Yield the patterns of a value of a module: itself, or those of its tables."""
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    if depth == DEEPEST or not isinstance(value, dict | list | tuple | set | frozenset):
        return
    parts = list(value.values()) if isinstance(value, dict) else list(value)
    if parts and isinstance(parts[0], str) and isinstance(parts[-1], str):
        return  # a table of words
    for part in parts:
        yield from patterns_in(part, depth + 1)


def product_patterns() -> dict[str, re.Pattern[str]]:
    """Return every compiled pattern of a module, by the first place that holds it."""
    patterns: dict[str, re.Pattern[str]] = {}
    places: set[int] = set()
    for package in PACKAGES:
        for module in pkgutil.walk_packages([package], f"{package}."):
            for name, value in vars(importlib.import_module(module.name)).items():
                for pattern in patterns_in(value):
                    if id(pattern) not in places:
                        places.add(id(pattern))
                        place = f"{module.name}.{name}"
                        while place in patterns:
                            place += "'"
                        patterns[place] = pattern
    return patterns


def use_of(name: str, pattern: re.Pattern[str], sources: str) -> Callable[[str], object]:
    """Return what the product does with a pattern: look at the beginning only, or search the whole text."""
    methods = set(re.findall(rf"\b{name}\.(\w+)\(", sources))
    if methods and methods <= {"match", "fullmatch"}:
        return pattern.match
    return pattern.findall


def slowest(pattern: re.Pattern[str], use: Callable[[str], object]) -> tuple[float, Pump | None]:
    """Return the growth of the pattern's worst text, and the text; of the first that grows too much."""
    worst: tuple[float, Pump | None] = (1.0, None)
    end = thread_time() + BUDGET
    for pump in pumps(pattern):
        if thread_time() > end:
            break
        times = growth(use, pump)
        if times > worst[0]:
            worst = (times, pump)
        if times > MOST:
            break
    return worst


def test_twice_the_text_takes_no_pattern_more_than_three_times_as_long() -> None:
    patterns = product_patterns()
    assert len(patterns) > 150
    sources = "\n".join(path.read_text() for package in PACKAGES for path in Path(package).rglob("*.py"))
    slow = {}
    for name, pattern in patterns.items():
        times, pump = slowest(pattern, use_of(name.rpartition(".")[2].strip("'"), pattern, sources))
        if times > MOST:
            slow[name] = (round(times, 1), pump)
    assert slow == {}


@pytest.mark.parametrize("text", [r"(?:\w+\s)+@", r"[a-z\s]+@"])
def test_a_pattern_that_backtracks_is_noticed(text: str) -> None:
    times, pump = slowest(re.compile(text), re.compile(text).findall)
    assert times > MOST and pump is not None


def test_bounded_text_has_no_endless_blanks_or_words_and_loses_no_letter() -> None:
    text = "Engineer" + "\n" * 7_500 + "Go" + " " * 5_000 + "x" * 9_000
    short = bounded(text)
    assert short.split() == ["Engineer", "Go", *["x" * LONGEST_WORD] * 4, "x" * 1_000]
    assert re.search(rf"\s{{{LONGEST_BLANKS + 1}}}", short) is None
    assert "Engineer\n\nGo" in short


def test_ordinary_text_and_values_that_are_no_text_stay_as_they_are() -> None:
    page = "Ann Lee\n\n2019 - 2024" + " " * 60 + "Acme GmbH\n" + "https://example.com/" + "a" * 900
    assert bounded(page) == page
    assert bounded_values({"years": 3, "notes": [page, None]}) == {"years": 3, "notes": [page, None]}
