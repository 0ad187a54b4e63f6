"""How to reach a person: mail addresses, numbers, links and the place, wherever a CV hides them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from shared.reading.cv.likeness import employer_share, is_place, title_share
from shared.reading.cv.lines import Line
from shared.reading.cv.periods import find_period
from shared.reading.cv.sections import Section
from shared.reading.text.links import links_of
from shared.vocabulary.section_words import LABELS
from shared.vocabulary.text import plain

_ASCII_MAIL: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+'-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_ANY_MAIL: Final = re.compile(r"[\w.%+'-]+@[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}")
_SPACED_MAIL: Final = re.compile(
    r"([A-Za-z0-9][\w.%+-]*)\s*(?:@|[(\[{]\s*at\s*[)\]}])\s*([\w-]+(?:(?:\.|\s*[(\[{]\s*dot\s*[)\]}]\s*|\s\.\s?|\.\s)[\w-]+)+)",
    re.I,
)
_DOT: Final = re.compile(r"\s*[(\[{]\s*dot\s*[)\]}]\s*|\s*\.\s*", re.I)
_LINK: Final = re.compile(
    r"(?:https?://|www\.)[^\s|<>,;]+"
    r"|(?<![\w@.])(?:[\w-]+\.)*(?:linkedin|github|gitlab|xing|behance|dribbble|twitter|kaggle|medium|stackoverflow|bitbucket)\.(?:com|org|net|io)/[^\s|<>,;]+"
    r"|(?<![\w@.])(?:[\w-]+\.)+[a-z]{2,6}/[^\s|<>,;]*",
    re.I,
)
_SITE: Final = re.compile(
    r"(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:com|org|net|io|dev|me|de|fr|es|it|pl|pt|br|uk|ch|at|nl|eu|tech|design|app|info)(?![\w./@-])",
    re.I,
)
_BROKEN_LINK: Final = re.compile(
    r"((?:linkedin|github|xing|gitlab)\.com(?:/[^\s|]*[-/]|/))[ \t]*[\r\n]+[ \t]*([\w%-]+(?:/[\w%-]+)?)(?=[\s|]|$)",
    re.I,
)
_PHONE: Final = re.compile(r"(?<![\w/.@-])(?:\+\s?|00)?[(]?\d[\d\s().\-–/\u2011]{5,22}\d(?:\+)?(?![\w@])")
_SEPARATORS: Final = re.compile(r"\t+|\s+[|•·–—/*]\s+|[|•·;]|\s{2,}|\s-\s")
_SIGNS: Final = re.compile(r"[✉☎📞📧📱🏠📍🔗🌐✆\uf0e0\uf095\uf08c\uf041\uf09b\ue000-\uf8ff\U0001f300-\U0001faff]")
_FEWEST_DIGITS, _MOST_DIGITS = 8, 15  # ITU-T E.164


@dataclass
class Contact:
    """What was found, and which lines hold nothing else."""

    emails: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    location: str | None = None
    spent: set[int] = field(default_factory=set)  # starts of the lines that are contact and nothing else


def read_contact(text: str, sections: Sequence[Section]) -> Contact:
    """Find the ways to reach a person; numbers and places are believed most above the first heading."""
    contact = Contact(links=links_of(" ".join(_link_tokens(text))))
    for section in sections:
        near = section.kind in ("header", "contact")
        left = [_without(line, contact, near) for line in section.lines]
        reached = [rest != line.text for rest, line in zip(left, section.lines, strict=True)]
        for k, line in enumerate(section.lines):
            beside = any(reached[max(0, k - 2) : k + 3]) and len(line.text) < 60
            rest = _place(left[k], contact) if near or reached[k] or beside else left[k]
            named = LABELS.get(plain(rest.strip(" :\t|"))) is not None
            if rest != line.text and (named or not any(c.isalnum() for c in rest)):
                contact.spent.add(line.start)
    return contact


def _link_tokens(text: str) -> Iterator[str]:
    """The addresses of a text; one that a line end cut at a hyphen or slash is joined again."""
    joined = _BROKEN_LINK.sub(r"\1\2", text.replace("\ufffe", "-").replace("\u00ad", ""))
    for match in _LINK.finditer(joined):
        yield match.group().rstrip(").,'\"")


def _without(line: Line, contact: Contact, near: bool) -> str:
    """Take addresses and numbers out of a line; returns what is left of it."""
    left = line.text
    if "@" in left or "[at]" in left or "(at)" in left.lower():
        left = _take_mails(left, contact)
    for match in list(_LINK.finditer(left)):
        left = left.replace(match.group(), " ")
    if near:
        for match in _SITE.finditer(left):
            for site, url in links_of(match.group()).items():
                contact.links.setdefault(site, url)
            left = left.replace(match.group(), " ")
    return _take_phones(left, contact, near or left != line.text)


def _take_mails(left: str, contact: Contact) -> str:
    for match in _mails(left):
        address = match.group().strip(".'-")
        if address.lower() not in {known.lower() for known in contact.emails}:
            contact.emails.append(address)
        left = left.replace(match.group(), " ")
    if "@" in left or "at" in left:
        for spaced in _SPACED_MAIL.finditer(left):
            if "@" in spaced.group() or "at" in spaced.group():
                contact.emails.append(f"{spaced[1]}@{_DOT.sub('.', spaced[2])}")
                left = left.replace(spaced.group(), " ")
                break
    return left


def _mails(text: str) -> list[re.Match[str]]:
    found = list(_ASCII_MAIL.finditer(text))
    if any("\u00c0" <= text[m.start() - 1 : m.start()] <= "\u04ff" for m in found) or not found:
        return list(_ANY_MAIL.finditer(text))
    return found


def _take_phones(left: str, contact: Contact, near: bool) -> str:
    labelled = _has_phone_label(left)
    for match in list(_PHONE.finditer(left)):
        shown = match.group().strip(" .-–/")
        if (shown[0] in "+0(" or near or labelled) and _is_phone(shown, near or labelled):
            if shown.endswith("+"):  # right-to-left text may move the sign behind the number
                shown = "+" + shown[:-1].strip()
            if shown not in contact.phones:
                contact.phones.append(shown)
            left = left.replace(match.group(), " ")
    return left


def _has_phone_label(text: str) -> bool:
    label = re.split(r"[:：]", text, maxsplit=1)[0]
    return label != text and LABELS.get(plain(label)) == "contact"


@lru_cache(maxsize=2048)
def _is_phone(shown: str, near: bool) -> bool:
    """Whether digits can be a number somewhere: an international one anywhere, a national one among the contacts."""
    digits = "".join(c for c in shown if c.isdigit())
    if not _FEWEST_DIGITS <= len(digits) <= _MOST_DIGITS or find_period(shown):
        return False
    if not shown.startswith(("+", "00")) and not shown.endswith("+"):
        return near and len(digits) >= 9
    import phonenumbers

    try:
        number = phonenumbers.parse("+" + digits.removeprefix("00"), None)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_possible_number(number)


def _place(left: str, contact: Contact) -> str:
    """Find where the person is in what a contact line leaves; returns the line without it."""
    bare = _SIGNS.sub(" ", left)
    for piece in _SEPARATORS.split(bare):
        label, colon, value = piece.replace("：", ":", 1).partition(":")
        kind = LABELS.get(plain(label)) if colon else None
        shown = (value if kind == "place" else piece).strip(" ,.\t()")
        if not shown or (kind and kind != "place"):
            continue
        if kind == "place" or is_place(shown) or _looks_like_place(shown) or (shown := _city_of(shown)):
            contact.location = contact.location or shown
            bare = bare.replace(piece, " ", 1)
    return bare if bare != _SIGNS.sub(" ", left) else left


def _looks_like_place(text: str) -> bool:
    """A city nobody knows beside a place somebody does: `Kirkby, United Kingdom`, in either order."""
    parts = [part.strip() for part in re.split(r"[,،，]", text)]
    if not 2 <= len(parts) <= 3 or len(text) > 60 or any(len(part.split()) > 3 for part in parts):
        return False
    unknown = [part for part in parts if not is_place(part)]
    return len(unknown) == 1 and employer_share(unknown[0]) < 0.6 and title_share(unknown[0]) < 0.3


def _city_of(address: str) -> str:
    """Return the place at the end of a street address, '' where it is none: `15 rue des Lilas, 69003 Lyon`."""
    parts = [part.strip() for part in address.split(",")]
    if len(parts) < 2 or not any(c.isdigit() for c in address) or len(address) > 90:
        return ""
    for part in reversed(parts):
        city = part.strip("0123456789 -")
        if is_place(part) and city:
            return city
    return ""
