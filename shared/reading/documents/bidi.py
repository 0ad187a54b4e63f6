"""Arabic and Hebrew as they are spoken: a page shows their letters from the right, numbers and Latin from the left.

The inverse of Unicode's bidirectional algorithm (UAX #9) for one line, as far as a page allows to tell.
"""

from __future__ import annotations

import re
from typing import Final

_LETTER: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_DIGITS: Final = "0-9\u0660-\u0669\u06f0-\u06f9"
_R: Final = "\u0590-\u065f\u066a-\u06ef\u06fa-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
_LATIN_RUN: Final = re.compile(f"[^\\W{_R}](?:[^{_R}]*[^\\W{_R}])?[+#]*")
_NUMBER: Final = re.compile(f"[{_DIGITS}](?:[{_DIGITS}./:,+%-]*[{_DIGITS}%])?")
_ARABIC_RUN: Final = re.compile(f"[{_R}](?:[^a-zA-Z\u00c0-\u052f]*[{_R}])?")
_WORD_LETTER: Final = re.compile(f"[^\\W\\d_{_R}]")
_MIRRORED: Final = str.maketrans("()[]{}<>«»", ")(][}{><»«")


def is_right_to_left(text: str) -> bool:
    """Whether there is a letter of a script written from right to left."""
    return _LETTER.search(text) is not None


def share(text: str) -> float:
    """Return the share of letters that are written from right to left."""
    letters = sum(map(str.isalpha, text))
    if letters:
        return len(_LETTER.findall(text)) / letters
    return 0.0


def logical(seen: str, from_right: bool) -> str:
    """Return a line in reading order. `seen` is as it stands on the page; `from_right`: its paragraph starts there."""
    if not from_right:
        if is_right_to_left(seen):
            return _ARABIC_RUN.sub(lambda match: _turned(match[0]), seen)
        return seen
    turned = seen[::-1].translate(_MIRRORED)
    return _LATIN_RUN.sub(lambda match: _back(match[0]), turned)


def _turned(run: str) -> str:
    """A run of right-to-left letters in a line that starts on the left; numbers in it keep their order."""
    return _NUMBER.sub(lambda match: match[0][::-1], run[::-1].translate(_MIRRORED))


def _back(run: str) -> str:
    """A run without right-to-left letters, turned once too often: Latin as a whole, bare numbers one by one."""
    if _WORD_LETTER.search(run):
        return run[::-1].translate(_MIRRORED)
    return re.sub(f"[{_DIGITS}](?:[{_DIGITS}./:,+%-]*[{_DIGITS}%])?", lambda match: match[0][::-1], run)
