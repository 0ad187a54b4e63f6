"""The search: read what the text asks for, find people worth looking at, score each from facts, show the best."""

from __future__ import annotations

from bisect import insort
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING, Any, Final, cast

from shared.models.caller import Caller
from shared.models.collections import CANDIDATES
from shared.models.requirements import Requirements
from shared.ports import Ports
from shared.search.evidence import split_by_evidence, words_nobody_holds
from shared.search.request.criteria import Asked
from shared.search.request.relax import filters_to_relax
from shared.search.request.request import Prepared, Search, prepare
from shared.search.result import Hit, SearchResult
from shared.search.retrieval import Found, Query, retrieve
from shared.search.score.explain import explained, retold
from shared.search.score.facts import FIELDS, ROLE_FIELDS, Facts
from shared.search.score.score import bound, score

if TYPE_CHECKING:
    from shared.models.documents.people import CandidateDocument
    from shared.search.answers import FilteredCounts, RequirementsJson

_AT_ONCE: Final = 16  # documents read whole at a time, at least
_WIDEST: Final = 16  # a narrow filter widens retrieval up to this many times


def search(ports: Ports, text: str, *, caller: Caller, job_text: str | None = None, **options: Any) -> SearchResult:
    """Return the people of the caller's pools that best answer `text` (and `job_text`, a whole job offer).

    `options`: the other fields of `Search`. Raises what `prepare` raises.
    """
    return run(ports, Search(text=text, job_text=job_text or "", **options), caller)


def run(ports: Ports, asked: Search, caller: Caller) -> SearchResult:
    """Return the best people with reasons. Scores are in 0..1, computed from facts, and absolute: they do not depend
    on who else is found. Raises what `prepare` raises."""
    began = perf_counter()
    return answer(ports, prepare(ports, asked, caller), began)


def answer(ports: Ports, prepared: Prepared, began: float) -> SearchResult:
    """Run a prepared search. `began`: when, as `perf_counter` counts."""
    query, weights, top_k = prepared.query, prepared.weights, prepared.top_k
    looked = perf_counter()
    found, kept, counts, embed_ms = find_kept(ports, query, top_k)
    scored = perf_counter()
    hits = [explained(hit) for hit in best(ports, query, kept, weights, top_k)]
    hits, closest = split_by_evidence(query.asked, hits)
    ended = perf_counter()
    hits = retold(ports.model, hits) if prepared.rewrite else hits
    timings = {
        "understand": prepared.understand_ms,
        "embed": embed_ms,
        "retrieve": (scored - looked) * 1000 - embed_ms,
        "score": (ended - scored) * 1000,
    }
    return SearchResult(
        results=tuple(hits),
        weights={name: round(weight, 6) for name, weight in weights.items()},
        took_ms=round((perf_counter() - began) * 1000, 1),
        model=ports.model.recipe("split_job"),
        requirements=_shown(query.wanted, query.asked),
        counts={**counts, "returned": len(hits)},
        notes=(*found.notes, *_remarks(query.asked, weights, query)),
        preset=prepared.preset,
        timings={name: round(ms, 2) for name, ms in timings.items()},
        not_understood=words_nobody_holds(ports.store, query),
        closest=tuple(closest),
        relax=() if hits else tuple(filters_to_relax(query.filters, read_people(ports, found.ids, query))),
    )


Kept = list[tuple[Facts, tuple[str, ...]]]


def find_kept(ports: Ports, query: Query, top_k: int) -> tuple[Found, Kept, FilteredCounts, float]:
    """Retrieve and filter; a filter that leaves fewer than `top_k` widens retrieval until no leg has more to give.

    Also returns how many people went where, and the milliseconds the text took to embed.
    """
    factor, embed_ms = 1, 0.0
    while True:
        found = retrieve(ports, query, factor)
        embed_ms = embed_ms or found.embed_ms
        query = replace(query, vectors=found.vectors or None)  # asked again where it failed
        kept, counts = _filtered(ports, query, found)
        if len(kept) >= top_k or not (query.filters.names and found.full) or factor >= _WIDEST:
            return found, kept, counts, embed_ms
        factor *= 4


