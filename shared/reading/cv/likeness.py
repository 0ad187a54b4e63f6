"""How much a piece of a CV reads like a job title, an employer, a degree, a school or a place."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from shared.reading.cv.letters import title_odds
from shared.reading.text.identity import employer_key
from shared.reading.text.roles import is_role, is_school
from shared.vocabulary.document_words import BREAKS
from shared.vocabulary.employer_words import EASTERN_EMPLOYER, EMPLOYER_NOUNS, EMPLOYMENT, SCHOOL
from shared.vocabulary.places import find_places
from shared.vocabulary.study import read_degree
from shared.vocabulary.text import normalize, tokenize
from shared.vocabulary.title_meanings import meanings_at

_HEADS: Final = frozenset(  # meanings that name what a person is, rather than a field of work
    """engineer developer architect designer analyst scientist consultant specialist teacher general_work it_lead
    recruiting account_executive sdr account_manager product_manager project_manager legal_counsel nursing""".split()
)
_LETTERS_OF_TITLE: Final = 0.7  # what letters alone may say: words that are known say more
_LETTERS_OF_EMPLOYER: Final = 0.2
_LONGEST_BREAK: Final = 8  # words of a line about a break
_DATES_AND_BRACKETS: Final = re.compile(r"[(（][^()（）]*[)）]|\S*\d\S*")
_LONGEST: Final = 300  # characters: what is longer names nothing
_MOST_WORDS_OF_A_NAME: Final = 6
_CUT_SHORT: Final = re.compile(r"\s[A-Z]\w{0,2}\.$")  # a line that ends in `Sp.`, `St.`: an abbreviation, no sentence
_PLACE_FILL: Final = re.compile(
    r"[\s,;/()·|–-]+|\b\d{4,6}\b|\b[A-Z]{2}\b|\b(?:area|region|greater|raum|remote|hybrid)\b", re.I
)


@lru_cache(maxsize=16384)
def title_share(text: str) -> float:
    """Return 0..1: how much of the text says what a person works as; field words alone (`Analytics`) count half."""
    if len(text) > _LONGEST:
        return 0.0
    found = meanings_at(text)
    letters = sum(c.isalnum() for c in text)
    if not found:
        return 0.0
    if not letters:
        return 0.0
    covered = {k for meaning in found for k in range(meaning.word.start, meaning.word.end) if text[k].isalnum()}
    named = any(meaning.levels or meaning.fields & _HEADS for meaning in found)
    whole = any(meaning.fields for meaning in found)  # `Intern` alone seldom is all of a title
    return len(covered) / letters * (0.55 if not named else 1.0 if whole else 0.8)


@lru_cache(maxsize=16384)
def employer_share(text: str) -> float:
    """Return how much the text reads like an employer: legal form, words such as Bank, names nobody knows."""
    if len(text) > _LONGEST:
        return -0.5
    found = tokenize(text)
    if not found:
        return -0.5
    if len(found) > 9:
        return -0.5
    score = 0.0
    if EASTERN_EMPLOYER.search(text) or len((employer_key(text) or "").split()) < len(found):
        score += 0.6
    known = {k for m in meanings_at(text) for k in range(m.word.start, m.word.end)}
    names = [word for word in text.split() if word[:1].isupper() or not word[:1].isascii()]
    unknown = [word for word in names if text.find(word) not in known]
    core = (employer_key(text) or "").split() or found
    named = core[-1] in EMPLOYER_NOUNS or core[0] in EMPLOYER_NOUNS
    if named and unknown and title_share(text) < 0.6:  # `Director, Clinical Services` is no employer
        score += 0.35
    score += 0.5 * len(unknown) / max(1, len(text.split()))
    score -= 0.35 * any(m.fields & _HEADS for m in meanings_at(text))  # what a person is stands in no employer's name
    return score - (0.4 if is_place(text) else 0.0)


@lru_cache(maxsize=16384)
def title_likeness(text: str) -> float:
    """Return 0..1: `title_share`, or what the letters of unknown words say."""
    return max(title_share(text), _LETTERS_OF_TITLE * title_odds(text))


@lru_cache(maxsize=16384)
def employer_likeness(text: str) -> float:
    """Return `employer_share`, less for what the letters of its words make a title."""
    return employer_share(text) - _LETTERS_OF_EMPLOYER * title_odds(text)


@lru_cache(maxsize=8192)
def has_legal_form(text: str) -> bool:
    """Whether the text ends in a legal form: `Vantrel AG`, `Tarn Freight plc`."""
    return len((employer_key(text) or "").split()) < len(tokenize(text))


@lru_cache(maxsize=8192)
def degree_share(text: str) -> float:
    """Return 0..1: whether the text names a degree or a field of study."""
    level, subject = read_degree(text)
    return 0.7 * bool(level) + 0.4 * bool(subject) - 0.02 * len(text.split())


@lru_cache(maxsize=8192)
def school_share(text: str) -> float:
    """Return how much the text reads like a place of study."""
    if is_school(text):
        if len(text.split()) > 1:
            return 1.0
        if not text.isascii():
            return 1.0
        return 0.7
    if SCHOOL.search(text):
        if len(text.split()) > 1:
            return 1.0
        if not text.isascii():
            return 1.0
        return 0.7
    level, _ = read_degree(text)
    capitals = sum(word[:1].isupper() for word in text.split())
    return (0.3 if capitals and not level else 0.0) - (0.3 if is_place(text) else 0.0)


@lru_cache(maxsize=8192)
def is_place(text: str) -> bool:
    """Whether the text is the name of a place and nothing else: `Berlin`, `Lyon, France`."""
    if not text:
        return False
    if len(text) > 60:
        return False
    left = text
    places = find_places(text)
    for _, _, quote in places:
        left = left.replace(quote, " ", 1)
    if not bool(places):
        return False
    return not _PLACE_FILL.sub("", left)


@lru_cache(maxsize=8192)
def is_side_note(text: str) -> bool:
    """Whether a piece beside a title or employer is a place, a kind of employment or a length of time."""
    if normalize(text) in EMPLOYMENT:
        return True
    if is_place(text):
        return True
    return not any(c.isalpha() for c in text)


@lru_cache(maxsize=8192)
def is_break(text: str) -> bool:
    """Whether a line says what was between positions and names no employer: `Career break (2017 – 2019)`."""
    words = normalize(_DATES_AND_BRACKETS.sub(" ", text)).strip(" -–—,:;|").split()
    if not words:
        return False
    if len(words) > _LONGEST_BREAK:
        return False
    if "," in text.partition("(")[0]:
        return False
    return any(" ".join(words[:size]) in BREAKS for size in range(1, len(words) + 1))


@lru_cache(maxsize=8192)
def may_head(text: str) -> bool:
    """Whether a line can name a position or degree: short, no sentence, no list."""
    if len(text) > 130:
        return False
    if text.endswith(("。", "।", ":", "：", "；", ";", "，", "、")):
        return False
    if is_role(text):
        return True
    if not _ends_as_names_do(text):
        return False
    return is_role(text[:-1])


def _ends_as_names_do(text: str) -> bool:
    """Whether the mark at the end is a name's or an abbreviation's: `Yahoo!`, `St. Mary's Hosp.`"""
    if _CUT_SHORT.search(text):
        return True
    words = text.split()
    if text[-1] not in ".!":
        return False
    if len(words) > _MOST_WORDS_OF_A_NAME:
        return False
    if text[-1] == "." and len(words) < 2:
        return False
    return all(word[:1].isupper() or word in ("&", "of", "de", "und") for word in words)
