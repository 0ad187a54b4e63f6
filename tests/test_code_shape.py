"""The code gets plainer, never less plain: each figure of code_shape.py has today's limit and the one to reach."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from code_shape import (
    Module,
    bare_names,
    format_copy,
    high_modules,
    measures,
    read_module,
    read_modules,
    repeated_classes,
    small_modules_with_a_single_user,
)
from import_table import Source


class Limit(NamedTuple):
    """What a figure may be today, and what it shall come to. Lower the first whenever the figure has become lower."""

    today: float
    target: float


LIMITS = {
    "branches per 10 body lines": Limit(6.65, 5.0),
    "mean of modules": Limit(6.65, 5.0),
    "modules above 7": Limit(126, 0),
    "branches per 10 statements": Limit(7.3, 5.4),
    "bare names in per cent": Limit(5.0, 0.5),
    "imports in functions": Limit(210, 80),
    "imports in functions without a reason": Limit(186, 0),
    "modules in the largest folder": Limit(25, 25),
    "files directly in shared": Limit(8, 8),
    "median lines of modules": Limit(93, 90),
    "small modules with a single user": Limit(2, 0),
    "class names used twice": Limit(16, 0),
}


@pytest.fixture(scope="module")
def product() -> dict[str, float]:
    return measures(read_modules())


def test_every_figure_has_a_limit(product: dict[str, float]) -> None:
    assert set(product) == set(LIMITS)
    assert all(limit.target <= limit.today for limit in LIMITS.values())


@pytest.mark.parametrize("measure", LIMITS)
def test_the_product_keeps_the_limit(product: dict[str, float], measure: str) -> None:
    assert product[measure] <= LIMITS[measure].today, "python tests/code_shape.py lists what is above"


# Tests of the counter


def module(text: str, path: str = "shared/people/imagined.py") -> Module:
    return read_module(Source(Path(path), text))


PLAIN = '''
"""A module."""


def names(people: list[Person]) -> list[str]:
    """Return names."""
    # what a comment says is no code
    result = []
    for person in people:
        if person.name:

            result.append(person.name)
    return result
'''
DENSE = """
def names(people):
    return [p.name for p in people if p.name and not p.gone] if people else []
"""
EVERYTHING = """
def function(items):
    assert items
    with open("x") as file:
        while True:
            try:
                pass
            except OSError as error:
                pass
    match items:
        case 1:
            pass
    if a or b or c:
        pass
    elif d:
        pass

    async def inner():
        async with lock:
            async for item in items:
                pass
"""


def test_a_function_counts_as_one_branch_and_its_docstring_as_no_line() -> None:
    counted = module(PLAIN)
    assert (counted.branches, counted.body_lines, counted.statements) == (3, 5, 5)
    assert counted.per_10_lines == 6.0


def test_what_one_line_hides_is_counted() -> None:
    counted = module(DENSE)
    assert (counted.branches, counted.body_lines) == (5, 1)  # function, comprehension, its if, and, else
    large = module(DENSE * 10)
    assert high_modules([counted, large]) == [large]  # one line is not judged by itself


def test_a_declaration_is_no_function() -> None:
    text = 'class Port(Protocol):\n    def get(self) -> int: ...\n\n    def put(self) -> None:\n        """Put."""\n'
    assert (module(text).branches, module(text).body_lines, module(text).functions) == (0, 0, ())


def test_every_kind_of_branch_is_counted() -> None:
    assert module(EVERYTHING).branches == 13


def test_a_line_broken_in_two_is_joined_before_it_is_counted(tmp_path: Path) -> None:
    file = tmp_path / "broken.py"
    file.write_text("def f(a, b):\n    return call(\n        a,\n        b,\n    )\n")
    format_copy(tmp_path)
    assert module(file.read_text()).body_lines == 1


def test_participles_and_pronouns_are_counted_wherever_they_are_bound() -> None:
    text = """
class Found:
    told = 1

def known(asked, *, name):
    for each in name:
        _left = [it for it in each]
"""
    assert set(bare_names([module(text)])) == {"Found", "told", "known", "asked", "each", "_left", "it"}


def test_an_import_in_a_function_needs_a_comment_with_its_reason() -> None:
    text = """
import os

def function():
    import sys  # slow: only a command needs it
    # the adapter is imported when it is used
    from a import b
    import json
    from c import d  # noqa: E402
"""
    counted = module(text)
    assert counted.inner_imports == (5, 7, 8, 9)
    assert counted.unexplained_imports == (8, 9)


def test_a_small_module_with_one_user_and_a_class_name_used_twice_are_listed() -> None:
    small = module("class Same:\n    pass\n", "shared/people/small.py")
    user = module("from shared.people.small import Same\n" * 30, "shared/people/user.py")
    other = module("from shared.people import user\nclass Same:\n    pass\n" + "x = 1\n" * 30, "shared/jobs/other.py")
    assert small_modules_with_a_single_user([small, user, other]) == ["shared/people/small.py"]
    assert repeated_classes([small, user, other]) == ["Same"]
    also = module("from shared.people.small import Same\n" * 30, "shared/jobs/also.py")
    assert small_modules_with_a_single_user([small, user, also]) == []
