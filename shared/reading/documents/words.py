"""A word on a page, with the place it stands at: what layout is made of."""

from __future__ import annotations

from typing import Final, NamedTuple

HYPHEN: Final = "\ufffe"  # what pdfium writes for the hyphen of a word that goes on in the next line


class Word(NamedTuple):
    """Letters without a space, or words that stand close together. In points, y grows downwards."""

    text: str
    left: float
    top: float
    right: float
    bottom: float  # the line the letters stand on; a g hangs below it
