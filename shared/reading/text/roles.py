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
_TOLD: Final = _set(  # a sentence about work begins like this, a title does not
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
            return _named(text[:first]), _named(employer)
        return _named(text), None
    for joint in _JOINTS:
        if split := _split_at(text, joint):
            return split
    return _halves(text)


@lru_cache(maxsize=8192)
def is_employer(text: str) -> bool:
    """Whether what stands behind "at" can be an employer at all."""
    return normalize(text) not in _NEVER_EMPLOYERS and not is_unknown(text) and text == text.strip(" \t,;|")


def _split_at(text: str, joint: re.Pattern[str]) -> tuple[str | None, str | None] | None:
    found = list(joint.finditer(f" {text} "))
    if not found:
        return None
    padded = f" {text} "
    rest = [normalize(padded[match.end() :]) for match in found]
    chosen = next((match for match, after in zip(found, rest, strict=True) if not _is_idiom(after)), None)
    if chosen is None:
        chosen = next((match for match, after in zip(found, rest, strict=True) if after not in _NEVER_EMPLOYERS), None)
    if chosen is None:
        return _named(text), None
    return _named(padded[: chosen.start()]), _named(padded[chosen.end() :])


def _is_idiom(after: str) -> bool:
    word, _, behind = after.partition(" ")
    return word.rstrip(",") in _RARELY_EMPLOYERS and (not behind or behind.startswith("at "))


def _halves(text: str) -> tuple[str | None, str | None]:
    """A joint with nothing behind or before it: `Engineer at`, `at Vantrel AG`."""
    low = text.lower()
    if low.endswith(" at") or low.endswith(" @"):
        return _named(text[:-2]), None
    if low.startswith("at "):
        return None, _named(text[3:])
    return _named(text), None


def _named(text: str) -> str | None:
    text = text.strip(" \t,;|")
    return None if not text or is_unknown(text) else text


def is_role(text: str) -> bool:
    """Whether undated text reads like `TITLE at COMPANY` or a bare title, not like a sentence about work."""
    if len(text) > 140 or (_SENTENCE_END.search(text) and not _LEGAL_END.search(text)):
        return False
    found = tokenize(text)
    return 0 < len(found) <= _MAX_WORDS and found[0] not in _TOLD


def is_school(text: str) -> bool:
    """Whether the text names a place of study rather than a degree."""
    return _SCHOOL.search(text) is not None
