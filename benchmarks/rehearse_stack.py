"""The whole product as on Google Cloud under every fault at once, then a look at what became of everyone.

    python -m benchmarks.rehearse_stack [--candidates 2000] [--kills 20] [--seed 1]

Gemini's fake answers 429, 500, 503, cut, unsafe, slow and with too few vectors; tasks come twice and out of order;
functions are killed (-9) at work and started again. Then the faults end, and what had failed is tried again.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Final

from benchmarks.figures import Figure, figures_table, missed
from benchmarks.rehearse import options, parts, told
from shared.models.collections import CANDIDATES, COLLECTIONS, IMPORTS, POOLS, UPLOADS, VECTORS

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from fake_gemini import Behaviour  # noqa: E402
from parts.stack import Stack, whole_stack  # noqa: E402

from shared import wiring  # noqa: E402
from shared.models.candidate import FAILED, READY  # noqa: E402
from shared.pipeline.backlog import failures, retry  # noqa: E402
from shared.ports import Ports, Stored, Update  # noqa: E402
from shared.stages.table import TABLE  # noqa: E402

POOL: Final = "rehearsal"
SHARES: Final = {"429": 0.03, "500": 0.02, "503": 0.03, "cut": 0.02, "garbage": 0.02, "spii": 0.01, "safety": 0.01,
                 "slow": 0.03}  # fmt: skip
# However few are asked about. Refusals once more later: a kill may lose those of the first batch.
EACH_ONCE: Final = ["429", "spii", "500", "safety", "503", "cut", "slow", *["ok"] * 16, "spii", "safety"]
FAULTS: Final = {
    "faults": SHARES,
    "scripts": {"classify": EACH_ONCE, "enrich": EACH_ONCE, "embed": ["count", "429", "503", "500", "slow"]},
}
VICTIMS: Final = ("importRows", "classify", "batchEnrich", "embed", "match")
STAGES: Final = ("classify", "enrich", "embed", "match")
REFUSED: Final = ("safety filter", "sensitive personal data")  # what must be among the reasons of the failures
_QUIET: Final = 1800.0  # seconds it may take; a machine that does other work as well is slow


@dataclass
class Rehearsal:
    """A stack, what was killed in it, and what was in flight when it was."""

    stack: Stack
    rng: random.Random
    kills: int
    progress: Callable[[str], None]
    killed: Counter[str] = field(default_factory=Counter)  # deployed name -> kills that found it at work
    in_flight: Counter[str] = field(default_factory=Counter)  # stage -> records leased to a process that was killed
    rounds: int = 0  # hours that passed: leases ended, and a backfill swept

    @property
    def ports(self) -> Ports:
        """What asks the documents; nothing is queued or asked of a model from here."""
        none: Any = None
        return Ports(self.stack.store, self.stack.files, none, none, none, wiring.utc_now, b"")

    def people(self, *fields: str) -> list[Stored[Any]]:
        """Everyone of the rehearsal, with these fields."""
        return self.stack.store.query(CANDIDATES, [("pool", "==", POOL)], fields=fields)

    def run(self, file: Path) -> None:
        """Drop the file, and kill until all kills are done and nothing is left to do."""
        self.stack.store.commit([[self._pool()]])
        self.stack.files.write(f"incoming/csv/{POOL}/{file.name}", file.read_bytes())
        until = monotonic() + _QUIET
        while not self._came_to_rest():
            assert monotonic() < until, f"no rest after {_QUIET:.0f} s: {self.awaiting()}"
            if names := [name for name in self._at_work() if self.killed[name] < -(-self.kills // len(VICTIMS))]:
                self.kill(min(names, key=lambda name: (self.killed[name], self.rng.random())))
            sleep(0.05)

    def kill(self, name: str) -> None:
        """Kill a function at a random moment after it has taken records, and start it again."""
        while name in self._at_work() and not self._holds(name):
            sleep(0.01)
        sleep(self.rng.random() * 0.3)
        if name not in self._at_work():
            return
        function = self.stack.functions[name]
        function.kill()
        held = [row for row in self._leased() if _deployed(row) == name]
        self.in_flight.update(row.data["lease"]["stage"] for row in held)
        self.killed[name] += 1
        self.progress(f"killed {name}, {len(held)} records in flight")
        if self.killed[name] % 2:  # of every other one the next delivery finds the leases still held
            self._let_leases_end("candidates", held)
        function.start()
        function.wait()

    def an_hour_later(self) -> None:
        """Let every lease end whose holder is gone, and the schedule call."""
        self.rounds += 1
        self._let_leases_end("candidates", self._leased())
        self._let_leases_end("imports", [row for row in self._imports() if row.data.get("lease")])
        status, said = self.stack.call("backfill")
        assert status == 200, said

    def awaiting(self) -> Counter[str]:
        """How many await what."""
        return Counter(row.data["awaiting"] for row in self.people("awaiting"))

    def settle(self) -> None:
        """Let hours pass until nothing more happens."""
        until = monotonic() + _QUIET
        while not self._came_to_rest():
            assert monotonic() < until, f"no rest after {_QUIET:.0f} s: {self.awaiting()}"
            sleep(0.1)

    def _came_to_rest(self) -> bool:
        """Whether all is done; when no task is left and it is not, an hour passes."""
        if not self.stack.tasks.wait_until_empty(0.2):
            return False
        uploads = [row.data["state"] for row in self.stack.store.query(UPLOADS) if POOL in row.data["name"]]
        imports = [row.data["state"] for row in self._imports()]
        if not uploads or not imports:
            return False  # the event is still on its way
        if "RUNNING" not in uploads + imports and set(self.awaiting()) <= {READY, FAILED} and not self._leased():
            return True
        self.an_hour_later()
        return False

    def _at_work(self) -> list[str]:
        queues = {each.queue: each.deployed for each in TABLE}
        running = {queues[queue.short] for queue in self.stack.tasks.queues.values() if queue.running}
        return [name for name in VICTIMS if name in running]

    def _holds(self, name: str) -> bool:
        """Whether the function has begun with what it was sent."""
        if name == "importRows":
            return any(row.data.get("lease") for row in self._imports())
        return any(_deployed(row) == name for row in self._leased())

    def _imports(self) -> list[Stored[Any]]:
        return self.stack.store.query(IMPORTS, [("pool", "==", POOL)])

    def _leased(self) -> list[Stored[Any]]:
        return [row for row in self.people("lease") if row.data.get("lease")]

    def _let_leases_end(self, kind: str, rows: Sequence[Stored[Any]]) -> None:
        """Half an hour passes for these: the lease's time is over, as it would be then."""
        for row in rows:
            over = {**row.data["lease"], "until": _LONG_AGO}
            self.stack.store.commit([[Update(COLLECTIONS[kind], row.id, {"lease": over}, row.version)]])

    def _pool(self) -> Any:
        from shared.ports import Create

        return Create(POOLS, POOL, {"id": POOL, "created_at": wiring.utc_now()})


