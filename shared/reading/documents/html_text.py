"""Web pages as CVs: the text a browser would show."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Final

from shared.reading.documents.plain import decode
from shared.reading.documents.raw_text import RawText
from shared.reading.documents.visibility import TINY, colour_of, is_pale

_SILENT: Final = {"script", "style", "head", "template", "noscript", "svg", "object", "iframe", "datalist"}
_VOID: Final = {"br", "hr", "img", "input", "meta", "link", "wbr", "area", "base", "col", "embed", "source", "track"}
_LINES: Final = set(
    "p div li ul ol h1 h2 h3 h4 h5 h6 tr table section article header footer main aside nav address dl dt dd "
    "blockquote pre body figure form fieldset br hr".split()
)
_CHARSET: Final = re.compile(rb"charset\s*=\s*[\"']?([\w.:-]+)", re.I)
_RULE: Final = re.compile(r"(?<![^{}])([^{}]+)\{([^{}]*)\}")
_SIMPLE: Final = re.compile(r"[a-z0-9]*[.#][\w-]+|[a-z0-9]+", re.I)
_SIZE: Final = re.compile(r"font-size\s*:\s*([\d.]+)\s*(px|pt|em|rem|%)?")
_GONE: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|opacity\s*:\s*0(?:\.0*\d?)?\s*(?:;|$|!)"
    r"|(?:text-indent|left|top|right|margin-left|margin-top)\s*:\s*-\d{3,}|clip(?:-path)?\s*:\s*(?:rect\(0|inset\((?:50|100)%)"
    r"|color\s*:\s*transparent|(?:^|;)\s*(?:max-)?(?:height|width)\s*:\s*0(?:px)?\s*(?:;|$|!)"
)
_INK: Final = re.compile(r"(?:^|;)\s*color\s*:\s*([^;!]+)")
_GROUND: Final = re.compile(r"background(?:-color|-image)?\s*:\s*([^;!]+)")
_PER_POINT: Final = {"px": 0.75, "pt": 1.0, "em": 12.0, "rem": 12.0, "%": 0.12}


def read_html(content: bytes) -> RawText:
    """Return the visible text of a page."""
    declared = _CHARSET.search(content[:2048])
    text, _ = decode(content, declared[1].decode("ascii", "replace") if declared else None)
    page = _Page(_hiding_rules(text))
    page.feed(text)
    page.close()
    return RawText("html", "".join(page.shown), hidden=tuple(page.hidden), links=tuple(dict.fromkeys(page.links)))


def _hiding_rules(text: str) -> dict[str, str]:
    """Return the simple selectors (`.note`, `#x`, `p.note`) of the page's own style sheet with what they set."""
    rules: dict[str, str] = {}
    for sheet in re.findall(r"<style[^>]*>(.*?)</style", text, re.I | re.S):
        for selectors, body in _RULE.findall(re.sub(r"/\*.*?\*/", "", sheet, flags=re.S)):
            for selector in map(str.strip, selectors.split(",")):
                if _SIMPLE.fullmatch(selector):
                    rules[selector.lower()] = rules.get(selector.lower(), "") + ";" + body.lower()
    return rules


class _Page(HTMLParser):
    def __init__(self, rules: dict[str, str]) -> None:
        super().__init__(convert_charrefs=True)
        self.shown: list[str] = []
        self.hidden: list[str] = []
        self.links: list[str] = []
        self._rules = rules
        self._open: list[tuple[str, bool, bool, bool]] = []  # tag, hidden, pale ink, dark ground

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._break(tag)
        given = {name: value or "" for name, value in attrs}
        if tag == "a" and given.get("href", "").startswith(("http", "mailto:", "tel:")):
            self.links.append(given["href"][:500])
        if tag in _VOID:
            return
        _, hidden, pale, dark = self._open[-1] if self._open else ("", False, False, False)
        style = self._style(tag, given)
        hidden = hidden or "hidden" in given or bool(_GONE.search(style)) or _is_tiny(style)
        ink = _INK.search(style)
        colour = colour_of(ink[1] if ink else given.get("color"))
        pale = is_pale(colour) if colour else pale
        self._open.append((tag, hidden, pale, _ground(style, given, dark)))
        if tag == "li":
            self.shown.append("• ")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        self._break(tag)
        for place in range(len(self._open) - 1, max(-1, len(self._open) - 40), -1):
            if self._open[place][0] == tag:
                del self._open[place:]
                return

    def handle_data(self, data: str) -> None:
        if any(tag in _SILENT for tag, *_ in self._open[-40:]):
            return
        _, hidden, pale, dark = self._open[-1] if self._open else ("", False, False, False)
        text = data if any(tag == "pre" for tag, *_ in self._open[-40:]) else re.sub(r"\s+", " ", data)
        if hidden or (pale and not dark):
            self.hidden.append(text)
        else:
            self.shown.append(text)

    def _break(self, tag: str) -> None:
        if tag in ("td", "th"):
            self.shown.append("\t" if self.shown and not self.shown[-1].endswith(("\n", "\t")) else "")
        elif tag in _LINES and self.shown and not self.shown[-1].endswith("\n"):
            self.shown.append("\n")

    def _style(self, tag: str, given: dict[str, str]) -> str:
        keys = [tag, f"#{given.get('id', '')}".lower()]
        for name in given.get("class", "").lower().split():
            keys += [f".{name}", f"{tag}.{name}"]
        return ";".join([*(self._rules.get(key, "") for key in keys), given.get("style", "").lower()])


def _is_tiny(style: str) -> bool:
    sizes = _SIZE.findall(style)
    if not sizes:
        return False
    number, unit = sizes[-1]
    try:
        return float(number) * _PER_POINT.get(unit, 0.75) < TINY
    except ValueError:
        return False


def _ground(style: str, given: dict[str, str], above: bool) -> bool:
    """Whether the element stands on something darker than paper; `above` is what it stands on already."""
    grounds = _GROUND.findall(style) or ([given["bgcolor"]] if "bgcolor" in given else [])
    if not grounds:
        return above
    word = grounds[-1].strip()
    if word in ("none", "transparent", "inherit", "initial"):
        return above
    colour = colour_of(word) or colour_of(word.split()[0] if word.split() else "")
    if colour is None:
        return True
    return not is_pale(colour)
