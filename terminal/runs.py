"""Long work at a terminal: progress on stderr, Ctrl-C that stops cleanly and says what was done."""

from __future__ import annotations

import io
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from functools import partial
from typing import Any, BinaryIO

from shared import wiring
from shared.config import Settings
from shared.errors import ShortlistError, safe_traceback
from shared.imports import start as imports
from shared.imports.counts import import_counts
from shared.imports.preview import preview_import
from shared.models.batch import ImportOptions
from shared.models.task import Task
from shared.pipeline.backlog import all_ids, bring_in_stale, due_ids, queue_all, queue_due, stats, sweep
from shared.pipeline.helper_processes import helper_processes
from shared.pipeline.run import Tally, tasks_for
from shared.ports import Data, Ports, T
from shared.reading.exports.open import open_export
from shared.reading.file_names import safe_filename
from shared.stages.table import ORDER

_FROM_SIZE = 4 << 20  # bytes: a smaller file is read before a second process would have started
_MANY = 20_000  # rejects shown by a dry run


def run_import(
    ports: Ports, settings: Settings, stream: BinaryIO, filename: str, pool: str, options: ImportOptions
) -> Data:
    """Import the file with a progress bar; return the counts as `--json` prints them."""
    size = stream.seek(0, io.SEEK_END)
    parts = settings.import_processes if size > _FROM_SIZE else 1
    max_bytes = settings.max_file_mb * 1_000_000
    bar = _bar("rows")

    def progress(rows: int, share: float) -> None:
        bar.total = round(rows / share) if share else None
        bar.update(rows - bar.n)

    try:
        connect = partial(wiring.connect, settings, wiring.deliver_nothing)
        with helper_processes(connect, parts - 1, preload=imports.__name__) as others:
            started = imports.start_import(ports, stream, filename, pool, options, max_bytes, parts)
            bar.update(started.counts.rows)
            done = imports.run_import(ports, started.id, others, progress)
    except KeyboardInterrupt:
        bar.close()
        _stopped(f"{bar.n:,} rows are done; the same command goes on from there")
    finally:
        bar.close()
    return dict(import_counts(done))


def preview(ports: Ports, stream: BinaryIO, filename: str, pool: str, options: ImportOptions) -> Data:
    """Return what the import would do; nothing is written."""
    aside, remove = wiring.scratch_store()
    try:
        with shown("rows", "nothing was written") as watch:
            found = preview_import(ports, aside, stream, filename, pool, options, watch)
    finally:
        remove()
    counts = found.counts.document()
    columns = {"mapping": found.mapping, "unmapped": found.unmapped, "protected": found.protected}
    listed = {"changes": found.changes, "rejects": found.rejects[:_MANY], "warnings": found.warnings}
    return {"dry_run": True, **columns, **counts, **listed}


def read_mapping(stream: BinaryIO, filename: str, options: ImportOptions) -> Data:
    """Return which column is read as what."""
    export = open_export(stream, safe_filename(filename, "export.csv"), options.mapping, options.dates)
    columns = export.columns
    found = {"mapping": dict(columns.mapping), "unmapped": list(columns.unmapped.values())}
    found |= {"protected": list(columns.protected), "warnings": list(export.warnings)}
    return {**found, "encoding": export.encoding, "delimiter": export.delimiter, "dialect": export.dialect}


@contextmanager
def shown(unit: str, when_stopped: str, total: int | None = None) -> Iterator[Callable[[int], object]]:
    """Give what shows how many more are done; Ctrl-C ends the work with a sentence."""
    bar = _bar(unit)
    bar.total = total
    try:
        yield bar.update
    except KeyboardInterrupt:
        bar.close()
        _stopped(when_stopped)
    finally:
        bar.close()


def counted(items: Iterable[T], watch: Callable[[int], object]) -> Iterator[T]:
    """Yield the items, telling of each."""
    for item in items:
        watch(1)
        yield item


