"""Whether words really stand in what was sent, and as what exactly: a fact without them is not believed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from shared.models.candidate import Evidence, Profile


class Ungrounded(Exception):
    """The answer rests on nothing that was sent; the message is the reason, without the words."""


def exact(quote: str | None, text: str, any_case: bool = False) -> str | None:
    """Return the words of `text` that are the quote, blanks and line breaks aside; None where there are none."""
    words = (quote or "").split()
    if not words:
        return None
    pattern = r"\s+".join(map(re.escape, words))
    if _latin(words[0][0]):
        pattern = r"(?<![A-Za-z0-9])" + pattern
    if _latin(words[-1][-1]):
        pattern += r"(?![A-Za-z0-9+#])"
    flags = re.IGNORECASE if any_case else re.NOFLAG
    match = re.search(pattern, text, flags)
    if match is None:
        return None
    return match.group()


@dataclass(frozen=True)
class Sent:
    """The texts of a profile by name, the surest first."""

    cells: Sequence[tuple[str, str]]

    def find(self, quote: str | None) -> Evidence | None:
        """Return the quote with where it stands, in the profile's own words."""
        for where, text in self.cells:
            if words := exact(quote, text):
                return Evidence(where=where, quote=words)
        return None

    def find_all(self, quotes: Sequence[str], most: int = 3) -> tuple[Evidence, ...]:
        """Return those that stand somewhere, each once, at most `most`."""
        evidence: dict[Evidence, None] = {}
        for quote in quotes:
            match = self.find(quote)
            if match:
                evidence[match] = None
        return tuple(evidence)[:most]


def sent(profile: Profile) -> Sent:
    """Return what of a profile may be quoted."""
    cells = []
    for place, text in _cells(profile):
        if text and text.strip():
            cells.append((place, text))
    return Sent(cells)


def _cells(profile: Profile) -> Iterator[tuple[str, str | None]]:
    for place, job in enumerate(profile.experiences, start=1):
        yield f"experience {place} title", job.title
    yield "headline", profile.headline
    for skill in profile.skills:
        yield "skills", skill.name
    for tag in profile.tags:
        yield "tags", tag
    for name in profile.certifications:
        yield "certifications", name
    for place, degree in enumerate(profile.educations, start=1):
        yield f"education {place} degree", degree.degree
        yield f"education {place} school", degree.school
    yield "summary", profile.summary
    for place, job in enumerate(profile.experiences, start=1):
        yield f"experience {place} description", job.description
        yield f"experience {place} company", job.company
    for language in profile.languages:
        yield "languages", language.name


def _latin(letter: str) -> bool:
    return letter.isascii() and letter.isalnum()
