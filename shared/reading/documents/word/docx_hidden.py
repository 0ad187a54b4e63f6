"""What Word's formatting hides from the eye: hidden and tiny text, white on white."""

from __future__ import annotations

import re
from typing import Final, Literal
from xml.etree.ElementTree import Element

from shared.reading.documents.archive import Archive, parse_xml
from shared.reading.documents.visibility import TINY, WHITE, Colour, colour_of, is_pale, look_the_same

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_OFF: Final = ("0", "false", "off", "none")
_SUSPECT: Final = re.compile(rb'w:vanish\b|w:color w:val="[EeFf][0-9A-Fa-f][EeFf]|w:sz w:val="[0-3]"')
_TELLING: Final = {f"{W}vanish", f"{W}sz", f"{W}color"}
_RUN_STYLE: Final = f"{W}rStyle"
_FORM_OF_PARAGRAPH, _STYLE, _NUMBER, _VALUE = f"{W}pPr", f"{W}pStyle", f"{W}numPr", f"{W}val"
_BASED: Final = re.compile(rb'<w:basedOn w:val="([^"]*)"')
_FORM: Final = re.compile(rb"<w:rPr>.*?</w:rPr>", re.S)
_FILLED: Final = ("solidFill", "gradFill", "blipFill", "pattFill")
Verdict = Literal["seen", "hidden", "pale"]


class Styles:
    """What the named styles of a document hide or list. Only those in use are parsed: there may be hundreds."""

    def __init__(self, archive: Archive) -> None:
        self._chunks = archive.chunks("word/styles.xml") if "word/styles.xml" in archive.names else iter(())
        self._data = b""
        self._known: dict[str, tuple[Element | None, bool]] = {}  # style id -> run properties that hide, is a list

    def _style(self, name: str) -> tuple[Element | None, bool]:
        if not name:
            return None, False
        if name not in self._known:
            self._known[name] = None, False  # ends a circle of styles based on each other
            self._known[name] = self._parsed(name)
        return self._known[name]

    def _parsed(self, name: str) -> tuple[Element | None, bool]:
        at, end = self._found(b'w:styleId="%s"' % name.replace("&", "&amp;").encode())
        if end < 0:
            return None, False
        text = self._data[self._data.index(b">", at) + 1 : end]
        based = _BASED.search(text)
        above = self._style(based[1].decode("utf-8", "replace")) if based else (None, False)
        listed = b"<w:numPr" in text or above[1]
        form = _run_form(text) if _SUSPECT.search(text) else None
        return form if form is not None and _verdict(form) != "seen" else above[0], listed

    def _found(self, key: bytes) -> tuple[int, int]:
        """Unpack until the style is there: most of the file are styles of tables nobody uses."""
        while True:
            at = self._data.find(key)
            end = self._data.find(b"</w:style>", at) if at >= 0 else -1
            if end >= 0:
                return at, end
            chunk = next(self._chunks, b"")
            if not chunk:
                return at, -1
            self._data += chunk

    def of_paragraph(self, paragraph: Element) -> tuple[str, bool]:
        """Return a paragraph's style and whether it is an item of a list."""
        form = paragraph.find(_FORM_OF_PARAGRAPH)
        if form is None:
            return "", False
        named = form.find(_STYLE)
        style = named.get(_VALUE, "") if named is not None else ""
        number = form.find(_NUMBER)
        if number is None:
            return style, self._style(style)[1]
        which = number.find(f"{W}numId")
        return style, which is None or which.get(f"{W}val") != "0"

    def hides(self, form: Element | None, paragraph_style: str) -> Verdict:
        """Say whether a run with these properties can be seen; `pale` when that depends on what is behind it."""
        named = None
        if form is not None:
            own = _verdict(form)
            if own != "seen":
                return own
            named = form.find(_RUN_STYLE)
        inherited = self._style(named.get(_VALUE, ""))[0] if named is not None else None
        if inherited is None:
            inherited = self._style(paragraph_style)[0]
        if inherited is None:
            return "seen"
        return _verdict(inherited, form)


def _run_form(text: bytes) -> Element | None:
    """Return the run properties in the text of a style."""
    match = _FORM.search(text)
    if not match:
        return None
    return parse_xml(b'<w:x xmlns:w="%s">%s</w:x>' % (W[1:-1].encode(), match[0])).find(f"{W}rPr")


def _verdict(form: Element, over: Element | None = None) -> Verdict:
    """What run properties hide, as far as those of `over` do not say otherwise."""
    for child in form:  # most runs say nothing of the kind, and a document has thousands
        if child.tag in _TELLING:
            break
    else:
        return "seen"
    vanish = _property(form, over, "vanish")
    if vanish is not None and vanish.get(f"{W}val", "1").lower() not in _OFF:
        return "hidden"
    size = _property(form, over, "sz")
    points = size.get(f"{W}val", "") if size is not None else ""
    if points.isdigit() and int(points) < 2 * TINY:
        return "hidden"
    colour = _property(form, over, "color")
    seen = colour_of(colour.get(f"{W}val")) if colour is not None else None
    if seen is None:
        return "seen"
    behind = _fill(form) or (_fill(over) if over is not None else None)
    if behind is not None:
        if look_the_same(seen, behind):
            return "hidden"
        return "seen"
    if is_pale(seen):
        return "pale"
    return "seen"


def _property(form: Element, over: Element | None, name: str) -> Element | None:
    own = over.find(W + name) if over is not None else None
    if own is None:
        return form.find(W + name)
    return own


def _fill(form: Element | None) -> Colour | None:
    if form is None:
        return None
    shade, marker = form.find(f"{W}shd"), form.find(f"{W}highlight")
    if marker is not None and marker.get(f"{W}val") not in ("none", "white", None):
        return (128, 128, 0)  # any marker is darker than white and lighter than black
    if shade is not None:
        return colour_of(shade.get(f"{W}fill"))
    return None


def shaded_runs(root: Element) -> set[Element]:
    """Return the runs on something darker than paper: a shaded cell or paragraph, a filled box, a dark page."""
    found: set[Element] = set()
    stack = [(root, _page(root))]
    while stack:
        element, dark = stack.pop()
        if element.tag == f"{W}r" and dark:
            found.add(element)
        for child in element:
            stack.append((child, dark or _darkens(child)))
    return found


def _page(root: Element) -> bool:
    page = root.find(f"{W}background")
    colour = colour_of(page.get(f"{W}color")) if page is not None else None
    if colour is None:
        return False
    return not is_pale(colour)


def _darkens(element: Element) -> bool:
    """Whether what is inside of the element stands on a dark ground."""
    tag = element.tag.rpartition("}")[2]
    if tag in ("wsp", "shape", "rect", "roundrect"):
        if element.get("filled") in ("f", "false"):
            return False
        if bool(element.get("fillcolor")):
            return True
        return any(one.tag.rpartition("}")[2] in _FILLED for one in element.iter())
    if tag not in ("tc", "p", "tbl"):
        return False
    form = element.find(f"{W}{tag}Pr")
    colour = _fill(form) if form is not None else None
    if colour is None:
        return False
    if look_the_same(colour, WHITE):
        return False
    return not is_pale(colour)
