"""Who answers a job: the nearest people of its pool, scored in code, those above the threshold kept as matches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from shared.models.collections import MATCHES
from shared.ports import Create, Delete, Ports, Stored
from shared.search.matching import KEPT, MATCHING_VERSION, match_of, opening, people_for
from shared.search.score.facts import Facts
from shared.stages.stage import Outcome

if TYPE_CHECKING:
    from shared.models.documents.jobs import JobDocument

PORTION: Final = 5  # records between two looks at the clock: each looks through its pool


def inputs(data: JobDocument) -> Any:
    """Return what the job asks for, whether it is open, and which vectors it has."""
    embedded = (data.get("stages") or {}).get("embed") or {}
    vectors = [embedded.get("input"), embedded.get("recipe")]
    return {"asked": data.get("enrichment"), "status": data.get("status"), "vectors": vectors}


def recipe(ports: Ports) -> str:
    """Return the version of the scores."""
    return f"match-{MATCHING_VERSION}"


def run(records: Sequence[Stored[JobDocument]], ports: Ports) -> list[Outcome[JobDocument]]:
    """Return the matches of each job; a closed one has none. Asks no model."""
    return [_outcome(record, ports) for record in records]


def _outcome(record: Stored[JobDocument], ports: Ports) -> Outcome[JobDocument]:
    before = ports.store.query(MATCHES, [("job_id", "==", record.id)], fields=("candidate_id",))
    job = opening(record)
    if job is None:
        closed = record.data.get("status") == "closed"
        reason = "the job is closed" if closed else "nothing was read of the job"
        return Outcome("skipped", reason=reason, deletes=tuple(Delete(MATCHES, row.id) for row in before))
    people = people_for(ports, job, record.data, [row.data["candidate_id"] for row in before])
    now = ports.now()
    found = [match for row in people.values() if (match := match_of(job, Facts(row.id, row.data, now), now))]
    best = {m["id"]: m for m in sorted(found, key=lambda m: (-m["score"], m["id"]))[:KEPT]}
    writes = tuple(Create(MATCHES, id_, match) for id_, match in best.items())
    deletes = tuple(Delete(MATCHES, row.id) for row in before if row.id not in best)
    return Outcome("done", related_writes=writes, deletes=deletes)
