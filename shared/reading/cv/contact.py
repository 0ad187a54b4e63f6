"""How to reach a person: mail addresses, numbers, links and the place, wherever a CV hides them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final, NamedTuple

import phonenumbers

from shared.reading.cv.likeness import employer_share, is_place, title_share
from shared.reading.cv.lines import Line
from shared.reading.cv.periods import find_period
from shared.reading.text.links import links_of
from shared.vocabulary.section_words import LABELS
from shared.vocabulary.text import normalize

_ASCII_MAIL: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+'-]{0,99}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}")
_ANY_MAIL: Final = re.compile(r"[\w.%+'-]{1,100}@[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}")
_SPACED_MAIL: Final = re.compile(
    r"([A-Za-z0-9][\w.%+-]{0,99})\s{0,9}(?:@|[(\[{]\s*at\s*[)\]}])\s*([\w-]+(?:(?:\.|\s*[(\[{]\s*dot\s*[)\]}]\s*|\s\.\s?|\.\s)[\w-]+)+)",
    re.I,
)
_DOT: Final = re.compile(r"(?<!\s)\s*(?:[(\[{]\s*dot\s*[)\]}]|\.)\s*", re.I)
_LINK: Final = re.compile(
    r"(?:https?://|www\.)[^\s|<>,;]+"
    r"|(?<![\w@.-])(?:[\w-]+\.)*(?:linkedin|github|gitlab|xing|behance|dribbble|twitter|kaggle|medium|stackoverflow|bitbucket)\.(?:com|org|net|io)/[^\s|<>,;]+"
    r"|(?<![\w@.-])(?:[\w-]+\.)+[a-z]{2,6}/[^\s|<>,;]*",
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
_IS_NUMBER: Final = re.compile(r"[(+0][\d\s().\-–/]{7,}")  # a line that is a number and nothing else
_FEWEST_DIGITS, _MOST_DIGITS = 8, 15  # ITU-T E.164
_FEWEST_NATIONAL: Final = 9  # digits of a number without its country
_MOST_OF_A_LINE: Final = 20  # addresses; more are a list that is nobody's contact
_LONGEST_BESIDE: Final = 60  # characters of a line beside a contact that may name the place


@dataclass
class Contact:
    """The ways to reach the person, and which lines hold nothing else."""

    emails: list[str] = field(default_factory=list)
    phones: list[str] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    location: str | None = None
    spent: set[int] = field(default_factory=set)  # starts of the lines that are contact and nothing else


class Reach(NamedTuple):
    """What a line says of how to reach somebody."""

    line: Line
    emails: list[str]
    phones: list[str]
    links: dict[str, str]
    rest: str  # the line without them

    @property
    def is_empty(self) -> bool:
        """Whether the line names no way to reach anybody."""
        return self.rest == self.line.text

    @property
    def is_alone(self) -> bool:
        """Whether the line names nothing but ways to reach somebody."""
        if self.is_empty:
            return False
        return _says_nothing(self.rest)


def reach_of(line: Line, near: bool) -> Reach:
    """Find addresses, numbers and links of a line. `near`: among contacts, where national numbers are believed."""
    emails, left = _take_mails(line.text)
    for match in list(_LINK.finditer(left)):
        left = left.replace(match.group(), " ")
    links: dict[str, str] = {}
    if near:
        links, left = _take_sites(left)
    believed = near or left != line.text or _IS_NUMBER.fullmatch(line.text) is not None
    phones, left = _take_phones(left, believed)
    return Reach(line, emails, phones, links, left)


def links_in(lines: Iterable[Line]) -> dict[str, str]:
    """Return the links of the lines by site."""
    text = "\n".join(line.text for line in lines)
    return links_of(" ".join(_link_tokens(text)))


def take_places(reaches: Sequence[Reach], near: bool, contact: Contact) -> None:
    """Find where the person is among the lines that name ways to reach them; note the lines that say no more."""
    for place, reach in enumerate(reaches):
        around = reaches[max(0, place - 2) : place + 3]
        beside = len(reach.line.text) < _LONGEST_BESIDE and any(not other.is_empty for other in around)
        rest = reach.rest
        if near or beside or not reach.is_empty:
            rest = _take_place(reach.rest, contact)
        if rest != reach.line.text and _says_nothing(rest):
            contact.spent.add(reach.line.start)


def _says_nothing(rest: str) -> bool:
    """Whether what is left of a line is a label or no word at all."""
    if not any(c.isalnum() for c in rest):
        return True
    return LABELS.get(normalize(rest.strip(" :：\t|"))) is not None


def _link_tokens(text: str) -> Iterator[str]:
    """The addresses of a text; one that a line end cut at a hyphen or slash is joined again."""
    joined = _BROKEN_LINK.sub(r"\1\2", text.replace("\ufffe", "-").replace("\u00ad", ""))
    for match in _LINK.finditer(joined):
        yield match.group().rstrip(").,'\"")


def _take_mails(left: str) -> tuple[list[str], str]:
    low = left.lower()
    if "@" not in left and "[at]" not in low and "(at)" not in low:
        return [], left
    emails: list[str] = []
    for match in _mails(left)[:_MOST_OF_A_LINE]:
        emails.append(match.group().strip(".'-"))
        left = left.replace(match.group(), " ")
    spaced = _SPACED_MAIL.search(left)
    if spaced and ("@" in spaced.group() or "at" in spaced.group().lower()):
        emails.append(f"{spaced[1]}@{_DOT.sub('.', spaced[2])}")
        left = left.replace(spaced.group(), " ")
    return emails, left


def _mails(text: str) -> list[re.Match[str]]:
    matches = list(_ASCII_MAIL.finditer(text))
    for match in matches:
        before = text[match.start() - 1 : match.start()]
        if "\u00c0" <= before <= "\u04ff":  # the address begins in letters ASCII does not have
            return list(_ANY_MAIL.finditer(text))
    return matches or list(_ANY_MAIL.finditer(text))


def _take_sites(left: str) -> tuple[dict[str, str], str]:
    links: dict[str, str] = {}
    for match in list(_SITE.finditer(left)):
        for site, url in links_of(match.group()).items():
            links.setdefault(site, url)
        left = left.replace(match.group(), " ")
    return links, left


def _take_phones(left: str, believed: bool) -> tuple[list[str], str]:
    believed = believed or _has_phone_label(left)
    phones: list[str] = []
    for match in list(_PHONE.finditer(left)):
        shown = _balanced(match.group().strip(" .-–/"))
        if not (believed or shown[0] in "+0("):
            continue
        if not _is_phone(shown, believed):
            continue
        if shown.endswith("+"):  # right-to-left text may move the sign behind the number
            shown = "+" + shown[:-1].strip()
        if shown not in phones:
            phones.append(shown)
        left = left.replace(match.group(), " ")
    return phones, left


def _balanced(shown: str) -> str:
    """Drop a bracket whose other half stands outside the number: `(+82) 10-555` is matched from its sign."""
    if shown.count("(") == shown.count(")"):
        return shown
    return shown.replace("(", "").replace(")", "")


def _has_phone_label(text: str) -> bool:
    label = re.split(r"[:：]", text, maxsplit=1)[0]
    if label == text:
        return False
    return LABELS.get(normalize(label)) == "contact"


@lru_cache(maxsize=2048)
def _is_phone(shown: str, near: bool) -> bool:
    """Whether digits can be a number somewhere: an international one anywhere, a national one among the contacts."""
    digits = "".join(c for c in shown if c.isdigit())
    if not _FEWEST_DIGITS <= len(digits) <= _MOST_DIGITS:
        return False
    if find_period(shown):
        return False
    if not shown.startswith(("+", "00")) and not shown.endswith("+"):
        if not near:
            return False
        return len(digits) >= _FEWEST_NATIONAL
    try:
        number = phonenumbers.parse("+" + digits.removeprefix("00"), None)
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_possible_number(number)


def _take_place(left: str, contact: Contact) -> str:
    """Find where the person is in what a contact line leaves; returns the line without it."""
    bare = _SIGNS.sub(" ", left)
    for piece in _SEPARATORS.split(bare):
        shown = _place_in(piece)
        if shown:
            contact.location = contact.location or shown
            bare = bare.replace(piece, " ", 1)
    if bare != _SIGNS.sub(" ", left):
        return bare
    return left


def _place_in(piece: str) -> str:
    """Return the place a piece of a contact line names, '' where it names none."""
    label, colon, value = piece.replace("：", ":", 1).partition(":")
    kind = LABELS.get(normalize(label)) if colon else None
    if kind and kind != "place":
        return ""
    shown = (value if kind == "place" else piece).strip(" ,.\t()/")
    if kind == "place":
        return shown
    if is_place(shown):
        return shown
    if _looks_like_place(shown):
        return shown
    return _city_of(shown)


def _looks_like_place(text: str) -> bool:
    """A city nobody knows beside a place somebody does: `Kirkby, United Kingdom`, in either order."""
    parts = [part.strip() for part in re.split(r"[,،，]", text)]
    if not 2 <= len(parts) <= 3:
        return False
    if len(text) > 60:
        return False
    if any(len(part.split()) > 3 for part in parts):
        return False
    unknown = [part for part in parts if not is_place(part)]
    if len(unknown) != 1:
        return False
    if employer_share(unknown[0]) >= 0.6:
        return False
    return title_share(unknown[0]) < 0.3


def _city_of(address: str) -> str:
    """Return the place at the end of a street address, '' where it is none: `15 rue des Lilas, 69003 Lyon`."""
    parts = [part.strip() for part in address.split(",")]
    if len(parts) < 2:
        return ""
    if not any(c.isdigit() for c in address):
        return ""
    if len(address) > 90:
        return ""
    for part in reversed(parts):
        city = part.strip("0123456789 -")
        if is_place(part) and city:
            return city
    return ""
