"""A CV as lines that know where they stand in the text, so that every fact can quote it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from shared.vocabulary.text import clean

_MARK: Final = r"[•*·・▪◦‣●○■□◆◇►▶➤➢➔▸▹›»❯∙⁃✓✔❖\uf0b7\uf0a7\uf0d8]"
_BULLET: Final = re.compile(rf"(?!»[^«]*«|›[^‹]*‹){_MARK}\s*(?=\S)|[-–—−]\s+(?=\S)|o\s{{2,}}(?=\S)")
_LONE_BULLET: Final = re.compile(rf"(?:{_MARK}|[-–—])$")
_FURNITURE: Final = re.compile(
    r"(?:(?:page|seite|página|pagina|pag|strona|sayfa|страница|стр|σελίδα|trang|صفحة|עמוד|पृष्ठ|第)\.?\s*)?\d{1,2}\s*(?:/|of|von|de|sur|di|z|из|ページ|页)\s*\d{0,2}\s*(?:页|頁)?"
    r"|(?:page|seite|página|pagina|strona|sayfa|страница|trang)\s+\d{1,2}|[-–—]\s*\d{1,2}\s*[-–—]",
    re.I,
)
_SPACED: Final = re.compile(r"(?:\S ){3,}\S(?:\s{2,}(?:\S )+\S)*")
_GAPS: Final = re.compile(r"\t+|\s{3,}")
_BREAK: Final = re.compile(r"\r\n|[\n\r\x0b\x0c\u2028\u2029\x85]")
_ODD: Final = str.maketrans({"\ufffe": "-", "\ufffd": " ", "\u2010": "-", "\u2011": "-"})


class Line(NamedTuple):
    """One line: `text` tidied, `cells` of a table or of wide gaps; `raw[start:end]` is the line as written."""

    text: str
    cells: tuple[str, ...]
    start: int
    end: int
    bullet: str  # the mark that stood before it, or ''
    gap: bool  # an empty line stands before it


def lines_of(text: str) -> list[Line]:
    """Return the lines that say something: no rules, no page numbers, a lone bullet joined with what follows it."""
    lines: list[Line] = []
    gap, lone = True, ""
    for start, end in _spans(text):
        shown = clean(text[start:end].translate(_ODD))
        if not any(c.isalnum() for c in shown):
            lone = shown if _LONE_BULLET.match(shown) else lone
            gap = gap or not shown
        elif not _FURNITURE.fullmatch(shown):
            lines.append(_line(shown, start, end, lone, gap))
            gap, lone = False, ""
    return lines


def quote_of(text: str, lines: Sequence[Line]) -> str:
    """Return the words of `text` from the first to the last of the lines, as written."""
    return text[min(line.start for line in lines) : max(line.end for line in lines)].strip()


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _BREAK.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


def _line(shown: str, start: int, end: int, lone: str, gap: bool) -> Line:
    if _SPACED.fullmatch(shown):
        shown = " ".join("".join(word.split()) for word in re.split(r"\s{2,}", shown))
    mark = _BULLET.match(shown)
    body = shown[mark.end() :] if mark else shown
    cells = tuple(cell for part in _GAPS.split(body) if (cell := " ".join(part.split())))
    return Line("\t".join(cells), cells, start, end, mark.group().strip() if mark else lone, gap)
