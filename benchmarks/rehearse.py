"""Kill -9 at random points in import and pipeline, then check that nothing was lost, doubled or paid for twice.

    python -m benchmarks.rehearse [--candidates 2000] [--kills 20] [--seed 1]

The export is cut into as many parts as there are kills. Odd rounds kill an import and import the same file again;
even rounds kill a run. The bill is the call log (SHORTLIST_CALL_LOG): a line `stage id` before a model is asked.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from typing import Any, Final

from benchmarks.datasets import FIXTURES
from benchmarks.figures import Figure, figures_table, missed
from benchmarks.terminal import Terminal
from shared.config import Settings
from shared.pipeline.run import BATCH

sys.path.insert(0, str(FIXTURES / "gen"))

import gen_ats_csv  # the project's own generator

Bill = Counter[tuple[str, str]]  # (stage, candidate id) -> how often a model was asked
IN_FLIGHT: Final = BATCH * Settings().workers
LIVE_SHARE: Final = 0.79  # of generated records become a candidate


@dataclass
class Rehearsal:
    """One home, what was killed in it, and what was in flight when it was."""

    terminal: Terminal
    log: Path
    rng: random.Random
    landed: Counter[str] = field(default_factory=Counter)  # verb -> kills that found it at work
    in_flight: Bill = field(default_factory=Counter)  # asked of a model before a kill, not saved
    seen: Bill = field(default_factory=Counter)  # the bill when it was last looked at
    most_in_flight: int = 0

    def kill(self, verb: str, *options: str, within: float) -> None:
        """Start a call and kill it at a random moment of its expected time."""
        process = self.terminal.start(verb, *options)
        sleep(self.rng.uniform(0.1, 0.9) * within)
        self._end(process, verb)

    def kill_at_write(self, verb: str, *options: str) -> None:
        """Start a call and kill it a few milliseconds after the home's files begin to change."""
        before = stamp(self.terminal.home)
        process = self.terminal.start(verb, *options)
        while process.poll() is None and stamp(self.terminal.home) == before:
            sleep(0.001)
        sleep(self.rng.random() * 0.03)
        self._end(process, verb)

    def kill_at_line(self, lines: int) -> None:
        """Start a run and kill it as soon as the bill has grown by so many lines."""
        process, wanted = self.terminal.start("run"), size(self.log) + lines
        while process.poll() is None and size(self.log) < wanted:
            sleep(0.001)
        sleep(self.rng.random() * 0.02)
        self._end(process, "run")

    def _end(self, process: Any, verb: str) -> None:
        self.landed[verb] += process.poll() is None
        process.kill()
        process.wait()

    def note_in_flight(self) -> None:
        """Remember what the killed run had asked for and not saved."""
        done = {(stage, doc["id"]) for doc in self.terminal.documents() for stage in finished(doc)}
        now = bill(self.log)
        open_ = {pair for pair in now - self.seen if pair not in done}
        self.in_flight.update(open_)
        self.seen = now
        self.most_in_flight = max(self.most_in_flight, len(open_))


def stamp(home: Path) -> int:
    """Return a number that changes when a file of the home does."""
    changed = 0
    for file in home.glob("shortlist.db*"):
        with suppress(FileNotFoundError):  # a journal comes and goes
            changed += file.stat().st_mtime_ns
    return changed


def finished(doc: dict[str, Any]) -> Iterator[str]:
    """Yield the stages a document has an outcome of."""
    yield from (stage for stage, state in (doc.get("stages") or {}).items() if state)


def bill(log: Path) -> Bill:
    """Read the call log."""
    if not log.exists():
        return Counter()
    lines = (line.split() for line in log.read_text(encoding="utf-8").split("\n"))
    return Counter((words[0], words[1]) for words in lines if len(words) == 2)


def size(log: Path) -> int:
    """Return how many lines the bill has."""
    return log.read_bytes().count(b"\n") if log.exists() else 0