_LONG_AGO: Final = "2000-01-01T00:00:00.000000Z"


def _deployed(row: Stored[Any]) -> str:
    stage = row.data["lease"]["stage"]
    return next(each.deployed for each in TABLE if (each.kind, each.stage) == ("candidates", stage))


def under_faults(r: Rehearsal, people: int, live: int) -> Iterator[Figure]:
    """What must hold once it has come to rest, the faults still there."""
    rows, listed = r.people("awaiting", "stages", "lease", "sources"), list(failures(r.ports))
    said = Counter((s["import_id"], s["row"]) for row in rows for s in row.data["sources"])
    failed = [row for row in rows if row.data["awaiting"] == FAILED]
    twice = sum(each.attempt > 1 for each in r.stack.tasks.deliveries)
    broken = {name: n for name, n in r.stack.gemini.outcomes.items() if name != "ok"}
    kills = sum(r.killed.values())
    yield Figure("kills that found a task at work", kills, target=r.kills / 2, note=str(dict(r.killed)))
    yield Figure("records in flight at a kill", sum(r.in_flight.values()), target=1, note=str(dict(r.in_flight)))
    yield Figure("faulty answers of the model", sum(broken.values()), target=1, note=str(broken))
    yield Figure("deliveries that came again", twice, target=1, note=f"of {len(r.stack.tasks.deliveries):,}")
    yield Figure("candidates", len(rows), target=people, better="equal")
    yield Figure("rows said by a candidate", len(said), target=live, better="equal")
    yield Figure("rows said twice", sum(n - 1 for n in said.values()), target=0, better="equal")
    yield Figure("leases left", sum(bool(row.data.get("lease")) for row in rows), target=0, better="equal")
    silent = {row.id for row in failed} - {each["id"] for each in listed if each["reason"]}
    yield Figure("failed without a reason", len(silent), target=0, better="equal", note=f"of {len(failed)} that failed")
    kinds = sum(any(words in each["reason"] for each in listed) for words in REFUSED)
    yield Figure("kinds of refusals listed", kinds, target=len(REFUSED), better="equal", note="SAFETY and SPII")
    yield from _paid(r, rows)


