"""The search: read what the text asks for, find people worth looking at, score each from facts, show the best."""

from __future__ import annotations

import time
from bisect import insort
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from shared.errors import Permanent, Retryable, WrongCall
from shared.models.caller import Caller
from shared.models.requirements import Requirements
from shared.ports import Ports
from shared.search.asked import Asked, read_asked
from shared.search.facts import FIELDS, ROLE_FIELDS, Facts
from shared.search.filters import read_filters
from shared.search.result import Hit, SearchResult
from shared.search.retrieval import Found, Query, pools_of, retrieve
from shared.search.score import bound, score
from shared.search.weights import apply_weights, read_weights

MOST_RESULTS: Final = 200
_AT_ONCE: Final = 16  # documents read whole at a time, at least
_WIDEST: Final = 16  # a narrow filter widens retrieval up to this many times


def search(
    ports: Ports,
    text: str,
    *,
    caller: Caller,
    top_k: int = 10,
    weights: Mapping[str, float] | None = None,
    where: Mapping[str, str] | None = None,
    job_text: str | None = None,
) -> SearchResult:
    """Return the `top_k` people of the caller's pools that best answer `text` (and `job_text`, a whole job offer).

    Scores are in 0..1, computed from facts, and absolute: they do not depend on who else is found. Raises `WrongCall`
    for an empty text, wrong weights, unknown filters or a `top_k` outside 1..200; `Permanent` when the text cannot be
    read at all.
    """
    began = time.perf_counter()
    full = "\n".join(part.strip() for part in (text, job_text or "") if part.strip())
    if not full:
        raise WrongCall("the search text is empty")
    if not 1 <= top_k <= MOST_RESULTS:
        raise WrongCall(f"top_k must be 1 to {MOST_RESULTS}, not {top_k}")
    given, filters = read_weights(weights), read_filters(where)
    wanted = understand(ports, full)
    asked = read_asked(wanted)
    applied = apply_weights(given, asked.factors)
    query = Query(wanted, asked, filters, pools_of(ports, caller, filters.where.get("pool")))
    found, kept, counts = _kept(ports, query, top_k)
    hits = _best(ports, query, kept, applied, top_k)
    return SearchResult(
        results=tuple(hits),
        weights={name: round(weight, 6) for name, weight in applied.items()},
        took_ms=round((time.perf_counter() - began) * 1000, 1),
        model=ports.model.recipe("split_job"),
        requirements=_shown(wanted, asked),
        counts={**counts, "returned": len(hits)},
        notes=(*found.notes, *_remarks(asked, applied, query)),
    )


def understand(ports: Ports, text: str) -> Requirements:
    """Return what the text asks for. Raises `Permanent` when the model cannot read it, `Retryable` when not now."""
    reply = ports.model.split_job(text)
    if reply.value is None:
        kind_of_error = Retryable if reply.again else Permanent
        raise kind_of_error(f"the search text could not be read: {reply.error}")
    return reply.value


Kept = list[tuple[Facts, tuple[str, ...]]]


def _kept(ports: Ports, query: Query, top_k: int) -> tuple[Found, Kept, dict[str, Any]]:
    """Retrieve and filter; a filter that leaves fewer than `top_k` widens retrieval until no leg has more to give."""
    factor = 1
    while True:
        found = retrieve(ports, query, factor)
        kept, counts = _filtered(ports, query, found)
        if len(kept) >= top_k or not (query.filters.where and found.full) or factor >= _WIDEST:
            return found, kept, counts
        factor *= 4


def _filtered(ports: Ports, query: Query, found: Found) -> tuple[Kept, dict[str, Any]]:
    """Return who passes the filters, in order of retrieval, and how many each filter dropped or could not judge."""
    stored = ports.store.get("candidates", found.ids, fields=FIELDS if _judges_all(query) else ROLE_FIELDS)
    now = ports.now()
    kept: Kept = []
    dropped, unknown = Counter[str](), Counter[str]()
    people = [stored[id] for id in found.ids if id in stored]
    for one in people:
        facts = Facts(one.id, one.data, now)
        fails, unsaid = query.filters.passes(facts)
        unknown.update(unsaid)
        if fails:
            dropped[fails] += 1
        elif _in_scope(one.data, query.pools):
            kept.append((facts, unsaid))
    names: Sequence[str] = tuple(query.filters.where)
    counts: dict[str, Any] = {
        "found": len(people),
        "legs": found.legs,
        "filters": {name: {"dropped": dropped[name], "unknown": unknown[name]} for name in names},
        "considered": len(kept),
    }
    return kept, counts


def _judges_all(query: Query) -> bool:
    # a filter may ask for anything, and without a role nobody can be ruled out by it: everybody is read whole
    return bool(query.filters.where) or not query.asked.role


def _best(ports: Ports, query: Query, kept: Kept, weights: Mapping[str, float], top_k: int) -> list[Hit]:
    """Return the best hits, ties in order of retrieval.

    Whoever cannot come among them by role and level is not read further: people are read and scored by falling bound,
    until the last of the best beats what the next one could reach.
    """
    bounds = [bound(query.asked, facts, weights) for facts, _ in kept]
    order = sorted(range(len(kept)), key=lambda place: (-bounds[place], place))
    best: list[tuple[float, int, Hit]] = []
    for start in range(0, len(order), step := max(top_k, _AT_ONCE)):
        places = order[start : start + step]
        whole = _whole(ports, query, [kept[place][0] for place in places])
        for place in places:
            if len(best) == top_k and best[-1][:2] < (-bounds[place], place):
                return [hit for _, _, hit in best]
            if facts := whole.get(kept[place][0].id):
                hit = score(query.asked, facts, weights, kept[place][1])
                insort(best, (-hit.score, place, hit), key=lambda one: one[:2])
                del best[top_k:]
    return [hit for _, _, hit in best]


def _whole(ports: Ports, query: Query, people: Sequence[Facts]) -> dict[str, Facts]:
    """Return these people with all that scores read, by id, without those who have gone meanwhile."""
    if _judges_all(query):
        return {facts.id: facts for facts in people}
    stored = ports.store.get("candidates", [facts.id for facts in people], fields=FIELDS)
    now = ports.now()
    return {one.id: Facts(one.id, one.data, now) for one in stored.values() if _in_scope(one.data, query.pools)}


def _in_scope(data: Mapping[str, Any], pools: tuple[str | None, ...]) -> bool:
    # A record may have moved between retrieval and reading; what is shown is judged by what was read.
    return pools == (None,) or data.get("pool") in pools


def _shown(wanted: Requirements, asked: Asked) -> dict[str, Any]:
    shown = wanted.model_dump(mode="json", exclude={"text", "skill_text", "experience_text", "education_text"})
    return {
        **shown,
        "skills": [{"any_of": list(g.names), "must": g.must} for g in asked.skills],
        "words": list(asked.words),
    }


def _remarks(asked: Asked, applied: Mapping[str, float], query: Query) -> list[str]:
    remarks = []
    if asked.words:
        remarks.append("no role, skill, degree or place was understood: ranked by the words met")
    if not any(applied.values()):
        remarks.append(
            f"the text asks only for {', '.join(sorted(asked.factors))}, whose weights are 0: nothing scored"
        )
    if not query.pools:
        remarks.append("none of the caller's pools is searched")
    return remarks
