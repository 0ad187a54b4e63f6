"""One way to compare text: the same folding for headers, names, skills and search words."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_BLANKS = dict.fromkeys(map(ord, "\u00a0\u2007\u202f\u3000"), " ") | dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e\u00ad"), None
)
_UNDECOMPOSED = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe"})
# A word may hold + # . / & inside or behind it, so that C++, C#, .NET, Node.js, CI/CD and R&D stay whole.
# Indic vowel signs are marks, not letters, to `re`.
_LETTERS = r"(?:[^\W_]|[\u0900-\u0dff])+"
_WORD = re.compile(rf"\.?{_LETTERS}(?:[.&'’-]{_LETTERS})*[+#]*")
_VOICED = "\u3099\u309a"  # the marks that tell Japanese ベ from ヘ are letters, not accents


def clean(text: str) -> str:
    """Return `text` without zero-width marks, with every blank an ordinary one, trimmed; line breaks stay."""
    return text.translate(_BLANKS).strip() if not text.isascii() else text.strip()


@lru_cache(maxsize=8192)
def normalize(text: str) -> str:
    """Return `text` case-folded, without accents or marks, blanks collapsed: for comparing, never for showing."""
    if text.isascii():
        return " ".join(text.lower().split())
    low = clean(text).casefold().translate(_UNDECOMPOSED)
    marks = (c for c in unicodedata.normalize("NFKD", low) if c in _VOICED or not "\u0300" <= c <= "\u036f")
    return " ".join(unicodedata.normalize("NFC", "".join(marks)).split())


def tokenize(text: str) -> list[str]:
    """Return the comparable words of `text` in order: `C++, Node.js` gives `["c++", "node.js"]`."""
    return _WORD.findall(normalize(text))
