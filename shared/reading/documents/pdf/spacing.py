"""Letters set apart for looks: `S K I L L S` is one word, `W O R K  H I S T O R Y` two, by the gaps between them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median
from typing import Final

from shared.reading.documents.words import Word

_FEWEST: Final = 4  # letters of a line that is set apart
_SAME_LINE: Final = 0.2  # of a letter's height
_WIDER: Final = 1.6  # how much wider than the others a gap is that parts words
_FARTHEST: Final = 2.5  # of a letter's height: letters further apart are no word


def joined_letters(words: Sequence[Word]) -> list[Word]:
    """Return the words of a page with letters that were set apart put together again."""
    if sum(len(word.text) == 1 for word in words) < _FEWEST:
        return list(words)
    joined: list[Word] = []
    run: list[Word] = []
    for word in words:
        if run and not _goes_on(run[-1], word):
            joined += _join(run)
            run = []
        if len(word.text) == 1 and word.text.isalpha():
            run.append(word)
        else:
            joined += _join(run)
            run = []
            joined.append(word)
    return joined + _join(run)


def _goes_on(before: Word, after: Word) -> bool:
    height = max(4.0, before.bottom - before.top, after.bottom - after.top)
    if abs(before.bottom - after.bottom) > _SAME_LINE * height:
        return False
    return 0 <= after.left - before.right < _FARTHEST * height


def _join(run: list[Word]) -> list[Word]:
    if len(run) < _FEWEST:
        return run
    gaps = [after.left - before.right for before, after in pairwise(run)]
    widest = _WIDER * max(0.5, median(gaps))
    groups = [[run[0]]]
    for gap, letter in zip(gaps, run[1:], strict=True):
        if gap > widest:
            groups.append([])
        groups[-1].append(letter)
    return [_word(group) for group in groups]


def _word(letters: list[Word]) -> Word:
    text = "".join(letter.text for letter in letters)
    top = min(letter.top for letter in letters)
    return Word(text, letters[0].left, top, letters[-1].right, letters[0].bottom)
