"""What is asked of matches besides making them: lists of them, and to make them again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Literal

from shared.access import Reads
from shared.models.candidate import READY
from shared.paging import pages
from shared.pipeline.run import tasks_for
from shared.ports import Data, Ports, Stored
from shared.stages import load

Side = Literal["job_id", "candidate_id"]
_OTHER: Final[dict[Side, tuple[str, str]]] = {"job_id": ("candidates", "candidate_id"),
                                              "candidate_id": ("jobs", "job_id")}  # fmt: skip
_THIS: Final[dict[Side, str]] = {"job_id": "jobs", "candidate_id": "candidates"}
_FIELDS: Final = {
    "candidates": ("pool", "person", "profile"),
    "jobs": ("pool", "status", "title", "company", "location"),
}


def list_matches(
    ports: Ports, reads: Reads, side: Side, id_: str, limit: int, after: tuple[float, str] | None = None
) -> tuple[list[Data], str | None]:
    """Return the matches of a job or a candidate, best first, each with who or what stands on the other side, and
    where the next page begins (None: there is none).

    Who asks must see both. One whose other side is gone or closed since is left out: it goes with the next refresh.
    Raises `NotFound` for a job or candidate the caller does not see.
    """
    asked, (kind, other) = _THIS[side], _OTHER[side]
    id_ = reads.one(asked, id_, fields=("pool",)).id
    rows = ports.store.query("matches", [(side, "==", id_)], order="-score", limit=limit, after=after)
    others = reads.some(kind, [row.data[other] for row in rows], fields=_FIELDS[kind])
    live = [(row, others[row.data[other]]) for row in rows if row.data[other] in others]
    found = [{**row.data, **_shown(kind, each)} for row, each in live if each.data.get("status", "open") == "open"]
    return found, f"{rows[-1].data['score']}~{rows[-1].id}" if len(rows) == limit else None


def refresh(ports: Ports, kind: Literal["jobs", "candidates"], ids: Sequence[str]) -> int:
    """Queue the matching of these records anew, whatever they await; return how many."""
    ports.queue.enqueue(tasks_for(kind, "match", ids, force=True))
    return len(ids)


def refresh_all(ports: Ports, pools: Sequence[str] | None = None) -> int:
    """Queue the matching of every open job anew, of these pools or of all; return how many. That finds every pair."""
    queued = 0
    for pool in pools if pools is not None else (None,):
        where: list[Any] = [("status", "==", "open"), *([("pool", "==", pool)] if pool is not None else [])]
        for rows in pages(ports.store, "jobs", where, ("awaiting",)):
            queued += refresh(ports, "jobs", [row.id for row in rows])
    return queued


def refresh_out_of_date(ports: Ports) -> int:
    """Queue the matching of the open jobs whose matches are older than what they rest on; return how many.

    That is a job that was read or embedded since, or matched by another recipe, or in another month: what somebody
    does now counts up to this month. People and jobs that changed await the stage by themselves.
    """
    recipe, month, queued = load("match", "jobs").recipe(ports), ports.now()[:7], 0
    for rows in pages(ports.store, "jobs", [("status", "==", "open"), ("awaiting", "==", READY)], ("stages",)):
        queued += refresh(ports, "jobs", [row.id for row in rows if _is_old(row, recipe, month)])
    return queued


def _is_old(row: Stored, recipe: str, month: str) -> bool:
    states = row.data.get("stages") or {}
    matched = states.get("match") or {}
    at = matched.get("at") or ""
    newest = max((states[name]["at"] for name in ("enrich", "embed") if name in states), default="")
    return matched.get("recipe") != recipe or at[:7] != month or at < newest


def _shown(kind: str, other: Stored) -> Data:
    if kind == "jobs":
        return {"job": {name: other.data.get(name) for name in ("title", "company", "location")}}
    jobs = (other.data.get("profile") or {}).get("experiences") or [{}]
    now = next((job for job in jobs if job.get("current")), jobs[0])
    name = (other.data.get("person") or {}).get("name") or ""
    return {"candidate": {"name": name, "current_title": now.get("title"), "current_company": now.get("company")}}
