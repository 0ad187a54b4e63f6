"""Word documents: body, tables, text boxes, headers and footers, straight from the XML."""

from __future__ import annotations

import re
from typing import Final
from xml.etree.ElementTree import Element

from shared.errors import UnreadableFile
from shared.reading.documents.archive import DAMAGED, Archive
from shared.reading.documents.limits import Limits
from shared.reading.documents.raw_text import RawText
from shared.reading.documents.word.docx_hidden import Styles, shaded_runs

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT: Final = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL: Final = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_SYMBOL, _FORM = f"{W}sym", f"{W}rPr"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_CHOICE: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_MARGINS: Final = re.compile(r"word/(header|footer|footnotes|endnotes)\d*\.xml")
_PLACE: Final = {"header": 0, "body": 1, "footnotes": 2, "endnotes": 3, "footer": 4}
_BREAKS: Final = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_KINDS: Final = {
    f"{W}t": "text",
    _SYMBOL: "text",
    f"{W}r": "run",
    f"{W}p": "paragraph",
    f"{W}tc": "cell",
    f"{W}tr": "row",
    **dict.fromkeys(_BREAKS, "break"),
}
_LINK: Final = re.compile(rb'Target="((?:https?|mailto|tel)[^"]{1,500})"')


def read_docx(content: bytes, limits: Limits) -> RawText:
    """Return the text of a .docx. Table cells are separated by tabs, text boxes follow the paragraph they hang on."""
    archive = Archive(content, limits.unpacked_mb)
    main = _main_part(archive)
    styles = Styles(archive)
    parts: list[tuple[int, str]] = []
    hidden: list[str] = []
    for name in [*sorted(filter(_MARGINS.fullmatch, archive.names)), main]:
        match = _MARGINS.fullmatch(name)
        walk = Walk(_tree(archive, name), styles)
        parts.append((_PLACE[match[1] if match else "body"], walk.text()))
        hidden += walk.hidden
    texts = list(dict.fromkeys(text for _, text in sorted(parts, key=lambda part: part[0]) if text.strip()))
    return RawText("docx", "\n".join(texts), hidden=tuple(hidden), links=_links(archive, main))


def _main_part(archive: Archive) -> str:
    if "word/document.xml" in archive.names:
        return "word/document.xml"
    relations = archive.read("_rels/.rels") if "_rels/.rels" in archive.names else b""
    match = re.search(rb'officeDocument"[^>]*Target="/?([^"]+)"', relations)
    if not match or (name := match[1].decode("utf-8", "replace")) not in archive.names:
        raise UnreadableFile(DAMAGED)
    return name


def _tree(archive: Archive, name: str) -> Element:
    root = archive.xml(name)
    if _STRICT in root.tag:  # "strict" files say the same under another name
        for element in root.iter():
            element.tag = element.tag.replace(_STRICT, _TRANSITIONAL)
            for key in [key for key in element.attrib if _STRICT in key]:
                element.attrib[key.replace(_STRICT, _TRANSITIONAL)] = element.attrib.pop(key)
    return root


def _links(archive: Archive, main: str) -> tuple[str, ...]:
    folder, _, name = main.rpartition("/")
    relations = f"{folder}/_rels/{name}.rels"
    if relations not in archive.names:
        return ()
    found = _LINK.findall(archive.read(relations))
    return tuple(dict.fromkeys(link.decode("utf-8", "replace").replace("&amp;", "&") for link in found))


class Walk:
    """One part in document order. `hidden` fills while `text` is made."""

    def __init__(self, root: Element, styles: Styles) -> None:
        self.hidden: list[str] = []
        self._root, self._styles = root, styles
        self._lines: list[str] = []
        self._line: list[str] = []
        self._open = False  # a paragraph has begun
        self._first_in_cell = False  # the next paragraph goes on in the line of its row
        self._row = -1  # lines there were when the row began; a cell of several lines ends its line
        self._boxes: list[Element] = []
        self._seen: set[Element] | None = None

    def text(self) -> str:
        """Return the visible text."""
        _without_fallbacks(self._root)
        _without_placeholders(self._root)
        boxes = _take_boxes(self._root)
        self._run(self._root, boxes)
        while self._boxes:
            self._read_boxes(boxes)
        self._end_line()
        return "\n".join(self._lines)

    def _run(self, root: Element, boxes: dict[Element, Element]) -> None:
        run: Element | None = None
        style = ""
        for element in root.iter():
            kind = _KINDS.get(element.tag)
            if kind is None and not boxes:
                continue  # four in five elements are about looks
            if kind == "text":
                self._word(element, run, style)
            elif kind == "run":
                run = element
            elif kind == "paragraph":
                style, run = self._paragraph(element, boxes), None
            elif kind == "break" and run is not None:
                self._line.append(_BREAKS[element.tag])
            elif kind == "cell":
                self._first_in_cell = len(self._lines) == self._row and bool(self._line)
            elif kind == "row":
                self._end_line()
                self._row = len(self._lines)
            if boxes and element in boxes:
                self._boxes.append(boxes[element])

    def _paragraph(self, element: Element, boxes: dict[Element, Element]) -> str:
        self._read_boxes(boxes)
        if self._first_in_cell:
            self._line.append("\t")
            self._first_in_cell = False
        else:
            self._end_line()
        self._open = True
        style, listed = self._styles.of_paragraph(element)
        if listed:
            self._line.append("• ")
        return style

    def _read_boxes(self, boxes: dict[Element, Element]) -> None:
        waiting, self._boxes = self._boxes, []
        for box in waiting:
            self._end_line()
            self._run(box, boxes)

    def _word(self, element: Element, run: Element | None, style: str) -> None:
        text = element.text or ""
        if element.tag == _SYMBOL:
            text = "•" if element.get(f"{W}char", "").lower() in ("f0b7", "f0a7", "2022") else ""
        if run is not None and self._hides(run, style):
            self.hidden.append(text)
        else:
            self._line.append(text)

    def _hides(self, run: Element, style: str) -> bool:
        form = run.find(_FORM)
        verdict = self._styles.hides(form, style)
        if verdict != "pale":
            return verdict == "hidden"
        if self._seen is None:
            self._seen = shaded_runs(self._root)
        return run not in self._seen

    def _end_line(self) -> None:
        if not self._open:
            return
        self._open = False
        line = "".join(self._line)
        if line.strip("\t •"):
            self._lines.append(line.strip("\n"))
        elif self._lines and self._lines[-1]:
            self._lines.append("")
        self._line = []


def _without_fallbacks(root: Element) -> None:
    """A text box is written twice, for new and for old programs; the copy for old ones goes."""
    for both in root.iter(_CHOICE):
        for old in both.findall(_FALLBACK):
            if len(both) > 1:
                both.remove(old)


def _without_placeholders(root: Element) -> None:
    """Words that only say what to write into a field of a template are no content."""
    for field in root.iter(f"{W}sdt"):
        if field.find(f"{W}sdtPr/{W}showingPlcHdr") is None:
            continue
        for text in field.iter(f"{W}t"):
            text.text = ""


def _take_boxes(root: Element) -> dict[Element, Element]:
    """Take text boxes out of their paragraphs, whose own words would run on in the box's last line."""
    tag = f"{W}txbxContent"
    if next(root.iter(tag), None) is None:
        return {}
    found = {}
    for holder in list(root.iter()):
        for child in [child for child in holder if child.tag == tag]:
            holder.remove(child)
            found[holder] = child
    return found
