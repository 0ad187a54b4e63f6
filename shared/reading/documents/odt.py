"""OpenDocument text: body, tables, frames, page headers and footers."""

from __future__ import annotations

from typing import Final
from xml.etree.ElementTree import Element

from shared.reading.documents.archive import Archive
from shared.reading.documents.limits import Limits
from shared.reading.documents.raw_text import RawText
from shared.reading.documents.visibility import TINY, colour_of, is_pale

_NS: Final = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
OFFICE, TEXT, TABLE, STYLE, DRAW = (_NS % name for name in ("office", "text", "table", "style", "drawing"))
FO: Final = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_HREF: Final = "{http://www.w3.org/1999/xlink}href"
_BLOCKS: Final = {f"{TEXT}p", f"{TEXT}h"}
_SILENT: Final = {
    f"{OFFICE}annotation",
    f"{TEXT}tracked-changes",
    f"{TEXT}sequence-decls",
    f"{TEXT}note-citation",
    f"{OFFICE}forms",
    "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}title",
    "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}desc",
}
_HIDDEN_TAGS: Final = {f"{TEXT}hidden-text", f"{TEXT}hidden-paragraph"}
_MARGINS: Final = (f"{STYLE}header", f"{STYLE}header-left", f"{STYLE}header-first")
_FEET: Final = (f"{STYLE}footer", f"{STYLE}footer-left", f"{STYLE}footer-first")


def read_odt(content: bytes, limits: Limits) -> RawText:
    """Return the text of an .odt file. Raises UnreadableFile when it is damaged or protected."""
    archive = Archive(content, limits.unpacked_mb)
    body = archive.xml("content.xml")
    styled = archive.xml("styles.xml") if "styles.xml" in archive.names else None
    walk = _Walk(_hiding(body, styled))
    for tag in _MARGINS if styled is not None else ():
        walk.all_of(styled, tag)
    walk.all_of(body, f"{OFFICE}text")
    for tag in _FEET if styled is not None else ():
        walk.all_of(styled, tag)
    return RawText("odt", "\n".join(walk.lines), hidden=tuple(walk.hidden), links=tuple(dict.fromkeys(walk.links)))


def _hiding(*roots: Element | None) -> dict[str, bool]:
    """Return the styles that say something of visibility: True hides, False shows again (a dark ground)."""
    found: dict[str, bool] = {}
    above: dict[str, str] = {}
    for root in roots:
        for style in root.iter(f"{STYLE}style") if root is not None else ():
            name = style.get(f"{STYLE}name", "")
            above[name] = style.get(f"{STYLE}parent-style-name", "")
            verdict = _verdict(style)
            if verdict is not None:
                found[name] = verdict
    for name in above:
        parent, steps = above[name], 0
        while parent and name not in found and steps < 20:
            if parent in found:
                found[name] = found[parent]
            parent, steps = above.get(parent, ""), steps + 1
    return found


def _verdict(style: Element) -> bool | None:
    for form in style:
        if form.get(f"{TEXT}display") == "none":
            return True
        size = form.get(f"{FO}font-size", "")
        if size.endswith("pt") and _number(size) < TINY:
            return True
        ground = colour_of(form.get(f"{FO}background-color"))
        if ground is not None and not is_pale(ground):
            return False
        ink = colour_of(form.get(f"{FO}color"))
        if ink is not None:
            return is_pale(ink)
    return None


def _number(size: str) -> float:
    try:
        return float(size[:-2])
    except ValueError:
        return 12.0


class _Walk:
    """Lines in document order. Frames are read after the paragraph they hang on."""

    def __init__(self, hiding: dict[str, bool]) -> None:
        self.lines: list[str] = []
        self.hidden: list[str] = []
        self.links: list[str] = []
        self._hiding = hiding
        self._line: list[str] = []
        self._in_row = False  # the next paragraph goes on in the line of its row

    def all_of(self, root: Element | None, tag: str) -> None:
        """Read every element of this kind."""
        for element in root.iter(tag) if root is not None else ():
            self._blocks(element, False)
            self._end()

    def _blocks(self, element: Element, hidden: bool, bullet: str = "") -> None:
        for child in element:
            tag = child.tag
            if tag in _SILENT:
                continue
            if tag in _BLOCKS:
                self._paragraph(child, hidden, bullet)
                bullet = ""
            elif tag == f"{TABLE}table-row":
                self._row(child, hidden)
            elif tag in (f"{TEXT}list-item", f"{TEXT}list-header"):
                self._blocks(child, hidden, "• " if tag.endswith("item") else "")
            elif tag == f"{TEXT}section":
                self._blocks(child, hidden or child.get(f"{TEXT}display") == "none", bullet)
            else:
                self._blocks(child, hidden, bullet)

    def _row(self, row: Element, hidden: bool) -> None:
        self._end()
        for number, cell in enumerate(row):
            self._in_row = number > 0
            verdict = self._hiding.get(cell.get(f"{TABLE}style-name", ""))
            self._blocks(cell, False if verdict is False else hidden)
        self._in_row = False
        self._end()

    def _paragraph(self, element: Element, hidden: bool, bullet: str) -> None:
        if self._in_row:
            self._line.append("\t")
            self._in_row = False
        else:
            self._end()
        self._line.append(bullet)
        later: list[Element] = []
        self._words(element, hidden, later)
        for box in later:
            self._end()
            self._blocks(box, hidden)

    def _words(self, element: Element, hidden: bool, later: list[Element]) -> None:
        hidden = self._hiding.get(element.get(f"{TEXT}style-name", ""), hidden) or element.tag in _HIDDEN_TAGS
        if element.tag == f"{TEXT}a" and element.get(_HREF, "").startswith(("http", "mailto:")):
            self.links.append(element.get(_HREF, "")[:500])
        self._say(element.text, hidden)
        for child in element:
            if child.tag == f"{TEXT}s":
                self._say(" ", hidden)
            elif child.tag == f"{TEXT}tab":
                self._say("\t", hidden)
            elif child.tag == f"{TEXT}line-break":
                self._say("\n", hidden)
            elif child.tag.startswith(DRAW) or child.tag == f"{TEXT}note":
                later.append(child)
            elif child.tag not in _SILENT:
                self._words(child, hidden, later)
            self._say(child.tail, hidden)

    def _say(self, words: str | None, hidden: bool) -> None:
        if words:
            (self.hidden if hidden else self._line).append(words)

    def _end(self) -> None:
        line = "".join(self._line)
        if line.strip("\t •"):
            self.lines.append(line)
        elif self.lines and self.lines[-1]:
            self.lines.append("")
        self._line = []
