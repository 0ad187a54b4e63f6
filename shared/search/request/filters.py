"""What a search may be narrowed by, checked before anything runs; a place or years nobody recorded stay in the list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from shared.errors import InvalidRequest
from shared.search.request.words_query import Node
from shared.search.score.facts import Facts
from shared.search.score.location import place_fit
from shared.search.words_match import judge
from shared.vocabulary import FUNCTIONS, LEVELS, SPECIALTIES
from shared.vocabulary.skills import skill_key
from shared.vocabulary.terms import facet_term, skill_term
from shared.vocabulary.text import normalize
from shared.vocabulary.text import tokenize as words_of

WORDS: Final = "words"  # the filter that a query of words is
Passes = Callable[[Facts, str], bool | None]  # None: nothing recorded says


@dataclass(frozen=True, slots=True)
class Filters:
    """A checked `where`, and the words asked for. `strict`: who does not say a place or years is dropped, too."""

    where: Mapping[str, str]
    words: Node | None = None
    strict: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """The filters there are; the words are one."""
        return (*self.where, *((WORDS,) if self.words else ()))

    def passes(self, facts: Facts) -> tuple[str | None, tuple[str, ...]]:
        """Return (the filter that drops this person or None, the filters nothing is recorded for)."""
        unknown = []
        for name in self.names:
            answer = self._answer(name, facts)
            if self._drops(name, answer):
                return name, ()
            if answer is None:
                unknown.append(name)
        return None, tuple(unknown)

    def failed(self, facts: Facts) -> tuple[str, ...]:
        """Return every filter that drops this person."""
        return tuple(name for name in self.names if self._drops(name, self._answer(name, facts)))

    def without(self, *names: str) -> Filters:
        """Return the filters but for these."""
        where = {name: value for name, value in self.where.items() if name not in names}
        return Filters(where, None if WORDS in names else self.words, self.strict)

    def _answer(self, name: str, facts: Facts) -> bool | None:
        if name == WORDS:
            return None if self.words is None else judge(self.words, facts)
        return _FILTERS[name](facts, self.where[name])

    def _drops(self, name: str, answer: bool | None) -> bool:
        return answer is False or (answer is None and (self.strict or name not in _KEEPS_UNKNOWN))

    def terms(self) -> list[str]:
        """Return search terms that bring the people these filters keep."""
        where = self.where
        terms: list[str] = []
        named, _, specialty = (where.get("specialty") or "").rpartition("/")
        function = named or where.get("function") or _owner(specialty)
        if function or where.get("level"):
            terms.append(facet_term(function, specialty or None, where.get("level")))
        if "skill" in where:
            terms.append(skill_term(where["skill"]))
        return terms + words_of(where.get("location") or "")


def read_filters(where: Mapping[str, str] | None, words: Node | None = None, strict: bool = False) -> Filters:
    """Return the filters. Raises `InvalidRequest` for unknown names and values, listing what is allowed."""
    for name, value in (where or {}).items():
        if name not in _FILTERS:
            raise InvalidRequest(f"unknown filter {name}: filter by {', '.join(_FILTERS)}")
        if not value.strip():
            raise InvalidRequest(f"filter {name} is empty")
        if name in _ALLOWED and value not in _ALLOWED[name]:
            raise InvalidRequest(f"unknown {name} {value}: one of {', '.join(_ALLOWED[name])}")
        if name == "min_years" and not _is_years(value):
            raise InvalidRequest(f"min_years must be a number of years, 0 or more: {value}")
        if name == "location" and not words_of(value):
            raise InvalidRequest(f"location is not a place: {value}")
    return Filters({name: value.strip() for name, value in (where or {}).items()}, words, strict)


def _is_years(value: str) -> bool:
    return value.strip().replace(".", "", 1).isdecimal()


def _owner(specialty: str) -> str | None:
    """Return the one function that has this specialty; None when several or none have it."""
    owners = [function for function, names in SPECIALTIES.items() if specialty in names]
    return owners[0] if len(owners) == 1 else None


def _function(facts: Facts, value: str) -> bool | None:
    return any(role.function == value for role in facts.roles) if facts.roles else None


def _specialty(facts: Facts, value: str) -> bool | None:
    function, _, name = value.rpartition("/")
    held = [role for role in facts.roles if role.function == (function or role.function)]
    return any(name in role.specialties for role in held) if facts.roles else None


def _level(facts: Facts, value: str) -> bool | None:
    return any(role.level == value for role in facts.roles) if facts.roles else None


def _skill(facts: Facts, value: str) -> bool | None:
    return skill_key(value) in facts.skills


def _location(facts: Facts, value: str) -> bool | None:
    held = facts.person.get("location")
    if not held:
        return None
    fit = place_fit(value, held)
    return None if fit is None else fit == 1


def _min_years(facts: Facts, value: str) -> bool | None:
    return None if facts.total_years is None else facts.total_years >= float(value)


def _stage(facts: Facts, value: str) -> bool | None:
    return any(normalize(a.get("stage") or "") == normalize(value) for a in facts.data.get("applications") or ())


def _pool(facts: Facts, value: str) -> bool | None:
    return bool(facts.data.get("pool") == value)


_FILTERS: Final[dict[str, Passes]] = {
    "function": _function,
    "specialty": _specialty,
    "level": _level,
    "pool": _pool,
    "skill": _skill,
    "location": _location,
    "min_years": _min_years,
    "stage": _stage,
}
# Records seldom say these; dropping whoever does not say would hide most people.
_KEEPS_UNKNOWN: Final = frozenset({"location", "min_years", WORDS})
_ALLOWED: Final[dict[str, tuple[str, ...]]] = {
    "function": FUNCTIONS,
    "specialty": tuple(
        dict.fromkeys(name for f, names in SPECIALTIES.items() for s in names for name in (s, f"{f}/{s}"))
    ),
    "level": LEVELS,
}
