"""Words that tell what a document is: how letters begin and end, and what invoices, contracts and the like say."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from shared.vocabulary.text import normalize


class OtherKind(NamedTuple):
    """A kind of document that is no CV: what it calls itself, and what only such documents say."""

    name: str
    titles: frozenset[str]
    marks: frozenset[str]


def _folded(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(normalize(phrase) for phrase in phrases)


_DATA: Final = tomllib.loads(Path(__file__).with_name("data").joinpath("documents.toml").read_text(encoding="utf-8"))
SALUTATIONS: Final = _folded(_DATA["letters"]["salutations"])
CLOSINGS: Final = _folded(_DATA["letters"]["closings"])
ADDRESSEES: Final = _folded(_DATA["letters"]["addressees"])
BREAKS: Final = _folded(_DATA["breaks"]["phrases"])
KINDS: Final = tuple(
    OtherKind(name, _folded(words["titles"]), _folded(words["marks"])) for name, words in _DATA["kinds"].items()
)
