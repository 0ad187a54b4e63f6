"""What a search text or a job offer asks for: the title-like part says the role, the rest only adds demands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from shared.adapters.offline.degrees_asked import degree
from shared.adapters.offline.demands import manages, places, remote, sentences
from shared.adapters.offline.years_asked import min_years
from shared.models.candidate import Evidence
from shared.models.requirements import RequiredSkill, Requirements
from shared.vocabulary import LEVELS
from shared.vocabulary.demands_nothing import demands_of
from shared.vocabulary.skills import category, find_skills, roles_using
from shared.vocabulary.title_meanings import meanings_at
from shared.vocabulary.titles import TitleReading, read_title

_HEAD_WORDS: Final = 14  # a first line of more words is prose, and only its first sentence is read as a title
_SEEKS: Final = re.compile(
    r"(?:looking for|seeking|hiring|searching for|need|join us as|wir suchen|gesucht wird|suchen wir|"
    r"recherchons|cherchons|"
    r"buscamos|se busca|procuramos|contratando)\s+(?:(?:an?|our|the|eine?[nr]?|une?|una?|um|uma|new|neue[nr]?)\s+){0,4}"
    r"((?:\b[sj]r\.\s|[^.,;:\n(]){3,80})|"
    r"^[^\w\n]*+(?:job title|title|position|role|stelle|poste|puesto|cargo|vaga)\s*:\s*([^\n]{3,80})",
    re.IGNORECASE | re.MULTILINE,
)
_DEMANDS: Final = re.compile(
    r"\s(?:with|who|for our|mit|avec|con|com|plus|\d+\+?\s*(?:years|jahre|ans|años|anos))\b", re.I
)
# the dot of `Sr.` and the like ends no sentence
_SENTENCE: Final = re.compile(r"(?<=[.!?])(?<!\b[sj]r\.)(?<!\basst\.)(?<!\bassoc\.)(?<!\bdipl\.)\s+", re.IGNORECASE)
_OFFER: Final = re.compile(r"^\W*(?:we(?:'re| are)? (?:looking for|hiring|seek\w*)|wanted|gesucht)\W*", re.IGNORECASE)
_WITH: Final = {
    "junior": ("intern",),
    "senior": ("lead",),
    "manager": ("director",),
    "director": ("vp", "c_level"),
    "vp": ("c_level",),
    "c_level": ("vp",),
}
_UPWARD: Final = LEVELS[LEVELS.index("manager") :]
_SURE: Final = 0.6
_KNOWN: Final = 0.5
_TRADES: Final = frozenset(  # skills that are also what a trade is called: in the name of the role they are no demand
    (
        *("Machine learning", "Data analysis", "UX design", "UI design", "Product management", "Project management"),
        *(
            "Account management",
            "Application security",
            "Penetration testing",
            "Information security",
            "Cyber security",
        ),
        *("Customer success", "Customer support", "Technical support", "Customer service", "Help desk", "Onboarding"),
        *("Recruiting", "Accounting", "Bookkeeping", "Controlling", "Tax", "Audit", "Treasury", "Business development"),
        *("Content marketing", "Performance marketing", "Growth marketing", "Digital marketing", "Product marketing"),
        *("Social media", "Quality assurance", "Test automation", "Embedded systems", "Firmware", "Site reliability"),
        *("Networking", "Logistics", "Procurement", "Supply chain management", "Business analysis", "Compliance"),
        *("Motion graphics", "Public relations", "Business operations", "Sales operations", "People management"),
        *("Programme management", "Quality management", "Office management", "Research", "Consulting", "Leadership"),
        *("HR business partnering",),
    )
)


def split_job(text: str) -> Requirements:
    """Return the requirements; what the text does not ask for stays empty."""
    demands = demands_of(text)
    head, body = _head(demands)
    title, reading = _title(head, demands)
    people, people_words = manages(text)
    skills = _skills(demands, title)
    functions, specialties = _roles(title, reading, skills)
    wanted, fields, education = degree(sentence for sentence, nice in sentences(demands) if not nice)
    years, years_words = min_years(demands)
    where, anywhere = places(head, body), remote(text)
    quotes = [("roles", words) for words in reading.quotes if functions]
    quotes += [("levels", reading.level_quote), ("manages_people", people_words), ("min_years", years_words)]
    quotes += [("degree", sentence) for sentence in education if wanted]
    quotes += [("places", words) for words in where.values()] + [("remote", anywhere)]
    return Requirements(
        text=text,
        functions=functions,
        specialties=specialties,
        levels=_levels(title, people),
        manages_people=people if people is not None else (reading.manages_people or None),
        skills=skills,
        min_years=years,
        degree=wanted,
        fields_of_study=fields,
        places=tuple(where),
        remote=bool(anywhere),
        skill_text=", ".join(skill.name for skill in skills),
        experience_text=title,
        education_text=" ".join(education),
        quotes=tuple(Evidence(where=field, quote=words) for field, words in quotes if words and words in text),
    )


def _head(text: str) -> tuple[str, str]:
    """Return (title-like first line or sentence, the rest)."""
    lines = [line.strip(" #*\t-–•") for line in text.strip().splitlines() if line.strip(" #*\t-–•")]
    if not lines:
        return "", ""
    first, rest = lines[0], "\n".join(lines[1:])
    if len(first.split()) > _HEAD_WORDS or _SENTENCE.search(first):
        sentences = _SENTENCE.split(first, maxsplit=1)
        return sentences[0], "\n".join(filter(None, (*sentences[1:], rest)))
    return first, rest


def _title(head: str, text: str) -> tuple[str, TitleReading]:
    """Return (the words that name the role, their reading): what is sought, else the head up to its demands."""
    sought = _SEEKS.search(text)
    named = [part for part in (sought.groups() if sought else ()) if part]
    first = _DEMANDS.split(_OFFER.sub("", head), maxsplit=1)[0]
    candidates = [first, head, *named] if not named or read_title(first).confidence >= _SURE else [*named, first, head]
    for candidate in candidates:
        reading = read_title(candidate)
        if reading.confidence >= _SURE and reading.functions != ("general",):
            return candidate, reading
    return candidates[0], read_title(candidates[0])


def _roles(
    title: str, reading: TitleReading, skills: tuple[RequiredSkill, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return (functions, specialties) of the title; what it leaves open the skills may say, if they say it clearly."""
    known = [role for role in reading.roles if role[0] != "general" and reading.confidence >= _KNOWN]
    functions = tuple(dict.fromkeys(function for function, _ in known))
    named = tuple(dict.fromkeys(f"{function}/{specialty}" for function, specialty in known if specialty))
    if named or (known and reading.level in _UPWARD):
        return functions, named
    beside = [skill for skill in skills if skill.quote in title]
    likely = _likely(beside, functions, 1) or _likely(skills, functions, 2)
    if likely is None:
        return functions, ()
    return functions or likely[:1], ("/".join(likely),)


