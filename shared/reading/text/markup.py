"""What tools leave in text that nobody wrote: tags, entities, emoji, letters decoded twice."""

from __future__ import annotations

import html
import re
from typing import Final

from shared.vocabulary.bounds import bounded

_ENTITY: Final = re.compile(
    r"&(?:amp|nbsp|lt|gt|quot|apos|#\d{2,6}|#x[0-9a-fA-F]{2,5}|[a-zA-Z]{1,6}(?:uml|acute|grave|tilde|circ|cedil));"
)
_BREAK: Final = re.compile(r"<(?:br|/p|/div|/li|/tr|/h\d)\s*/?>", re.I)
_HIDDEN: Final = re.compile(r"<(script|style)\b[^>]*>.*?(?:</\1\s*>|$)|<!--.*?(?:-->|$)", re.I | re.S)
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]*>")
_EMOJI: Final = re.compile(
    "[\U0001f000-\U0001faff\U0001fb00-\U0001fbff\u2600-\u27bf\u2b00-\u2bff\u2190-\u21ff\u2300-\u23ff\u25a0-\u25ff\ufe0e\ufe0f\u20e3\U000e0020-\U000e007f]+"
)
# Letters that UTF-8 read as Latin-1 or Windows-1252 turns into: a lead byte and what may follow it.
_TWICE: Final = re.compile("[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]")
_LEADS: Final = (
    "Ã",
    "Â",
    "â€",
    "Ä",
    "Å",
    "Î",
    "Ï",
    "Ð",
    "Ñ",
    "Ø",
    "Ù",
    "×",
)  # what such text shows, hardly any other does
_PLAUSIBLE: Final = re.compile("[\\x00-\\x7f\u00a0-\u024f\u2000-\u20cf\u2122]*")  # what a European writes
_ENOUGH: Final = 4  # sequences after which chance is ruled out, whatever script comes out


def without_tags(text: str) -> str:
    """Return `text` without HTML: scripts and comments with their content, tags, entities decoded."""
    if "&" in text and _ENTITY.search(text):
        text = html.unescape(text)
    if "<" not in text:
        return text
    text = _BREAK.sub("\n", text)
    text = _HIDDEN.sub("", text)
    text = _TAG.sub("", text)
    return bounded(text.strip())


def without_emoji(text: str) -> str:
    """Return `text` without pictures, for names."""
    if text.isascii():
        return text
    return _EMOJI.sub("", text).strip()


def looks_decoded_twice(text: str) -> bool:
    """Whether a look at `undo_double_decoding` is worth it; cheap enough for every record."""
    for lead in _LEADS:  # a plain loop: a generator would cost more than the searches
        if lead in text:
            return _TWICE.search(text) is not None
    return False


def undo_double_decoding(text: str) -> str:
    """Return `João` for `JoÃ£o`; any text that is not plainly UTF-8 decoded as Latin-1 comes back as it is."""
    if text.isascii():
        return text
    sequences = len(_TWICE.findall(text))
    if not sequences:
        return text
    try:
        repaired = bytes(map(_byte, text)).decode("utf-8")
    except (UnicodeError, ValueError):
        return text
    if sequences >= _ENOUGH or _PLAUSIBLE.fullmatch(repaired):
        return repaired
    return text


def _byte(char: str) -> int:
    """The byte a character was read from; raises UnicodeError when it can have been none."""
    code = ord(char)
    if code < 256:
        return code
    return char.encode("cp1252")[0]
