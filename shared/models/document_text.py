"""What reading a CV file gives: its visible text, and what a person should know about the file."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from shared.models.candidate import Flag
from shared.models.frozen import Frozen

DocumentKind = Literal["pdf", "docx", "doc", "rtf", "odt", "txt", "html", "image"]


class ReadDocument(Frozen):
    """One file as text. Hidden words are in `flags` only, never in `text`."""

    kind: DocumentKind  # by content; the file's name has no say
    text: str  # visible text: columns one after the other, table cells separated by tabs, lines by newlines
    pages: int  # 1 where the format knows no pages
    needs_ocr: bool = False  # no usable text layer: a picture, a scan, control characters instead of letters
    flags: tuple[Flag, ...] = ()  # hidden_text and instruction_text, with the words, at most 200 characters
    metadata: dict[str, str] = Field(default_factory=dict)  # never title or author: they name people
    warnings: tuple[str, ...] = ()  # sentences, such as “pages after 200 were not read”
