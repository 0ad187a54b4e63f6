"""Whose CV it is: the line that is a name, by where it stands and what the addresses say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from shared.reading.cv.contact import Contact
from shared.reading.cv.likeness import employer_share, is_place, school_share, title_share
from shared.reading.cv.lines import Line
from shared.reading.cv.sections import Section, heading_of, is_title_page
from shared.reading.text.cells import person_name
from shared.reading.text.identity import name_key
from shared.vocabulary.language_names import is_language
from shared.vocabulary.section_words import CV_WORDS, LABELS
from shared.vocabulary.skills import canonical
from shared.vocabulary.text import normalize

_PARTS: Final = re.compile(r"\t|\s+[|•·–—]\s+|\s+-\s+|\s{2,}|,\s+(?=[A-Z][\w.]*(?:,|$))")
_TITLE_PAGE: Final = re.compile(
    r"""^(?:curriculum\ vitae|cv|resume|résumé|lebenslauf|currículum(?:\ vitae)?|currículo|życiorys|özgeçmiş|резюме)
    \s*(?:of|von|de|da|do|di|für|for|:|[-–—|])?\s+""",
    re.I | re.X,
)
_NOT_IN_NAMES: Final = re.compile(r"[\d@:/\\<>{}\[\]=#*_%&!?;|]")
_PARTICLES: Final = frozenset(
    "von van der den de la le du del della di da dos das do e y zu zur af av al el bin ibn ben bint ter ten vom".split()
)
_ENOUGH: Final = 2.0
_TRADE: Final = 0.5  # what a name loses whose last word is a trade: a line with a plain name beside it is likelier
_MOST_NAMES: Final = 4  # words of a name that may be a trade's
_FRONT: Final = (2.0, 1.6, 1.0, 0.6, 0.3)  # what the first lines of a page are worth


class Named(NamedTuple):
    """The name, its line, and the section and place it was found in."""

    name: str
    line: Line
    section: int
    place: int


def find_name(sections: Sequence[Section], contact: Contact, elsewhere: Sequence[str] = ()) -> Named | None:
    """Return the likeliest name, None where no line reads like one. `elsewhere`: addresses outside the head."""
    best: tuple[float, Named] | None = None
    slugs = _slugs(contact, elsewhere)
    for s, section in enumerate(sections):
        if section.kind in ("references", "letter"):
            continue
        front = 0
        for k, line in enumerate(section.lines):
            if line.start in contact.spent:
                continue
            if is_title_page(line.text):
                continue
            if labelled := _labelled(line):
                return Named(labelled, line, s, k)
            name = _name_in(line, section.lines[k + 1] if k + 1 < len(section.lines) else None)
            if name:
                over_two = (
                    " " in name and name.partition(" ")[0] == line.text
                )  # its second word stands in the next line
                score = _score(name, slugs) + _position(sections, s, k, front, 2 if over_two else 1)
                if score >= _ENOUGH and (best is None or score > best[0]):
                    best = (score, Named(name, line, s, k))
            front += 1
    if best:
        return best[1]
    return None


def _labelled(line: Line) -> str | None:
    for cell in (line.text, *line.cells):
        label, colon, value = cell.replace("：", ":", 1).partition(":")
        if colon and LABELS.get(normalize(label)) == "name" and (name := checked_name(value.strip())):
            return name
    first, _, rest = line.text.replace("\t", " ").partition(" ")
    if first > "\u2e80" and rest and LABELS.get(normalize(first)) == "name":
        return checked_name(rest)
    if len(line.cells) == 2 and LABELS.get(normalize(line.cells[0])) == "name":
        return checked_name(line.cells[1])
    return None


def _name_in(line: Line, following: Line | None) -> str | None:
    if line.bullet:
        return None
    text = _TITLE_PAGE.sub("", line.text)
    first = _PARTS.split(text)[0] if not name_key_is_whole(text) else text
    name = checked_name(first)
    if name and " " not in name and name.isascii() and following and not following.bullet and not following.gap:
        rest = checked_name(following.text)
        if rest and " " not in rest and rest.isascii() and _is_capital(rest) and not _is_other(rest):
            return f"{name} {rest}"
    return name


def name_key_is_whole(text: str) -> bool:
    """Whether the text has nothing but words, so that no part of it is a title or a degree."""
    return not _PARTS.search(text)


def checked_name(text: str) -> str | None:
    """Return the text as a name when it can be one."""
    name = person_name(text.strip(" ,.\t"))
    words = name.split()
    if not name:
        return None
    if len(name) > 50:
        return None
    if len(words) > 6:
        return None
    if _NOT_IN_NAMES.search(name):
        return None
    if not any(c.isalpha() for c in name):
        return None
    if len(name) < 2:
        return None
    if normalize(name) in CV_WORDS:
        return None
    if heading_of(name):
        return None
    if normalize(name) in LABELS:
        return None
    return name


def _is_other(name: str) -> bool:
    """Whether the words are known as something else."""
    if is_place(name):
        return True
    if canonical(name) is not None:
        return True
    return is_language(name)


def _is_capital(word: str) -> bool:
    if word[:1].isupper():
        return True
    return not word[:1].islower()


def _score(name: str, slugs: Sequence[str]) -> float:
    """Agreement with the addresses, letters in capitals, and what else the words could mean."""
    parts = [part for word in (name_key(name) or "").split() for part in re.split(r"[-'’.]", word) if len(part) > 1]
    hits = max((sum(part in slug for part in parts) for slug in slugs), default=0)
    score = 3.0 * hits / len(parts) if parts else 0.0
    words = [word for word in name.split() if word.lower() not in _PARTICLES]
    capitals = all(_is_capital(word) for word in words)
    score += 0.6 if capitals and 2 <= len(name.split()) <= 4 else 0.0
    score += 0.6 if not name[0].isascii() and not name[0].isupper() and len(name) <= 14 else 0.0
    score -= 0.0 if capitals else 1.5
    score -= _TRADE if is_name_of_a_trade(name) else 2.2 * title_share(name)
    score -= (1.0 if employer_share(name) > 0.75 else 0.0) + (school_share(name) == 1.0)
    return score - (3.0 if _is_other(name) else 0.0)


def is_name_of_a_trade(text: str) -> bool:
    """Whether one word of a possible name is a trade and the others say nothing known: `Anna Koch`, `Will Cook`."""
    words = text.split()
    if not 2 <= len(words) <= _MOST_NAMES:
        return False
    if not all(_is_capital(word) for word in words):
        return False
    trades = [word for word in words if title_share(word) > 0]
    others = [word for word in words if word not in trades]
    if len(trades) != 1:
        return False
    if any(_is_other(word) for word in others):
        return False
    return title_share(text) <= sum(map(len, trades)) / sum(map(len, words)) + 0.01  # no phrase of several words


def _position(sections: Sequence[Section], s: int, k: int, front: int, size: int) -> float:
    """What the place of a name of `size` lines says for it."""
    section = sections[s]
    below = section.lines[k + size : k + size + 2]
    introduced = 1.2 if below and title_share(below[0].text.split("\t")[0]) > 0.5 else 0.0
    if section.kind in ("header", "contact"):
        return introduced + (_FRONT[front] if front < len(_FRONT) else 0.0)
    if section.kind in ("experience", "education", "projects", "certifications", "summary"):
        return introduced - 2.5
    return introduced + (1.0 if s + 1 < len(sections) and section.kind in ("languages", "skills", "other") else -1.0)


def _slugs(contact: Contact, elsewhere: Sequence[str]) -> list[str]:
    """What the addresses call the person, as comparable letters."""
    mails = [normalize(mail.partition("@")[0]) for mail in contact.emails or elsewhere]
    links = [normalize(url.rstrip("/").rpartition("/")[2]) for site, url in contact.links.items() if site != "website"]
    return mails + links
