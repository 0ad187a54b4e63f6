"""People by words on Firestore, which takes one array filter a query and ranks nothing: the rarest terms first."""

from __future__ import annotations

import time
from collections.abc import Sequence
from math import log
from typing import Any, Final

from shared.adapters.firestore.link import Link
from shared.adapters.firestore.query import IN, holding, how_many_hold
from shared.adapters.firestore.values import decode
from shared.ports import Where

_KEPT: Final = 600.0  # seconds a count is believed; it only says which terms are asked for first
_COUNTED: Final = 5_000  # beyond it a term is common, and counting costs a read per 1,000
_READ: Final = 4  # times the limit: documents read so that those with most of the terms are among them


class Words:
    """Search over `search_terms`; remembers how common terms are."""

    def __init__(self) -> None:
        self._counts: dict[tuple[Any, str], tuple[float, int]] = {}

    def search(self, link: Link, kind: str, terms: Sequence[str], where: Where, limit: int) -> list[str]:
        """Return names of documents: those that hold all terms first, then by the summed rarity of what they hold.

        Terms too common to read whole only lift documents that rarer terms found.
        """
        wanted = list(dict.fromkeys(term for term in terms if term))
        if not wanted or limit < 1:
            return []
        if len(wanted) == 1:
            return [each.name for each in holding(link, kind, where, wanted, limit)]
        counts = self._counted(link, kind, wanted, where)
        found = self._read(link, kind, where, counts, limit)
        top = 1 + max(counts.values())
        weights = {term: log(1 + top / max(1, count)) for term, count in counts.items()}
        held = {term for terms in found.values() for term in terms}
        scores = {
            name: (set(weights) & held <= terms, sum(weights[term] for term in sorted(terms & set(weights))))
            for name, terms in found.items()
        }
        return sorted(scores, key=lambda name: (not scores[name][0], -scores[name][1], name))[:limit]

    def _read(self, link: Link, kind: str, where: Where, counts: dict[str, int], limit: int) -> dict[str, set[str]]:
        """Return the terms of the documents worth ranking: all that hold the rare terms, filled up with common ones."""
        rarest = sorted(counts, key=lambda term: (counts[term], term))
        taken = 1
        while taken < min(len(rarest), IN) and sum(counts[t] for t in rarest[: taken + 1]) <= _READ * limit:
            taken += 1
        found = _terms_of(holding(link, kind, where, rarest[:taken], _READ * limit))
        for term in rarest[taken:]:
            if len(found) >= limit:
                break
            found |= _terms_of(holding(link, kind, where, [term], limit))
        return found

    def _counted(self, link: Link, kind: str, terms: Sequence[str], where: Where) -> dict[str, int]:
        now = time.monotonic()
        scope = tuple(value for _, _, value in where)
        keys = {term: (scope, term) for term in terms}
        missing = [term for term in terms if self._counts.get(keys[term], (0.0, 0))[0] <= now]
        found = link.threads.map(lambda term: how_many_hold(link, kind, where, term, _COUNTED), missing)
        for term, count in zip(missing, found, strict=True):
            self._counts[keys[term]] = (now + _KEPT, count)
        return {term: self._counts[keys[term]][1] for term in terms}


def _terms_of(documents: Sequence[Any]) -> dict[str, set[str]]:
    return {each.name: set(decode(each.fields["search_terms"])) for each in documents}
