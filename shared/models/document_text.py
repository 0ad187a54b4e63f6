"""What reading a CV file gives: its visible text, and what a person should know about the file."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from shared.models.candidate import Flag
from shared.models.frozen import Frozen

DocumentKind = Literal["pdf", "docx", "doc", "rtf", "odt", "txt", "html", "image"]


class ReadDocument(Frozen):
    """One file as text. Hidden words are in `flags` only, never in `text`."""

    kind: Annotated[DocumentKind, "what it is by its content", "pdf"]
    text: Annotated[str, "its visible text", "Hannah Walker…"]
    pages: Annotated[int, "pages; 1 where the format knows none", "2"]
    needs_ocr: Annotated[bool, "whether it has no usable text of its own", "false"] = False
    flags: Annotated[tuple[Flag, ...], "hidden and instruction-like text, with the words"] = ()
    metadata: Annotated[dict[str, str], "what the file says of itself; never title or author", '{"producer": "…"}'] = (
        Field(default_factory=dict)
    )
    warnings: Annotated[tuple[str, ...], "what could not be read", '["pages after 200 were not read"]'] = ()
