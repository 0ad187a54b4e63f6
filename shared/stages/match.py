"""Which open jobs a person answers: the nearest of the pool, scored in code, those above the threshold kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from shared.models.collections import JOBS, MATCHES
from shared.ports import Create, Delete, Ports, Stored
from shared.search.matching import JOB_FIELDS, MATCHING_VERSION, Opening, jobs_for, match_of, opening
from shared.search.score.facts import Facts
from shared.stages.stage import Outcome

if TYPE_CHECKING:
    from shared.models.documents.jobs import MatchDocument
    from shared.models.documents.people import CandidateDocument

_IN: Final = 30  # values one `in` of Firestore takes


def inputs(data: CandidateDocument) -> Any:
    """Return all that scores read of the person, and which vectors they have."""
    embedded = (data.get("stages") or {}).get("embed") or {}
    names = ("profile", "classification", "enrichment")
    return {
        **{name: data.get(name) for name in names},
        "location": (data.get("person") or {}).get("location"),
        "vectors": [embedded.get("input"), embedded.get("recipe")],
    }


def recipe(ports: Ports) -> str:
    """Return the version of the scores."""
    return f"match-{MATCHING_VERSION}"


def run(records: Sequence[Stored[CandidateDocument]], ports: Ports) -> list[Outcome[CandidateDocument]]:
    """Return the matches of each person. Asks no model; where no job is open, that one count is all it costs."""
    by_pool: dict[str, list[Stored[CandidateDocument]]] = defaultdict(list)
    for record in records:
        by_pool[record.data.get("pool", "default")].append(record)
    outcomes = {id: outcome for pool, people in by_pool.items() for id, outcome in _in_pool(ports, pool, people)}
    return [outcomes[record.id] for record in records]


def _in_pool(
    ports: Ports, pool: str, people: Sequence[Stored[CandidateDocument]]
) -> Iterable[tuple[str, Outcome[CandidateDocument]]]:
    number_open = ports.store.count(JOBS, [("pool", "==", pool), ("status", "==", "open")])
    if not number_open:
        return [(person.id, Outcome("skipped", reason="no job is open in this pool")) for person in people]
    before = _matches(ports, [person.id for person in people])
    near = jobs_for(ports, pool, [person.id for person in people], number_open)
    wanted = {id: dict.fromkeys((*near[id], *(row.data["job_id"] for row in before[id]))) for id in near}
    rows = ports.store.get(JOBS, list({job for ids in wanted.values() for job in ids}), fields=JOB_FIELDS)
    jobs = {row.id: job for row in rows.values() if row.data["pool"] == pool and (job := opening(row))}
    return [(one.id, _outcome(ports, one, wanted[one.id], jobs, before[one.id])) for one in people]


def _matches(ports: Ports, ids: Sequence[str]) -> dict[str, list[Stored[MatchDocument]]]:
    found: dict[str, list[Stored[MatchDocument]]] = {id: [] for id in ids}
    for start in range(0, len(ids), _IN):
        some = list(ids[start : start + _IN])
        for row in ports.store.query(MATCHES, [("candidate_id", "in", some)], fields=("candidate_id", "job_id")):
            found[row.data["candidate_id"]].append(row)
    return found


def _outcome(
    ports: Ports,
    person: Stored[CandidateDocument],
    wanted: Iterable[str],
    jobs: Mapping[str, Opening],
    before: Sequence[Stored[MatchDocument]],
) -> Outcome[CandidateDocument]:
    now = ports.now()
    facts = Facts(person.id, person.data, now)
    found: dict[str, MatchDocument] = {}
    for id in wanted:
        if id in jobs and (match := match_of(jobs[id], facts, now)):
            found[match["id"]] = match
    writes = tuple(Create(MATCHES, id_, match) for id_, match in found.items())
    deletes = tuple(Delete(MATCHES, row.id) for row in before if row.id not in found)
    return Outcome("done", related_writes=writes, deletes=deletes)
