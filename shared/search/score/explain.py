"""Why someone was found, as one paragraph: composed from the factors, so that it can say nothing else; and whether a
paragraph a model made of it still says nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from shared.errors import Retryable
from shared.ports import Model
from shared.search.result import FACTORS, Factor, Hit
from shared.vocabulary.terms import STOP_WORDS
from shared.vocabulary.text import normalize, tokenize

# Words a paragraph may be told with: they join what is given, and say nothing of the person by themselves.
_TELLING: Final = frozenset(
    "a person candidate they their them role roles skill skills level place degree field study year years experience "
    "record profile search meet meets met match matches fit fits have has show shows state states stated say says "
    "said ask asks asked hold holds held work works worked include includes according name names named also both "
    "either each likely near nearest moreover additionally however though although whereas currently including "
    "experienced located based given listed mention mentions mentioned found".split()
)
_NOT: Final = frozenset(
    "no not none nothing never neither nor without missing lack lacks lacking unknown unclear absent except only "
    "cannot isn't doesn't hasn't don't aren't".split()
)
_COUNTS: Final = frozenset(
    "two three four five six seven eight nine ten eleven twelve twenty thirty dozen hundred several many most half "
    "double twice".split()
)
_CLAUSE: Final = re.compile(r"[.!?;](?=\s|$)|,|:|\b(?:but|while|although|though|however|whereas)\b", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\d+(?:[.,]\d+)*")
_QUOTED: Final = re.compile(r"[“\"]([^”\"]+)[”\"]")
_QUOTES: Final = 3  # a factor: the words it rests on; all of them are in the factor itself


def explained(hit: Hit) -> Hit:
    """Return the hit with its explanation."""
    return replace(hit, explanation=explain(hit))


def explain(hit: Hit) -> str:
    """Return one short paragraph: what is met, with the record's own words, what is missing, what nobody recorded."""
    asked = [hit.factors[name] for name in FACTORS if hit.factors[name].asked]
    met = [_with_quotes(factor) for factor in asked if factor.notes.met]
    missing = [each for factor in asked for each in factor.notes.missing]
    unknown = [each for factor in asked for each in factor.notes.unknown]
    said = [f"Meets {_joined(met)}." if met else "Meets nothing that was asked."]
    said += [f"Missing: {_joined(missing)}."] if missing else []
    said += [f"Not known: {_joined(unknown)}."] if unknown else []
    return " ".join(said)


def _with_quotes(factor: Factor) -> str:
    told = list(dict.fromkeys(each.quote for each in factor.notes.evidence))[:_QUOTES]
    quotes = f" ({', '.join(f'“{quote}”' for quote in told)})" if told else ""
    return f"{', '.join(factor.notes.met)}{quotes}"


def _joined(parts: Sequence[str]) -> str:
    return "; ".join(parts)


def retold(model: Model, hits: Sequence[Hit]) -> list[Hit]:
    """Return the hits with their explanations told anew by the model, where that says only what was given.

    An explanation that quotes a name is not sent. A model that cannot answer now changes nothing.
    """
    sent = [hit for hit in hits if not any(e.where == "name" for f in hit.factors.values() for e in f.notes.evidence)]
    try:
        replies = model.rewrite([hit.explanation for hit in sent])
    except Retryable:
        return list(hits)
    told = {hit.candidate_id: reply.value for hit, reply in zip(sent, replies, strict=True)}
    return [
        replace(hit, explanation=text) if (text := told.get(hit.candidate_id)) and is_faithful(text, hit) else hit
        for hit in hits
    ]


def is_faithful(paragraph: str, hit: Hit) -> bool:
    """Whether a retold explanation holds only what the hit's factors say: no other word, number or quote, nothing
    missing told as met, and nothing met told as missing. In doubt the answer is no, and the composed paragraph stays.
    """
    if paragraph == explain(hit):
        return True
    asked = [hit.factors[name] for name in FACTORS if hit.factors[name].asked]
    quotes = [each.quote for factor in asked for each in factor.notes.evidence]
    good = _content([*(each for factor in asked for each in factor.notes.met), *quotes])
    bad = _content(each for factor in asked for each in (*factor.notes.missing, *factor.notes.unknown))
    if not set(_NUMBER.findall(paragraph)) <= set(_NUMBER.findall(explain(hit))):
        return False
    if any(not any(normalize(said) in normalize(quote) for quote in quotes) for said in _QUOTED.findall(paragraph)):
        return False
    return all(_clause_holds(_content([clause]), clause, good, bad) for clause in _CLAUSE.split(paragraph))


def _clause_holds(said: set[str], clause: str, good: set[str], bad: set[str]) -> bool:
    told = said - _TELLING - _NOT
    if not told <= good | bad or told & _COUNTS - good - bad:
        return False
    denies = bool(_NOT & set(tokenize(clause)))
    wrong = (good - bad) if denies else (bad - good)
    return not told & wrong


def _content(texts: Iterable[str]) -> set[str]:
    """Return the words that say something, those with hyphens and slashes taken apart."""
    found = (part for text in texts for word in tokenize(text) for part in word.replace("-", " ").split())
    return {word for word in found if not (word in STOP_WORDS and word not in _NOT)}
