"""What a job title says: functions with specialties, level, and whether people are managed."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from shared.vocabulary.spans import Word
from shared.vocabulary.text import normalize
from shared.vocabulary.title_meanings import Meaning, meanings_at
from shared.vocabulary.title_rules import RULES, Role, Rule

UNKNOWN_LEVEL: Final = "unknown"  # nothing to read a level from
MANAGING: Final = ("manager", "director", "vp", "c_level")
_EMPLOYER: Final = re.compile(r"\s(?:at|@|bei|chez)\s.*$|\s@\S.*$", re.DOTALL)
_BOTH: Final = re.compile(r"\s*(?:/|\||&|\+|;|\b(?:and|und|et|y|e)\b)\s*")
_TEAM_LEAD: Final = re.compile(
    r"\bteam ?-?(?:lead|leader|leiter)|тимлид|팀 ?리드|チームリーダ|supervisor|encarg?a?dor?[oa]?\b"
)
_CHIEF: Final = re.compile(r"\bchief\b.{2,40}?\bofficer\b", re.IGNORECASE)
_LAST_FIRST: Final = ("c_level", "vp", "director", "manager", "lead", "senior", "junior", "mid")
_NO_MARK_AT_END: Final = ("associate", "associates")
_NEAR_BEST: Final = 1.5  # how much lower a rule may score than the best to add its roles
_SURE: Final = 2.5  # the score from which half a title is a role of its own


class TitleReading(NamedTuple):
    """`quotes[i]` are the words of the title that `roles[i]` rests on; `level_quote` is '' when no word marks it."""

    roles: tuple[Role, ...]
    quotes: tuple[str, ...]
    level: str
    level_quote: str
    confidence: float
    manages_people: bool

    @property
    def functions(self) -> tuple[str, ...]:
        """The functions, each once."""
        return tuple(dict.fromkeys(function for function, _ in self.roles))


@lru_cache(maxsize=65536)
def read_title(title: str) -> TitleReading:
    """Read one job title in any of the lexicon's languages.

    A title nobody knows is `general` with confidence 0.1; a title without a mark of seniority is `mid`.
    """
    core = _EMPLOYER.sub("", title) or title
    meanings = _without_assisted(meanings_at(core))
    level, level_quote = _level(core, meanings)
    roles, score = _roles(core, meanings)
    if _BOTH.search(core) and score >= _SURE:
        _add_roles_of_parts(roles, _BOTH.split(core))
    confidence = min(0.95, 0.3 + 0.23 * score)
    if not roles:
        roles = {("general", None): level_quote or core.strip()}
        confidence = 0.6 if level == "c_level" else 0.1
    manages = level in MANAGING
    if level == "lead" and _TEAM_LEAD.search(normalize(core)):
        manages = True
    return TitleReading(tuple(roles), tuple(roles.values()), level, level_quote, round(confidence, 2), manages)


def _add_roles_of_parts(roles: dict[Role, str], parts: list[str]) -> None:
    """Add what the parts of a double title say of functions the whole does not name: `Head of Sales and Marketing`."""
    for part in parts:
        part_roles, score = _roles(part, meanings_at(part))
        if score < _SURE:
            continue
        functions = {function for function, _ in roles}
        for role, quote in part_roles.items():
            if role[0] not in functions:
                roles.setdefault(role, quote)


def _without_assisted(meanings: list[Meaning]) -> list[Meaning]:
    """Leave out whom an assistant assists: `EA to CEO`."""
    for index, meaning in enumerate(meanings[:-1]):
        assists = "office" in meaning.fields or "junior" in meaning.levels
        if assists and meanings[index + 1].after_to:
            return meanings[: index + 1]
    return meanings


def _level(title: str, meanings: list[Meaning]) -> tuple[str, str]:
    """Return the level and the words that mark it; `mid` and no words when nothing does."""
    marks = _level_marks(title, meanings)
    level = _strongest(marks)
    if level is None:
        return "mid", ""
    mark = marks[level]
    return level, title[mark.start : mark.end]


def _level_marks(title: str, meanings: list[Meaning]) -> dict[str, Word]:
    marks: dict[str, Word] = {}
    for index, meaning in enumerate(meanings):
        is_last = index == len(meanings) - 1
        if index and is_last and meaning.word.form in _NO_MARK_AT_END:
            continue
        for level in meaning.levels:
            marks.setdefault(level, meaning.word)
    chief = _CHIEF.search(title)
    if chief:
        marks.setdefault("c_level", Word("chief", chief.start(), chief.end()))
    return marks


def _strongest(marks: dict[str, Word]) -> str | None:
    if "intern" in marks:
        return "intern"
    if "junior" in marks and "director" not in marks and marks["junior"].form in ("junior", "jr"):
        return "junior"
    for level in _LAST_FIRST:
        if level in marks:
            return level
    return None


def _roles(title: str, meanings: list[Meaning]) -> tuple[dict[Role, str], float]:
    """Return (roles of the likeliest function with the words they rest on, score); no roles when no rule speaks."""
    first_index: dict[str, int] = {}
    for index, meaning in enumerate(meanings):
        for field in meaning.fields:
            first_index.setdefault(field, index)
    rules = _applying_rules(first_index)
    if not rules:
        return {}, 0.0
    best = rules[0]
    functions = {function for function, _ in best.roles}
    roles: dict[Role, str] = {}
    for rule in rules:
        is_of_function = functions.issuperset(function for function, _ in rule.roles)
        if not is_of_function or rule.score < best.score - _NEAR_BEST:
            continue
        quote = _quote(title, meanings, rule, first_index)
        for role in rule.roles:
            roles.setdefault(role, quote)
    return _most_specific(roles), best.score


def _applying_rules(first_index: dict[str, int]) -> list[Rule]:
    """Return the rules whose needs all stand in the title, without those a longer one contains; the surest first."""
    matching = [rule for rule in RULES if rule.needs <= first_index.keys()]
    applying = []
    for rule in matching:
        is_contained = any(rule.needs < other.needs for other in matching)
        if not is_contained:
            applying.append(rule)
    applying.sort(key=lambda rule: (-rule.score, min(first_index[need] for need in rule.needs)))
    return applying


def _most_specific(roles: dict[Role, str]) -> dict[Role, str]:
    """Leave out a bare function where one of its specialties is named."""
    named = {function for function, specialty in roles if specialty}
    specific = {}
    for role, quote in roles.items():
        function, specialty = role
        if specialty or function not in named:
            specific[role] = quote
    return specific


def _quote(title: str, meanings: list[Meaning], rule: Rule, first_index: dict[str, int]) -> str:
    places = [meanings[first_index[need]].word for need in rule.needs]
    return title[min(word.start for word in places) : max(word.end for word in places)]
