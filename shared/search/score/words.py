"""How well a person's own words hold the words of a search that nothing else in it was read from."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from shared.search.request.criteria import Asked
from shared.search.result import Notes
from shared.search.score.facts import Facts
from shared.vocabulary.skills import canonical, skill_key
from shared.vocabulary.terms import stem
from shared.vocabulary.text import tokenize

# How much a word says of a person by where it stands.
_TITLE: Final = 1.0
_SKILL: Final = 0.9
_NAMED: Final = 0.8  # employers, schools, degrees, certificates, languages, places
_PROSE: Final = 0.7  # summaries and descriptions
_LONG: Final = 10  # letters from which a word is as rare as words are
_UNLISTED: Final = 0.5  # more weight for a word no list knows
_ROLE_WEIGHT: Final = 3.0  # the role beside one word


def words_share(asked: Asked) -> float:
    """Return which share of the skill factor the words are: all of it when neither role nor skill was understood."""
    if not asked.words:
        return 0.0
    words = sum(word_weight(word) for word in asked.words)
    understood = (_ROLE_WEIGHT if asked.role else 0.0) + len(asked.skills)
    return words / (words + understood)


@lru_cache(maxsize=8192)
def word_weight(word: str) -> float:
    """Return how telling a word is, the same in every pool: long words and words no list knows are rare."""
    weight = min(len(word), _LONG) / _LONG
    return weight if canonical(word) else weight + _UNLISTED


def score_words(asked: Asked, facts: Facts, notes: Notes) -> float:
    """Return the share of the words, by weight, that the record holds, 0..1; quotes the best place of each."""
    cells = [(where, cell, tier, _stems(cell)) for where, cell, tier in _cells(facts) if cell]
    total = sum(word_weight(word) for word in asked.words)
    met = 0.0
    for word in asked.words:
        held = [(tier, where, cell) for where, cell, tier, stems in cells if stem(word) in stems]
        if held:
            tier, where, cell = max(held, key=lambda each: each[0])
            notes.met.append(word)
            notes.quote(where, cell)
            met += word_weight(word) * (1 - (1 - tier) / len(held))
        elif skill_key(word) in facts.skills:
            notes.met.append(word)
            notes.evidence.append(facts.skills[skill_key(word)])
            met += word_weight(word) * _SKILL
        else:
            notes.missing.append(word)
    return met / total


@lru_cache(maxsize=8192)
def _stems(cell: str) -> frozenset[str]:
    return frozenset(stem(word) for word in tokenize(cell))


def _cells(facts: Facts) -> Iterator[tuple[str, str | None, float]]:
    """Yield (where, text, how much a word in it says) of all the record holds in words."""
    profile = facts.profile
    yield "name", facts.person.get("name"), _TITLE
    yield "headline", profile.get("headline"), _SKILL
    for place, job in enumerate(facts.jobs, start=1):
        yield f"experience {place} title", job.get("title"), _TITLE
        yield f"experience {place} company", job.get("company"), _NAMED
        yield f"experience {place} description", job.get("description"), _PROSE
        for line in job.get("achievements") or ():
            yield f"experience {place} achievements", line, _PROSE
    for place, study in enumerate(profile.get("educations") or (), start=1):
        yield f"education {place} degree", study.get("degree"), _NAMED
        yield f"education {place} school", study.get("school"), _NAMED
    for tag in profile.get("tags") or ():
        yield "tags", tag, _SKILL
    for item in profile.get("skills") or ():
        yield "skills", item["name"], _SKILL
    for certificate in profile.get("certifications") or ():
        yield "certifications", certificate, _NAMED
    for language in profile.get("languages") or ():
        yield "languages", language["name"], _NAMED
    yield "location", facts.person.get("location"), _NAMED
    yield "summary", profile.get("summary"), _PROSE
