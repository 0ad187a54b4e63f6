"""Who is worth scoring: the closest by meaning, by words and by label, united over the caller's pools."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial
from time import perf_counter
from typing import Final

from shared.access import pools_seen, sees_everything
from shared.access.pools import list_pools
from shared.errors import InvalidRequest, Permanent, Retryable
from shared.models.caller import Caller
from shared.models.requirements import Requirements
from shared.ports import Ports, Store, Vector, Where
from shared.search.request.criteria import Asked
from shared.search.request.filters import Filters
from shared.search.score.roles import level_fit, role_fit
from shared.search.words_match import demanded_terms
from shared.vectors.generations import embed_queries, field_at, live_space
from shared.vocabulary import LEVELS, SPECIALTIES
from shared.vocabulary.terms import facet_term, query_terms, skill_term

NEAREST: Final = 150  # a vector leg
WORDS: Final = 150  # a word leg
LABEL: Final = 80  # a label leg
TERMS: Final = 30  # a word leg looks for at most; a long offer's later words only cost time
NEAR_ROLE: Final = 0.5  # role fit from which people are looked for by label
NEAR_LEVEL: Final = 0.3
UNITED: Final = 300  # scored at most, before widening
_LIMITS: Final = {"nearest": NEAREST, "words": WORDS, "label": LABEL}
SHORT: Final = 16  # words; a longer text blurs into one vector and is also looked for in its parts
_FUSION: Final = 60  # reciprocal rank fusion, Cormack et al. 2009: 1 / (60 + rank)
_THREADS: Final = 4

Leg = Callable[[], list[str]]
Vectors = tuple[tuple[str, str, Vector], ...]  # (collection, field, (768,) unit length)


@dataclass(frozen=True, slots=True)
class Found:
    """Ids, the best first by rank fusion. `full`: a leg gave all it was allowed to, so there may be more."""

    ids: tuple[str, ...]
    full: bool
    answers: dict[str, list[str]]  # leg -> ids, best first
    notes: tuple[str, ...]
    vectors: Vectors  # of the search, so that looking further need not ask for them again
    embed_ms: float

    @property
    def legs(self) -> dict[str, int]:
        """How many each kind of leg found."""
        sizes: dict[str, int] = {}
        for name, ids in self.answers.items():
            kind = name.split()[0]
            sizes[kind] = sizes.get(kind, 0) + len(ids)
        return sizes


@dataclass(frozen=True, slots=True)
class Query:
    """One search on its way to the stores."""

    wanted: Requirements
    asked: Asked
    filters: Filters
    pools: tuple[str, ...]
    vectors: Vectors | None = None  # known already: of an earlier look, or a candidate's own
    without: frozenset[str] = frozenset()  # ids never found
    reader: str = ""  # uid of who asks
    shared: tuple[str, ...] = ()  # ids of other pools that were shared with them: scored with whoever is found


def pools_of(ports: Ports, caller: Caller, asked_pool: str | None) -> tuple[str, ...]:
    """Return the pools this caller may search, narrowed to `asked_pool`; empty when it is none of theirs."""
    pools = pools_seen(caller)
    if sees_everything(caller):  # the default one is everybody's, also before anything made it
        pools = tuple(list_pools(ports))
    if asked_pool is None:
        return pools
    return (asked_pool,) if asked_pool in pools else ()


def retrieve(ports: Ports, query: Query, factor: int = 1) -> Found:
    """Return the ids worth scoring. `factor` widens every leg.

    A model that cannot embed now leaves the words to find people, and the notes say so.
    """
    legs = {name: _threads().submit(leg) for name, leg in _word_legs(ports.store, query, factor)}
    notes: list[str] = []
    began = perf_counter()
    try:  # while the words are looked up
        vectors = _vectors(ports, query.wanted) if query.vectors is None else query.vectors
    except Retryable:
        vectors = ()
        notes.append("the model could not embed the text: found by words and labels only")
    except InvalidRequest:  # of the model that made them: it is not this installation's any more
        vectors = ()
        notes.append(
            "the vectors are of a model that cannot be asked now: found by words and labels until they are new"
        )
    embed_ms = (perf_counter() - began) * 1000
    legs |= {name: _threads().submit(leg) for name, leg in _vector_legs(ports.store, query, vectors, factor)}
    answers = {name: leg.result() for name, leg in legs.items()}
    full = any(len(ids) >= _LIMITS[name.split()[0]] * factor for name, ids in answers.items())
    fused = [id for id in _fuse(_ranked(answers)) if id not in query.without][: UNITED * factor]
    ids = tuple(dict.fromkeys((*fused, *(id for id in query.shared if id not in query.without))))
    return Found(ids, full, answers, tuple(notes), vectors, embed_ms)


def _ranked(answers: dict[str, list[str]]) -> Iterable[list[str]]:
    """Return one ranked list a way of looking: the labels, which come nearest first, are one behind the other."""
    labels = (id for name, ids in answers.items() if name.startswith("label") for id in ids)
    return [list(dict.fromkeys(labels)), *(ids for name, ids in answers.items() if not name.startswith("label"))]


@lru_cache(maxsize=1)
def _threads() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(_THREADS, thread_name_prefix="search")


def _vectors(ports: Ports, wanted: Requirements) -> Vectors:
    """Return (kind, field, vector) a leg: the whole text and, for a long one, the parts it was split into.

    The fields are those of the live space, and the vectors of its model. Raises `Retryable`,
    `Permanent`, `InvalidRequest`.
    """
    space = live_space(ports.store, "candidates")
    texts = {("candidates", field_at("embedding", space.place)): wanted.text}
    if len(wanted.text.split()) > SHORT:
        parts = {"skill": wanted.skill_text, "experience": wanted.experience_text, "education": wanted.education_text}
        texts.update({("vectors", field_at(name, space.place)): text for name, text in parts.items() if text.strip()})
    replies = embed_queries(ports, space, list(texts.values()))
    for reply in replies:
        if reply.value is None:
            kind_of_error = Retryable if reply.retryable else Permanent
            raise kind_of_error(f"the search text could not be embedded: {reply.error}")
    pairs = zip(texts, replies, strict=True)
    return tuple((kind, field, reply.value) for (kind, field), reply in pairs if reply.value is not None)


def _vector_legs(store: Store, query: Query, vectors: Vectors, factor: int) -> Iterable[tuple[str, Leg]]:
    for pool in query.pools:
        for kind, field, vector in vectors:
            leg = partial(_nearest, store, kind, field, vector, _where(pool), NEAREST * factor)
            yield f"nearest {field} {pool}", leg


def _word_legs(store: Store, query: Query, factor: int) -> Iterable[tuple[str, Leg]]:
    # labels have legs of their own: mixed with words, common ones cost much and add nobody
    said = [term for term in query_terms(query.wanted, query.wanted.text) if not term.startswith("=")]
    words = [*query.filters.terms(), *said][:TERMS]
    demanded = demanded_terms(query.filters.words)[:TERMS] if query.filters.words else []
    labels = _labels(query)
    for pool in query.pools:
        yield f"words {pool}", partial(store.search_words, words, _where(pool), WORDS * factor)
        if demanded:
            yield f"words asked {pool}", partial(store.search_words, demanded, _where(pool), WORDS * factor)
        for terms in labels:
            leg = partial(store.search_words, terms, _where(pool), LABEL * factor)
            yield f"label {' '.join(terms)} {pool}", leg


def _where(pool: str) -> Where:
    return (("pool", "==", pool),)


def _nearest(store: Store, kind: str, field: str, vector: Vector, where: Where, limit: int) -> list[str]:
    return [id for id, _ in store.nearest(kind, field, vector, where, limit)]


def _labels(query: Query) -> list[list[str]]:
    """Return the label legs, best first: near roles at near levels, the nearest also with the skills asked."""
    asked, extra = query.asked, query.filters.terms()
    skills = [skill_term(name) for group in asked.skills for name in group.names]
    labels = near_labels(asked)
    legs = [[label, *skills, *extra] for label in labels[:1] if skills]
    return legs + [[label, *extra] for label in labels] or ([extra] if extra else [])


def near_labels(asked: Asked) -> list[str]:
    """Return the label terms of the roles and levels near the asked ones, nearest first."""
    levels = {level: level_fit(asked, level, manages=False) for level in LEVELS} if asked.leveled else {}
    roles: dict[tuple[str | None, str | None], float] = {(None, None): 1.0} if not asked.role else {}
    roles |= {(function, None): 1.0 for function in asked.functions}
    for function, names in SPECIALTIES.items():
        if function not in asked.functions:
            roles |= {(function, name): role_fit(asked, function, (name,)) for name in names}
    fits = {
        facet_term(function, specialty, level): role * fit
        for (function, specialty), role in roles.items()
        if role >= NEAR_ROLE
        for level, fit in levels.items()
        if fit >= NEAR_LEVEL
    }
    return sorted(fits, key=lambda term: -fits[term])


def _fuse(answers: Iterable[Sequence[str]]) -> tuple[str, ...]:
    """Unite ranked lists, best first; ties by id, so that the same input gives the same output."""
    scores: dict[str, float] = {}
    for ids in answers:
        for rank, id in enumerate(ids):
            scores[id] = scores.get(id, 0.0) + 1 / (_FUSION + rank)
    return tuple(sorted(scores, key=lambda id: (-scores[id], id)))
