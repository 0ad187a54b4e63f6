"""Which words a candidate is found by, and which words a search looks for: the same rule on both sides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, Protocol

from shared.vocabulary.skills import find_skills, skill_key
from shared.vocabulary.tables import read_words
from shared.vocabulary.text import tokenize

MAX_TERMS: Final = 80
MAX_TEXT_TERMS: Final = 120  # words of summaries and descriptions, behind those
_MAX_SKILL_WORDS: Final = 4  # a longer tag is a remark, not a skill

STOP_WORDS: Final = frozenset(read_words("search_stop_words", "stop"))
FILLERS: Final = frozenset(read_words("search_stop_words", "filler"))  # of requests: they ask for nothing themselves
_CONTACT: Final = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+|(?:https?://|www\.)\S+|\+?\d[\d\s()./-]{7,}\d")
_PLURAL: Final = 4  # letters from which a closing s is one of a plural


class NamedSkill(Protocol):
    """A skill asked for."""

    @property
    def name(self) -> str: ...


class Demands(Protocol):
    """What of models/requirements.py the terms rest on: this package knows no models."""

    @property
    def functions(self) -> tuple[str, ...]: ...
    @property
    def specialties(self) -> tuple[str, ...]: ...
    @property
    def levels(self) -> tuple[str, ...]: ...
    @property
    def skills(self) -> Sequence[NamedSkill]: ...


def _searchable(word: str) -> bool:
    # One Latin letter matches everybody; one Chinese or Japanese character is a word.
    return word not in STOP_WORDS and (len(word) > 1 or word > "\u2e80")


def stem(word: str) -> str:
    """Return the word without a plural ending, for comparing words of a search with words of a record."""
    return word[:-1] if len(word) > _PLURAL and word.endswith("s") and not word.endswith("ss") else word


def _pick(text: str) -> tuple[str, ...]:
    return tuple(word for word in tokenize(text) if _searchable(word))


_pick_often = lru_cache(maxsize=8192)(_pick)  # titles, companies, schools and tags repeat
_pick_name = lru_cache(maxsize=4096)(_pick)  # names less so: theirs is a cache of its own


@lru_cache(maxsize=8192)
def _skill_terms(cell: str) -> tuple[str, ...]:
    """Return a skill or tag cell as `skill:KEY` terms, with its own words behind."""
    if cell.count(" ") >= _MAX_SKILL_WORDS:
        return (*(skill_term(name) for name, _ in find_skills(cell)), *_pick(cell))
    return (skill_term(cell), *_pick(cell))


def skill_term(name: str) -> str:
    """Return the one term a skill is found by, known to the lexicon or not: `skill:go`."""
    return "skill:" + skill_key(name)


def _labels(functions: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for label in functions:
        function, level = label["name"], label["level"]
        yield facet_term(function, None, None)
        yield facet_term(None, None, level)
        yield facet_term(function, None, level)
        for specialty in label.get("specialties") or ():
            yield facet_term(function, specialty, None)
            yield facet_term(function, specialty, level)


def facet_term(function: str | None, specialty: str | None, level: str | None) -> str:
    """Return the term of a label: `=engineering`, `=senior`, `=engineering/senior`, `=engineering/backend/senior`."""
    return "=" + "/".join(part for part in (function, specialty, level) if part)


def search_terms(doc: Mapping[str, Any]) -> list[str]:
    """Return the distinct terms a candidate document is found by, the telling ones first, at most 80 and 120.

    `doc`: the plain form of models/candidate.py; any part may be missing. Labels give facets, skills and tags give
    `skill:KEY`, everything else gives words. The words of summaries, descriptions, certificates and languages stand
    behind; e-mail addresses, numbers and links in them are left out.
    """
    person, profile = doc.get("person") or {}, doc.get("profile") or {}
    labels = doc.get("classification")
    found = list(_labels(labels.get("functions") or ())) if labels else []
    found += _pick_name(person.get("name") or "")
    for text in (profile.get("headline"), person.get("location")):
        if text:
            found += _pick_often(text)
    for item in profile.get("skills") or ():
        found += _skill_terms(item["name"])
    for tag in profile.get("tags") or _tags(doc.get("applications") or ()):
        found += _skill_terms(tag)
    for job in profile.get("experiences") or ():
        found += _pick_often(job.get("title") or "")
        found += _pick_often(job.get("company") or "")
    for study in profile.get("educations") or ():
        found += _pick_often(study.get("degree") or "")
        found += _pick_often(study.get("school") or "")
    for skill in (doc.get("enrichment") or {}).get("skills") or ():
        found.append(skill_term(skill["name"]))
    telling = dict.fromkeys(list(dict.fromkeys(found))[:MAX_TERMS])
    return [*telling, *_text_terms(profile, telling)]


def _text_terms(profile: Mapping[str, Any], without: Mapping[str, None]) -> list[str]:
    """Return the words of the longer texts of a profile that no other term is."""
    found: dict[str, None] = {}
    for text in _texts(profile):
        for word in _pick(_CONTACT.sub(" ", text)):
            if word not in without and not word.isdigit():
                found[word] = None
        if len(found) >= MAX_TEXT_TERMS:
            break
    return list(found)[:MAX_TEXT_TERMS]


def _texts(profile: Mapping[str, Any]) -> Iterator[str]:
    for language in profile.get("languages") or ():
        yield language["name"]
    yield from profile.get("certifications") or ()
    for job in profile.get("experiences") or ():
        yield job.get("description") or ""
        yield from job.get("achievements") or ()
    yield profile.get("summary") or ""


def _tags(applications: Sequence[Mapping[str, Any]]) -> list[str]:
    return [tag for application in applications for tag in application.get("tags") or ()]


def query_terms(requirements: Demands, text: str) -> list[str]:
    """Return the distinct terms a search looks for: asked labels, asked skills, then the words of the text."""
    seen: dict[str, None] = {}
    for label in requirements.specialties or requirements.functions:
        function, _, specialty = label.partition("/")
        for level in requirements.levels:
            seen[facet_term(function, specialty, level)] = None
        seen[facet_term(function, specialty, None)] = None
    seen.update((skill_term(skill.name), None) for skill in requirements.skills)
    seen.update(dict.fromkeys(_pick(text)))
    return list(seen)[:MAX_TERMS]
