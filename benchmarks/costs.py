"""What 1,000 candidates cost on Google Cloud, by stage, at list prices: the tables of docs/costs.md.

python -m benchmarks.costs

The tokens are those a run records on every record (`stages.*.tokens`): the 500-record export and the CV files of the
fixtures and the jobs of the samples, with Gemini's fake, which counts what is really sent to it and said by it at four
characters a token.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.datasets import FIXTURES
from benchmarks.terminal import ROOT
from shared import wiring
from shared.access.pools import add_pool
from shared.config import PRICES, GeminiSettings, Settings
from shared.cv_files.receive import receive_many
from shared.imports.start import run_import, start_import
from shared.jobs.jobs import import_jobs
from shared.models.batch import ImportOptions
from shared.models.collections import COLLECTIONS
from shared.operations.dispatch import deliver
from shared.paging import iter_all
from shared.pipeline.backlog import sweep
from shared.ports import Data, Ports

sys.path.insert(0, str(ROOT / "tests"))

from fake_gemini import FakeGemini

JOB_FILE: Final = ROOT / "samples" / "jobs.jsonl"
STAGES: Final = ("classify", "enrich", "embed")
CVS: Final = ("parse", "parse of a scan")
JOBS: Final = ("enrich of a job", "embed of a job")
CALLS: Final = {"classify": 1.0, "enrich": 1.0, "embed": 0.04}  # a record; infra/functions.tf shares the quota by them
SECONDS_A_CALL: Final = 2.0  # gemini_seconds_per_call in infra/variables.tf
IN_FLIGHT: Final = 16  # calls_in_flight in infra/capacity.tf
# Dollars, list prices of one region as remembered in November 2026, not read again: check them before relying on them.
FIRESTORE: Final = {"read": 0.03e-5, "write": 0.09e-5}
INSTANCE_SECOND: Final = 0.000024 + 0.5 * 0.0000025  # one vCPU and 512 MiB
TASK: Final = 0.40e-6
# Documents a candidate of the 500-record export reads and writes, as tests/integration/test_firestore_intake.py counts
# them on the emulator; it fails when these are no longer so.
OPERATIONS: Final = {
    "import": {"read": 1.04, "write": 3.98},
    "stages": {"read": 4.05, "write": 7.0},  # classify, enrich, embed
    "match": {"read": 2.02, "write": 2.0},  # without an open job
}


@dataclass(frozen=True)
class Used:
    """Average tokens a record."""

    input: float
    output: float


def dollars_per_thousand(used: Used, price: tuple[float, float], flex: bool = False) -> float:
    """Return what 1,000 records cost. `price`: dollars a million tokens in and out; flex is half of it."""
    return (used.input * price[0] + used.output * price[1]) / 1000 / (2 if flex else 1)


def recorded() -> dict[str, Used]:
    """Let the fake do every stage of the fixtures; return the averages the records hold."""
    with run_with_the_fake() as ports:
        people = [row.data for row in iter_all(ports.store, COLLECTIONS["candidates"], fields=("stages",))]
        documents = [row.data for row in iter_all(ports.store, COLLECTIONS["documents"], fields=("stages", "read_by"))]
        jobs = [row.data for row in iter_all(ports.store, COLLECTIONS["jobs"], fields=("stages",))]
    used = {stage: average(people, stage) for stage in STAGES}
    used |= {name: average(jobs, name.split()[0]) for name in JOBS}
    by = {name: [each for each in documents if each.get("read_by") == name] for name in ("text", "scan")}
    return {**used, "parse": average(by["text"], "parse"), "parse of a scan": average(by["scan"], "parse")}


def average(records: list[Data], stage: str) -> Used:
    """Return the tokens this stage has recorded, over those it is done with."""
    states = [record["stages"].get(stage, {}) for record in records]
    tokens = [state["tokens"] for state in states if state.get("state") == "done"]
    return Used(*(sum(each[name] for each in tokens) / len(tokens) for name in ("input", "output")))


@contextmanager
def run_with_the_fake() -> Iterator[Ports]:
    """Import the fixtures in a temporary home and run every stage with Gemini's fake; gives the ports."""
    with tempfile.TemporaryDirectory(prefix="shortlist-costs-") as home, FakeGemini() as gemini:
        asked = GeminiSettings(api_key="fake", url=gemini.url, per_minute=60_000)
        ports = wiring.connect(Settings(home=Path(home), model="gemini", gemini=asked), deliver)
        export = FIXTURES / "ats" / "ats_export.csv"
        with export.open("rb") as stream:
            run_import(ports, start_import(ports, stream, export.name, "default", ImportOptions(), 10**9).id)
        files = (file for file in sorted((FIXTURES / "cvs").iterdir()) if file.is_file() and file.suffix != ".json")
        add_pool(ports, "cvs")
        receive_many(ports, ((file.name, file.read_bytes()) for file in files), "cvs", 10**9)
        with JOB_FILE.open("rb") as stream:
            import_jobs(ports, stream, JOB_FILE.name, "default", 10**9)
        while sweep(ports, "documents") + sweep(ports, "jobs") + sweep(ports):
            wiring.thread_queue(ports).join()
        yield ports
        wiring.thread_queue(ports).stop()
        ports.store.close()


