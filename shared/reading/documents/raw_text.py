"""What a reader of one format hands back, before words are cleaned and flags are written."""

from __future__ import annotations

from dataclasses import dataclass, field

from shared.models.document_text import DocumentKind


@dataclass(frozen=True)
class RawText:
    """Raw text of a file. `hidden` holds the runs nobody sees, in reading order; they are not in `text`."""

    kind: DocumentKind
    text: str
    pages: int = 1
    needs_ocr: bool = False
    hidden: tuple[str, ...] = ()
    links: tuple[str, ...] = ()  # targets of links, which the text need not show
    metadata: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
