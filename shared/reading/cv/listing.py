"""The sections of a CV that are lists: skills, spoken languages, certificates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from shared.models.candidate import Language, Skill
from shared.reading.cv.likeness import is_place
from shared.reading.cv.lines import Line
from shared.reading.cv.periods import find_period
from shared.vocabulary.language_names import is_language, says_level
from shared.vocabulary.skills import canonical, category, find_skills, skill_key
from shared.vocabulary.text import normalize, tokenize

_ITEM_CUT: Final = re.compile(r"[,;|•·▪●、，；،\t]|\s{3,}")
_RATING: Final = re.compile(
    r"""\s*(?:[●○★☆■□▪◦⬤✓]{2,}|\d{1,3}\s?%|\d{1,2}\s?/\s?(?:5|10)\b
    |\d+\+?\s*(?:years?|yrs?|jahre?|ans|años|anos|lat|лет|年|년)\b.*)\s*$""",
    re.I | re.X,
)
_GRADE: Final = re.compile(
    r"""\s*(?:[(（\[]|\s[-–—:]\s)\s*(?:expert|advanced|intermediate|beginner|basic|proficient|native|fluent
    |good|very\ good|excellent|experte|fortgeschritten|grundkenntnisse|sehr\ gut|gut|avancé|intermédiaire|débutant
    |avanzado|intermedio
    |básico|avançado|intermediário|zaawansowany|średni|ileri|orta|temel|продвинутый|средний|базовый|熟练|精通|熟悉|了解
    |上級|中級|初級|상|중|하|\d+\+?\s*[^\W\d]+\.?(?:\s\w+)?)\s*[)）\]]?\s*$""",
    re.I | re.X,
)
_LABEL: Final = re.compile(r"^([^,;|•:：]{2,40})[:：]\s*(?=\S)")
_LONGEST_SKILL, _MOST_WORDS = 48, 6
_LEVELLED: Final = re.compile(
    r"(.+?)\s*(?:[(\[（:：–—)]|\s-\s|-(?=\s)|,\s|\s(?=[ABC][12]\b))\s*([^()\[\]（）]+)[)\]）(]?\s*$"
)
_OUTSIDE_PARENS: Final = re.compile(r"(?:[^,;|•·、，；،\t(（)）/]|[(（][^()（）]*[)）]|[)][^()（）]*[(])+")


def read_skills(lines: Sequence[Line]) -> list[Skill]:
    """Return the skills of the lines under their heading, in order; what is too long for one gives those it names."""
    found: dict[str, Skill] = {}
    for quote in _skill_items(lines):
        for name, words_said in _named(quote):
            known = canonical(name)
            skill = Skill(name=known or name, category=category(name), quote=words_said)
            found.setdefault(skill_key(skill.name), skill)
    return list(found.values())


def skills_in(text: str) -> list[Skill]:
    """Return the skills of the lexicon that running text names."""
    return [Skill(name=name, category=category(name), quote=quote) for name, quote in find_skills(text)]


def ranked(skills: Sequence[Skill], used: str) -> tuple[Skill, ...]:
    """Order skills by how often the positions name them, newest wording first; ties stay as the CV has them."""
    if not used:
        return tuple(skills)
    low = normalize(used)
    said = tokenize(used)
    return tuple(sorted(skills, key=lambda skill: -_mentions(normalize(skill.quote or skill.name), low, said)))


def _mentions(name: str, low: str, said: Sequence[str]) -> int:
    if " " in name:
        return low.count(name)
    return said.count(name)


def _named(item: str) -> Iterator[tuple[str, str]]:
    if len(item) <= _LONGEST_SKILL and len(item.split()) <= _MOST_WORDS and not item.endswith((".", "。")):
        yield item, item
    elif item.endswith(".") and len(item.split()) <= 3:
        yield item.rstrip("."), item.rstrip(".")
    else:
        yield from find_skills(item)


def _skill_items(lines: Sequence[Line]) -> Iterator[str]:
    for text in _unwrapped(lines):
        if _is_place_and_date(text):
            continue
        label = _LABEL.match(text)
        for raw in _split(text[label.end() :] if label else text):
            item = _GRADE.sub("", _RATING.sub("", raw)).strip(" \t:–—-*")
            if item.count("(") != item.count(")"):
                item = item.strip("()")
            if any(c.isalnum() for c in item) and not _is_date(item):
                yield item


def _is_place_and_date(text: str) -> bool:
    """Whether a line only says where and when the CV was signed: `Hildesheim, 02.11.2026`."""
    found = find_period(text)
    if found is None or found.kind == "range":
        return False
    return is_place(found.rest.strip(" ,\t"))


def _is_date(item: str) -> bool:
    """Whether an item of a list is a date and nothing else."""
    found = find_period(item)
    return bool(found and not found.rest)


def _split(text: str) -> list[str]:
    """Cut a list at its separators, not inside brackets; at `and` and at one slash only between known skills."""
    items: list[str] = []
    depth, start = 0, 0
    for k, char in enumerate(text):
        depth += char in "(（["
        depth -= char in ")）]" and depth > 0
        if not depth and char in ",;|•·▪●、，；،\t":
            items.append(text[start:k])
            start = k + 1
    items.append(text[start:])
    return [part for item in items for part in _at_joints(item.strip())]


def _at_joints(item: str) -> list[str]:
    if len(spaced := re.split(r"\s+/\s+", item)) > 2:
        return spaced
    for joint in (r"\s*/\s*", r"\s+(?:and|und|et|y|e|и|&|ve)\s+", r"\s+[-–—]\s+"):
        parts = re.split(joint, item)
        if len(parts) > 1 and not canonical(item) and all(canonical(part) for part in parts):
            return parts
    return [item]


def _unwrapped(lines: Sequence[Line]) -> list[str]:
    """Lines of a list, a line that only goes on with the last item of the one before joined to it."""
    texts: list[str] = []
    for k, line in enumerate(lines):
        if texts and not line.bullet and not line.gap and _goes_on(texts[-1], line.text, lines[k - 1]):
            texts[-1] = f"{texts[-1]} {line.text}"
        else:
            texts.append(line.text)
    return texts


def _goes_on(before: str, text: str, line: Line) -> bool:
    if not _ITEM_CUT.search(before):
        return False
    if _LABEL.match(text):
        return False
    if len(line.cells) > 1:
        return False
    if before.rstrip().endswith((",", ";", "/", "&", "、", "،")):
        return True
    last, first = _ITEM_CUT.split(before)[-1].strip(), _ITEM_CUT.split(text)[0].strip()
    if canonical(f"{last} {first}"):
        return True
    if not first[:1].islower():
        return False
    return not canonical(first)


def read_languages(lines: Sequence[Line]) -> list[Language]:
    """Return the spoken languages with their level as worded; lines that name no known language give nothing."""
    found: dict[str, Language] = {}
    texts = _language_lines(lines)
    for text in texts:
        for part in _OUTSIDE_PARENS.findall(text):
            item = part.strip(" .*-–—\t")
            if item and (language := _language(item)):
                found.setdefault(normalize(language.name), language)
            elif found and says_level(item) and len(item) < 40:
                last = list(found)[-1]
                if not found[last].level:
                    found[last] = found[last].model_copy(update={"level": item})
    return list(found.values())


def _language_lines(lines: Sequence[Line]) -> list[str]:
    texts = [line.text for line in lines]
    for k, (one, other) in enumerate(pairwise(texts)):
        if one.count("(") > one.count(")"):
            texts[k + 1], texts[k] = f"{one} {other}", ""
    return texts


def _language(item: str) -> Language | None:
    if is_language(item):
        return Language(name=item, quote=item)
    match = _LEVELLED.match(item)
    if match and is_language(match[1].strip()):
        return Language(name=match[1].strip(), level=match[2].strip() or None, quote=item)
    first, _, rest = item.partition(" ")
    if rest and is_language(first) and says_level(rest):
        return Language(name=first, level=rest.strip(" -–:()"), quote=item)
    for size in (2, 1):  # `business fluent English`
        tail = " ".join(item.split()[-size:])
        if len(item.split()) > size and is_language(tail) and says_level(item):
            return Language(name=tail, level=item[: -len(tail)].strip(" -–:()"), quote=item)
    return None


def read_certifications(lines: Sequence[Line]) -> list[str]:
    """Return the certificates, one a line, without their dates."""
    found: dict[str, str] = {}
    for line in lines:
        for part in re.split(r"[;|•]", line.text) if not line.bullet else [line.text]:
            period = find_period(part)
            text = (period.rest if period else part).replace("\t", " ").strip(" ,;.–—-()")
            if 2 <= len(text) <= 120 and any(c.isalpha() for c in text) and not _is_note(part):
                found.setdefault(normalize(text), text)
    return list(found.values())


def _is_note(text: str) -> bool:
    if len(text.split()) > 14:
        return True
    if not text.rstrip().endswith((".", "。")):
        return False
    return len(text.split()) > 7
