"""What a page repeats at its top and bottom is no content: page numbers, running titles, footers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final

_DIGITS: Final = re.compile(r"\d+")
_CONTACT: Final = re.compile(r"@|\d[\d\s().-]{6,}\d")
_BULLETS: Final = "•▪◦‣●○■-–*"
_LONGEST: Final = 160  # characters of a running line


def without_furniture(pages: Sequence[list[str]]) -> list[list[str]]:
    """Return the lines of the pages without what several of them repeat at top or bottom.

    A top line stays on its first page, where it may be the name. A bottom line that says how to reach somebody comes
    once at the very end, where nobody takes it for a part of what stands above it.
    """
    if len(pages) < 2:
        return list(pages)
    tops = _repeated([_first_line(lines) for lines in pages])
    bottoms = _repeated([_last_line(lines) for lines in pages])
    shown: list[list[str]] = []
    contact: dict[str, str] = {}
    for number, lines in enumerate(pages):
        rest = list(lines)
        last = _last_line(rest)
        if _shape(last) in bottoms:
            _remove(rest, last, from_end=True)
            if _CONTACT.search(last):
                contact.setdefault(_shape(last), last)
        first = _first_line(rest)
        if number and _shape(first) in tops:
            _remove(rest, first, from_end=False)
        shown.append(rest)
    if contact:
        shown.append(list(contact.values()))
    return shown


def _repeated(lines: Sequence[str]) -> set[str]:
    counts = Counter(_shape(line) for line in lines if _may_run(line))
    return {shape for shape, count in counts.items() if count > 1}


def _may_run(line: str) -> bool:
    if not bool(line):
        return False
    if len(line) > _LONGEST:
        return False
    return line[0] not in _BULLETS


def _shape(line: str) -> str:
    """Return a line as every page writes it, whatever its number."""
    return _DIGITS.sub("#", line)


def _first_line(lines: Sequence[str]) -> str:
    return next((line for line in lines if line.strip()), "")


def _last_line(lines: Sequence[str]) -> str:
    return next((line for line in reversed(lines) if line.strip()), "")


def _remove(lines: list[str], line: str, from_end: bool) -> None:
    places = range(len(lines) - 1, -1, -1) if from_end else range(len(lines))
    for place in places:
        if lines[place] == line:
            del lines[place]
            return
