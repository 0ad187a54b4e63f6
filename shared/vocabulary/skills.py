"""What counts as a skill, how it is spelt and which words of a text name one."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from shared.vocabulary.spans import Word, words_at
from shared.vocabulary.tables import read_names, read_rows, split_names
from shared.vocabulary.text import normalize, tokenize

_LONGEST: Final = 5  # words in the longest phrase
_BREAK: Final = re.compile(r"[,;|/•·\n\r\t()\[\]:]|\s[-–—]\s|\.(?:\s|$)")
_SENTENCE_END: Final = re.compile(r"[.\n]\s*$|\.\s")
_CONTEXT: Final = {meaning: frozenset(names) for meaning, names in read_names("skill_context")}
AMBIGUOUS: Final = _CONTEXT["ambiguous"]  # also everyday words: they count only where a skill is meant
_JOINS: Final = _CONTEXT["join"]
_BEFORE: Final = _CONTEXT["before"]
_AFTER: Final = _CONTEXT["after"]


class _Phrase(NamedTuple):
    name: str
    ambiguous: bool


def _lexicon() -> tuple[dict[tuple[str, ...], _Phrase], dict[str, str], dict[str, int]]:
    """Return the phrases, the category of each skill, and per first word how many words its longest phrase has."""
    phrases: dict[tuple[str, ...], _Phrase] = {}
    categories: dict[str, str] = {}
    lengths: dict[str, int] = {}
    for category_name, name, aliases in read_rows("skills"):
        categories.setdefault(name, category_name)
        for spelling in (name, *split_names(aliases)):
            key = tuple(tokenize(spelling))
            if not key:
                continue
            is_ambiguous = len(key) == 1 and key[0] in AMBIGUOUS
            phrases.setdefault(key, _Phrase(name, is_ambiguous))
            lengths[key[0]] = max(lengths.get(key[0], 0), min(len(key), _LONGEST))
    return phrases, categories, lengths


def _skills_of_roles() -> dict[tuple[str, str], tuple[str, ...]]:
    roles = {}
    for function, specialty, names in read_rows("role_skills"):
        roles[function, specialty] = tuple(split_names(names))
    return roles


_PHRASES, _CATEGORIES, _LENGTHS = _lexicon()
SKILLS_OF_ROLES: Final = _skills_of_roles()  # (function, specialty) -> canonical names, most typical first


@lru_cache(maxsize=16384)
def canonical(name: str) -> str | None:
    """Return the known spelling of a skill (`k8s` gives `Kubernetes`), or None when it is not in the lexicon."""
    phrase = _PHRASES.get(tuple(tokenize(name)))
    return phrase.name if phrase else None


def category(name: str) -> str | None:
    """Return the category of a known skill, by any of its spellings."""
    known = canonical(name)
    return _CATEGORIES[known] if known else None


@lru_cache(maxsize=16384)
def skill_key(name: str) -> str:
    """Return what two spellings of one skill share; works for skills nobody listed too."""
    return normalize(canonical(name) or " ".join(tokenize(name)) or name)


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
    text_words = _split_hyphens(words_at(text))
    mentions = _mentions(text_words)
    context = _Context(text, text_words, mentions)
    names: dict[str, str] = {}
    for index, mention in enumerate(mentions):
        name = mention.phrase.name
        if name in names:
            continue
        if mention.phrase.ambiguous and not context.means_skill(index):
            continue
        first, last = text_words[mention.start], text_words[mention.end - 1]
        names[name] = text[first.start : last.end]
    return list(names.items())


class _Mention(NamedTuple):
    """A phrase of the lexicon among the words of a text: words `start` to `end`, without `end`."""

    start: int
    end: int
    phrase: _Phrase


def _mentions(text_words: list[Word]) -> list[_Mention]:
    mentions = []
    position = 0
    while position < len(text_words):
        size = _size_of_skill(text_words, position)
        if size:
            phrase = _PHRASES[_key(text_words, position, size)]
            mentions.append(_Mention(position, position + size, phrase))
        position += size or 1
    return mentions


def _split_hyphens(text_words: list[Word]) -> list[Word]:
    """Split words such as `Java-Entwickler` that begin no skill as they stand."""
    parts: list[Word] = []
    for word in text_words:
        is_whole = "-" not in word.form or word.form in _LENGTHS
        if is_whole or len(word.form) != word.end - word.start:
            parts.append(word)
            continue
        start = word.start
        for part in word.form.split("-"):
            parts.append(Word(part, start, start + len(part)))
            start += len(part) + 1
    return parts


def _key(text_words: list[Word], position: int, size: int) -> tuple[str, ...]:
    return tuple(word.form for word in text_words[position : position + size])


def _size_of_skill(text_words: list[Word], position: int) -> int:
    """Return how many words from `position` on name a skill, longest phrase first; 0 for none."""
    longest = _LENGTHS.get(text_words[position].form, 0)
    for size in range(min(longest, len(text_words) - position), 0, -1):
        if _key(text_words, position, size) in _PHRASES:
            return size
    return 0


class _Context:
    """Whether an everyday word stands where a skill stands."""

    def __init__(self, text: str, text_words: list[Word], mentions: list[_Mention]) -> None:
        self.text = text
        self.words = text_words
        self.mentions = mentions

    def means_skill(self, index: int) -> bool:
        """Whether the mention of this index is meant as a skill."""
        if len(self.words) == 1:
            return True
        position = self.mentions[index].start
        word = self.words[position]
        written = self.text[word.start : word.end]
        is_capital = written[0].isupper()
        if len(written) == 1 and not is_capital and not self.text.islower():
            return False
        ends_item = self._is_item_end(position)
        if self._is_beside_skill(index) and (is_capital or ends_item or self._is_item_end(position - 1)):
            return True
        if not is_capital and not self.text.islower():
            return False
        if ends_item and ":" in self._gap(position - 1):
            return True
        if self._form(position - 1) in _BEFORE and (ends_item or len(written) > 1):
            return True
        return not self._breaks(position) and self._form(position + 1) in _AFTER

    def _form(self, position: int) -> str:
        if 0 <= position < len(self.words):
            return self.words[position].form
        return ""

    def _gap(self, position: int) -> str:
        """Return the text between this word and the next; "\n" at either end."""
        if position < 0 or position + 1 >= len(self.words):
            return "\n"
        return self.text[self.words[position].end : self.words[position + 1].start]

    def _breaks(self, position: int) -> bool:
        return _BREAK.search(self._gap(position)) is not None

    def _is_item_end(self, position: int) -> bool:
        """Whether an item of a list ends between this word and the next."""
        if self._breaks(position):
            return True
        return self.words[position].form in _JOINS or self.words[position + 1].form in _JOINS

    def _is_beside_skill(self, index: int) -> bool:
        """Whether the item before or after is a skill too: apart only by a separator or a joining word."""
        mention = self.mentions[index]
        if index > 0:
            before = self.mentions[index - 1]
            if self._is_joined(before.end, mention.start, before):
                return True
        if index + 1 < len(self.mentions):
            after = self.mentions[index + 1]
            return self._is_joined(mention.end, after.start, after)
        return False

    def _is_joined(self, start: int, end: int, other: _Mention) -> bool:
        for word in self.words[start:end]:
            if word.form not in _JOINS:
                return False
        gap = self.text[self.words[start - 1].end : self.words[end].start]
        if _SENTENCE_END.search(gap):
            return False
        if not other.phrase.ambiguous or _BREAK.search(gap):
            return True
        return self.text[self.words[other.start].start].isupper()
