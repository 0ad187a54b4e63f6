"""A cover letter in front of a CV: whose head it has, and which lines are about somebody else."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from shared.reading.cv.lines import Line
from shared.reading.cv.sections import heading_of
from shared.vocabulary.document_words import ADDRESSEES, CLOSINGS, SALUTATIONS
from shared.vocabulary.text import normalize

_LONGEST_SALUTATION: Final = 70  # characters
_LONGEST_CLOSING: Final = 60
_MOST_ABOVE: Final = 40  # lines before a salutation; further down it is no letter's
_MOST_BODY: Final = 80  # lines between salutation and closing
_LONGEST_SIGNATURE: Final = 6  # words
_MARKS: Final = " ,.:;!،，：。"


def letter_lines(lines: Sequence[Line]) -> set[int]:
    """Return the places of the lines that are a letter's: the addressee, what is written, closing and signature.

    The sender's own head is not among them. Empty where the text has no letter.
    """
    start = _salutation(lines)
    if start is None:
        return set()
    closing = _closing(lines, start)
    if closing is None:
        return set()
    signature, end = _signature(lines, closing)
    places = set(range(start, end))
    for first, last in _blocks_of_others(lines, start, signature):
        places.update(range(first, last))
    return places


def _salutation(lines: Sequence[Line]) -> int | None:
    for place, line in enumerate(lines[:_MOST_ABOVE]):
        if _opens_a_letter(line.text):
            return place
    return None


def _opens_a_letter(text: str) -> bool:
    if len(text) > _LONGEST_SALUTATION:
        return False
    if "@" in text:
        return False
    if not text.rstrip().endswith((",", "!", ":", "，", "：", "،", "、")) and len(text.split()) > 6:
        return False
    return starts_with_phrase(text, SALUTATIONS)


def starts_with_phrase(text: str, phrases: frozenset[str]) -> bool:
    """Whether the first words of a line are one of the phrases (as `normalize` folds them)."""
    folded = normalize(text).strip(_MARKS)
    words = folded.split()
    for size in range(min(5, len(words)), 0, -1):
        if " ".join(words[:size]).strip(_MARKS) in phrases:
            return True
    unspaced = folded[:1] > "\u2e80"
    if not unspaced:
        return False
    return any(folded.startswith(phrase) for phrase in phrases)


def _closing(lines: Sequence[Line], start: int) -> int | None:
    for place in range(start + 1, min(len(lines), start + _MOST_BODY)):
        text = lines[place].text
        if len(text) <= _LONGEST_CLOSING and starts_with_phrase(text, CLOSINGS):
            return place
    return None


def _signature(lines: Sequence[Line], closing: int) -> tuple[frozenset[str], int]:
    """Return the words of the signature and the place behind the letter's last line."""
    _, comma, behind = lines[closing].text.partition(",")
    if comma and behind.strip():
        return _words(behind), closing + 1
    following = closing + 1
    if following < len(lines) and _may_sign(lines[following].text):
        return _words(lines[following].text), following + 1
    return frozenset(), following


def _may_sign(text: str) -> bool:
    if heading_of(text):
        return False
    if "@" in text:
        return False
    if any(c.isdigit() for c in text):
        return False
    return len(text.split()) <= _LONGEST_SIGNATURE


def _words(text: str) -> frozenset[str]:
    return frozenset(word.strip(_MARKS) for word in normalize(text).split() if len(word.strip(_MARKS)) > 1)


def _blocks_of_others(lines: Sequence[Line], start: int, signature: frozenset[str]) -> list[tuple[int, int]]:
    """Return the blocks above a salutation that are not the sender's, as (first line, line behind the last)."""
    addressed = _words(lines[start].text)
    blocks = _blocks(lines, start, addressed)
    marked = [block for block in blocks if _names_addressee(lines[block[0]].text, addressed)]
    if marked:
        first = marked[0][0]
        later = [block for block in blocks if block[0] >= first]
        return [block for block in later if not _is_signed(lines, block, signature)]
    unsigned = [block for block in blocks[1:] if not _is_signed(lines, block, signature)]
    if signature and blocks and _is_signed(lines, blocks[0], signature):
        return unsigned
    return unsigned[-2:]


def _blocks(lines: Sequence[Line], end: int, addressed: frozenset[str]) -> list[tuple[int, int]]:
    blocks: list[tuple[int, int]] = []
    first = 0
    for place in range(1, end + 1):
        if place == end or lines[place].gap or _names_addressee(lines[place].text, addressed):
            blocks.append((first, place))
            first = place
    return [block for block in blocks if block[0] < block[1]]


def _names_addressee(text: str, addressed: frozenset[str]) -> bool:
    """Whether a line begins as an addressee's does, or has the name that the salutation says."""
    if len(text) > _LONGEST_SALUTATION:
        return False
    if "@" in text:
        return False
    if starts_with_phrase(text, ADDRESSEES):
        return True
    names = addressed - SALUTATIONS - ADDRESSEES
    if not bool(names & _words(text)):
        return False
    return len(text.split()) <= _LONGEST_SIGNATURE


def _is_signed(lines: Sequence[Line], block: tuple[int, int], signature: frozenset[str]) -> bool:
    if not signature:
        return False
    texts = " ".join(line.text for line in lines[block[0] : block[1]])
    return signature <= _words(texts)
