"""Words of a PDF page letter by letter: for scripts pdfium orders or spaces wrongly, for text it counts otherwise."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from itertools import pairwise
from statistics import median
from typing import Any, Final, NamedTuple

from shared.reading.documents.pdf.turn import Turn
from shared.reading.documents.words import Word

Placed = tuple[Word, int, int]  # a word and the numbers of its first and last character
_WIDE: Final = 0.3  # of a letter's height: a gap that parts words without a space character
_BLANK: Final = 0.1  # of a letter's height: by how much a gap is wider than the usual one that stands for a blank
_NARROW: Final = 0.08  # a space character counts when there is room for it: some stand in the wrong place


class Letter(NamedTuple):
    """One character as it is seen."""

    char: str
    number: int
    left: float
    right: float
    top: float
    base: float


def letter_words(raw: Any, text_page: Any, count: int, turn: Turn, visual: bool, by_gaps: bool = False) -> list[Placed]:
    """Return words in pdfium's order, or with `visual` as they stand from left to right, for `bidi` to read."""
    letters = _letters(raw, text_page, count, turn)
    if visual:
        letters.sort(key=lambda one: (round(one.base), one.left, one.number))
        letters = [one for line in _lines(letters) for one in sorted(line, key=lambda one: (one.left, one.number))]
    found: list[Placed] = []
    run: list[Letter] = []
    spaced = False
    wide = _usual_gap(letters) + _BLANK if by_gaps else _WIDE
    for letter in letters:
        if letter.char.isspace():
            spaced = True
            continue
        if run and _parts(run[-1], letter, spaced, wide):
            found.append(_word(run))
            run = []
        run.append(letter)
        spaced = False
    if run:
        return [*found, _word(run)]
    return found


def _letters(raw: Any, text_page: Any, count: int, turn: Turn) -> list[Letter]:
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    found = []
    for number in range(count):
        code = raw.FPDFText_GetUnicode(text_page.raw, number)
        if not 0 < code < 0x110000:
            continue
        if 0xD800 <= code < 0xE000:
            continue
        char = chr(code)
        if char.isspace() and raw.FPDFText_IsGenerated(text_page.raw, number):
            continue  # pdfium's guess; the gap says it, too
        raw.FPDFText_GetLooseCharBox(text_page.raw, number, ctypes.byref(box))
        raw.FPDFText_GetCharOrigin(text_page.raw, number, ctypes.byref(x), ctypes.byref(y))
        left, top, right, _ = turn.box(box.left, box.bottom, box.right, box.top)
        found.append(Letter(char, number, left, right, top, turn.point(x.value, y.value)[1]))
    return found


def _lines(letters: Iterable[Letter]) -> list[list[Letter]]:
    lines: list[list[Letter]] = []
    for letter in letters:
        if lines and abs(lines[-1][-1].base - letter.base) < 2:
            lines[-1].append(letter)
        else:
            lines.append([letter])
    return lines


def _usual_gap(letters: list[Letter]) -> float:
    """Return how far letters of a line usually stand apart, as a share of their height."""
    gaps: list[float] = []
    for before, after in pairwise(letters):
        height = max(4.0, before.base - before.top)
        gap = (after.left - before.right) / height
        if before.base == after.base and abs(gap) < 1:
            gaps.append(gap)
    if gaps:
        return median(gaps)
    return 0.0


def _parts(before: Letter, after: Letter, spaced: bool, wide: float) -> bool:
    """Whether two letters belong to different words."""
    height = max(4.0, before.base - before.top, after.base - after.top)
    gap = after.left - before.right
    if abs(before.base - after.base) > 0.4 * height:
        return True
    if gap > (_NARROW if spaced else wide) * height:
        return True
    return gap < -2 * height


def _word(run: list[Letter]) -> Placed:
    numbers = [one.number for one in run]
    left, right = min(one.left for one in run), max(one.right for one in run)
    word = Word("".join(one.char for one in run), left, min(one.top for one in run), right, run[0].base)
    return word, min(numbers), max(numbers)
