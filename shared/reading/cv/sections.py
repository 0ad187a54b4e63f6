"""Where the sections of a CV begin: headings in all our languages, however they are set."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from rapidfuzz import fuzz, process

from shared.reading.cv.lines import Line
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
_CLOSE: Final = 88  # rapidfuzz ratio, 0..100: what a scan makes of a heading
_KEYS: Final = [key for key in HEADINGS if len(key) >= 7]
# scripts whose letters are shaped lose or gain blanks on the way
_UNSPACED: Final = {key.replace(" ", ""): kind for key, kind in HEADINGS.items() if key > "\u0590"}
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
    if len(text) > _LONGEST:
        return None
    text = _BEHIND.sub("", text)
    core = _PAREN.sub("", _NUMBER.sub("", text.strip(_DECORATION))).strip(_DECORATION)
    if not core or any(c.isdigit() for c in core):
        return None
    key = normalize(core)
    if found := HEADINGS.get(key) or (_UNSPACED.get(key.replace(" ", "")) if key > "\u0590" else None):
        return found
    parts = [normalize(part.strip(_DECORATION)) for part in _JOINTS.split(core) if part.strip(_DECORATION)]
    kinds = [HEADINGS.get(part) for part in parts]
    if len(parts) > 1 and kinds[0] and all(kinds[1:]):
        return kinds[0]
    return _misread(key)


def _misread(key: str) -> str | None:
    if len(key) < 7 or key.count(" ") > 2 or not key.isascii():
        return None
    found = process.extractOne(key, _KEYS, scorer=fuzz.ratio, score_cutoff=_CLOSE)
    return HEADINGS[found[0]] if found and found[0][0] == key[0] and found[0].count(" ") == key.count(" ") else None


def sections_of(lines: Sequence[Line]) -> list[Section]:
    """Return the sections in the order of the text; a heading may carry its content behind a colon."""
    sections = [Section("header")]
    for k, line in enumerate(lines):
        kind = heading_of(line.text) if _may_stand_alone(line) and not _is_title(lines, k) else None
        if kind:
            sections.append(Section(kind))
            continue
        inline = _inline(line, sections[-1].kind) or _beside(line)
        if inline:
            kind, rest = inline
            sections.append(Section(kind))
            line = rest
        sections[-1].lines.append(line)
    return sections


def _may_stand_alone(line: Line) -> bool:
    """Whether a line is set as headings are: no item of a list, no line going on in small letters."""
    if line.bullet in ("•", "-", "*", "–", "·") or len(line.cells) > 1:
        return False
    return not line.text[0].islower() or line.gap or line.text.endswith((":", "："))


def is_title_page(text: str) -> bool:
    """Whether the text only says that this is a CV."""
    return normalize(text.strip(_DECORATION)) in CV_WORDS


def _is_title(lines: Sequence[Line], k: int) -> bool:
    """Whether a line at the top says what the page is, not what follows: `Résumé` above a name, not above sentences."""
    return k == 0 and is_title_page(lines[0].text) and len(lines) > 1 and len(lines[1].text.split()) <= _MOST_OF_A_NAME


def _beside(line: Line) -> tuple[str, Line] | None:
    """A heading in the first cell of a table, its content in the second."""
    if len(line.cells) < 2 or line.bullet:
        return None
    kind = heading_of(line.cells[0])
    rest = line.cells[1:]
    return (kind, line._replace(text="\t".join(rest), cells=rest)) if kind else None


def _inline(line: Line, current: str) -> tuple[str, Line] | None:
    """`Skills: Go, Java`; below a position such a line is its own unless it opens what no position has."""
    if capitals := _CAPITALS.match(line.text):  # `PERSONAL INFORMATION Maja Holm`
        kind, rest = HEADINGS.get(normalize(capitals[1])), line.text[capitals.end() :]
        return (kind, line._replace(text=rest, cells=(rest,))) if kind else None
    head, colon, rest = line.text.replace("：", ":", 1).partition(":")
    if not colon or not rest.strip() or len(head) > 40 or line.bullet:
        return None
    kind = HEADINGS.get(normalize(head.strip(_DECORATION)))
    if not kind or kind in ("contact", "other", "projects"):
        return None
    content = rest.strip()
    if kind == "languages" and not is_language(re.split(r"[,;(（、،\s–-]", content, maxsplit=1)[0]):
        return None
    if current in ("experience", "projects", "education") and (
        normalize(head) in _INSIDE_JOBS
        or kind not in ("languages", "skills", "certifications")
        or not (line.gap or current == "education")
    ):
        return None
    if current == "skills" and kind in ("skills", "summary"):
        return None
    return kind, line._replace(text=content, cells=(content,))
