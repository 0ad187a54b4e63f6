"""Words on a page into lines as a person reads them: columns one after the other, tables row by row."""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median
from typing import Final

from shared.reading.documents.bidi import logical, share
from shared.reading.documents.pdf.columns import regions
from shared.reading.documents.pdf.date_column import bind_dates
from shared.reading.documents.words import HYPHEN, Word

_APART: Final = 0.8  # of a letter's height: words further apart are pieces of their own, until their region is known
_TOUCHING: Final = 0.06  # of a letter's height: no space is that narrow; letters drawn one by one may come as words
_CELL: Final = 2.0  # of a letter's height: pieces of a line further apart are cells
_SAME_LINE: Final = 0.35
_PARAGRAPH: Final = 1.9  # of the usual distance between lines: more is a gap a person sees
_COMPOUND: Final = re.compile(r"[\d/@._-]|\w[A-Z]")  # an address, a version, a name: its hyphen was written by a person
_MOSTLY: Final = 0.25  # share of right-to-left letters from which a page is read from the right


def lines_of(words: list[Word], width: float) -> list[str]:
    """Return the lines of a page in reading order; an empty one where a gap parts paragraphs or columns."""
    if not words:
        return []
    em = max(4.0, median(word.bottom - word.top for word in words) * 1.25)
    from_right = share(" ".join(word.text for word in words)) > _MOSTLY
    if from_right:  # read a mirror image from the left, then turn each line back
        words = [Word(one.text, width - one.right, one.top, width - one.left, one.bottom) for one in words]
        words.sort(key=lambda one: (round(one.bottom / 3), one.left))
    lines: list[str] = []
    for region in regions(bind_dates(_pieces(words, em, from_right), em), em):
        lines += [*([""] if lines else []), *_region(region, em, from_right, width)]
    return lines


def _pieces(words: list[Word], em: float, mirrored: bool) -> list[Word]:
    """Join neighbours: words of one line with no more than a few spaces between them."""
    found: list[Word] = []
    texts: list[str] = []
    left, top, right, bottom = words[0].left, words[0].top, words[0].right, words[0].bottom
    for word in words:
        height = max(em, word.bottom - word.top)
        if texts and abs(word.bottom - bottom) < 0.2 * height and -0.5 * height < word.left - right < _APART * height:
            if -_TOUCHING * height < word.left - right < _TOUCHING * height:
                texts[-1] = word.text + texts[-1] if mirrored else texts[-1] + word.text
            else:
                texts.append(word.text)
            right, top = max(right, word.right), min(top, word.top)
            continue
        if texts:
            found.append(Word(" ".join(texts), left, top, right, bottom))
        texts = [word.text]
        left, top, right, bottom = word.left, word.top, word.right, word.bottom
    found.append(Word(" ".join(texts), left, top, right, bottom))
    return found


def _region(pieces: list[Word], em: float, from_right: bool, width: float) -> list[str]:
    rows = _rows(pieces, em)
    steps = [after[0].bottom - before[0].bottom for before, after in pairwise(rows)]
    usual = median(steps) if steps else em
    edge = max(piece.right for piece in pieces)
    start = min(piece.left for piece in pieces)
    lines = []
    for number, row in enumerate(rows):
        if number and steps[number - 1] > _PARAGRAPH * min(usual, 2 * em):
            lines.append("")
        at_start = row[0].left - start <= edge - row[-1].right + em
        lines.append(_line(row, from_right, at_start))
    return _joined(lines)


def _joined(lines: list[str]) -> list[str]:
    """Join words that were cut at the end of a line; their hyphen stays where a person wrote it."""
    for number in range(len(lines) - 1):
        if not lines[number].endswith(HYPHEN):
            continue
        start, (rest, _, others) = lines[number].rstrip(HYPHEN), lines[number + 1].partition(" ")
        tail = start.rpartition(" ")[2]
        lines[number] = start + ("-" if _COMPOUND.search(tail + rest) else "") + rest
        lines[number + 1] = others
    return [line.replace(HYPHEN, "-") for line in lines]


def _rows(pieces: list[Word], em: float) -> list[list[Word]]:
    """Group pieces that stand on one line, from left to right, lines from top to bottom."""
    rows: list[list[Word]] = []
    for piece in sorted(pieces, key=lambda one: (one.bottom, one.left)):
        if rows and piece.bottom - rows[-1][0].bottom < _SAME_LINE * em:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    for row in rows:
        row.sort(key=lambda one: one.left)
    return rows


def _line(row: list[Word], from_right: bool, at_start: bool) -> str:
    cells: list[list[str]] = [[_seen(row[0].text, from_right)]]
    for before, after in pairwise(row):
        height = max(4.0, (after.bottom - after.top) * 1.25)
        gap = after.left - before.right
        bullet = len(before.text) == 1 and not before.text.isalnum()
        text = _seen(after.text, from_right)
        if gap > _CELL * height and not bullet:
            cells.append([text])
        elif -_TOUCHING * height < gap < _TOUCHING * height:
            whole = cells[-1].pop()
            cells[-1].append(text + whole if from_right else whole + text)
        else:
            cells[-1].append(text)
    if from_right:
        return "\t".join(logical(" ".join(reversed(cell)), at_start) for cell in cells)
    return "\t".join(logical(" ".join(cell), False) for cell in cells)


def _seen(piece: str, mirrored: bool) -> str:
    """Words of a mirrored piece stand in the wrong order; their letters do not."""
    if mirrored:
        return " ".join(reversed(piece.split(" ")))
    return piece
