"""What the headings and labels of a CV are called, so that its sections are found in any of our languages."""

from __future__ import annotations

from typing import Final

from shared.vocabulary.tables import read_names
from shared.vocabulary.text import normalize

_CV: Final = "cv"  # the words for the document itself


def _meanings(file: str) -> dict[str, str]:
    """Return each name of the file as `normalize` folds it -> what it names; the first row that has a name wins."""
    meanings: dict[str, str] = {}
    for meaning, names in read_names(file):
        for name in names:
            meanings.setdefault(normalize(name), meaning)
    return meanings


HEADINGS: Final = _meanings("sections")
LABELS: Final = {name: label for name, label in _meanings("labels").items() if label != _CV}
CV_WORDS: Final = frozenset(normalize(name) for name in dict(read_names("labels"))[_CV])
