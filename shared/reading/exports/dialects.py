"""Whose export a file is, by headers that only one vendor writes, and the order of dates in its exports."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Final, Literal, NamedTuple, cast

from shared.vocabulary.tables import read_rows, split_names
from shared.vocabulary.text import normalize

DateOrder = Literal["mdy", "dmy"]
_FILE: Final = "dialects"


class Dialect(NamedTuple):
    """One way in which a vendor writes its exports."""

    name: str
    headers: frozenset[str]  # normalized; all of them are there
    dates: DateOrder | None  # the order of its dates, where it has only one


def recognize_dialect(header: Sequence[str]) -> Dialect | None:
    """Return the dialect with the most headers among those that fit, None for an unknown one."""
    names = {normalize(name) for name in header}
    fitting = [dialect for dialect in dialects() if dialect.headers <= names]
    return max(fitting, key=lambda dialect: len(dialect.headers), default=None)


@cache
def dialects() -> tuple[Dialect, ...]:
    """Return all known dialects."""
    table = []
    for name, headers, dates in read_rows(_FILE):
        order = cast("DateOrder", dates) if dates else None
        table.append(Dialect(name, frozenset(split_names(headers)), order))
    return tuple(table)
