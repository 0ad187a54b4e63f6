"""Search runs: a search that is kept, so that it can be read again, and explained to whoever was not found."""

from __future__ import annotations

import secrets
from time import perf_counter
from typing import TYPE_CHECKING, cast

from shared.access import Reads, allow, sees_everything
from shared.errors import InvalidRequest, NotFound
from shared.models.caller import Caller
from shared.models.collections import CANDIDATES, SEARCH_RUNS
from shared.models.search_run import RunHit, SearchAsked, SearchRun
from shared.ports import Create, Ports, Where
from shared.search.find import answer
from shared.search.jobs import search_for_job
from shared.search.request.criteria import read_asked
from shared.search.request.request import Prepared, Search, SearchOptions, prepare
from shared.search.result import Hit, SearchResult
from shared.search.score.explain import explained
from shared.search.score.facts import FIELDS, Facts
from shared.search.score.score import score

if TYPE_CHECKING:
    from shared.models.documents.searches import SearchRunDocument
    from shared.search.answers import RunHitJson, RunJson, StoredRunJson


def create_run(ports: Ports, asked: SearchAsked, caller: Caller) -> RunJson:
    """Search, keep the run, and return its id with the whole answer.

    Raises `NotAllowed`, `NotFound` for a job that is not the caller's, and what `prepare` raises.
    """
    allow(caller, "search")
    began = perf_counter()
    prepared = prepare(ports, read_search(ports, asked, caller), caller)
    found = answer(ports, prepared, began)
    run = _kept(ports, asked, caller, prepared, found)
    ports.store.commit([[Create(SEARCH_RUNS, run.id, cast("SearchRunDocument", run.model_dump(mode="json")))]])
    return {"id": run.id, **found.to_json()}


def read_search(ports: Ports, asked: SearchAsked, caller: Caller) -> Search:
    """Return the search a run asks for. Raises `InvalidRequest` for both or neither of text and job, `NotFound`."""
    if (asked.job_offer_text is None) == (asked.job_id is None):
        raise InvalidRequest("give either job_offer_text or job_id")
    where = {name: f"{value:g}" if isinstance(value, float) else value for name, value in (asked.filters or {}).items()}
    options: SearchOptions = {
        "top_k": asked.top_k, "weights": asked.weights, "preset": asked.preset,
        "where": where, "words": asked.words, "strict": asked.strict, "rewrite": asked.rewrite,
    }  # fmt: skip
    if asked.job_id is not None:
        return search_for_job(ports, asked.job_id, caller, options)
    return Search(text=asked.job_offer_text or "", **options)


def read_run(ports: Ports, run_id: str, caller: Caller) -> StoredRunJson:
    """Return a run with its people as their records are now; `changed` where they would score differently today.

    Raises `NotFound` for a run of somebody else.
    """
    run = find_run(ports, run_id, caller)
    people = Reads(ports, caller).some(CANDIDATES, [hit.candidate_id for hit in run.results], FIELDS)
    asked, now = read_asked(run.requirements), ports.now()
    results: list[RunHitJson] = []
    for kept in run.results:
        stored = people.get(kept.candidate_id)
        today = score(asked, Facts(stored.id, stored.data, now), run.weights) if stored else None
        results.append(_joined(kept, today))
    shown = cast("StoredRunJson", run.model_dump(mode="json", exclude={"results", "requirements"}))
    shown["results"] = results
    return shown


def list_runs(ports: Ports, caller: Caller, limit: int = 50) -> list[SearchRunDocument]:
    """Return the caller's runs, newest first, an admin's with everybody's; without their results."""
    where: Where = () if sees_everything(caller) else (("caller", "==", caller.uid),)
    fields = ("id", "caller", "at", "asked", "considered", "took_ms")
    rows = ports.store.query(SEARCH_RUNS, where, order="-at", limit=limit, fields=fields)
    return [row.data for row in rows]


def find_run(ports: Ports, run_id: str, caller: Caller) -> SearchRun:
    """Return a run. Raises `NotFound`, the same for one of somebody else and one that never was."""
    stored = ports.store.get(SEARCH_RUNS, [run_id]).get(run_id)
    if stored is None or not (sees_everything(caller) or stored.data["caller"] == caller.uid):
        raise NotFound(f"no search run {run_id}")
    return SearchRun.model_validate(stored.data)


def _joined(kept: RunHit, today: Hit | None) -> RunHitJson:
    """Return a hit as it was kept, with what the record says; a person who is gone keeps only the numbers."""
    if today is None:
        return {
            "candidate_id": kept.candidate_id,
            "score": kept.score,
            "coverage": kept.coverage,
            "factors": kept.factors,
            "gone": True,
        }
    shown = cast("RunHitJson", explained(today).to_json())
    shown["score"] = kept.score
    shown["coverage"] = kept.coverage
    shown["changed"] = (today.score, today.coverage) != (kept.score, kept.coverage)
    shown["score_now"] = today.score
    shown["gone"] = False
    return shown


def _kept(ports: Ports, asked: SearchAsked, caller: Caller, prepared: Prepared, found: SearchResult) -> SearchRun:
    results = tuple(
        RunHit(
            candidate_id=hit.candidate_id,
            score=hit.score,
            coverage=hit.coverage,
            factors={name: factor.score for name, factor in hit.factors.items() if factor.asked},
        )
        for hit in found.results
    )
    return SearchRun(
        id=secrets.token_hex(10),
        caller=caller.uid,
        at=ports.now(),
        asked=asked,
        pools=prepared.query.pools,
        requirements=prepared.query.wanted,
        weights=dict(found.weights),
        results=results,
        considered=found.counts["considered"],
        recipes={"split_job": found.model, "embed": ports.model.recipe("embed")},
        timings=dict(found.timings),
        took_ms=found.took_ms,
    )