def _likely(skills: Sequence[RequiredSkill], functions: tuple[str, ...], enough: float) -> tuple[str, str] | None:
    """Return the role most skills are typical of, if it has `enough` votes and half as many again as the next."""
    votes: dict[tuple[str, str], float] = {}
    for skill in skills:
        roles = [role for role in roles_using(skill.name) if not functions or role[0] in functions]
        for role in roles:
            votes[role] = votes.get(role, 0.0) + 1 / len(roles)
    ranked = sorted(votes, key=lambda role: -votes[role])
    clear = ranked and votes[ranked[0]] >= enough
    return ranked[0] if clear and (len(ranked) < 2 or votes[ranked[0]] >= 1.5 * votes[ranked[1]]) else None


def _levels(title: str, people: bool | None) -> tuple[str, ...]:
    """Return the levels asked for: those the title names, lowest first, then those that do as well."""
    reading = read_title(title)
    if people and (not reading.level_quote or reading.level in _UPWARD):
        named = {level for meaning in meanings_at(title) for level in meaning.levels} & set(_UPWARD)
        lowest = min(map(LEVELS.index, named), default=LEVELS.index("manager"))
        return LEVELS[lowest:]
    if not reading.level_quote:
        return ()
    marked = {level for meaning in meanings_at(title) for level in meaning.levels}
    asked = {reading.level} | ({"director", "vp", "manager"} & marked if reading.level in _UPWARD else set())
    asked |= {"junior", "mid", "senior", "lead"} & marked if reading.level in ("mid", "senior", "lead") else set()
    if people is False:
        asked -= set(_UPWARD)
    named_first = sorted(asked, key=LEVELS.index)
    more = [level for one in named_first for level in _WITH.get(one, ()) if level not in asked]
    return tuple(dict.fromkeys([*named_first, *sorted(more, key=LEVELS.index)]))


def _skills(text: str, title: str) -> tuple[RequiredSkill, ...]:
    """Return the skills named; words that only name the role are no skill, soft skills are never a must."""
    role = read_title(title).quotes
    found: dict[str, RequiredSkill] = {}
    for sentence, nice in sentences(text):
        for name, quote in find_skills(sentence):
            if name in _TRADES and any(quote in words for words in role):
                continue
            must = not nice and category(name) != "working with people"
            if name not in found or (must and not found[name].must):
                found[name] = RequiredSkill(name=name, must=must, quote=quote)
    return tuple(found.values())
