"""Comparable forms of the addresses that recognise a person: mail address and LinkedIn name."""

from __future__ import annotations

import re
import unicodedata
from typing import Final
from urllib.parse import unquote

from shared.vocabulary.text import clean

_EMAIL: Final = re.compile(r"[^\s@<>,;|\"()\[\]:]+@[^\s@<>,;|\"()\[\]:]+")
_LINKEDIN: Final = re.compile(r"(?<![\w-])linkedin\.com/+(?:mwlite/+|mobile/+)?in/+([^/?#\s|,;<>\"]+)", re.I)
LINKEDIN: Final = "https://www.linkedin.com/in/"
_PLAIN_NAME: Final = re.compile(r"[a-z0-9-]+")


def email_key(text: str) -> str | None:
    """Return the mail address without odd blanks, lower-cased; None for placeholders such as `-` or `n/a`."""
    if "@" not in text:
        return None
    found = _EMAIL.search(clean(text).lower())
    return found[0].rstrip(".") if found else None


def linkedin_key(url: str) -> str | None:
    """Return the `/in/` name, percent-decoded, NFC, lower-cased; None for company pages, bare and short links."""
    if (name := url.removeprefix(LINKEDIN)) != url and _PLAIN_NAME.fullmatch(name):
        return name  # as `profile_url` writes it
    found = _LINKEDIN.search(url)
    if not found:
        return None
    name = unquote(found[1]) if "%" in found[1] else found[1]
    if not name.isascii():
        name = unicodedata.normalize("NFC", clean(name))
    return name.lower().rstrip(".)'") or None
