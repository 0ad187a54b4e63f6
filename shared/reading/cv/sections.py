"""Where the sections of a CV begin: headings in all our languages, however they are set."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz, process

from shared.reading.cv.likeness import is_place, title_share
from shared.reading.cv.lines import Line
from shared.reading.cv.periods import find_period
from shared.vocabulary.language_names import is_language
from shared.vocabulary.section_words import CV_WORDS, HEADINGS
from shared.vocabulary.text import normalize

_DECORATION: Final = " \t:：.,;*_=~#|–—-•·▪■□◆◇●○※【】[]「」『』<>《》►▶➤★☆✦❖"
_NUMBER: Final = re.compile(r"^(?:\d{1,2}|[IVX]{1,4})[.)]\s+")
_PAREN: Final = re.compile(r"\s*[(（][^()（）]*[)）]\s*$")
_BEHIND: Final = re.compile(r"\s+[-–—:(]\s*\d+\+?\s+[^\W\d].*$")  # `Experience — 10 years 3 months`
_CAPITALS: Final = re.compile(r"^((?:[^\Wa-z\d_]{2,}\s+){1,4})(?=[^\W\d_]*[a-z])")
_JOINTS: Final = re.compile(
    r"\s*[&/+·|,、・与和]\s*|\s+(?:and|und|et|y|e|i|ve|va|o|og|och|en|и|і|та|και|و|ו|और|एवं|và|및)\s+|\s+و(?=\S)"
)
_LONGEST: Final = 60  # characters of a heading
_MOST_OF_A_NAME: Final = 6  # words
_MOST_QUALIFIED: Final = 5  # words of a heading that has more than the heading's own
_OF_A_TITLE: Final = 0.3  # title_share from which words are a title: `Head of Customer Experience`
_MOST_QUALIFIERS: Final = 2  # words before a heading's own that may be of a title: `Executive Experience`
_PREPOSITIONS: Final = frozenset("of for in at de des du del da do di für von im".split())
_MAY_END: Final = ("summary", "skills", "languages", "other", "projects", "contact")  # by a heading nobody knows
_MOST_UNKNOWN: Final = 4  # words of a heading nobody knows
_DATED_BELOW: Final = 3  # lines below it one of which has dates
_LONGEST_LABEL: Final = 40  # characters before a colon
_CLOSE: Final = 88  # rapidfuzz ratio, 0..100: what a scan makes of a heading
_KEYS: Final = [key for key in HEADINGS if len(key) >= 7]
# scripts whose letters are shaped lose or gain blanks on the way
_UNSPACED: Final = {key.replace(" ", ""): kind for key, kind in HEADINGS.items() if key > "\u0590"}
# Headings that say nothing as a part of others: `Other`, `Research` and `Training` are parts of many titles.
_TOO_GENERAL: Final = frozenset(
    """other details activities research engagement courses training address links tools studies positions
    career languages language overview profile about introduction stage logros divers sonstiges""".split()
)
# Labels of a position's own lines: no section of the CV begins there.
_INSIDE_JOBS: Final = frozenset(
    normalize(word)
    for word in """tools technologies|tech stack|stack|technical stack|technologien|outils|technologie|herramientas|
    tecnologías|ferramentas|tecnologias|technologies|tools|teknolojiler|технологии|стек|使用技術|技术栈|사용 기술|
    projects|projekte|achievements|erfolge|objective|details|schwerpunkte|summary|profile|overview|career|tätigkeiten""".split(
        "|"
    )
)


@dataclass
class Section:
    """What stands under one heading; `header` is what stands before the first."""

    kind: str
    lines: list[Line] = field(default_factory=list)


@lru_cache(maxsize=8192)
def heading_of(text: str) -> str | None:
    """Return the section a heading opens (`experience`, `skills` …), None when the text is no heading."""
    core = _core(text)
    if not core:
        return None
    key = normalize(core)
    kind = _known(key)
    if kind:
        return kind
    parts = [normalize(part.strip(_DECORATION)) for part in _JOINTS.split(core) if part.strip(_DECORATION)]
    kinds = [HEADINGS.get(part) for part in parts]
    if len(parts) > 1 and kinds[0] and all(kinds[1:]):
        return kinds[0]
    return _misread(key)


def _core(text: str) -> str:
    """Return what a heading says without numbers, brackets and ornaments; '' for what can be none."""
    if len(text) > _LONGEST:
        return ""
    text = _BEHIND.sub("", text)
    core = _PAREN.sub("", _NUMBER.sub("", text.strip(_DECORATION))).strip(_DECORATION)
    if any(c.isdigit() for c in core):
        return ""
    return core


def _known(key: str) -> str | None:
    if key in HEADINGS:
        return HEADINGS[key]
    if key > "\u0590":
        return _UNSPACED.get(key.replace(" ", ""))
    return None


def _misread(key: str) -> str | None:
    if len(key) < 7:
        return None
    if key.count(" ") > 2:
        return None
    if not key.isascii():
        return None
    found = process.extractOne(key, _KEYS, scorer=fuzz.ratio, score_cutoff=_CLOSE)
    if found is None:
        return None
    if found[0][0] != key[0]:
        return None
    if found[0].count(" ") != key.count(" "):
        return None
    return HEADINGS[found[0]]


@lru_cache(maxsize=8192)
def qualified_heading(text: str) -> str | None:
    """Return the section of a heading with a word more: `Clinical Experience`, `Experience Highlights`.

    For lines that stand out only: `Customer Experience` may be anything in a text.
    """
    core = _core(text)
    words = normalize(core).split()
    if not 2 <= len(words) <= _MOST_QUALIFIED:
        return None
    if core[-1:] in ".!?,":
        return None
    titled = title_share(core) > _OF_A_TITLE
    joined = not _PREPOSITIONS.isdisjoint(words)
    for size in range(len(words) - 1, 0, -1):
        ending, beginning = " ".join(words[-size:]), " ".join(words[:size])
        is_titled = titled and (joined or len(words) - size > _MOST_QUALIFIERS)
        if ending in HEADINGS and ending not in _TOO_GENERAL and not is_titled:
            return HEADINGS[ending]
        if beginning in HEADINGS and beginning not in _TOO_GENERAL and not titled:
            return HEADINGS[beginning]
    return None


def sections_of(lines: Sequence[Line]) -> list[Section]:
    """Return the sections in the order of the text; a heading may carry its content behind a colon."""
    sections = [Section("header")]
    for place, line in enumerate(lines):
        kind = _heading_at(lines, place, sections[-1].kind)
        if kind:
            sections.append(Section(kind))
            continue
        split = _inline(line, sections[-1].kind) or _beside(line)
        if split:
            kind, line = split
            sections.append(Section(kind))
        sections[-1].lines.append(line)
    return sections


def _heading_at(lines: Sequence[Line], place: int, current: str) -> str | None:
    """Return the section that a line opens as its heading."""
    line = lines[place]
    if not _may_stand_alone(line):
        return None
    if _is_title(lines, place):
        return None
    kind = heading_of(line.text)
    if kind == "projects" and current == "experience" and line.text[-1] in ":：" and not line.gap:
        return None  # a list within a position
    if kind:
        return kind
    if place == 0:
        return kind
    if not _stands_out(line):
        return kind
    kind = qualified_heading(line.text)
    if kind is None and current in _MAY_END and _is_unknown_heading(lines, place):
        return "unknown"
    return kind


def _is_unknown_heading(lines: Sequence[Line], place: int) -> bool:
    """Whether a short line that stands out says something new: dated entries follow it."""
    line = lines[place]
    words = line.text.split()
    if len(words) > _MOST_UNKNOWN:
        return False
    if line.text[-1] in ".,;!?":
        return False
    if not all(c.isalpha() or c in " &/-" for c in line.text):
        return False
    if title_share(line.text) > _OF_A_TITLE:
        return False
    if is_place(line.text):
        return False
    following = lines[place + 1 : place + 1 + _DATED_BELOW]
    isolated = bool(following) and following[0].gap
    if not isolated and not line.text.isupper():
        return False
    periods = [find_period(other.text) for other in following]
    return any(period is not None and period.kind == "range" for period in periods)


def _stands_out(line: Line) -> bool:
    """Whether a line is set apart from those around it: by capitals, an empty line above or a colon."""
    letters = [c for c in line.text if c.isalpha()]
    if not letters:
        return False
    if not (letters[0].isupper() or not letters[0].islower()):
        return False
    if line.gap:
        return True
    if line.text.isupper():
        return True
    return line.text.endswith((":", "："))


def _may_stand_alone(line: Line) -> bool:
    """Whether a line is set as headings are: no item of a list, no line going on in small letters."""
    if line.bullet in ("•", "-", "*", "–", "·"):
        return False
    if len(line.cells) > 1:
        return False
    if not line.text[0].islower():
        return True
    if line.gap:
        return True
    return line.text.endswith((":", "："))


def is_title_page(text: str) -> bool:
    """Whether the text only says that this is a CV."""
    return normalize(text.strip(_DECORATION)) in CV_WORDS


def _is_title(lines: Sequence[Line], place: int) -> bool:
    """Whether a line at the top says what the page is, not what follows: `Résumé` above a name, not above sentences."""
    if place > 0:
        return False
    if len(lines) < 2:
        return False
    if not is_title_page(lines[0].text):
        return False
    return len(lines[1].text.split()) <= _MOST_OF_A_NAME


def _beside(line: Line) -> tuple[str, Line] | None:
    """A heading in the first cell of a table, its content in the second."""
    if len(line.cells) < 2:
        return None
    if line.bullet:
        return None
    kind = heading_of(line.cells[0])
    rest = line.cells[1:]
    if kind is None:
        return None
    if not _fits(kind, rest[0]):
        return None
    return kind, line._replace(text="\t".join(rest), cells=rest)


def _fits(kind: str, content: str) -> bool:
    """Whether content beside a heading can be its own: `Languages: Java, C` are not spoken."""
    if kind != "languages":
        return True
    return is_language(re.split(r"[,;(（、،\s–-]", content, maxsplit=1)[0])


def _inline(line: Line, current: str) -> tuple[str, Line] | None:
    """`Skills: Go, Java`; below a position such a line is its own unless it opens what no position has."""
    if capitals := _CAPITALS.match(line.text):  # `PERSONAL INFORMATION Maja Holm`
        kind, rest = HEADINGS.get(normalize(capitals[1])), line.text[capitals.end() :]
        if kind:
            return (kind, line._replace(text=rest, cells=(rest,)))
        return None
    head, colon, rest = line.text.replace("：", ":", 1).partition(":")
    content = rest.strip()
    if not colon:
        return None
    if not content:
        return None
    if len(head) > _LONGEST_LABEL:
        return None
    if line.bullet:
        return None
    kind = HEADINGS.get(normalize(head.strip(_DECORATION)))
    if not kind:
        return None
    if kind in ("contact", "other", "projects"):
        return None
    if not _fits(kind, content):
        return None
    if current in ("experience", "projects", "education") and not _opens_below_a_position(line, kind, head, current):
        return None
    if current == "skills" and kind in ("skills", "summary"):
        return None
    return kind, line._replace(text=content, cells=(content,))


def _opens_below_a_position(line: Line, kind: str, label: str, current: str) -> bool:
    """Whether a labelled line leaves the positions or studies above it."""
    if normalize(label) in _INSIDE_JOBS:
        return False
    if kind not in ("languages", "skills", "certifications"):
        return False
    if line.gap:
        return True
    return current == "education"
