"""What a search asks for, in the form the scores read it: roles, levels, groups of alternative skills."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final

from shared.models.requirements import RequiredSkill, Requirements
from shared.search.request.unread_words import content_words, unread_words
from shared.search.request.words_query import is_short
from shared.vocabulary.occupations import Occupation, read_occupations
from shared.vocabulary.skills import skill_key
from shared.vocabulary.terms import STOP_WORDS
from shared.vocabulary.text import normalize, tokenize

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
    occupations: tuple[Occupation, ...]  # where the words of a short request name one and no specialty was understood
    words: tuple[str, ...]  # of a request a person typed: what nothing above was read from; of an offer: if nothing was

    @property
    def role(self) -> bool:
        """Whether a function, specialty or occupation is asked."""
        return bool(self.specialties or self.functions or self.occupations)

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
        occupations=(),
        words=(),
    )
    leads_function = bool(asked.functions) and asked.leads  # heads of one function have many titles
    if is_short(wanted.text) and not asked.specialties and not leads_function:
        asked = replace(asked, occupations=read_occupations(wanted.text))
    if not asked.factors:
        return replace(asked, words=content_words(wanted.text))
    return replace(asked, words=unread_words(wanted, asked.occupations)) if is_short(wanted.text) else asked


def _names_only_skills(wanted: Requirements) -> bool:
    named = {word for skill in wanted.skills for word in tokenize(skill.quote or skill.name)}
    return bool(named) and all(word in named or word in STOP_WORDS for word in tokenize(wanted.text))


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
