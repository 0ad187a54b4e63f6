"""What counts as a skill, how it is spelt and which words of a text name one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from shared.vocabulary.skill_words_business import AMBIGUOUS, BUSINESS
from shared.vocabulary.skill_words_technical import TECHNICAL
from shared.vocabulary.skills_of_roles import SKILLS_OF_ROLES
from shared.vocabulary.spans import Word, words_at
from shared.vocabulary.text import plain, words

_LONGEST = 5  # words in the longest phrase
_BREAK: Final = re.compile(r"[,;|/•·\n\r\t()\[\]:]|\s[-–—]\s|\.(?:\s|$)")
_JOINS: Final = frozenset("and or und oder et ou y e o i & + e ve и or.".split())
_BEFORE: Final = frozenset(
    """
    in with using via mit en em avec con com dans including inkl knowledge experience know learn write writing
    wrote programming erfahrung kenntnisse experiencia advanced fluent proficient expert skilled developer
    engineer entwickler entwicklerin developpeur developpeuse desarrollador desarrolladora desenvolvedor
    desenvolvedora programmer programador programadora programmierer разработчик программист developers
    engineers
    """.split()
)
_AFTER: Final = frozenset(
    """
    developer developers engineer engineers engineering programmer programming programmierer entwickler
    entwicklerin development specialist expert consultant analyst architect administrator admin designer
    skills code codebase services service microservices backend frontend stack ecosystem framework library
    statistician statisticians language apps applications scripts experience knowledge kenntnisse
    """.split()
)


class _Phrase(NamedTuple):
    name: str
    ambiguous: bool


def _entries() -> list[tuple[str, str, list[str]]]:
    """Return (name, category, spellings) of every skill of the lexicon."""
    found = []
    for category, block in (TECHNICAL | BUSINESS).items():
        for entry in " ".join(block.split()).split(";"):
            name, _, aliases = entry.strip().partition(" = ")
            if name:
                found.append((name, category, [name, *(a.strip() for a in aliases.split(",") if a.strip())]))
    return found


def _tables() -> tuple[dict[tuple[str, ...], _Phrase], dict[str, str], dict[str, int]]:
    phrases: dict[tuple[str, ...], _Phrase] = {}
    categories: dict[str, str] = {}
    longest: dict[str, int] = {}
    for name, category, spellings in _entries():
        categories.setdefault(name, category)
        for spelling in spellings:
            key = tuple(words(spelling))
            if key:
                phrases.setdefault(key, _Phrase(name, len(key) == 1 and key[0] in AMBIGUOUS))
                longest[key[0]] = max(longest.get(key[0], 0), min(len(key), _LONGEST))
    return phrases, categories, longest


_PHRASES, _CATEGORIES, _LENGTHS = _tables()


@lru_cache(maxsize=16384)
def canonical(name: str) -> str | None:
    """Return the known spelling of a skill (`k8s` gives `Kubernetes`), or None when it is not in the lexicon."""
    phrase = _PHRASES.get(tuple(words(name)))
    return phrase.name if phrase else None


def category(name: str) -> str | None:
    """Return the category of a known skill, by any of its spellings."""
    known = canonical(name)
    return _CATEGORIES[known] if known else None


@lru_cache(maxsize=16384)
def skill_key(name: str) -> str:
    """Return what two spellings of one skill share; works for skills nobody listed too."""
    return plain(canonical(name) or " ".join(words(name)) or name)


def implied_by(function: str, specialty: str | None) -> tuple[str, ...]:
    """Return the skills typical of a role, most typical first; empty when the role says nothing about skills."""
    return SKILLS_OF_ROLES.get((function, specialty or ""), ())


@lru_cache(maxsize=4096)
def roles_using(skill: str) -> tuple[tuple[str, str], ...]:
    """Return the (function, specialty) pairs a canonical skill is typical of."""
    return tuple(role for role, skills in SKILLS_OF_ROLES.items() if skill in skills)


def find_skills(text: str) -> list[tuple[str, str]]:
    """Return (canonical name, words of `text` that say so), each skill once, in order of appearance.

    Names that are also everyday words (Go, Lean, C) count only as an item of a list beside other skills, beside a
    word such as "developer" or "in", or when they are the whole text.
    """
    found = _parted(words_at(text))
    hits: list[tuple[int, int, _Phrase]] = []
    i = 0
    while i < len(found):
        size = _match(found, i)
        if size:
            hits.append((i, i + size, _PHRASES[tuple(w.form for w in found[i : i + size])]))
        i += size or 1
    sure = _Neighbours(text, found, hits)
    names: dict[str, str] = {}
    for k, (start, end, phrase) in enumerate(hits):
        if phrase.name not in names and (not phrase.ambiguous or sure.means_skill(k)):
            names[phrase.name] = text[found[start].start : found[end - 1].end]
    return list(names.items())


def _parted(found: list[Word]) -> list[Word]:
    """Part words such as `Java-Entwickler` that begin no skill as they stand."""
    parted: list[Word] = []
    for word in found:
        if "-" not in word.form or word.form in _LENGTHS or len(word.form) != word.end - word.start:
            parted.append(word)
            continue
        start = word.start
        for part in word.form.split("-"):
            parted.append(Word(part, start, start + len(part)))
            start += len(part) + 1
    return parted


def _match(found: list[Word], i: int) -> int:
    """Return how many words from `i` on name a skill, longest phrase first; 0 for none."""
    for size in range(min(_LENGTHS.get(found[i].form, 0), len(found) - i), 0, -1):
        if size == 1:
            return int((found[i].form,) in _PHRASES)
        if tuple(w.form for w in found[i : i + size]) in _PHRASES:
            return size
    return 0


class _Neighbours:
    """Whether an everyday word stands where a skill stands."""

    def __init__(self, text: str, found: list[Word], hits: list[tuple[int, int, _Phrase]]) -> None:
        self.text, self.found, self.hits = text, found, hits

    def means_skill(self, k: int) -> bool:
        i = self.hits[k][0]
        word = self.found[i]
        shown = self.text[word.start : word.end]
        alone_before, alone_after = self._edge(i - 1), self._edge(i)
        if len(self.found) == 1:
            return True
        if len(shown) == 1 and not shown.isupper() and not self.text.islower():
            return False
        beside = self._beside(k)
        if beside and (alone_before or alone_after or shown[0].isupper()):
            return True
        before = self.found[i - 1].form if i else ""
        after = self.found[i + 1].form if i + 1 < len(self.found) else ""
        named = shown[0].isupper() or self.text.islower()
        if named and alone_after and ":" in self._gap(i - 1):
            return True
        said = before in _BEFORE and named and (alone_after or len(shown) > 1)
        return said or (named and not self._gap_breaks(i) and after in _AFTER)

    def _gap(self, i: int) -> str:
        """Return the text between word i and the next; "\n" at either end."""
        if i < 0 or i + 1 >= len(self.found):
            return "\n"
        return self.text[self.found[i].end : self.found[i + 1].start]

    def _gap_breaks(self, i: int) -> bool:
        return bool(_BREAK.search(self._gap(i)))

    def _edge(self, i: int) -> bool:
        """Whether an item of a list ends between word i and the next."""
        if self._gap_breaks(i):
            return True
        return self.found[i].form in _JOINS or self.found[i + 1].form in _JOINS or bool(_BREAK.search(self._gap(i)))

    def _beside(self, k: int) -> bool:
        """Whether the item before or after is a skill too: apart only by a separator or a joining word."""
        start, end, _ = self.hits[k]
        left = k > 0 and self._joined(self.hits[k - 1][1], start, k - 1)
        right = k + 1 < len(self.hits) and self._joined(end, self.hits[k + 1][0], k + 1)
        return left or right

    def _joined(self, start: int, end: int, other: int) -> bool:
        between = self.found[start:end]
        if any(w.form not in _JOINS for w in between):
            return False
        gap = self.text[self.found[start - 1].end : self.found[end].start]
        if re.search(r"[.\n]\s*$|\.\s", gap):
            return False
        first = self.found[self.hits[other][0]].start
        return not self.hits[other][2].ambiguous or bool(_BREAK.search(gap)) or self.text[first].isupper()
