"""Where the comparable words of a text stand in it, so that every reading can quote the text itself."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from shared.vocabulary.text import normalize

# As in text.tokenize, but on the text as written: combining and invisible marks belong to the word they stand in.
_MARKS = "\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff"
_LETTERS = rf"(?:[^\W_]|[\u0900-\u0dff{_MARKS}])+"
_WORD: Final = re.compile(rf"\.?{_LETTERS}(?:[.&'’-]{_LETTERS})*[+#]*")


class Word(NamedTuple):
    """One word: its comparable form and where it stands."""

    form: str
    start: int
    end: int


def words_at(text: str) -> list[Word]:
    """Return the comparable words of `text` with their places; `text[w.start:w.end]` is the word as written."""
    if text.isascii():
        low = text.lower()
        return [Word(m.group(), m.start(), m.end()) for m in _WORD.finditer(low)]
    return [Word(normalize(m.group()), m.start(), m.end()) for m in _WORD.finditer(text)]
