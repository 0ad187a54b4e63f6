"""What a search asks for, in the form the scores read it: roles, levels, groups of alternative skills."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from shared.models.requirements import RequiredSkill, Requirements
from shared.search.request.words_query import is_short
from shared.vocabulary.skills import skill_key
from shared.vocabulary.study import read_degree
from shared.vocabulary.terms import FILLERS, STOP_WORDS, stem
from shared.vocabulary.text import normalize, tokenize
from shared.vocabulary.title_meanings import meanings_at

MANAGERS: Final = ("manager", "director", "vp", "c_level")
# Between two skills: a list goes on, or these are alternatives.
_LIST: Final = re.compile(r"\s*,\s*")
_OR: Final = re.compile(r"\s*,?\s*(?:/|\b(?:or|oder|ou|o|oppure|lub|of|eller|или|veya)\b)\s*")


@dataclass(frozen=True, slots=True)
class SkillGroup:
    """Skills any one of which will do: `Go or Java`."""

    names: tuple[str, ...]
    keys: tuple[str, ...]
    must: bool

    @property
    def label(self) -> str:
        """The group as a person reads it."""
        return " or ".join(self.names)


@dataclass(frozen=True)
class Asked:
    """Requirements, ready for scoring. Empty means not asked."""

    specialties: tuple[tuple[str, str], ...]  # (function, specialty)
    functions: tuple[str, ...]  # asked without naming a specialty of them
    levels: tuple[str, ...]  # best first
    manages_people: bool | None
    skills: tuple[SkillGroup, ...]
    min_years: float | None
    degree: str | None
    fields: tuple[str, ...]
    places: tuple[str, ...]
    remote: bool
    words: tuple[str, ...]  # of a request a person typed: what nothing above was read from; of an offer: if nothing was

    @property
    def role(self) -> bool:
        """Whether a function or specialty is asked."""
        return bool(self.specialties or self.functions)

    @property
    def leads(self) -> bool:
        """Whether the role is to lead people."""
        return bool(self.manages_people or (self.levels and set(self.levels) <= set(MANAGERS)))

    @property
    def leveled(self) -> bool:
        """Whether a level is asked, if only by naming a role: that asks for someone who does the work."""
        return self.role or bool(self.levels or self.manages_people)

    @property
    def only_words(self) -> bool:
        """Whether nothing was understood but the words themselves."""
        return bool(self.words) and not replace(self, words=()).factors

    @cached_property
    def factors(self) -> frozenset[str]:
        """The factors this search asks something of."""
        asks = {
            "skill": self.role or self.skills or self.words,
            "experience": self.leveled or self.min_years is not None,
            "education": self.degree or self.fields,
            "location": self.places,
        }
        return frozenset(name for name, asked in asks.items() if asked)


def read_asked(wanted: Requirements) -> Asked:
    """Return what `wanted` asks for, and the words nothing else in it was read from."""
    if _names_only_skills(wanted):  # whose trade they usually are is a guess: `R` asks for R, in whatever role
        wanted = wanted.model_copy(update={"functions": (), "specialties": ()})
    specialties = tuple((function, name) for function, _, name in (s.partition("/") for s in wanted.specialties))
    covered = {function for function, _ in specialties}
    functions = tuple(f for f in wanted.functions if f not in covered and f != "general")
    asked = Asked(
        specialties=specialties,
        functions=functions,
        levels=wanted.levels,
        manages_people=wanted.manages_people,
        skills=_alternatives(wanted.text, wanted.skills),
        min_years=wanted.min_years,
        degree=wanted.degree,
        fields=wanted.fields_of_study,
        places=wanted.places,
        remote=wanted.remote,
        words=(),
    )
    if not asked.factors:
        return replace(asked, words=content_words(wanted.text))
    return replace(asked, words=_unread_words(wanted)) if is_short(wanted.text) else asked


def _names_only_skills(wanted: Requirements) -> bool:
    named = {word for skill in wanted.skills for word in tokenize(skill.quote or skill.name)}
    return bool(named) and all(word in named or word in STOP_WORDS for word in tokenize(wanted.text))


def content_words(text: str) -> tuple[str, ...]:
    """Return the distinct words of a request that say something, in order."""
    found = dict.fromkeys(word for word in tokenize(text) if word not in STOP_WORDS and word not in FILLERS)
    return tuple(found)


def _unread_words(wanted: Requirements) -> tuple[str, ...]:
    """Return the content words of a short request that no requirement was read from."""
    read = {stem(word) for text in _texts_read(wanted) for word in _parts(text)}
    has_role = bool(wanted.functions or wanted.specialties)
    unread = []
    for word in content_words(wanted.text):
        names_role = has_role and _is_title_word(word)
        parts = {stem(part) for part in _parts(word)}
        is_read = stem(word) in read or (parts - {stem(word)} <= read and len(parts) > 1)
        if not is_read and not names_role:
            unread.append(word)
    return tuple(unread)


def _texts_read(wanted: Requirements) -> Iterator[str]:
    for skill in wanted.skills:
        yield skill.name
        yield skill.quote
    for evidence in wanted.quotes:
        if evidence.where == "degree":
            yield from (word for word in tokenize(evidence.quote) if any(read_degree(word)))
        else:
            yield evidence.quote
    yield from wanted.places
    yield from wanted.fields_of_study
    if wanted.degree:
        yield wanted.degree
    if wanted.min_years is not None:
        yield f"{wanted.min_years:g}"
    for label in (*wanted.functions, *wanted.specialties, *wanted.levels):
        yield re.sub(r"[_/]", " ", label)


def _parts(text: str) -> list[str]:
    """Return the words of a text and, of words with a hyphen, their parts."""
    whole = tokenize(text)
    return [*whole, *(part for word in whole if "-" in word for part in word.split("-"))]


def _is_title_word(word: str) -> bool:
    meanings = (*meanings_at(word), *meanings_at(stem(word)))
    return any(meaning.fields or meaning.levels for meaning in meanings)


def _alternatives(text: str, skills: Sequence[RequiredSkill]) -> tuple[SkillGroup, ...]:
    """Group skills that the text offers as alternatives: neighbours joined by commas with an `or` at the end."""
    low = normalize(text)
    placed, position = [], 0
    for skill in skills:
        quote = normalize(skill.quote or skill.name)
        start = low.find(quote, position)
        start = start if start >= 0 else low.find(quote)
        placed.append((start, start + len(quote), skill))
        position = max(position, start + len(quote))
    groups: list[list[RequiredSkill]] = []
    for run in _runs(low, [place for place in placed if place[0] >= 0]):
        groups.extend(run)
    groups.extend([skill] for start, _, skill in placed if start < 0)
    return tuple(_group(group) for group in groups)


def _runs(text: str, placed: list[tuple[int, int, RequiredSkill]]) -> list[list[list[RequiredSkill]]]:
    """Return per list in the text its skills, as one group when the list ends in `or`, else one group a skill."""
    runs: list[list[list[RequiredSkill]]] = []
    current: list[RequiredSkill] = []
    either, end = False, 0
    for start, stop, skill in sorted(placed, key=lambda place: place[0]):
        between = text[end:start] if start > end else ""
        joined = bool(current) and bool(_LIST.fullmatch(between) or _OR.fullmatch(between))
        if current and (not joined or (either and not _OR.fullmatch(between))):
            runs.append([current] if either else [[one] for one in current])
            current, either = [], False
        either = either or bool(current and _OR.fullmatch(between))
        current.append(skill)
        end = stop
    if current:
        runs.append([current] if either else [[one] for one in current])
    return runs


def _group(skills: Sequence[RequiredSkill]) -> SkillGroup:
    names = tuple(dict.fromkeys(skill.name for skill in skills))
    return SkillGroup(names, tuple(skill_key(name) for name in names), any(skill.must for skill in skills))
