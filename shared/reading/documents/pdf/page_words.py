"""The words of one PDF page with their places, asked of pdfium as seldom as it goes: each call costs a microsecond."""

from __future__ import annotations

import ctypes
import re
from dataclasses import dataclass, field
from typing import Any, Final

from shared.reading.documents.pdf.fields import field_words
from shared.reading.documents.pdf.hidden import Painted, Veil
from shared.reading.documents.pdf.letters import Placed, letter_words
from shared.reading.documents.pdf.spacing import joined_letters
from shared.reading.documents.pdf.turn import Turn
from shared.reading.documents.words import HYPHEN, Word

_FEWEST_LETTERS: Final = 40  # of a page that lacks blanks
_FEWEST_A_BLANK: Final = 25  # letters for each blank from which blanks are missing
_WITHOUT_BLANKS: Final = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_WORD: Final = re.compile(r"\S+")
_RIGHT_TO_LEFT: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_SPACED_WRONGLY: Final = re.compile("[\u0900-\u0dff]")  # vowel signs stand beside, above and before their letters


@dataclass(frozen=True)
class Page:
    """One page: words that can be seen, runs that cannot, and whether a picture covers most of it."""

    words: list[Word]
    width: float
    hidden: list[str] = field(default_factory=list)
    pictured: bool = False
    links: list[str] = field(default_factory=list)


def read_page(document: Any, number: int) -> Page | None:
    """Return a page's words; None when pdfium cannot read the page."""
    import pypdfium2 as pdfium
    import pypdfium2.raw as raw

    try:
        page = document[number]
        text_page = page.get_textpage()
    except pdfium.PdfiumError:
        return None
    try:
        return _words(raw, document, page, text_page, _turn(page))
    finally:
        text_page.close()
        page.close()


def _turn(page: Any) -> Turn:
    left, bottom, right, top = page.get_bbox()
    return Turn(left, bottom, right, top, page.get_rotation() // 90)


def _words(raw: Any, document: Any, page: Any, text_page: Any, turn: Turn) -> Page:
    painted = Painted(raw, page, turn)
    links = _links(raw, document, page)
    filled = field_words(raw, page, turn)
    count = text_page.count_chars()
    if count <= 0:
        return Page(filled, turn.width, pictured=painted.pictured, links=links)
    text = text_page.get_text_range(0, count)
    visual = _RIGHT_TO_LEFT.search(text) is not None
    glued = _lacks_blanks(text)
    if visual or glued or len(text) != count or _SPACED_WRONGLY.search(text):
        found = letter_words(raw, text_page, count, turn, visual, by_gaps=glued)
    else:
        found = _placed(raw, text_page.raw, text, turn)
    shown, hidden = Veil(raw, page, text_page.raw, painted, turn).parted(found)
    return Page([*joined_letters(shown), *filled], turn.width, hidden, painted.pictured, links)


def _lacks_blanks(text: str) -> bool:
    """Whether a text of a script that writes blanks has next to none, as when each letter was set by itself."""
    letters = sum(map(str.isalpha, text))
    if letters < _FEWEST_LETTERS:
        return False
    if _WITHOUT_BLANKS.search(text):
        return False
    return letters > _FEWEST_A_BLANK * text.count(" ")


def _placed(raw: Any, text_page: Any, text: str, turn: Turn) -> list[Placed]:
    """Ask for the places of each word's first and last letter only."""
    box, x, y = raw.FS_RECTF(), ctypes.c_double(), ctypes.c_double()
    pointer, to_x, to_y = ctypes.byref(box), ctypes.byref(x), ctypes.byref(y)
    ask, origin = raw.FPDFText_GetLooseCharBox, raw.FPDFText_GetCharOrigin
    found: list[Placed] = []
    for match in _WORD.finditer(text):
        for first, last in _unbroken(match[0], *match.span()):
            ask(text_page, first, pointer)
            left, bottom, right, top = box.left, box.bottom, box.right, box.top
            if last != first:
                ask(text_page, last, pointer)
                left, right = min(left, box.left), max(right, box.right)
                bottom, top = min(bottom, box.bottom), max(top, box.top)
            origin(text_page, first, to_x, to_y)
            if turn.quarters:
                left, shown_top, right, _ = turn.box(left, bottom, right, top)
                base = turn.point(x.value, y.value)[1]
            else:
                left, shown_top, right, base = left - turn.left, turn.top - top, right - turn.left, turn.top - y.value
            found.append((Word(text[first : last + 1], left, shown_top, right, base), first, last))
    return found


def _unbroken(word: str, first: int, end: int) -> list[tuple[int, int]]:
    """Cut a word at the end of its line; `lines_of` joins the parts again."""
    if HYPHEN not in word:
        return [(first, end - 1)]
    parts, start = [], first
    for number, char in enumerate(word):
        if char == HYPHEN:
            parts.append((start, first + number))
            start = first + number + 1
    if start < end:
        return [*parts, (start, end - 1)]
    return parts


def _links(raw: Any, document: Any, page: Any) -> list[str]:
    """Return the addresses the links of a page lead to."""
    found: list[str] = []
    start, link = ctypes.c_int(0), raw.FPDF_LINK()
    while len(found) < 50 and raw.FPDFLink_Enumerate(page.raw, ctypes.byref(start), ctypes.byref(link)):
        action = raw.FPDFLink_GetAction(link)
        if action and raw.FPDFAction_GetType(action) == raw.PDFACTION_URI:
            size = raw.FPDFAction_GetURIPath(document.raw, action, None, 0)
            buffer = ctypes.create_string_buffer(min(size, 2000))
            raw.FPDFAction_GetURIPath(document.raw, action, buffer, len(buffer))
            found.append(buffer.value.decode("utf-8", "replace"))
    return [address for address in found if address.startswith(("http", "mailto:", "tel:"))]
