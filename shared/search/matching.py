"""Jobs and people, scored as a search scores: the same pair has the same score from either side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from shared.models.collections import CANDIDATES, JOBS
from shared.ports import Ports, Stored, Vector
from shared.search.request.criteria import Asked, read_asked
from shared.search.request.filters import Filters
from shared.search.request.offer import job_vectors, requirements_of
from shared.search.request.weights import apply_weights, read_weights
from shared.search.result import Hit
from shared.search.retrieval import Query, retrieve
from shared.search.score.facts import FIELDS, Facts
from shared.search.score.score import bound, score
from shared.vectors.generations import WHOLE, legs_in, live_vectors, space_for

if TYPE_CHECKING:
    from shared.models.documents.jobs import JobDocument, MatchDocument
    from shared.models.documents.people import CandidateDocument

MATCHING_VERSION: Final = 1  # of the threshold and the scores; a new one makes every match stale
# The right trade at a neighbouring level still does: with place and degree unknown, full marks for all else give 0.75.
# Another trade of the same function, or the right one at a far level, stays below.
THRESHOLD: Final = 0.6
KEPT: Final = 300  # people a job keeps: as many as one retrieval brings
FEW: Final = 50  # open jobs of a pool up to which all are looked at; beyond, the nearest
NEAREST: Final = 150  # jobs looked at by the whole vector of a person
NEAREST_PART: Final = 80  # and by each vector of a part
_MOST_NEAREST: Final = 1000  # Firestore answers no more
JOB_FIELDS: Final = ("pool", "status", "title", "seniority", "location", "description", "enrichment", "stages")


@dataclass(frozen=True, slots=True)
class Opening:
    """An open job, ready to be scored against."""

    id: str
    pool: str
    asked: Asked
    weights: Mapping[str, float]
    recipe: str | None  # what read the job


def opening(row: Stored[JobDocument]) -> Opening | None:
    """Return the job as an opening; None when it is closed or nothing was read of it."""
    wanted = requirements_of(row.data) if row.data.get("status") == "open" else None
    if wanted is None:
        return None
    asked = read_asked(wanted)
    recipe = ((row.data.get("stages") or {}).get("enrich") or {}).get("recipe")
    return Opening(row.id, row.data["pool"], asked, apply_weights(read_weights(None), asked.factors), recipe)


def match_of(job: Opening, facts: Facts, at: str) -> MatchDocument | None:
    """Return the match, None below the threshold; a person who cannot reach it is not scored in full."""
    if bound(job.asked, facts, job.weights) < THRESHOLD:
        return None
    hit = score(job.asked, facts, job.weights)
    return _document(job, facts, hit, at) if hit.score >= THRESHOLD else None


def match_id(job_id: str, candidate_id: str) -> str:
    """Return the id of the one match these two can have."""
    return f"{job_id}~{candidate_id}"


def people_for(
    ports: Ports, job: Opening, wanted: JobDocument, also: Iterable[str]
) -> dict[str, Stored[CandidateDocument]]:
    """Return the people of the job's pool worth scoring, those of `also` among them. `wanted`: the job's document."""
    needs = requirements_of(wanted)
    assert needs is not None  # or it were no opening
    vectors = job_vectors(ports, job.id) or ()  # none of the people's model: words and labels find, no model is asked
    query = Query(needs, job.asked, Filters({}), (job.pool,), vectors)
    ids = dict.fromkeys((*retrieve(ports, query).ids, *also))
    rows = ports.store.get(CANDIDATES, list(ids), fields=FIELDS)
    return {id: rows[id] for id in ids if id in rows and rows[id].data.get("pool") == job.pool}


def jobs_for(ports: Ports, pool: str, candidate_ids: Iterable[str], number_open: int) -> dict[str, list[str]]:
    """Return candidate -> ids of jobs worth scoring: all open ones while they are few, else the nearest."""
    people = list(candidate_ids)
    legs = _legs(ports, people) if number_open > FEW else None
    if legs is None:
        rows = ports.store.query(JOBS, [("pool", "==", pool), ("status", "==", "open")], fields=())
        return {id: [row.id for row in rows] for id in people}
    share = ports.store.count(JOBS, [("pool", "==", pool)]) / number_open  # closed ones are found, too
    found: dict[str, list[str]] = {}
    for id, own in legs.items():
        near = [_near(ports, pool, leg, share * (NEAREST if leg[0] == "jobs" else NEAREST_PART)) for leg in own]
        found[id] = list(dict.fromkeys(job_id for leg in near for job_id in leg))
    return found


def _legs(ports: Ports, people: Sequence[str]) -> dict[str, list[tuple[str, str, Vector]]] | None:
    """Return candidate -> where to look with which vector; None while jobs and people are of two models."""
    vectors = live_vectors(ports.store, "candidates", people, (WHOLE, "skill", "experience"))
    space = space_for(ports.store, "jobs", "candidates")
    return None if space is None else {id: legs_in(space, vectors.get(id, {})) for id in people}


def _near(ports: Ports, pool: str, leg: tuple[str, str, Vector], limit: float) -> list[str]:
    (kind, field, vector), most = leg, min(round(limit), _MOST_NEAREST)
    return [id for id, _ in ports.store.nearest(kind, field, vector, [("pool", "==", pool)], most)]


def _document(job: Opening, facts: Facts, hit: Hit, at: str) -> MatchDocument:
    met = [group for group in job.asked.skills if any(key in facts.skills for key in group.keys)]
    return {
        "id": match_id(job.id, facts.id),
        "pool": job.pool,
        "job_id": job.id,
        "candidate_id": facts.id,
        "score": hit.score,
        "coverage": hit.coverage,
        "factors": {
            name: None if factor.score is None else round(factor.score, 4)
            for name, factor in hit.factors.items()
            if factor.asked
        },
        "matching_skills": [group.label for group in met],
        "missing_skills": [group.label for group in job.asked.skills if group not in met],
        "weights": {name: round(weight, 6) for name, weight in job.weights.items() if weight},
        "job_recipe": job.recipe,
        "candidate_recipe": hit.model,
        "at": at,
    }
