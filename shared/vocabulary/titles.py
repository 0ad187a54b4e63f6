"""What a job title says: functions with specialties, level, and whether people are managed."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from shared.vocabulary.spans import Word
from shared.vocabulary.text import plain
from shared.vocabulary.title_meanings import Meaning, meanings_at
from shared.vocabulary.title_rules import RULES, Rule

UNKNOWN_LEVEL: Final = "unknown"  # nothing to read a level from
MANAGING: Final = ("manager", "director", "vp", "c_level")
_EMPLOYER: Final = re.compile(r"\s(?:at|@|bei|chez)\s.*$|\s@\S.*$", re.DOTALL)
_BOTH: Final = re.compile(r"\s*(?:/|\||&|\+|;|\b(?:and|und|et|y|e)\b)\s*")
_TEAM_LEAD: Final = re.compile(
    r"\bteam ?-?(?:lead|leader|leiter)|тимлид|팀 ?리드|チームリーダ|supervisor|encarg?a?dor?[oa]?\b"
)
_CHIEF: Final = re.compile(r"\bchief\b.{2,40}?\bofficer\b", re.IGNORECASE)
_LAST_FIRST: Final = ("c_level", "vp", "director", "manager", "lead", "senior", "junior", "mid")
_SURE: Final = 2.5  # the score from which half a title is a role of its own


class TitleReading(NamedTuple):
    """`quotes[i]` are the words of the title that `roles[i]` rests on; `level_quote` is '' when no word marks it."""

    roles: tuple[tuple[str, str | None], ...]
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
    found = _of_the_person(meanings_at(core))
    level, mark = _level(core, found)
    roles, quotes, score = _roles(core, found)
    for part in _BOTH.split(core) if _BOTH.search(core) else ():
        more, more_quotes, more_score = _roles(part, meanings_at(part))
        fresh = [k for k, role in enumerate(more) if role[0] not in {known[0] for known in roles}]
        if more_score >= _SURE and score >= _SURE and fresh:
            roles += tuple(more[k] for k in fresh)
            quotes += tuple(more_quotes[k] for k in fresh)
    if not roles:
        sure = 0.6 if level == "c_level" else 0.1
        roles, quotes = (("general", None),), (mark or core.strip(),)
    else:
        sure = min(0.95, 0.3 + 0.23 * score)
    manages = level in MANAGING or (level == "lead" and bool(_TEAM_LEAD.search(plain(core))))
    return TitleReading(roles, quotes, level, mark, round(sure, 2), manages)


def _of_the_person(found: list[Meaning]) -> list[Meaning]:
    """Leave out whom an assistant assists: `EA to CEO`."""
    for k, meaning in enumerate(found):
        assists = "office" in meaning.fields or "junior" in meaning.levels
        if assists and k + 1 < len(found) and found[k + 1].after_to:
            return found[: k + 1]
    return found


def _level(title: str, found: list[Meaning]) -> tuple[str, str]:
    marks: dict[str, Word] = {}
    for k, meaning in enumerate(found):
        last = k == len(found) - 1
        for level in meaning.levels:
            if not (last and meaning.word.form in ("associate", "associates") and k):
                marks.setdefault(level, meaning.word)
    chief = _CHIEF.search(title)
    if chief:
        marks.setdefault("c_level", Word("chief", chief.start(), chief.end()))
    if "intern" in marks:
        return _shown(title, "intern", marks)
    if "junior" in marks and marks["junior"].form in ("junior", "jr") and "director" not in marks:
        return _shown(title, "junior", marks)
    for level in _LAST_FIRST:
        if level in marks:
            return _shown(title, level, marks)
    return "mid", ""


def _shown(title: str, level: str, marks: dict[str, Word]) -> tuple[str, str]:
    return level, title[marks[level].start : marks[level].end]


def _roles(title: str, found: list[Meaning]) -> tuple[tuple[tuple[str, str | None], ...], tuple[str, ...], float]:
    """Return (roles of the likeliest function, their quotes, score); no roles when no rule speaks."""
    first: dict[str, int] = {}
    for k, meaning in enumerate(found):
        for field in meaning.fields:
            first.setdefault(field, k)
    matched = [rule for rule in RULES if rule.needs <= first.keys()]
    said = [rule for rule in matched if not any(rule.needs < other.needs for other in matched)]
    if not said:
        return (), (), 0.0
    said.sort(key=lambda rule: (-rule.score, min(first[need] for need in rule.needs)))
    functions = {function for function, _ in said[0].roles}
    roles: dict[tuple[str, str | None], str] = {}
    for rule in said:
        if functions >= {function for function, _ in rule.roles} and rule.score >= said[0].score - 1.5:
            for role in rule.roles:
                roles.setdefault(role, _quote(title, found, rule, first))
    named = {function for function, specialty in roles if specialty}
    kept = {role: quote for role, quote in roles.items() if role[1] or role[0] not in named}
    return tuple(kept), tuple(kept.values()), said[0].score


def _quote(title: str, found: list[Meaning], rule: Rule, first: dict[str, int]) -> str:
    places = [found[first[need]].word for need in rule.needs]
    return title[min(word.start for word in places) : max(word.end for word in places)]