def read_people(ports: Ports, ids: Sequence[str], query: Query) -> list[Facts]:
    """Return these people with all that scores read, in this order, those out of scope left out."""
    stored = ports.store.get(CANDIDATES, ids, fields=FIELDS)
    now = ports.now()
    return [Facts(id, stored[id].data, now) for id in ids if id in stored and _in_scope(stored[id].data, query)]


def _filtered(ports: Ports, query: Query, found: Found) -> tuple[Kept, FilteredCounts]:
    """Return who passes the filters, in order of retrieval, and how many each filter dropped or could not judge."""
    stored = ports.store.get(CANDIDATES, found.ids, fields=FIELDS if _judges_all(query) else ROLE_FIELDS)
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
        elif _in_scope(one.data, query):
            kept.append((facts, unsaid))
    counts: FilteredCounts = {
        "found": len(people),
        "legs": found.legs,
        "filters": {name: {"dropped": dropped[name], "unknown": unknown[name]} for name in query.filters.names},
        "considered": len(kept),
    }
    return kept, counts


def _judges_all(query: Query) -> bool:
    # a filter may ask for anything, and without a role nobody can be ruled out by it: everybody is read whole
    return bool(query.filters.names) or not query.asked.role


def best(ports: Ports, query: Query, kept: Kept, weights: Mapping[str, float], top_k: int) -> list[Hit]:
    """Return the best hits, ties in order of retrieval.

    Whoever cannot come among them by role and level is not read further: people are read and scored by falling bound,
    until the last of the best beats what the next one could reach.
    """
    bounds = [bound(query.asked, facts, weights) for facts, _ in kept]
    order = sorted(range(len(kept)), key=lambda place: (-bounds[place], place))
    ranked: list[tuple[float, int, Hit]] = []
    for start in range(0, len(order), step := max(top_k, _AT_ONCE)):
        places = order[start : start + step]
        whole = _whole(ports, query, [kept[place][0] for place in places])
        for place in places:
            if len(ranked) == top_k and ranked[-1][:2] < (-bounds[place], place):
                return [hit for _, _, hit in ranked]
            if facts := whole.get(kept[place][0].id):
                hit = score(query.asked, facts, weights, kept[place][1])
                insort(ranked, (-hit.score, place, hit), key=lambda one: one[:2])
                del ranked[top_k:]
    return [hit for _, _, hit in ranked]


def _whole(ports: Ports, query: Query, people: Sequence[Facts]) -> dict[str, Facts]:
    """Return these people with all that scores read, by id, without those who have gone meanwhile."""
    if not _judges_all(query):
        people = read_people(ports, [facts.id for facts in people], query)
    return {facts.id: facts for facts in people}


def _in_scope(data: CandidateDocument, query: Query) -> bool:
    # A record may have moved between retrieval and reading; what is shown is judged by what was read.
    if data.get("pool") in query.pools:
        return True
    return bool(query.shared) and query.reader in (data.get("readers") or ())


def _shown(wanted: Requirements, asked: Asked) -> RequirementsJson:
    left_out = {"text", "skill_text", "experience_text", "education_text", "skills"}
    shown = cast("RequirementsJson", wanted.model_dump(mode="json", exclude=left_out))
    shown["skills"] = [{"any_of": list(group.names), "must": group.must} for group in asked.skills]
    shown["words"] = list(asked.words)
    return shown


def _remarks(asked: Asked, applied: Mapping[str, float], query: Query) -> list[str]:
    remarks = []
    if asked.only_words:
        remarks.append("no role, skill, degree or place was understood: ranked by the words met")
    if not any(applied.values()):
        remarks.append(
            f"the text asks only for {', '.join(sorted(asked.factors))}, whose weights are 0: nothing scored"
        )
    if not query.pools and not query.shared:
        remarks.append("none of the caller's pools is searched")
    return remarks
