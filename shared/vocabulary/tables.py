"""The word lists of the vocabulary: tab-separated files in `data/`, the first line names the columns.

Where a cell holds several names they are parted by `|`. The files are read once, when the module that uses them is
imported.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

FOLDER: Final = Path(__file__).parent / "data"
_NAMES: Final = "|"


def read_rows(name: str) -> list[list[str]]:
    """Return the rows of `data/NAME.tsv` as cells, without the line that names the columns."""
    text = (FOLDER / f"{name}.tsv").read_text(encoding="utf-8")
    lines = text.splitlines()[1:]
    return [line.split("\t") for line in lines if line]


def split_names(cell: str) -> list[str]:
    """Return the names of a cell, in order; an empty cell has none."""
    return cell.split(_NAMES) if cell else []


def read_names(name: str) -> list[tuple[str, list[str]]]:
    """Return (key, its names) for each row of a file with the two columns key and names."""
    return [(key, split_names(names)) for key, names in read_rows(name)]


def read_words(name: str, key: str) -> list[str]:
    """Return the names of one key of such a file. Raises `KeyError` for a key it does not have."""
    return dict(read_names(name))[key]
