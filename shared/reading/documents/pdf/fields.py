"""What people filled in: the fields of a form and the notes on a page, as words that stand where they are seen."""

from __future__ import annotations

import ctypes
from typing import Any, Final

from shared.reading.documents.pdf.turn import Turn
from shared.reading.documents.words import Word

_MOST: Final = 500  # annotations of a page that are read
_MOST_LETTERS: Final = 4000  # of one of them
_DESCENT: Final = 0.25  # of a field's height: how far the base line stands above its edge
_HIDDEN: Final = 2 | 32  # flags of an annotation: hidden, not to be viewed
_NO_TEXT: Final = ("Off", "Yes", "On")  # what a box that is ticked or not says


def field_words(raw: Any, page: Any, turn: Turn) -> list[Word]:
    """Return the values of a page's form fields and free text notes."""
    count = min(_MOST, raw.FPDFPage_GetAnnotCount(page.raw))
    words: list[Word] = []
    for number in range(count):
        annotation = raw.FPDFPage_GetAnnot(page.raw, number)
        if not annotation:
            continue
        try:
            text = _text_of(raw, annotation)
            if text:
                words += _words(text, _box(raw, annotation, turn))
        finally:
            raw.FPDFPage_CloseAnnot(annotation)
    return words


def _text_of(raw: Any, annotation: Any) -> str:
    if raw.FPDFAnnot_GetFlags(annotation) & _HIDDEN:
        return ""
    kind = raw.FPDFAnnot_GetSubtype(annotation)
    if kind == raw.FPDF_ANNOT_WIDGET:
        value = _value(raw, annotation, b"V")
        if value in _NO_TEXT:
            return ""
        return value
    if kind == raw.FPDF_ANNOT_FREETEXT:
        return _value(raw, annotation, b"Contents")
    return ""


def _value(raw: Any, annotation: Any, key: bytes) -> str:
    size = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)  # bytes of UTF-16, with the end mark
    if size <= 2:
        return ""
    buffer = (ctypes.c_ushort * (min(size, 2 * _MOST_LETTERS) // 2 + 1))()
    raw.FPDFAnnot_GetStringValue(annotation, key, buffer, ctypes.sizeof(buffer))
    return bytes(buffer).decode("utf-16-le", "replace").partition("\x00")[0].strip()


def _box(raw: Any, annotation: Any, turn: Turn) -> tuple[float, float, float, float]:
    rect = raw.FS_RECTF()
    raw.FPDFAnnot_GetRect(annotation, ctypes.byref(rect))
    return turn.box(rect.left, rect.bottom, rect.right, rect.top)


def _words(text: str, box: tuple[float, float, float, float]) -> list[Word]:
    """One word a line of the value, one below the other in the field's box."""
    left, top, right, bottom = box
    lines = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
    if not lines:
        return []
    step = (bottom - top) / len(lines)
    words = []
    for number, line in enumerate(lines):
        base = top + step * (number + 1 - _DESCENT)
        words.append(Word(line, left, top + step * number, right, base))
    return words