def parts(folder: Path, candidates: int, count: int, seed: int) -> tuple[list[Path], int, int]:
    """Write an export in parts, a person's rows in one part, and return (files, live records, people).

    The records of one person stay together so that no later part changes what an earlier run has paid for.
    """
    made = gen_ats_csv.Maker(seed).make(round(candidates / LIVE_SHARE))
    made.sort(key=lambda pair: pair[1]["group"])
    gen_ats_csv.expected([truth for _, truth in made])
    groups = sorted({truth["group"] for _, truth in made})
    part_of = {group: place * count // len(groups) for place, group in enumerate(groups)}
    files = []
    for part in range(count):
        files.append(folder / f"part-{part + 1}.csv")
        gen_ats_csv.write([row for row, truth in made if part_of[truth["group"]] == part], files[-1])
    live = [truth for _, truth in made if "candidate" in truth]
    people = {(t["candidate"], t["person"] if t["kind"] == "agency_email" else None) for t in live}
    return files, len(live), len(people)


def calibrate(folder: Path, file: Path) -> tuple[float, float]:
    """Return how long one part's import and run take undisturbed, in seconds."""
    terminal, times = Terminal(folder / "undisturbed"), []
    for words in (("import", str(file)), ("run",)):
        began = monotonic()
        terminal.text(*words)
        times.append(monotonic() - began)
    return times[0], times[1]


def rehearse(candidates: int, kills: int, seed: int, progress: Callable[[str], None]) -> list[Figure]:
    """Carry out the kills in a temporary home and return what was found afterwards."""
    with tempfile.TemporaryDirectory(prefix="shortlist-rehearse-") as place:
        folder = Path(place)
        files, live, people = parts(folder, candidates, kills, seed)
        import_time, run_time = calibrate(folder, files[0])
        log = folder / "calls.log"
        terminal = Terminal(folder / "home", {"SHORTLIST_CALL_LOG": str(log)})
        rehearsal = Rehearsal(terminal, log, random.Random(seed))
        for number, file in enumerate(files, 1):
            progress(f"round {number} of {kills}")
            one_round(rehearsal, number, file, import_time, run_time, 2 * people // kills)
        terminal.text("run")
        return list(verdicts(rehearsal, kills, live, people))


def one_round(r: Rehearsal, number: int, file: Path, import_time: float, run_time: float, calls: int) -> None:
    """Kill once: an import in odd rounds, a run in even ones; by the clock and by what is written in turn."""
    if number % 4 == 1:
        r.kill_at_write("import", str(file))
    elif number % 4 == 3:
        r.kill("import", str(file), within=import_time)
    r.terminal.text("import", str(file))
    if number % 4 == 2:
        r.kill_at_line(r.rng.randint(1, calls))
    elif number % 4 == 0:
        r.kill("run", within=run_time)
    if number % 2 == 0:
        r.note_in_flight()


def verdicts(r: Rehearsal, rounds: int, live: int, people: int) -> Iterator[Figure]:
    """What must hold afterwards."""
    documents, asked = r.terminal.documents(), bill(r.log)
    rows = Counter((s["import_id"], s["row"]) for doc in documents for s in doc["sources"])
    twice = sum(1 for pair, times in asked.items() if times > 1 + r.in_flight[pair])
    paid_again = sum(times - 1 for times in asked.values())
    not_asked = sum((stage, d["id"]) not in asked for d in documents for stage in finished(d))
    kills = sum(r.landed.values())
    yield Figure("kills that found work going on", kills, target=rounds / 2, note=str(dict(r.landed)))
    yield Figure("candidates", len(documents), target=people, better="equal")
    yield Figure("candidates ready", sum(d["awaiting"] == "ready" for d in documents), target=people, better="equal")
    yield Figure("rows said by a candidate", len(rows), target=live, better="equal")
    yield Figure("rows said twice", sum(times - 1 for times in rows.values()), target=0, better="equal")
    yield Figure("leases left", sum(bool(d.get("lease")) for d in documents), target=0, better="equal")
    yield Figure("stages done but not on the bill", not_asked, target=0, better="equal")
    yield Figure("stages billed twice, not in flight at a kill", twice, target=0, better="equal")
    yield Figure("most in flight at a kill", r.most_in_flight, target=IN_FLIGHT, better="low", note="a batch a worker")
    note = f"of {sum(asked.values())} calls; the target is what was in flight"
    yield Figure("calls paid again", paid_again, target=sum(r.in_flight.values()), better="low", note=note)


def told(said: str) -> None:
    """Say how far it is."""
    print(said, file=sys.stderr, flush=True)


def options(doc: str | None, arguments: Sequence[str] | None) -> argparse.Namespace:
    """Return how large a rehearsal is asked for: `candidates`, `kills` and `seed`."""
    parser = argparse.ArgumentParser(description=doc, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--candidates", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; return 1 when something did not hold."""
    o = options(__doc__, arguments)
    found = rehearse(o.candidates, o.kills, o.seed, told)
    print(figures_table(found))
    return int(missed(found))


if __name__ == "__main__":
    sys.exit(main())
