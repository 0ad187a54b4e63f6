"""Where a title ends and an employer begins: `Engineer at Large at Ostrava Ltd`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from shared.reading.text.dates import is_unknown
from shared.vocabulary.text import normalize, tokenize


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What follows "at" without being an employer: Attorney at Law, Editor at Large, Growth at Scale.
_NEVER_EMPLOYERS: Final = frozenset(("large", "law", "arms", "sea", "heart"))
_RARELY_EMPLOYERS: Final = _NEVER_EMPLOYERS | {
    "scale",
    "home",
    "work",
    "risk",
    "source",
    "night",
    "height",
    "heights",
    "speed",
}
_JOINTS: Final = (
    re.compile(r"\s+at\s+", re.I),
    re.compile(r"\s+@\s*|(?<=\w)@(?=\w)"),
    re.compile(r"\s+(?:bei|chez|presso)\s+", re.I),
)
_SCHOOL: Final = re.compile(
    r"\b(?:universi\w+|uni|college|school|institut\w*|academy|akademie|academia|polytechni\w*|hochschule|école|ecole|escuela"
    r"|escola|faculdade|facultad|fakult\w+|lycée|gymnasium|politecnico|politechnika|mit|eth|epfl|uczelnia|szkoła)\b|大学|학교|학원|學",
    re.I,
)
_VERBS: Final = _set(  # a sentence about work begins like this, a title does not
    """
    worked working led leading built building managed managing responsible developed developing created creating
    designed designing presented speaking spoke helped helping interned studied launched delivered joined
    started served i we he she my our grew increased reduced drove driving ran running was is also including
    achieved wrote maintained
    """
)
_SENTENCE_END: Final = re.compile(r"[.!?…:;]$|[a-z]{3,}[.!?]\s+[A-Z]")
_LEGAL_END: Final = re.compile(r"\b(?:inc|ltd|co|corp|llc|[a-z]\.[a-z]|o\.o|bros|jr|sr)\.$", re.I)
_MAX_WORDS: Final = 14


def split_role(text: str) -> tuple[str | None, str | None]:
    """Return (title, employer); either is None when the text does not name it.

    With several joints the first counts (universities and labs carry their own "at"), unless an idiom follows it.
    """
    first = text.find(" at ")
    if first > 0 and text.find(" at ", first + 3) < 0:
        employer = text[first + 4 :].strip(" ,;")
        if employer.lower() not in _NEVER_EMPLOYERS:
            return _stated(text[:first]), _stated(employer)
        return _stated(text), None
    for joint in _JOINTS:
        halves = _split_at(text, joint)
        if halves:
            return halves
    return _halves(text)


@lru_cache(maxsize=8192)
def is_employer(text: str) -> bool:
    """Tell whether what stands behind "at" can be an employer at all."""
    return normalize(text) not in _NEVER_EMPLOYERS and not is_unknown(text) and text == text.strip(" \t,;|")


def _split_at(text: str, joint: re.Pattern[str]) -> tuple[str | None, str | None] | None:
    padded = f" {text} "
    matches = list(joint.finditer(padded))
    if not matches:
        return None
    match = _first_real_joint(padded, matches)
    if match is None:
        return _stated(text), None
    return _stated(padded[: match.start()]), _stated(padded[match.end() :])


def _first_real_joint(text: str, matches: list[re.Match[str]]) -> re.Match[str] | None:
    """Return the first joint that no idiom follows, else the first one that an employer can follow."""
    for match in matches:
        if not _is_idiom(normalize(text[match.end() :])):
            return match
    for match in matches:
        if normalize(text[match.end() :]) not in _NEVER_EMPLOYERS:
            return match
    return None


def _is_idiom(after: str) -> bool:
    word, _, behind = after.partition(" ")
    return word.rstrip(",") in _RARELY_EMPLOYERS and (not behind or behind.startswith("at "))


def _halves(text: str) -> tuple[str | None, str | None]:
    """A joint with nothing behind or before it: `Engineer at`, `at Vantrel AG`."""
    low = text.lower()
    if low.endswith((" at", " @")):
        return _stated(text[:-2]), None
    if low.startswith("at "):
        return None, _stated(text[3:])
    return _stated(text), None


def _stated(text: str) -> str | None:
    text = text.strip(" \t,;|")
    if not text or is_unknown(text):
        return None
    return text


def is_role(text: str) -> bool:
    """Tell whether undated text reads like `TITLE at COMPANY` or a bare title, not like a sentence about work."""
    is_sentence = _SENTENCE_END.search(text) and not _LEGAL_END.search(text)
    if len(text) > 140 or is_sentence:
        return False
    words = tokenize(text)
    return 0 < len(words) <= _MAX_WORDS and words[0] not in _VERBS


def is_school(text: str) -> bool:
    """Tell whether the text names a place of study rather than a degree."""
    return _SCHOOL.search(text) is not None
