"""What the machine itself costs per candidate and stage: reading, claiming, saving, queueing; the model excluded.

python -m benchmarks.stage_cost [--candidates 2000]
"""

from __future__ import annotations

import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from time import process_time
from typing import Final, cast

from benchmarks.bench_models import StubModel
from benchmarks.figures import Figure, run_alone
from benchmarks.import_bench import generated
from benchmarks.terminal import Terminal
from shared.config import Settings
from shared.pipeline.backlog import due_ids
from shared.pipeline.run import deliver, tasks_for
from shared.ports import Model, Ports
from shared.stages.table import ORDER
from shared.wiring import connect

CANDIDATES: Final = 2000
KIND: Final = "candidates"
MOST: Final = 2.0  # ms of CPU


def stage_milliseconds(ports: Ports, model: StubModel, stage: str) -> tuple[int, float]:
    """Return (records, CPU ms a record) of all that awaits the stage, in tasks as the queue cuts them."""
    ids = due_ids(ports, KIND, stage)
    began, model.seconds = process_time(), 0.0
    for task in tasks_for(KIND, stage, ids):
        deliver(ports, task, follow=False)
    used = process_time() - began - model.seconds
    return len(ids), 1000 * used / max(1, len(ids))


def figures(candidates: int = CANDIDATES) -> list[Figure]:
    """Return one figure a stage."""
    found = []
    with tempfile.TemporaryDirectory(prefix="shortlist-bench-") as place:
        home, model = Path(place) / "home", StubModel()
        Terminal(home).text("import", str(generated(round(candidates / 0.79))))
        ports = replace(connect(Settings(home=home), lambda *_: None), model=cast(Model, model))  # what stages ask
        for stage in ORDER[KIND]:
            count, used = stage_milliseconds(ports, model, stage)
            note = f"CPU of one process over {count:,} candidates, model excluded"
            found.append(Figure(f"own cost of {stage}, a candidate", used, "ms", target=MOST, better="low", note=note))
            done = ports.store.count(KIND, [(f"stages.{stage}.state", "==", "done")])
            skipped = ports.store.count(KIND, [(f"stages.{stage}.state", "==", "skipped")])
            found.append(Figure(f"records {stage} ended", done + skipped, target=count, better="equal"))
        ports.store.close()
    return found


if __name__ == "__main__":
    sys.exit(run_alone(__doc__, figures, "--candidates", CANDIDATES))