class Run:
    """Stages being run: what they did, shown while they do it; with Cloud Tasks as the queue, what was left to it."""

    def __init__(self) -> None:
        self._tallies: dict[tuple[str, str], Tally] = {}  # by kind and stage
        self._lock = threading.Lock()
        self._bar = _bar("stages")
        self._began = time.monotonic()

    def watch(self, task: Task, tally: Tally) -> None:
        """Count a finished task in."""
        with self._lock:
            self._tallies.setdefault((task.kind, task.stage), Tally()).add(tally)
            self._bar.update(tally.records)

    def one_stage(self, ports: Ports, stage: str, limit: int | None, batch_size: int, force: bool) -> Data:
        """Run one stage over what awaits it, or with `force` over everything."""
        ids = all_ids(ports, "candidates", limit) if force else due_ids(ports, "candidates", stage, limit)
        self._bar.total = len(ids)
        ports.queue.enqueue(tasks_for("candidates", stage, ids, batch_size, force))
        if not wiring.works_here(ports):
            return self._left(ports, {"candidates": {stage: len(ids)}})
        self._wait(ports)
        return self._result(ports)

    def all_stages(self, ports: Ports) -> Data:
        """Run until nothing is due."""
        here = wiring.works_here(ports)
        if here:
            self._wait(ports)  # what is queued already: an import that goes on brings people
        for kind in ORDER:
            bring_in_stale(ports, kind)
        if not here:
            return self._left(ports, {kind: queue_all(ports, kind) for kind in ORDER})
        self._bar.total = sum(_stages_due(ports, kind) for kind in ORDER)
        self._to_the_end(ports, lambda: sum(sweep(ports, kind) for kind in ORDER))
        return self._result(ports)

    def documents(self, ports: Ports, ids: Sequence[str]) -> None:
        """Run the stages of these documents until nothing of them is due, or leave them to the queue."""
        if not wiring.works_here(ports):
            self._left(ports, {"documents": {"parse": queue_due(ports, "documents", ids)}})
            return
        self._bar.total = len(ids) * len(ORDER["documents"])
        self._to_the_end(ports, lambda: queue_due(ports, "documents", ids))
        self._bar.close()
        self._tell_failures(ports)

    def _left(self, ports: Ports, queued: Data) -> Data:
        self._bar.close()
        counted = stats(ports)
        left = {kind: stages for kind, each in queued.items() if (stages := {k: n for k, n in each.items() if n})}
        return {"queued": left, "total": counted["total"], "awaiting": counted["awaiting"]}

    def _to_the_end(self, ports: Ports, queue_more: Callable[[], int]) -> None:
        while queue_more():
            before = self._records()
            self._wait(ports)
            if self._records() == before:
                break  # what is left is held by another process or fails at once: say so, do not spin

    def _records(self) -> int:
        return sum(tally.records for tally in self._tallies.values())

    def _wait(self, ports: Ports) -> None:
        queue = wiring.thread_queue(ports)
        try:
            queue.join()
        except KeyboardInterrupt:
            queue.stop()
            self._bar.close()
            _stopped(f"{self._records():,} stages of records are done; `shortlist run` goes on from there")

    def _result(self, ports: Ports) -> Data:
        self._bar.close()
        self._tell_failures(ports)
        counted, others = stats(ports), [kind for kind in ORDER if kind != "candidates"]
        return {
            "stages": self._counts("candidates"),
            **{kind: counts for kind in others if (counts := self._counts(kind))},
            "seconds": round(time.monotonic() - self._began, 2),
            "total": counted["total"],
            "awaiting": counted["awaiting"],
        }

    def _counts(self, kind: str) -> Data:
        names = ("done", "failed", "skipped", "unchanged", "why_skipped")
        done = {stage: asdict(tally) for stage in ORDER[kind] if (tally := self._tallies.get((kind, stage)))}
        return {stage: {name: counts[name] for name in names} for stage, counts in done.items()}

    def _tell_failures(self, ports: Ports) -> None:
        for task, error in wiring.thread_queue(ports).failures:
            reason = error if isinstance(error, ShortlistError) else safe_traceback(error)
            print(f"shortlist: {task.stage} gave up {len(task.ids)} records: {reason}", file=sys.stderr)


def _stages_due(ports: Ports, kind: str) -> int:
    awaiting, order = stats(ports, kind)["awaiting"], ORDER[kind]
    return int(sum(awaiting[stage] * (len(order) - index) for index, stage in enumerate(order)))


def _bar(unit: str) -> Any:
    from tqdm import tqdm

    return tqdm(unit=f" {unit}", delay=1.0, file=sys.stderr, leave=False, dynamic_ncols=True)


def _stopped(said: str) -> None:
    print(f"\nshortlist: stopped. {said}.", file=sys.stderr)
    raise SystemExit(130)
