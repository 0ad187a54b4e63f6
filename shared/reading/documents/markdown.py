"""Markdown as a person reads it: headings set apart, marks of emphasis and links gone."""

from __future__ import annotations

import re
from typing import Final

_HEADING: Final = re.compile(r"^#{1,6}[ \t]+(.*?)[ \t]*#*$", re.M)
_EMPHASIS: Final = re.compile(r"(?<![\w*_])(\*{1,3}|_{1,3})(?=\S)([^*_\n]+?)(?<=\S)\1(?![\w*_])")
_LINK: Final = re.compile(r"!?\[([^\]\n]{0,200})\]\(([^)\s]{1,500})[^)\n]{0,100}\)")
_RULE: Final = re.compile(r"^(?:[-*_]\s?){3,}$", re.M)
_FEWEST: Final = 2  # headings from which a text is Markdown


def is_markdown(text: str) -> bool:
    """Whether a text has headings as Markdown marks them."""
    return len(_HEADING.findall(text[:20_000])) >= _FEWEST


def without_marks(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the text as it is shown, and the targets of its links."""
    links = tuple(target for _, target in _LINK.findall(text) if target.startswith(("http", "mailto:", "tel:")))
    text = _LINK.sub(r"\1", text)
    text = _RULE.sub("", text)
    text = _HEADING.sub(r"\n\1", text)
    return _EMPHASIS.sub(r"\2", text), links
