"""Where a page has columns: a gutter no line crosses, with text on both sides that does not belong line to line."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final

from shared.reading.documents.words import Word

_LEAST: Final = 3  # lines on each side; fewer are no column
_GUTTER: Final = 0.7  # of a letter's height
_LEVEL: Final = 0.35  # of a letter's height: two lines this close stand on one
_BESIDE: Final = 0.9  # of a letter's height: a line this far from the next one of the other side passes it by
_STRAY: Final = 0.15  # share of cells that may
_BLOCK: Final = 1.7  # of a letter's height: lines closer than this go on
_DEPTH: Final = 8
_DIGIT: Final = re.compile(r"\d")


def regions(pieces: list[Word], em: float, depth: int = 0) -> list[list[Word]]:
    """Return groups of pieces in reading order; within a group, lines go from one side to the other."""
    pieces = sorted(pieces, key=lambda one: (one.bottom, one.left))
    if depth < _DEPTH and len(pieces) > 2 * _LEAST:
        for start, end, gutter in _bands(pieces, em):
            band = pieces[start:end]
            left = [piece for piece in band if piece.right <= gutter]
            right = [piece for piece in band if piece.right > gutter]
            if _is_table(left, right, em):
                continue
            before, after = pieces[:start], pieces[end:]
            parts = [before, left, right, after]
            return [region for part in parts if part for region in regions(part, em, depth + 1)]
    if pieces:
        return [pieces]
    return []


def _bands(pieces: list[Word], em: float) -> list[tuple[int, int, float]]:
    """Return (first piece, end, x of the gutter) of bands that may be columns, the largest first."""
    found: dict[tuple[int, int], tuple[int, float, float]] = {}
    for gutter in _gutters(pieces, em):
        start = 0
        for end in [*(n for n, piece in enumerate(pieces) if piece.left < gutter < piece.right), len(pieces)]:
            if band := _trimmed(pieces, start, end, gutter, em):
                low, high, size, room = band
                known = found.get((low, high))
                if known is None or room > known[1]:
                    found[low, high] = size, room, gutter
            start = end + 1
    order = sorted(found.items(), key=lambda item: (-item[1][0], -item[1][1]))
    return [(low, high, gutter) for (low, high), (_, _, gutter) in order]


def _gutters(pieces: list[Word], em: float) -> list[float]:
    """Return places just left of where several pieces begin, or just right of where several end."""
    places: dict[int, int] = {}
    for piece in pieces:
        places[round((piece.left - 0.3 * em) / 3)] = places.get(round((piece.left - 0.3 * em) / 3), 0) + 1
    leftmost = min(piece.left for piece in pieces)
    return [3 * place for place, count in sorted(places.items()) if count >= 2 and 3 * place > leftmost]


def _trimmed(pieces: list[Word], start: int, end: int, gutter: float, em: float) -> tuple[int, int, int, float] | None:
    """Cut one-sided lines off a band's start. Returns its bounds, lines of the smaller side, width of the gutter."""
    sides = [piece.right <= gutter for piece in pieces[start:end]]
    if sides.count(True) < _LEAST:
        return None
    if sides.count(False) < _LEAST:
        return None
    low = start + max(sides.index(True), sides.index(False))
    first = pieces[low].bottom - 0.5 * em
    while low > start and pieces[low - 1].bottom > first:
        low -= 1
    band = pieces[low:end]
    left = [piece for piece in band if piece.right <= gutter]
    right = [piece for piece in band if piece.right > gutter]
    if len(left) < _LEAST:
        return None
    if len(right) < _LEAST:
        return None
    room = min(piece.left for piece in right) - max(piece.right for piece in left)
    if room < _GUTTER * em:
        return None
    overlap = min(left[-1].bottom, right[-1].bottom) - max(left[0].top, right[0].top)
    if overlap < 2 * em:
        return None
    return low, end, min(len(left), len(right)), room


def _is_table(left: list[Word], right: list[Word], em: float) -> bool:
    """Whether lines of both sides belong together: dates beside positions, labels beside values."""
    few, many = sorted((_lines(left, em), _lines(right, em)), key=len)
    blocks = _blocks(few, em)
    near = [_distance(block[0], many) / em for block in blocks]
    if len(blocks) < 2 or sum(1 for one in near if _LEVEL < one < _BESIDE) > _STRAY * len(blocks):
        return False  # two texts side by side, each with lines of its own
    level = [line for line in few if _distance(line, many) < _LEVEL * em]
    dated = [line for line in level if _DIGIT.search(line.text)]
    short = sum(len(line.text) for line in dated) < 40 * len(dated)
    if short and len(dated) >= max(2, 0.4 * len(few)) and len(few) <= 2.5 * len(blocks):
        return True
    narrow = sum(len(line.text) for line in few) < 25 * len(few)
    if not narrow:
        return False
    if len(level) < 0.95 * len(few):
        return False
    return len(level) >= 0.8 * len(many)


def _distance(line: Word, others: list[Word]) -> float:
    """How far the nearest of the other lines is above or below."""
    return min(abs(line.bottom - other.bottom) for other in others)


def _lines(pieces: list[Word], em: float) -> list[Word]:
    """One piece for each line of a side."""
    found: list[Word] = []
    for piece in pieces:
        if found and abs(found[-1].bottom - piece.bottom) < 0.35 * em:
            last = found.pop()
            left, right = min(last.left, piece.left), max(last.right, piece.right)
            piece = Word(f"{last.text} {piece.text}", left, last.top, right, last.bottom)
        found.append(piece)
    return found


def _blocks(lines: list[Word], em: float) -> list[list[Word]]:
    """Lines that go on from one to the next."""
    blocks = [[lines[0]]]
    for before, after in pairwise(lines):
        if after.bottom - before.bottom > _BLOCK * em:
            blocks.append([])
        blocks[-1].append(after)
    return blocks
