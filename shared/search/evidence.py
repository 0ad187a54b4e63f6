"""When nobody is the answer: who is shown only as the closest, and which words of a request nobody's record holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from shared.ports import Store
from shared.search.request.criteria import Asked
from shared.search.result import Hit
from shared.search.retrieval import Query
from shared.vocabulary.terms import skill_term

_CLOSEST: Final = 3
_FLOOR: Final = 0.05  # a score below it rests on nothing the request says


def split_by_evidence(asked: Asked, hits: Sequence[Hit]) -> tuple[list[Hit], list[Hit]]:
    """Return (who is shown, who comes closest): of a request for words or an occupation, people without any evidence
    are not shown, and the first of them come closest where nobody is left."""
    if not (asked.only_words or asked.occupations):
        return list(hits), []
    shown = [hit for hit in hits if hit.score >= _FLOOR]
    return shown, [] if shown else list(hits[:_CLOSEST])


def words_nobody_holds(store: Store, query: Query) -> tuple[str, ...]:
    """Return the words of the request that no record of its pools holds, in order.

    Neighbours in the request stay together: `50 km`.
    """
    phrases: list[str] = []
    last = -1
    for place, word in enumerate(query.asked.words):
        if _is_held(store, query.pools, word):
            continue
        if last == place - 1 and phrases and f"{phrases[-1]} {word}" in query.wanted.text.casefold():
            phrases[-1] = f"{phrases[-1]} {word}"
        else:
            phrases.append(word)
        last = place
    return tuple(phrases)


def _is_held(store: Store, pools: Sequence[str], word: str) -> bool:
    terms = [word, skill_term(word)]
    return any(store.search_words(terms, (("pool", "==", pool),), 1) for pool in pools)
