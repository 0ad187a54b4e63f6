"""One search as it was asked, checked and read: what every way of searching starts from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Final, TypedDict

from shared.access import Reads
from shared.errors import InvalidRequest, Permanent, Retryable
from shared.models.caller import Caller
from shared.models.requirements import Requirements
from shared.ports import Ports
from shared.search.request.criteria import read_asked
from shared.search.request.filters import Filters, read_filters
from shared.search.request.presets import choose_weights, shown_preset
from shared.search.request.weights import apply_weights
from shared.search.request.words_query import All, Node, exclude, has_operator, is_short, parse, read_text
from shared.search.retrieval import Query, Vectors, pools_of
from shared.vocabulary.bounds import bounded
from shared.vocabulary.negation import split_exclusions
from shared.vocabulary.text import tokenize

if TYPE_CHECKING:
    from shared.search.answers import PresetJson

MOST_RESULTS: Final = 200


@dataclass(frozen=True, slots=True)
class Search:
    """What is asked: `text`, in which operators of words_query.py count, and `job_text`, a whole offer; or `wanted`,
    requirements that were read already, with `vectors` where they have some."""

    text: str = ""
    job_text: str = ""
    wanted: Requirements | None = None
    vectors: Vectors | None = None
    top_k: int = 10
    weights: Mapping[str, float] | None = None
    preset: str | None = None
    where: Mapping[str, str] | None = None
    words: str | None = None
    strict: bool = False
    without: frozenset[str] = frozenset()
    rewrite: bool = False  # let the model tell the explanations anew, where it keeps to them


class SearchOptions(TypedDict, total=False):
    """What may be said of a search besides what it looks for: fields of `Search`."""

    top_k: int
    weights: Mapping[str, float] | None
    preset: str | None
    where: Mapping[str, str] | None
    words: str | None
    strict: bool
    without: frozenset[str]
    rewrite: bool


@dataclass(frozen=True, slots=True)
class Prepared:
    """A search ready to run. `given`: the chosen weights over all factors; `weights`: over the asked ones."""

    query: Query
    top_k: int
    given: Mapping[str, float]
    weights: Mapping[str, float]
    preset: PresetJson
    understand_ms: float
    rewrite: bool = False


def prepare(ports: Ports, search: Search, caller: Caller) -> Prepared:
    """Check everything that can be wrong, then read what is asked for.

    Raises `InvalidRequest` for an empty text, wrong weights, unknown filters or presets, words that cannot be read, or
    a `top_k` outside 1..200; `Permanent` when the text cannot be read at all.
    """
    if not 1 <= search.top_k <= MOST_RESULTS:
        raise InvalidRequest(f"top_k must be 1 to {MOST_RESULTS}, not {search.top_k}")
    given = choose_weights(search.weights, search.preset)
    text, filters = _spoken(search)
    began = perf_counter()
    wanted = search.wanted or understand(ports, text)
    asked = read_asked(wanted)
    understand_ms = (perf_counter() - began) * 1000
    pools = pools_of(ports, caller, filters.where.get("pool"))
    shared = tuple(row.id for row in Reads(ports, caller).shared(fields=()))
    query = Query(wanted, asked, filters, pools, search.vectors, search.without, caller.uid, shared)
    preset = shown_preset(asked, search.preset, search.weights)
    return Prepared(
        query, search.top_k, given, apply_weights(given, asked.factors), preset, understand_ms, search.rewrite
    )


def understand(ports: Ports, text: str) -> Requirements:
    """Return what the text asks for. Raises `Permanent` when the model cannot read it, `Retryable` when not now."""
    reply = ports.model.split_job(text)
    if reply.value is None:
        kind_of_error = Retryable if reply.retryable else Permanent
        raise kind_of_error(f"the search text could not be read: {reply.error}")
    return reply.value


def _spoken(search: Search) -> tuple[str, Filters]:
    """Return the text that is scored by, and the filters with the words asked for in it and beside it."""
    text, excluded = _without_excluded(bounded(search.text))
    text, demanded = read_text(text)
    if search.words is not None:
        demanded = _both(demanded, parse(search.words))
    if excluded:
        demanded = _both(demanded, excluded)
    full = "\n".join(part.strip() for part in (text, search.job_text) if part.strip())
    if not full and search.wanted is None:
        raise InvalidRequest("the search text is empty")
    return full, read_filters(search.where, demanded, search.strict)


def _without_excluded(text: str) -> tuple[str, Node | None]:
    """Return a short request without what it rules out in plain words, and the filter that leaves those people out."""
    if not is_short(text) or has_operator(text):
        return text, None
    asked, phrases = split_exclusions(text)
    excluded = exclude(phrases)
    if excluded and not tokenize(asked):
        raise InvalidRequest("the search only excludes: say also whom to look for")
    return asked or text, excluded


def _both(first: Node | None, second: Node) -> Node:
    return All((first, second)) if first else second
