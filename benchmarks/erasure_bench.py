"""What erasing one person costs where many are, and whether everything of them is gone and the others are not.

python -m benchmarks.erasure_bench [--candidates 20000]

Each goes out of the store, its index of words and its log, and out of the export they came with, which is written anew.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.figures import Figure, run_alone
from benchmarks.import_bench import generated
from benchmarks.terminal import Terminal
from shared import wiring
from shared.access import Reads
from shared.config import Settings
from shared.models.caller import Caller
from shared.models.collections import COLLECTIONS
from shared.privacy.erase import erase

CANDIDATES: Final = 20_000
ERASED: Final = 9
ROWS_A_PERSON: Final = 1 / 0.79  # of the generated export: some are disqualified, some are the same person


def figures(candidates: int = CANDIDATES) -> list[Figure]:
    """Erase a few people from all over the pool, one after the other."""
    with tempfile.TemporaryDirectory(prefix="shortlist-bench-") as place:
        home = Path(place) / "home"
        Terminal(home).text("import", str(generated(round(candidates * ROWS_A_PERSON))))
        settings = Settings(home=home)
        ports = wiring.connect(settings, wiring.deliver_nothing)
        reads, dropped = Reads(ports, Caller()), wiring.dropped_files(settings, ports)
        rows = ports.store.query(COLLECTIONS["candidates"], fields=("person",))
        chosen = [rows[place] for place in range(0, len(rows), len(rows) // ERASED)][:ERASED]
        took = []
        for row in chosen:
            began = time.process_time()
            erase(ports, reads, row.id, dropped)
            took.append(time.process_time() - began)
        left = ports.store.count(COLLECTIONS["candidates"], [])
        ports.store.close()
        held = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    mails = [mail for row in chosen for mail in row.data["person"].get("emails", ())]
    note = f"CPU, median of {ERASED}; slowest {max(took):.2f} s"
    return [
        Figure(f"one erasure among {len(rows):,} people", median(took), "s", note=note),
        Figure("people left", left, target=len(rows) - ERASED, better="equal"),
        Figure("their mail addresses in the bytes of the home", sum(mail.encode() in held for mail in mails),
               target=0, better="equal", note=f"{len(mails)} addresses looked for"),
    ]  # fmt: skip


if __name__ == "__main__":
    sys.exit(run_alone(__doc__, figures, "--candidates", CANDIDATES))
