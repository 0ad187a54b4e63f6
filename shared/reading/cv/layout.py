"""Entries of a section: dates anchor them, and the layout that explains most of them tells which lines name them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from shared.reading.cv.likeness import is_place, may_head
from shared.reading.cv.lines import Line
from shared.reading.cv.pairing import Pair, Shares, pair_of
from shared.reading.cv.periods import Found, ends_open, find_period, is_length
from shared.reading.text.dates import Period

_MOST_ABOVE: Final = 3
_MOST_BELOW: Final = 2
_PLAINLY: Final = 0.35  # how much better an entry reads that breaks the section's layout
_LONG_REST: Final = 130
_SENTENCE: Final = 50  # characters from which a line that runs on is no name that a narrow column broke
_STOP: Final = re.compile(r"[^\W\d_]{4,}[.!?](?=\s|$)")  # behind a word, not an abbreviation
_LEADING_STOP: Final = re.compile(r"^\.(?=[^.\d])")


class Entry(NamedTuple):
    """One dated entry: what and where (title and company, degree and school), when, its own lines and those below."""

    pair: Pair
    period: Period | None
    head: list[Line]
    below: list[Line]


class _Anchor(NamedTuple):
    place: int  # index of its line
    found: Found
    size: int  # lines its dates take up


class _Shape(NamedTuple):
    """A layout: how many lines above and below the dates name the entry."""

    above: int
    below: int


def read_entries(lines: Sequence[Line], shares: Shares, single_dates: bool) -> list[Entry]:
    """Return the entries of a section in its order. `single_dates`: a lone year anchors an entry too."""
    lines = [line for line in lines if line.bullet or not (is_length(line.text) or is_place(line.text))]
    anchors = _anchors(lines, single_dates)
    if not anchors:
        return []
    shape = _best_shape(lines, anchors, shares)
    entries = []
    taken = 0
    for k, anchor in enumerate(anchors):
        first, last, pair = _own_head(lines, anchors, k, shape, shares, taken)
        entries.append((first, last, pair, anchor))
        taken = last
    found = []
    for k, (first, last, pair, anchor) in enumerate(entries):
        end = entries[k + 1][0] if k + 1 < len(entries) else len(lines)
        found.append(Entry(pair, anchor.found.period, list(lines[first:last]), list(lines[last:end])))
    return found


def _anchors(lines: Sequence[Line], single_dates: bool) -> list[_Anchor]:
    found: list[_Anchor] = []
    k = 0
    while k < len(lines):
        anchor = _anchor(lines, k)
        if anchor and _may_anchor(lines[k], anchor.found, lines[0].bullet):
            found.append(anchor)
            k += anchor.size - 1
        k += 1
    ranges = [anchor for anchor in found if anchor.found.kind == "range"]
    if single_dates:
        return [a for a in found if a.found.kind == "range" or not _next_to_range(a, ranges)]
    return ranges or found


def _next_to_range(anchor: _Anchor, ranges: Sequence[_Anchor]) -> bool:
    return any(abs(anchor.place - other.place) <= 1 for other in ranges)


def _anchor(lines: Sequence[Line], k: int) -> _Anchor | None:
    found = find_period(lines[k].text)
    if found and k + 1 < len(lines) and (ends_open(lines[k].text) or _ends_with_dash(lines[k].text)):
        both = find_period(f"{lines[k].text} {lines[k + 1].text}")
        if both and both.kind == "range" and both.period != found.period and len(lines[k + 1].text) < 40:
            return _Anchor(k, both, 2)
    return _Anchor(k, found, 1) if found else None


def _ends_with_dash(text: str) -> bool:
    return text.rstrip().endswith(("-", "–", "—", "to", "bis", "à"))


def _may_anchor(line: Line, found: Found, first_bullet: str) -> bool:
    rest = found.rest.replace("\t", " ")
    if len(rest) > _LONG_REST or (rest and not may_head(rest) and len(rest.split()) > 7):
        return False
    if line.bullet and line.bullet != first_bullet:
        return found.first or not rest
    return found.kind == "range" or len(rest) < 90


def _best_shape(lines: Sequence[Line], anchors: Sequence[_Anchor], shares: Shares) -> _Shape:
    """The number of lines before the first dates says most: nothing but its head can stand there."""
    before = sum(_eligible(lines, k) for k in range(anchors[0].place))
    shapes = [_Shape(a, b) for a in range(_MOST_ABOVE + 1) for b in range(_MOST_BELOW + 1)]

    def worth(shape: _Shape) -> float:
        total, taken = 0.0, 0
        for k in range(len(anchors)):
            _, taken, pair = _head(lines, anchors, k, shape, shares, taken)
            total += pair.score
        total /= len(anchors)
        total += 0.9 if shape.above == min(before, _MOST_ABOVE) else 0.0
        return total - 0.16 * (shape.above + shape.below)

    return max(shapes, key=worth)


def _own_head(
    lines: Sequence[Line], anchors: Sequence[_Anchor], k: int, shape: _Shape, shares: Shares, taken: int
) -> tuple[int, int, Pair]:
    """The head under the section's layout, or with a line more or less above it where that reads plainly better."""
    best = _head(lines, anchors, k, shape, shares, taken)
    for above in (shape.above + 1, shape.above - 1):
        if shape.above and above:
            other = _head(lines, anchors, k, _Shape(above, shape.below), shares, taken)
            if other[2].score > best[2].score + _PLAINLY:
                best = other
    return best


def _head(
    lines: Sequence[Line], anchors: Sequence[_Anchor], k: int, shape: _Shape, shares: Shares, taken: int
) -> tuple[int, int, Pair]:
    """Return (first line, line behind the last, pair) of an entry's head under a layout."""
    anchor = anchors[k]
    first = anchor.place
    while first > taken and anchor.place - first < shape.above and _eligible(lines, first - 1):
        first -= 1
    last = anchor.place + anchor.size
    limit = anchors[k + 1].place - shape.above if k + 1 < len(anchors) else len(lines)
    while last < limit and last - anchor.place - anchor.size < shape.below and _eligible(lines, last):
        last += 1
    rest = [part for part in anchor.found.rest.split("\t") if part]
    above = [_shown(line) for line in lines[first : anchor.place]]
    below = [_shown(line) for line in lines[anchor.place + anchor.size : last]]
    return first, last, pair_of(above, rest, below, shares)


def _eligible(lines: Sequence[Line], k: int) -> bool:
    """Whether a line may name an entry; one in small letters only where it goes on with a line that may."""
    text = _shown(lines[k])
    if lines[k].bullet or not may_head(text) or _runs_on(lines, k):
        return False
    return (
        not text.split()[0].islower() or not text.isascii() or (k > 0 and not lines[k].gap and _eligible(lines, k - 1))
    )


def _runs_on(lines: Sequence[Line], k: int) -> bool:
    """Whether a long line goes on in small letters to a full stop: the beginning of a sentence, not of a long name."""
    if len(lines[k].text) < _SENTENCE:
        return False
    for line in lines[k + 1 :]:
        dated = find_period(line.text)  # `sept. 2023 – août 2026` is small, too
        if not line.text[0].islower() or line.bullet or line.gap or (dated and dated.first):
            return False
        if _STOP.search(line.text):
            return True
    return False


def _shown(line: Line) -> str:
    """A full stop that right-to-left order moved to the front goes back to the end."""
    return _LEADING_STOP.sub("", line.text) + "." if _LEADING_STOP.match(line.text) else line.text
