"""Which words of a PDF page nobody sees: white on white, tiny, beside the page, invisible, behind something."""

from __future__ import annotations

import ctypes
from typing import Any, Final, NamedTuple

from shared.reading.documents.pdf.letters import Placed
from shared.reading.documents.pdf.turn import Turn
from shared.reading.documents.visibility import TINY, WHITE, Colour, is_pale, look_the_same
from shared.reading.documents.words import Word

_INVISIBLE: Final = 3  # text render mode: neither filled nor stroked
_STROKED: Final = 1
_OBJECTS: Final = 20_000
_PAINTS: Final = 100  # the largest ones; the rest of a chart hides nobody's words
_CONTRAST: Final = 24  # of 255: less is not seen on a screen
_SMALL_PAGE: Final = 400.0  # points; on a smaller page letters may be smaller, too


class Paint(NamedTuple):
    """Something that covers what was drawn before. `colour` is None for a picture, a pattern, a nested drawing."""

    order: int
    left: float
    top: float
    right: float
    bottom: float
    colour: Colour | None

    def covers(self, word: Word) -> bool:
        """Whether most of the word's place is under this."""
        middle = (word.left + word.right) / 2
        if not (self.left <= middle <= self.right):
            return False
        if not (self.top <= (word.top + word.bottom) / 2 <= self.bottom):
            return False
        return min(self.right, word.right) - max(self.left, word.left) > 0.9 * (word.right - word.left)


class Painted:
    """What is drawn on a page, in order."""

    def __init__(self, raw: Any, page: Any, turn: Turn) -> None:
        self.order: dict[int, int] = {}  # address of a text object -> its place in the drawing order
        paints: list[Paint] = []
        pictures = 0.0
        for number in range(min(_OBJECTS, raw.FPDFPage_CountObjects(page.raw))):
            thing = raw.FPDFPage_GetObject(page.raw, number)
            kind = raw.FPDFPageObj_GetType(thing)
            if kind == raw.FPDF_PAGEOBJ_TEXT:
                self.order[_address(thing)] = number
            elif paint := _paint(raw, thing, kind, number, turn):
                paints.append(paint)
                if kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM):
                    pictures += (paint.right - paint.left) * (paint.bottom - paint.top)
        paints.sort(key=lambda one: (one.left - one.right) * (one.bottom - one.top))
        self.paints = sorted(paints[:_PAINTS])
        self.pictured = pictures > 0.4 * turn.width * turn.height


def _address(thing: Any) -> int:
    if thing:
        return ctypes.addressof(thing.contents)
    return 0


def _paint(raw: Any, thing: Any, kind: int, order: int, turn: Turn) -> Paint | None:
    colour: Colour | None = None
    if kind == raw.FPDF_PAGEOBJ_PATH:
        mode, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(thing, ctypes.byref(mode), ctypes.byref(stroke))
        if not mode.value:
            return None
        colour, alpha = _colour(raw.FPDFPageObj_GetFillColor, thing)
        if alpha < 16:
            return None
    edges = [ctypes.c_float() for _ in range(4)]
    if not raw.FPDFPageObj_GetBounds(thing, *map(ctypes.byref, edges)):
        return None
    left, top, right, bottom = turn.box(*(edge.value for edge in edges))
    left, top, right, bottom = max(0, left), max(0, top), min(turn.width, right), min(turn.height, bottom)
    if right - left > 3 and bottom - top > 1:
        return Paint(order, left, top, right, bottom, colour)
    return None


def _colour(ask: Any, thing: Any) -> tuple[Colour | None, int]:
    parts = [ctypes.c_uint() for _ in range(4)]
    if not ask(thing, *map(ctypes.byref, parts)):
        return None, 255
    red, green, blue, alpha = (part.value for part in parts)
    return (red, green, blue), alpha


class Look(NamedTuple):
    """How one text object is drawn."""

    colour: Colour | None
    alpha: int
    invisible: bool
    points: float | None  # size of its letters, None where it is nested and only the box can tell
    order: int | None


