"""What is asked of matches besides making them: lists of them, and to make them again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final, Literal, TypedDict, cast

from shared.access import Reads
from shared.models.candidate import READY
from shared.models.collections import CANDIDATES, JOBS, MATCHES
from shared.paging import iter_pages
from shared.pipeline.run import tasks_for
from shared.ports import Ports, Stored
from shared.stages.stage import load_stage

if TYPE_CHECKING:
    from shared.models.documents.jobs import JobDocument, MatchDocument
    from shared.models.documents.people import CandidateDocument
    from shared.models.documents.profiles import ExperienceData

    class ListedMatch(MatchDocument, total=False):
        """A match with who or what stands on the other side."""

        job: MatchedJob
        candidate: MatchedCandidate


Side = Literal["job_id", "candidate_id"]
_OF_CANDIDATES: Final = ("pool", "person", "profile")
_OF_JOBS: Final = ("pool", "status", "title", "company", "location")


class MatchedJob(TypedDict):
    """The job of a match."""

    title: str | None
    company: str | None
    location: str | None


class MatchedCandidate(TypedDict):
    """The person of a match."""

    name: str
    current_title: str | None
    current_company: str | None


def list_matches(
    ports: Ports, reads: Reads, side: Side, id_: str, limit: int, after: tuple[float, str] | None = None
) -> tuple[list[ListedMatch], str | None]:
    """Return the matches of a job or a candidate, best first, each with who or what stands on the other side, and
    where the next page begins (None: there is none).

    Who asks must see both. One whose other side is gone or closed since is left out: it goes with the next refresh.
    Raises `NotFound` for a job or candidate the caller does not see.
    """
    of_job = side == "job_id"
    id_ = reads.one(JOBS, id_, fields=("pool",)).id if of_job else reads.one(CANDIDATES, id_, fields=("pool",)).id
    rows = ports.store.query(MATCHES, [(side, "==", id_)], order="-score", limit=limit, after=after)
    matches = [row.data for row in rows]
    listed = _with_candidates(reads, matches) if of_job else _with_jobs(reads, matches)
    next_page = f"{rows[-1].data['score']}~{rows[-1].id}" if len(rows) == limit else None
    return listed, next_page


def _with_candidates(reads: Reads, matches: Sequence[MatchDocument]) -> list[ListedMatch]:
    people = reads.some(CANDIDATES, [match["candidate_id"] for match in matches], fields=_OF_CANDIDATES)
    listed: list[ListedMatch] = []
    for match in matches:
        person = people.get(match["candidate_id"])
        if person is not None:
            listed.append(cast("ListedMatch", {**match, "candidate": _candidate(person.data)}))
    return listed


def _with_jobs(reads: Reads, matches: Sequence[MatchDocument]) -> list[ListedMatch]:
    jobs = reads.some(JOBS, [match["job_id"] for match in matches], fields=_OF_JOBS)
    listed: list[ListedMatch] = []
    for match in matches:
        job = jobs.get(match["job_id"])
        if job is not None and job.data.get("status", "open") == "open":
            listed.append(cast("ListedMatch", {**match, "job": _job(job.data)}))
    return listed


def _job(job: JobDocument) -> MatchedJob:
    return {"title": job.get("title"), "company": job.get("company"), "location": job.get("location")}


def _candidate(candidate: CandidateDocument) -> MatchedCandidate:
    positions = (candidate.get("profile") or {}).get("experiences") or []
    current: ExperienceData = positions[0] if positions else {}
    for position in positions:
        if position.get("current"):
            current = position
            break
    name = (candidate.get("person") or {}).get("name") or ""
    return {"name": name, "current_title": current.get("title"), "current_company": current.get("company")}


def refresh(ports: Ports, kind: Literal["jobs", "candidates"], ids: Sequence[str]) -> int:
    """Queue the matching of these records anew, whatever they await; return how many."""
    ports.queue.enqueue(tasks_for(kind, "match", ids, force=True))
    return len(ids)


def refresh_all(ports: Ports, pools: Sequence[str] | None = None) -> int:
    """Queue the matching of every open job anew, of these pools or of all; return how many. That finds every pair."""
    queued = 0
    for pool in pools if pools is not None else (None,):
        where: list[Any] = [("status", "==", "open"), *([("pool", "==", pool)] if pool is not None else [])]
        for rows in iter_pages(ports.store, JOBS, where, ("awaiting",)):
            queued += refresh(ports, "jobs", [row.id for row in rows])
    return queued


def refresh_out_of_date(ports: Ports) -> int:
    """Queue the matching of the open jobs whose matches are older than what they rest on; return how many.

    That is a job that was read or embedded since, or matched by another recipe, or in another month: what somebody
    does now counts up to this month. People and jobs that changed await the stage by themselves.
    """
    recipe, month, queued = load_stage("match", "jobs").recipe(ports), ports.now()[:7], 0
    for rows in iter_pages(ports.store, JOBS, [("status", "==", "open"), ("awaiting", "==", READY)], ("stages",)):
        queued += refresh(ports, "jobs", [row.id for row in rows if _is_old(row, recipe, month)])
    return queued


def _is_old(row: Stored[JobDocument], recipe: str, month: str) -> bool:
    states = row.data.get("stages") or {}
    matched = states.get("match") or {}
    at = matched.get("at") or ""
    newest = max((states[name]["at"] for name in ("enrich", "embed") if name in states), default="")
    return matched.get("recipe") != recipe or at[:7] != month or at < newest