def _paid(r: Rehearsal, rows: Sequence[Stored[Any]]) -> Iterator[Figure]:
    """What was answered and not kept is at most what was in flight at a kill."""
    for stage in ("classify", "enrich"):
        ended = Counter(row.data["stages"].get(stage, {}).get("state") for row in rows)
        again = max(0, r.stack.gemini.answered[stage] - ended["done"] - ended["skipped"])
        note = f"{r.stack.gemini.calls[stage]:,} calls; the target is what was in flight at a kill"
        yield Figure(f"answers paid again, {stage}", again, target=r.in_flight[stage], better="low", note=note)


def after_faults(r: Rehearsal, people: int) -> Iterator[Figure]:
    """What must hold after the faults have ended and what failed was tried again."""
    rows, store = r.people("awaiting", "stages", "lease"), r.stack.store
    yield Figure("candidates ready", sum(row.data["awaiting"] == READY for row in rows), target=people, better="equal")
    yield Figure("failures left", sum(1 for _ in failures(r.ports)), target=0, better="equal")
    for stage in STAGES:
        ended = sum(row.data["stages"].get(stage, {}).get("state") in ("done", "skipped") for row in rows)
        yield Figure(f"ended {stage}", ended, target=people, better="equal")
    done = sum(row.data["stages"]["embed"]["state"] == "done" for row in rows)
    vectors = store.count(VECTORS, [("pool", "==", POOL)])
    yield Figure("documents of vectors", vectors, target=done, better="equal", note="one for each that was embedded")
    yield Figure("backfills it took", r.rounds, note="an hour apart; leases of killed processes end meanwhile")


def rehearse(stack: Stack, candidates: int, kills: int, seed: int, progress: Callable[[str], None]) -> list[Figure]:
    """Carry it out in the stack's pool `rehearsal`; afterwards the stack is without faults again."""
    r = Rehearsal(stack, random.Random(seed), kills, progress)
    tasks, gemini = stack.tasks, stack.gemini
    before = tasks.deliver_twice, tasks.disorder, gemini.behaviour.latency, gemini.behaviour.slow
    tasks.deliver_twice, tasks.disorder, gemini.behaviour.latency, gemini.behaviour.slow = 0.3, 2.0, 0.2, 1.0
    gemini.set_faults(FAULTS)
    with tempfile.TemporaryDirectory(prefix="shortlist-rehearse-") as place:
        (file,), live, people = parts(Path(place), candidates, 1, seed)
        r.run(file)
    found = list(under_faults(r, people, live))
    progress("the faults end")
    tasks.deliver_twice, tasks.disorder, gemini.behaviour.latency, gemini.behaviour.slow = before
    gemini.set_faults({})
    retry(r.ports)
    r.settle()
    return found + list(after_faults(r, people))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; return 1 when something did not hold."""
    o = options(__doc__, arguments)
    import pytest

    try:
        with whole_stack(Behaviour(encoder=True, seed=o.seed)) as stack:
            found = rehearse(stack, o.candidates, o.kills, o.seed, told)
    except pytest.skip.Exception as missing:
        print(f"not rehearsed: {missing}")
        return 0
    print(figures_table(found))
    return int(missed(found))


if __name__ == "__main__":
    sys.exit(main())