class Veil:
    """Parts the words of a page into seen and unseen."""

    def __init__(self, raw: Any, page: Any, text_page: Any, painted: Painted, turn: Turn) -> None:
        self._raw, self._page, self._text, self._painted, self._turn = raw, page, text_page, painted, turn
        self._looks: dict[int, Look] = {}
        self._picture: tuple[memoryview, int, float] | None = None
        self._tiny = TINY * min(1.0, turn.width / _SMALL_PAGE)

    def parted(self, found: list[Placed]) -> tuple[list[Word], list[str]]:
        """Return the words that can be seen, and those that cannot."""
        shown: list[Word] = []
        ghosts: list[Word] = []
        hidden: list[str] = []
        ask = self._raw.FPDFText_GetTextObject
        for word, first, last in found:
            look = self._look(ask(self._text, first))
            if first != last and look.colour and not self._alike(look, last):
                look = self._look(ask(self._text, last)) if is_pale(look.colour) else look
            if look.invisible:
                ghosts.append(word)
            elif self._hides(word, look):
                hidden.append(word.text)
            else:
                shown.append(word)
        if ghosts and self._painted.pictured and len(shown) * 4 <= len(ghosts):
            return shown + ghosts, hidden  # a scan with the words a scanner recognised under the picture
        return shown, [*hidden, *(ghost.text for ghost in ghosts)]

    def _alike(self, look: Look, last: int) -> bool:
        return self._look(self._raw.FPDFText_GetTextObject(self._text, last)) == look

    def _look(self, thing: Any) -> Look:
        address = _address(thing)
        if address not in self._looks:
            self._looks[address] = self._ask(thing, self._painted.order.get(address))
        return self._looks[address]

    def _ask(self, thing: Any, order: int | None) -> Look:
        raw = self._raw
        if not thing:
            return Look(None, 255, False, None, None)
        mode = raw.FPDFTextObj_GetTextRenderMode(thing)
        ask = raw.FPDFPageObj_GetStrokeColor if mode == _STROKED else raw.FPDFPageObj_GetFillColor
        colour, alpha = _colour(ask, thing)
        size, matrix = ctypes.c_float(), raw.FS_MATRIX()
        points: float | None = None
        if order is not None and raw.FPDFTextObj_GetFontSize(thing, ctypes.byref(size)):
            raw.FPDFPageObj_GetMatrix(thing, ctypes.byref(matrix))
            points = abs(size.value) * (matrix.c**2 + matrix.d**2) ** 0.5
        return Look(colour, alpha, mode == _INVISIBLE, points, order)

    def _hides(self, word: Word, look: Look) -> bool:
        turn = self._turn
        if word.right < 0:
            return True
        if word.bottom < 0:
            return True
        if word.left > turn.width:
            return True
        if word.top > turn.height:
            return True
        if look.alpha < 8:
            return True
        height = word.bottom - word.top
        if (look.points if look.points is not None else height * 1.6) < self._tiny and height < 2 * TINY:
            return True
        return self._blends(word, look)

    def _blends(self, word: Word, look: Look) -> bool:
        """Whether the word cannot be told from what is behind it or lies under something drawn later."""
        ground: Colour | None = WHITE
        touched = covered = False
        for paint in self._painted.paints:
            if not paint.covers(word):
                continue
            touched = True
            if look.order is None or paint.order < look.order:
                ground = paint.colour
            else:
                covered = True
        if look.colour is None:
            return False
        same = ground is not None and look_the_same(look.colour, ground)
        if not touched:
            return is_pale(look.colour)
        if same:
            return not self._contrasts(word)
        if covered:
            return not self._contrasts(word)
        if ground is None and is_pale(look.colour):
            return not self._contrasts(word)
        return False

    def _contrasts(self, word: Word) -> bool:
        """Whether something can be seen where the word stands, on the page as it is drawn."""
        if self._picture is None:
            scale = min(2.0, 3000 / max(1.0, self._turn.width, self._turn.height))
            bitmap = self._page.render(scale=scale, grayscale=True, draw_annots=False)
            self._picture = memoryview(bytes(bitmap.buffer)), bitmap.stride, scale
        pixels, stride, scale = self._picture
        left, right = max(0, int(word.left * scale)), min(stride, int(word.right * scale) + 1)
        low, high = 255, 0
        for row in range(max(0, int(word.top * scale)), int(word.bottom * scale) + 1):
            line = pixels[row * stride + left : row * stride + right]
            if line:
                low, high = min(low, *line), max(high, *line)
        return high - low >= _CONTRAST
