"""Links that carry what the text does not show: an address behind the word `E-mail`, a number behind a telephone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import unquote

_HEADING: Final = "Contact"
_NUMBER: Final = re.compile(r"\d[\d\s().-]{6,}\d")
_PROFILE: Final = re.compile(r"^https?://(?:[\w-]+\.)?(linkedin\.com/in/|github\.com/)[^/?#\s]+", re.I)
_LONGEST: Final = 200  # characters of a target that is believed


def with_contact_links(text: str, links: Sequence[str]) -> str:
    """Return the text with a block of contact for the first address, number and profile that only links name."""
    lines: list[str] = []
    targets = [link for link in links if len(link) <= _LONGEST]
    if "@" not in text:
        lines += _first(targets, "mailto:")
    if not _NUMBER.search(text):
        lines += _first(targets, "tel:")
    lines += _profiles(text, targets)
    if not lines:
        return text
    return "\n".join([text, "", _HEADING, *lines])


def _first(targets: Sequence[str], scheme: str) -> list[str]:
    for target in targets:
        if target.lower().startswith(scheme):
            value = unquote(target[len(scheme) :].partition("?")[0]).strip()
            if value.isprintable() and value:
                return [value]
            return []
    return []


def _profiles(text: str, targets: Sequence[str]) -> list[str]:
    """Return the first profile of each site that the text does not write out."""
    profiles: dict[str, str] = {}
    for target in targets:
        match = _PROFILE.match(target)
        if match:
            profiles.setdefault(match[1].lower(), target)
    low = text.lower()
    return [target for site, target in profiles.items() if site not in low]
