"""Dates in a column of their own, set at half the height of what they belong to: each goes to its first line."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from shared.reading.documents.words import Word

_DATE: Final = re.compile(r"(?:19|20)\d\d|\d{1,2}[./]\d\d")
_LONGEST: Final = 28  # characters of a date or period
_FEWEST: Final = 2  # dates of a column
_SAME_EDGE: Final = 3.0  # points within which pieces begin at one edge
_LEVEL: Final = 0.35  # of a letter's height: a date this close to a line stands on it
_USUAL: Final = 1.15  # of the smallest step between lines: a wider one parts two blocks


def bind_dates(pieces: Sequence[Word], em: float) -> list[Word]:
    """Return the pieces of a page, dates beside the middle of a block moved to the block's first line."""
    dates = _date_column(pieces)
    if len(dates) < _FEWEST:
        return list(pieces)
    beside = _column_beside(pieces, max(date.right for date in dates))
    off_level = [date for date in dates if not _stands_on_a_line(date, beside, em)]
    if 2 * len(off_level) < len(dates):
        return list(pieces)
    moved: dict[Word, Word] = {}
    for block in _blocks(beside):
        within = [date for date in off_level if block[0].top <= date.bottom <= block[-1].bottom]
        if len(within) == 1:
            date = within[0]
            shift = block[0].bottom - date.bottom
            moved[date] = date._replace(top=date.top + shift, bottom=block[0].bottom)
    return [moved.get(piece, piece) for piece in pieces]


def _date_column(pieces: Sequence[Word]) -> list[Word]:
    """Return the pieces that are dates and begin at one edge, the most such pieces of the page."""
    dates = [piece for piece in pieces if len(piece.text) <= _LONGEST and _DATE.search(piece.text)]
    edges = Counter(round(date.left / _SAME_EDGE) for date in dates)
    if not edges:
        return []
    edge, _ = edges.most_common(1)[0]
    return [date for date in dates if round(date.left / _SAME_EDGE) == edge]


def _column_beside(pieces: Sequence[Word], gutter: float) -> list[Word]:
    """Return the pieces right of the dates that begin at the column's edge, from top to bottom."""
    right = [piece for piece in pieces if piece.left > gutter]
    edges = Counter(round(piece.left / _SAME_EDGE) for piece in right)
    if not edges:
        return []
    edge, _ = edges.most_common(1)[0]
    column = [piece for piece in right if round(piece.left / _SAME_EDGE) == edge]
    return sorted(column, key=_bottom)


def _bottom(piece: Word) -> float:
    return piece.bottom


def _stands_on_a_line(date: Word, column: Sequence[Word], em: float) -> bool:
    return any(abs(date.bottom - line.bottom) < _LEVEL * em for line in column)


def _blocks(column: Sequence[Word]) -> list[list[Word]]:
    """Part a column where the step to the next line is wider than the smallest."""
    steps = [after.bottom - before.bottom for before, after in pairwise(column)]
    positive = [step for step in steps if step > 1]
    if not positive:
        return []
    widest = _USUAL * min(positive)
    blocks = [[column[0]]]
    for step, line in zip(steps, column[1:], strict=True):
        if step > widest:
            blocks.append([])
        blocks[-1].append(line)
    return blocks
