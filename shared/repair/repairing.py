"""The repair itself: what is false is taken away, then the stages do their work; each record stands for itself."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, cast

from shared.errors import Busy, OutOfQuota, Retryable
from shared.leases import is_held
from shared.models.candidate import FAILED
from shared.models.collections import RECORDS
from shared.models.task import Task
from shared.pipeline.run import run_task
from shared.ports import Ports, Stored, Update
from shared.repair.finding import Finding
from shared.stages.table import ORDER
from shared.vectors.generations import BESIDE, WHOLE

if TYPE_CHECKING:
    from shared.models.documents.records import RecordDocument
    from shared.models.documents.vectors import VectorsDocument

ATTEMPTS: Final = 3  # of a group when the outside world fails; the adapters have tried several times before
_WAIT: Final = 2.0  # seconds before the second attempt, doubled before the third


_PARTS: Final = {str(collection): collection for collection in BESIDE.values()}


@dataclass
class Repaired:
    """What became of the records so far."""

    done: int = 0
    failed: int = 0
    skipped: int = 0  # nothing to embed
    left: int = 0  # held by someone else, or changed meanwhile: the next run sees them
    dollars: float = 0.0
    stopped: str | None = None  # why before the end
    reasons: dict[str, int] = field(default_factory=dict)  # of failures

    @property
    def records(self) -> int:
        """How many were dealt with."""
        return self.done + self.failed + self.skipped + self.left


class Repair:
    """One run over findings. `stop` may be called from anywhere: the records in hand are finished.

    `delay`: seconds between records, which then go one by one; 0: groups of `batch_size`, `workers` at once, as fast as
    the model's quota lets them. `max_cost`: dollars that are not passed.
    """

    def __init__(
        self, ports: Ports, kind: str, batch_size: int = 10, delay: float = 0.0, max_cost: float | None = None,
        workers: int = 2,
    ) -> None:  # fmt: skip
        self._ports, self._kind, self._delay, self._max_cost = ports, kind, delay, max_cost
        self._size, self._workers = 1 if delay else batch_size, 1 if delay else workers
        self._run_id = secrets.token_hex(6)
        self._stop = threading.Event()
        self.so_far = Repaired()
        self._reserved = 0.0

    def stop(self) -> None:
        """Begin no further record."""
        self._stop.set()

    def run(
        self, findings: Sequence[Finding], watch: Callable[[list[Stored[RecordDocument]]], None] = lambda rows: None
    ) -> Repaired:
        """Repair the findings in order. `watch` sees every group once it is done, whole documents."""
        left = list(findings)
        running: dict[Future[tuple[list[Stored[RecordDocument]], float]], float] = {}
        with ThreadPoolExecutor(self._workers, thread_name_prefix="repair") as threads:
            while (left and not self._halted(bool(running))) or running:
                while left and len(running) < self._workers and not self._halted(bool(running)):
                    size = self._size if self._average() or self._max_cost is None else 1
                    group, left = left[:size], left[size:]
                    price = self._average() * len(group)
                    self._reserved += price
                    running[threads.submit(self._group, group)] = price
                for future in wait(running, timeout=0.5, return_when=FIRST_COMPLETED).done:
                    self._reserved -= running.pop(future)
                    rows, dollars = future.result()
                    self.so_far.dollars += dollars
                    self._count(rows)
                    watch(rows)
                    if self._delay and left:
                        self._stop.wait(self._delay)
        if left and self._stop.is_set():
            self.so_far.stopped = self.so_far.stopped or "it was asked to stop"
        return self.so_far

    def _halted(self, under_way: bool) -> bool:
        """Whether nothing more may begin; with a limit and no price known, one record goes ahead of the others."""
        if self._stop.is_set():
            return True
        if self._max_cost is None:
            return False
        if not self.so_far.records:
            return under_way
        if self.so_far.dollars + self._reserved + self._average() * self._size > self._max_cost:
            if not under_way:
                self.so_far.stopped = f"the next records would pass --max-cost {self._max_cost:g}"
            return True
        return False

    def _average(self) -> float:
        return self.so_far.dollars / self.so_far.records if self.so_far.records else 0.0

    def _group(self, findings: Sequence[Finding]) -> tuple[list[Stored[RecordDocument]], float]:
        """Bring in and run one group to the end of its stages; return its documents and what they cost."""
        began = self._ports.now()
        ids = bring_in(self._ports, self._kind, findings)
        for stage in ORDER[self._kind] if ids else ():
            self._stage(stage, ids)
        rows = list(self._ports.store.get(RECORDS[self._kind], [finding.id for finding in findings]).values())
        return rows, sum(_cost(self._ports, row.data, began) for row in rows)

    def _stage(self, stage: str, ids: Sequence[str]) -> None:
        task = Task(kind=self._kind, stage=stage, ids=tuple(ids), run_id=self._run_id)
        for attempt in range(1, ATTEMPTS + 1):
            try:
                run_task(self._ports, task, last_attempt=attempt == ATTEMPTS)
                return
            except Busy:
                return  # whoever holds them does them
            except Retryable as error:
                asked = (error.wait or 0.0) if isinstance(error, OutOfQuota) else 0.0
                time.sleep(max(asked, _WAIT * 2 ** (attempt - 1)))

    def _count(self, rows: Sequence[Stored[RecordDocument]]) -> None:
        for row in rows:
            states = row.data.get("stages") or {}
            embedded = states.get("embed", {}).get("state")
            if row.data.get("awaiting") == FAILED:
                self.so_far.failed += 1
                for name in (name for name, state in states.items() if state.get("state") == "failed"):
                    reason = f"{name}: {(states[name].get('error') or {}).get('message', '')}"
                    self.so_far.reasons[reason] = self.so_far.reasons.get(reason, 0) + 1
            elif row.data.get("awaiting") in ORDER[self._kind]:
                self.so_far.left += 1
            elif embedded == "skipped":
                self.so_far.skipped += 1
            else:
                self.so_far.done += 1


def bring_in(ports: Ports, kind: str, findings: Sequence[Finding]) -> list[str]:
    """Take false vectors away and set what the records await, in one write each; return the ids that are due now.

    A record that someone holds, or that changed in this moment, is left.
    """
    rows = ports.store.get(RECORDS[kind], [finding.id for finding in findings])
    groups, ids = [], []
    for finding in findings:
        row = rows.get(finding.id)
        if row is None or is_held(ports, row.data.get("lease")):
            continue
        fields, beside = _changes(finding, row.data)
        groups.append([Update(RECORDS[kind], row.id, fields, row.version), *beside])
        ids.append(row.id)
    answers = ports.store.commit(groups)
    return [id_ for id_, conflict in zip(ids, answers, strict=True) if conflict is None]


def _changes(finding: Finding, data: RecordDocument) -> tuple[RecordDocument, list[Update[VectorsDocument]]]:
    states = dict(data.get("stages") or {})
    if finding.why in ("placeholder", "missing"):
        states.pop("embed", None)  # or it would count as done: same recipe, same input
    fields: RecordDocument = {"awaiting": finding.stage, "stages": states}
    whole: list[str] = []
    parts: dict[str, list[str]] = {}
    for collection, name in finding.vectors:
        if name.startswith(WHOLE):
            whole.append(name)
        else:
            parts.setdefault(collection, []).append(name)
    removals = [
        Update(_PARTS[collection], finding.id, cast("VectorsDocument", dict.fromkeys(names)), None)
        for collection, names in parts.items()
    ]
    return cast("RecordDocument", {**fields, **dict.fromkeys(whole)}), removals


def _cost(ports: Ports, data: RecordDocument, since: str) -> float:
    states = data.get("stages") or {}
    new = {name: state.get("tokens") or {} for name, state in states.items() if state.get("at", "") >= since}
    return sum(ports.model.dollars(name, used.get("input", 0), used.get("output", 0)) for name, used in new.items())
