"""Comparable forms of the addresses that recognise a person: mail address and LinkedIn name."""

from __future__ import annotations

import re
import unicodedata
from typing import Final
from urllib.parse import unquote

from shared.vocabulary.text import clean

_EMAIL: Final = re.compile(r"[^\s@<>,;|\"()\[\]:]+@[^\s@<>,;|\"()\[\]:]+")
_LINKEDIN: Final = re.compile(r"(?<![\w-])linkedin\.com/+(?:mwlite/+|mobile/+|comm/+)?in/+([^/?#\s|,;<>\"]+)", re.I)
_LINKEDIN_ID: Final = re.compile(
    r"(?<![\w-])linkedin\.com/+(?:talent|recruiter|sales)/+(?:[\w-]+/+){0,4}(?:profile|people|lead)/+([\w-]{6,})", re.I
)
LINKEDIN: Final = "https://www.linkedin.com/in/"
_PLAIN_NAME: Final = re.compile(r"[a-z0-9-]+")


def email_key(text: str) -> str | None:
    """Return the mail address without odd blanks, lower-cased; None for placeholders such as `-` or `n/a`."""
    if "@" not in text:
        return None
    match = _EMAIL.search(clean(text).lower())
    if not match:
        return None
    address = match[0].partition("?")[0].strip("'’`.")
    return address if address.isascii() else unicodedata.normalize("NFC", address)


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


def linkedin_id(url: str) -> str | None:
    """Return the id of a profile in LinkedIn's tools for recruiters and sales; None for other pages. Case counts."""
    match = _LINKEDIN_ID.search(url)
    return match[1] if match else None
