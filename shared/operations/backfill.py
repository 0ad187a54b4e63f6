"""One scheduled sweep: what is due and what is stale is queued as far as the run's calls and dollars reach."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypedDict

from shared.leases import is_held
from shared.models.collections import IMPORTS, RECORDS
from shared.paging import iter_pages
from shared.pipeline.backlog import average_tokens, bring_in, count_stale
from shared.pipeline.run import tasks_for
from shared.ports import Ports, Stored
from shared.repair import withdraw_false
from shared.stages.stage import load_stage
from shared.stages.table import ORDER, row_of
from shared.vectors.generations import BESIDE, switch_if_complete, tidy

if TYPE_CHECKING:
    from shared.models.documents.records import RecordDocument

VECTORS: Final = 2_000  # records a run whose vectors are looked at, and cleared: hourly, 48,000 a day
_DONE_MOST: Final = 10**9  # records a run whose stages cost nothing may queue
log = logging.getLogger("shortlist.backfill")


@dataclass(frozen=True)
class Cost:
    """What one record takes from here to the end of its stages."""

    calls: float
    dollars: float


@dataclass
class Purse:
    """What a run may still spend."""

    calls: float
    dollars: float

    def affords(self, cost: Cost) -> int:
        """Return how many records can be paid for."""
        parts = ((self.calls, cost.calls), (self.dollars, cost.dollars))
        return max(0, min((int(have / each + 1e-9) for have, each in parts if each), default=_DONE_MOST))

    def pay(self, cost: Cost, records: int) -> None:
        """Take the cost of so many records out."""
        self.calls -= cost.calls * records
        self.dollars -= cost.dollars * records


@dataclass
class Swept:
    """What a run did: kind -> stage -> records."""

    queued: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    stale: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    left: dict[str, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))
    running: int = 0  # awaited, and being done by someone now


class SettledVectors(TypedDict):
    """What became of the vectors of a kind: whether new ones went live, how many old and false ones were removed."""

    switched: bool
    removed: int
    false: int


class BackfillReport(TypedDict, total=False):
    """What a backfill queued, by kind and stage, and what it left, with the reason."""

    imports: int
    queued: dict[str, dict[str, int]]
    stale: dict[str, dict[str, int]]
    running: int
    left: dict[str, dict[str, int]]
    vectors: dict[str, SettledVectors]
    why: str


def backfill(ports: Ports, max_calls: int, max_dollars: float) -> BackfillReport:
    """Queue imports, then what documents still await, what is nearest to its end first, then what is stale.

    Dollars are reckoned by what records recently used, so that the first run of a new model knows calls alone. Returns
    what was queued, what was left, and why.
    """
    purse, swept = Purse(max_calls, max_dollars), Swept()
    imports = sweep_imports(ports)
    vectors = {kind: _settle_vectors(ports, kind) for kind in BESIDE}
    costs = {kind: costs_of(ports, kind) for kind in ORDER}
    for kind, cost in costs.items():
        for stage in reversed(ORDER[kind]):
            _queue_due(ports, kind, stage, cost[stage], purse, swept)
    for kind, cost in costs.items():
        for stage in ORDER[kind]:
            _queue_stale(ports, kind, stage, cost[stage], purse, swept)
    result: BackfillReport = {
        "imports": imports,
        "queued": dict(swept.queued),
        "stale": dict(swept.stale),
        "running": swept.running,
        "left": dict(swept.left),
        "vectors": vectors,
    }
    if swept.left:
        result["why"] = f"a run queues for at most {max_calls:,} calls and ${max_dollars:g}"
        result["why"] += " (SHORTLIST_BACKFILL_MAX_CALLS, SHORTLIST_BACKFILL_MAX_DOLLARS); the next run goes on"
    log.info("backfill queued %s, stale %s, left %s", result["queued"], result["stale"], result["left"])
    return result


def _settle_vectors(ports: Ports, kind: str) -> SettledVectors:
    """Make a complete vector space the live one, clear the one before, and take false vectors away, some a run."""
    recipe = load_stage("embed", kind).recipe(ports)
    return {
        "switched": switch_if_complete(ports, kind, recipe),
        "removed": tidy(ports, kind, recipe, VECTORS),
        "false": withdraw_false(ports, kind, VECTORS),
    }


def sweep_imports(ports: Ports) -> int:
    """Queue the next step of every import that awaits one and that nobody does now; return how many."""
    from shared.imports.start import STEP
    from shared.imports.steps import step_task

    queued = 0
    for rows in iter_pages(ports.store, IMPORTS, [("awaiting", "==", STEP)], ("lease",)):
        free = [row.id for row in rows if not is_held(ports, row.data.get("lease"))]
        ports.queue.enqueue([step_task(import_id) for import_id in free])
        queued += len(free)
    return queued


def costs_of(ports: Ports, kind: str) -> dict[str, Cost]:
    """Return what a record that awaits a stage takes up to its end, by stage."""
    costs, calls, dollars = {}, 0.0, 0.0
    for stage in reversed(ORDER[kind]):
        used, calls = average_tokens(ports, kind, stage), calls + row_of(kind, stage).calls
        thousand = (round(used["input"] * 1000), round(used["output"] * 1000))
        dollars += ports.model.dollars(stage, *thousand) / 1000
        costs[stage] = Cost(calls, dollars)
    return costs


def _queue_due(ports: Ports, kind: str, stage: str, cost: Cost, purse: Purse, swept: Swept) -> None:
    queued = running = 0
    waiting = ports.store.count(kind, [("awaiting", "==", stage)])
    for rows in iter_pages(ports.store, RECORDS[kind], [("awaiting", "==", stage)], ("awaiting", "lease")):
        free = _free(ports, rows)
        running += len(rows) - len(free)
        taken = free[: purse.affords(cost)]
        ports.queue.enqueue(tasks_for(kind, stage, taken))
        purse.pay(cost, len(taken))
        queued += len(taken)
        if len(taken) < len(free):
            swept.left[kind][stage] = max(waiting - queued - running, 1)
            break
    swept.running += running
    if queued:
        swept.queued[kind][stage] = queued


def _queue_stale(ports: Ports, kind: str, stage: str, cost: Cost, purse: Purse, swept: Swept) -> None:
    most = purse.affords(cost)
    ids = bring_in(ports, kind, stage, most)
    ports.queue.enqueue(tasks_for(kind, stage, ids))
    purse.pay(cost, len(ids))
    if ids:
        swept.stale[kind][stage] = len(ids)
    if len(ids) >= most and (more := count_stale(ports, kind, stage)):
        swept.left[kind][stage] = swept.left[kind].get(stage, 0) + more


def _free(ports: Ports, rows: Sequence[Stored[RecordDocument]]) -> list[str]:
    return [row.id for row in rows if not is_held(ports, row.data.get("lease"))]