def table(used: Mapping[str, Used], settings: GeminiSettings | None = None) -> str:
    """Return the Markdown table: dollars for 1,000 candidates by stage, standard and flex, and what stands around."""
    lines, totals = [HEAD], [0.0, 0.0]
    for stage in STAGES:
        line, costs = _stage(stage, used[stage], settings or GeminiSettings())
        totals = [total + cost for total, cost in zip(totals, costs, strict=True)]
        lines.append(line)
    for name, cost in around().items():
        totals = [total + cost for total in totals]
        lines.append(_row(name, "", "", "", cost, cost))
    return "\n".join([*lines, _row("all", "", "", "", *totals)])


def cv_table(used: Mapping[str, Used], settings: GeminiSettings | None = None) -> str:
    """Return what 1,000 CV files cost before they are candidates like all others."""
    return "\n".join([HEAD, *(_stage(name, used[name], settings or GeminiSettings())[0] for name in CVS)])


def operations_table() -> str:
    """Return what a candidate reads and writes in Firestore, as it was counted."""
    lines = [f"| {part} | {each['read']:.2f} | {each['write']:.2f} |" for part, each in OPERATIONS.items()]
    sums = [sum(each[kind] for each in OPERATIONS.values()) for kind in ("read", "write")]
    return "\n".join([OPERATIONS_HEAD, *lines, f"| all | {sums[0]:.2f} | {sums[1]:.2f} |"])


def job_table(used: Mapping[str, Used], settings: GeminiSettings | None = None) -> str:
    """Return what reading and embedding 1,000 jobs costs."""
    return "\n".join([HEAD, *(_stage(name, used[name], settings or GeminiSettings())[0] for name in JOBS)])


def around() -> dict[str, float]:
    """Return what 1,000 candidates cost besides the model."""
    busy = sum(CALLS.values()) * SECONDS_A_CALL / IN_FLIGHT
    return {
        "Firestore": 1000
        * sum(each[kind] * price for each in OPERATIONS.values() for kind, price in FIRESTORE.items()),
        "functions": 1000 * busy * INSTANCE_SECOND,
        "Cloud Tasks": 1000 / 50 * (len(STAGES) + 1) * TASK,  # and `match`, which asks no model
    }


def _stage(stage: str, used: Used, settings: GeminiSettings) -> tuple[str, list[float]]:
    name = settings.embedding_model if stage.startswith("embed") else settings.text_model
    costs = [dollars_per_thousand(used, PRICES[name], flex and not stage.startswith("embed")) for flex in (False, True)]
    return _row(stage, name, f"{used.input:,.0f}", f"{used.output:,.0f}", *costs), costs


OPERATIONS_HEAD: Final = "| Firestore, a candidate | reads | writes |\n| --- | ---: | ---: |"
HEAD: Final = "| stage | model | tokens in | tokens out | standard | flex |\n| --- | --- | ---: | ---: | ---: | ---: |"


def _row(stage: str, model: str, tokens_in: str, tokens_out: str, standard: float, flex: float) -> str:
    return f"| {stage} | {model} | {tokens_in} | {tokens_out} | ${standard:.3f} | ${flex:.3f} |"


def main() -> None:
    """Print the tables."""
    used = recorded()
    print(f"{table(used)}\n\nFor 1,000 CV files:\n\n{cv_table(used)}\n\n{operations_table()}")
    print(f"\nFor 1,000 jobs:\n\n{job_table(used)}")


if __name__ == "__main__":
    main()
