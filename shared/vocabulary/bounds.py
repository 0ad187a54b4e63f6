"""How much of one kind of character is read in a row, so that no text of a stranger holds a pattern up.

Every text that enters goes through `bounded` once: cells of exports, text of documents, searches, job descriptions,
typed records. Behind it a pattern may look back over a word or over blanks, since neither can be of any length.
"""

from __future__ import annotations

import re
from typing import Any, Final

LONGEST_BLANKS: Final = 100  # characters of white space in a row; columns of a page are no further apart
LONGEST_WORD: Final = 2_000  # characters without white space; signed links are the longest that mean something
_BLANKS: Final = re.compile(rf"\s{{{LONGEST_BLANKS + 1},}}")
_LONG_WORD: Final = re.compile(rf"\S{{{LONGEST_WORD}}}(?=\S)")


def bounded(text: str) -> str:
    """Return `text` with runs of white space cut to the longest that is read, and endless words parted by blanks."""
    if len(text) > LONGEST_BLANKS:
        text = _BLANKS.sub(_shortened, text)
    if len(text) > LONGEST_WORD:
        text = _LONG_WORD.sub(r"\g<0> ", text)
    return text


def _shortened(run: re.Match[str]) -> str:
    """Return the beginning of a run of blanks; one that breaks the line still does."""
    blanks = run[0]
    if "\n" in blanks:
        return "\n\n"
    return blanks[:LONGEST_BLANKS]


def bounded_values(value: Any) -> Any:
    """Return a JSON value with every text in it bounded."""
    if isinstance(value, str):
        return bounded(value)
    if isinstance(value, list):
        return [bounded_values(item) for item in value]
    if isinstance(value, dict):
        return {name: bounded_values(item) for name, item in value.items()}
    return value
