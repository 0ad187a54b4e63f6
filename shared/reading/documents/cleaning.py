"""Letters as people type them: what programs put between and instead of them is taken out."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from shared.vocabulary.bounds import bounded

# Forms that are only another way to draw the same letters: ligatures, radicals, Arabic presentation forms.
_DRAWN: Final = re.compile("[\u2e80-\u2fd5\uf900-\ufaff\ufb00-\ufdff\ufe70-\ufefc]+")
_SPACES: Final = re.compile("[ \u00a0\u2000-\u200a\u202f\u205f\u3000]+")
# Zero-width joiners stay: Persian and Indic words are spelt with them.
_NOTHING: Final = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_BREAKS: Final = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_EMPTY_LINES: Final = re.compile("\n{3,}")
_TAGS: Final = re.compile("[\U000e0000-\U000e007f]+")  # a copy of ASCII that no font shows
_NOISE: Final = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ue000-\uf8ff\ufffd\uffff\U000f0000-\U0010ffff]+")
# A soft hyphen between blanks or digits is a dash that a program chose wrongly; within a word it is nothing.
_SOFT_DASH: Final = re.compile("(?<=[\\s\\d])\u00ad(?=[\\s\\d])|(?<=[\\d.] )\u00ad|\u00ad(?= [^\\W\\d_])")
_DASHES: Final = str.maketrans(
    {"\u2010": "-", "\u2011": "-", "\u2012": "–", "\u2015": "—", "\ufe58": "—", "\ufe63": "-"}
)
_ICON_FIRST: Final = re.compile("^[ \\t]*[\ue000-\uf8ff]+[ \\t]*", re.M)
_ICON: Final = re.compile("(?<![ \\t])[ \\t]*+(?:[\ue000-\uf8ff]++[ \\t]*+)++")
_PRIVATE_BULLETS: Final = str.maketrans(dict.fromkeys("\uf0b7\uf0a7\uf076\uf0d8\uf0fc\uf0a8\uf06e\uf071\uf02d", "•"))


def cleaned(text: str) -> str:
    """Return `text` with one kind of space and line break, composed letters, and no invisible characters."""
    text = _BREAKS.sub("\n", text)
    if not text.isascii():
        text = _without_icons(_TAGS.sub("", text).translate(_PRIVATE_BULLETS))
        text = _SOFT_DASH.sub("-", text).translate(_DASHES)
        text = _DRAWN.sub(lambda match: unicodedata.normalize("NFKC", match[0]), unicodedata.normalize("NFC", text))
    text = _SPACES.sub(" ", _NOTHING.sub("", text))
    lines = [line.strip(" \t") for line in text.split("\n")]
    return bounded(_EMPTY_LINES.sub("\n\n", "\n".join(lines)).strip("\n"))


def _without_icons(text: str) -> str:
    """Return `text` with the pictures of icon fonts as what they are: a mark before a line or between its parts."""
    if not _ICON.search(text):
        return text
    return _ICON.sub(" | ", _ICON_FIRST.sub("", text))


def smuggled(text: str) -> str:
    """Return the words written in Unicode's tag characters, which no program shows."""
    if text.isascii():
        return ""
    return " ".join("".join(chr(ord(c) - 0xE0000) for c in run).strip("\x00\x01\x7f") for run in _TAGS.findall(text))


def is_noise(text: str) -> bool:
    """Whether a text layer is not letters: control characters, private use, replacement marks."""
    return 5 * sum(map(len, _NOISE.findall(text))) > len("".join(text.split()))
