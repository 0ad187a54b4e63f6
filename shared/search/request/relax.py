"""Which filters emptied a list: what dropping each one would bring back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from shared.search.request.filters import Filters
from shared.search.score.facts import Facts

if TYPE_CHECKING:
    from shared.search.answers import RelaxJson


def filters_to_relax(filters: Filters, people: Iterable[Facts]) -> Iterator[RelaxJson]:
    """Yield {filters, adds}: the fewest filters to drop together and how many of these people that brings, most first.

    When some person fails one filter only, only single filters are named.
    """
    together = Counter(failed for facts in people if (failed := filters.failed(facts)))
    fewest = min(map(len, together), default=0)
    ways = [(failed, adds) for failed, adds in together.items() if len(failed) == fewest]
    for failed, adds in sorted(ways, key=lambda way: (-way[1], way[0])):
        yield {"filters": list(failed), "adds": adds}
