"""Why somebody is absent or low in a search: which filter, which stage, which factor, and what would bring them in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from shared.access import Reads, allow
from shared.models.caller import Caller
from shared.models.collections import CANDIDATES
from shared.models.search_run import SearchAsked
from shared.ports import Ports, Stored
from shared.search.find import find_kept, read_people
from shared.search.request.request import prepare
from shared.search.result import FACTORS, Hit
from shared.search.retrieval import Found
from shared.search.runs import read_search
from shared.search.score.explain import explain
from shared.search.score.facts import FIELDS, Facts
from shared.search.what_if import Place, Standing, Terms, find_changes

if TYPE_CHECKING:
    from shared.models.documents.people import CandidateDocument
    from shared.search.answers import CostJson, FoundByJson, StageJson, WhyJson

_STAGES: Final = ("classify", "enrich", "embed")
_READ: Final = (*FIELDS, "awaiting")


def why(ports: Ports, asked: SearchAsked, candidate_id: str, caller: Caller) -> WhyJson:
    """Return where the person stands in the search and what keeps them there, as JSON values.

    `changes` leave out filters, a requirement or a weight, ranked among the people this search looks at;
    `smallest` is the first of them that brings the person into the `top_k`. Raises `NotAllowed`; `NotFound` for
    somebody the caller may not see; what `prepare` raises.
    """
    allow(caller, "search")
    one = Reads(ports, caller).one(CANDIDATES, candidate_id, _READ)
    prepared = prepare(ports, read_search(ports, asked, caller), caller)
    query, top_k = prepared.query, prepared.top_k
    found, _, _, _ = find_kept(ports, query, top_k)
    facts = Facts(one.id, one.data, ports.now())
    standing = Standing(read_people(ports, found.ids, query), facts, top_k)
    terms = Terms(query.asked, query.filters, prepared.given)
    now = standing.under(terms)
    inside = now.rank is not None and now.rank <= top_k and one.id in found.ids
    changes = [] if now.rank == 1 else find_changes(standing, terms, now)
    helps = [change for change in changes if change["rank"] is not None and change["rank"] <= top_k]
    stages = dict(_stages(ports, one))
    answer: WhyJson = {
        "candidate_id": one.id,
        "in_results": inside,
        "rank": now.rank,
        "top_k": top_k,
        "score": now.hit.score,
        "coverage": now.hit.coverage,
        "last_score": now.last_score,
        "explanation": explain(now.hit),
        "filters": list(query.filters.failed(facts)),
        "found_by": _found_by(found, one.id),
        "stages": stages,
        "factors": _costs(now.hit, prepared.weights),
        "changes": changes,
        "smallest": helps[0] if helps and not inside else None,
        "reasons": [],
    }
    answer["reasons"] = list(_reasons(answer, now))
    return answer


def _found_by(found: Found, candidate_id: str) -> FoundByJson:
    """Return whether they are among the people looked at, and their rank in every way of looking, None: not found."""
    ranks: dict[str, int | None] = {}
    for name, ids in found.answers.items():
        rank = ids.index(candidate_id) + 1 if candidate_id in ids else None
        kind = " ".join(name.split()[:2]) if name.startswith("nearest") else name.split()[0]
        ranks[kind] = min((each for each in (ranks.get(kind), rank) if each), default=None)
    return {"looked_at": candidate_id in found.ids, "people_looked_at": len(found.ids), "ranks": ranks}


def _stages(ports: Ports, one: Stored[CandidateDocument]) -> Iterator[tuple[str, StageJson]]:
    """Yield what each stage that search rests on did: done, stale, failed with the reason, skipped, or waiting."""
    states = one.data.get("stages") or {}
    for name in _STAGES:
        state = states.get(name)
        if state is None:
            yield name, {"state": "waiting", "reason": f"the record awaits {one.data.get('awaiting')}"}
        elif state["state"] == "failed":
            yield name, {"state": "failed", "reason": (state.get("error") or {}).get("message")}
        elif not _is_current(state.get("recipe") or "", ports.model.recipe(name)):
            yield name, {"state": "stale", "reason": f"done with {state.get('recipe')}"}
        else:
            yield name, {"state": state["state"], "reason": state.get("reason")}


def _is_current(stored: str, recipe: str) -> bool:
    return stored == recipe or stored.startswith(f"{recipe} ")  # embed adds dimensions and text version


def _costs(hit: Hit, weights: Mapping[str, float]) -> dict[str, CostJson]:
    """Return what each asked factor costs of the full score, and what it lacks."""
    return {
        name: {
            "weight": round(weights[name], 4),
            "costs": round(weights[name] * (1 - (hit.factors[name].score or 0.0)), 4),
            "missing": hit.factors[name].notes.missing,
            "unknown": hit.factors[name].notes.unknown,
        }
        for name in FACTORS
        if hit.factors[name].asked
    }


def _reasons(answer: WhyJson, now: Place) -> Iterator[str]:
    """Yield one sentence a reason, what decides first."""
    for name in answer["filters"]:
        yield f"filter {name} drops them"
    for name, stage in answer["stages"].items():
        if stage["state"] not in ("done", "skipped"):
            yield f"{name} is {stage['state']}: {stage['reason']}"
        elif stage["state"] == "skipped" and name == "embed":
            yield f"embed was skipped: {stage['reason']}"
    if not answer["found_by"]["looked_at"]:
        number = answer["found_by"]["people_looked_at"]
        yield f"not among the {number} people looked at, who are nearer by meaning, words or label"
    if answer["rank"] and answer["rank"] > answer["top_k"]:
        last = f", the last of {answer['top_k']} has {now.last_score:.2f}" if now.last_score is not None else ""
        yield f"rank {answer['rank']} with {now.hit.score:.2f}{last}"
    for name, factor in sorted(answer["factors"].items(), key=lambda each: -each[1]["costs"]):
        if factor["costs"]:
            lacks = "; ".join([*factor["missing"], *factor["unknown"]])
            yield f"{name} costs {factor['costs']:.2f}" + (f": {lacks}" if lacks else "")
