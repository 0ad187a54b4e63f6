"""What a person is, read from titles first, then headline, history and skills; nothing is defaulted."""

from __future__ import annotations

from typing import Final, NamedTuple

from shared.adapters.offline.evidence import StatedSkill, likely_roles, stated_skills
from shared.models.candidate import Classification, Evidence, FunctionLabel, Profile
from shared.vocabulary.titles import UNKNOWN_LEVEL, TitleReading, read_title

_KNOWN: Final = 0.5  # a title read with less says nothing of the function
_FROM_HISTORY: Final = 0.6  # what an earlier title says of today counts this much
_OVER_AREAS: Final = ("director", "vp", "c_level")  # `Director, Customer Success` names the function, not a specialty
_PAST: Final = 0.3  # confidence in a function held only earlier
_FROM_SKILLS: Final = 0.35  # confidence in a function only skills speak for


class _Said(NamedTuple):
    where: str
    title: str
    reading: TitleReading


def classify(profile: Profile) -> Classification | None:
    """Return functions with level, specialties, confidence and evidence; None when there is nothing to read."""
    titles = [
        _Said(f"experience {place} title", job.title, read_title(job.title))
        for place, job in enumerate(profile.experiences, start=1)
        if job.title and job.title.strip()
    ]
    if profile.headline and profile.headline.strip():
        headline = _Said("headline", profile.headline, read_title(profile.headline))
        titles.insert(min(1, len(titles)), headline)
    if not titles:
        return _from_skills(stated_skills(profile))
    main = next((said for said in titles if _clear(said)), None)
    if main is None:
        return _unclear(titles[0], profile)
    labels = _labels(titles[0], main, titles, profile)
    return _classification(labels)


def _clear(said: _Said) -> bool:
    return said.reading.confidence >= _KNOWN and said.reading.functions != ("general",)


def _classification(labels: list[FunctionLabel]) -> Classification:
    return Classification(functions=tuple(labels), function=labels[0].name, level=labels[0].level)


def _labels(newest: _Said, main: _Said, titles: list[_Said], profile: Profile) -> list[FunctionLabel]:
    """Return the functions of today's title, then those of other titles with less confidence."""
    today = main is newest
    level = newest.reading if newest.reading.level_quote or today else main.reading
    share = 1.0 if today else _FROM_HISTORY
    labels = {}
    for function in main.reading.functions:
        if function != "general":
            labels[function] = _label(function, level.level, main, titles, profile, share)
            if level is not main.reading:
                level_words = Evidence(where=newest.where, quote=newest.reading.level_quote)
                labels[function] = labels[function].model_copy(
                    update={"evidence": (*labels[function].evidence, level_words)}
                )
    for said in titles:
        for function in said.reading.functions if _clear(said) else ():
            if function not in labels and function != "general":
                labels[function] = _label(function, said.reading.level, said, titles, profile, _PAST)
    return list(labels.values())


def _label(
    function: str, level: str, said: _Said, titles: list[_Said], profile: Profile, share: float
) -> FunctionLabel:
    evidence = [_words_for(function, said)]
    if said.reading.level_quote and said.reading.level_quote not in evidence[0].quote:
        evidence.append(Evidence(where=said.where, quote=said.reading.level_quote))
    specialties, more, sure = _specialties(function, said, titles, profile)
    return FunctionLabel(
        name=function,
        level=level,
        specialties=specialties,
        confidence=round(said.reading.confidence * share * sure, 2),
        evidence=(*evidence, *more),
    )


def _words_for(function: str, said: _Said) -> Evidence:
    roles, quotes = said.reading.roles, said.reading.quotes
    quote = next(quote for role, quote in zip(roles, quotes, strict=True) if role[0] == function)
    return Evidence(where=said.where, quote=quote)


def _specialties(
    function: str, said: _Said, titles: list[_Said], profile: Profile
) -> tuple[tuple[str, ...], tuple[Evidence, ...], float]:
    """Return (specialties, the words beyond the title they rest on, how sure): title, then history, then skills."""
    own = _named(function, said)
    whole_area = own == (function,) and said.reading.level in _OVER_AREAS
    if own and not whole_area:
        return own, (), 1.0
    for earlier in titles[titles.index(said) + 1 :]:
        named = _named(function, earlier)
        if named:
            return named, (_words_for(function, earlier),), 0.95
    if own:
        return own, (), 0.95
    votes = [(role[1], count, by) for role, count, by in likely_roles(stated_skills(profile)) if role[0] == function]
    if not votes or (len(votes) > 1 and votes[0][1] == votes[1][1]):
        return (), (), 1.0
    leaders = votes[:2]
    both = {name for name, _, _ in leaders} == {"backend", "frontend"} and leaders[1][1] > leaders[0][1] / 2
    chosen, voters = ("fullstack", [*leaders[0][2], *leaders[1][2]]) if both else (votes[0][0], votes[0][2])
    return (chosen,), tuple(skill.evidence[0] for skill in voters[:3]), 0.85


def _named(function: str, said: _Said) -> tuple[str, ...]:
    return tuple(specialty for name, specialty in said.reading.roles if name == function and specialty)


def _unclear(newest: _Said, profile: Profile) -> Classification:
    """Return `general` for a title nobody knows; what the skills suggest comes second, with little confidence."""
    reading = newest.reading
    general = FunctionLabel(
        name="general",
        level=reading.level,
        confidence=reading.confidence,
        evidence=(Evidence(where=newest.where, quote=reading.quotes[0]),),
    )
    suggested = _from_skills(stated_skills(profile))
    more = [label.model_copy(update={"level": reading.level}) for label in suggested.functions] if suggested else []
    return _classification([general, *more])


def _from_skills(skills: list[StatedSkill]) -> Classification | None:
    votes = likely_roles(skills)
    if not votes or (len(votes) > 1 and votes[0][1] == votes[1][1] and votes[0][0][0] != votes[1][0][0]):
        return None
    (function, specialty), count, voters = votes[0]
    certain = len(votes) == 1 or count > votes[1][1]
    label = FunctionLabel(
        name=function,
        level=UNKNOWN_LEVEL,
        specialties=(specialty,) if certain else (),
        confidence=round(min(_FROM_SKILLS, 0.15 * count + 0.1), 2),
        evidence=tuple(skill.evidence[0] for skill in voters[:3]),
    )
    return _classification([label])
