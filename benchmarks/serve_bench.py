"""How soon `shortlist serve` answers its health route, next to an empty Flask app started the same way.

python -m benchmarks.serve_bench
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.figures import Figure, figures_table, missed
from benchmarks.serving import empty_app, served, shortlist_served

ROUNDS: Final = 7


def figures() -> list[Figure]:
    """Return the start of serve as a ratio to an empty app; medians of interleaved starts, the first pair unused."""
    ours, empty = list[float](), list[float]()
    with tempfile.TemporaryDirectory(prefix="shortlist-bench-") as place:
        home = Path(place) / "home"
        for _ in range(ROUNDS + 1):
            for times, command in ((empty, empty_app()), (ours, shortlist_served(home))):
                with served(command) as server:
                    times.append(server.seconds)
    note = f"floor: an empty Flask app; medians of {ROUNDS} starts in turn"
    return [Figure("serve: start to /healthz", median(ours[1:]), "s", median(empty[1:]), 1.5, "low", note)]


def main() -> int:
    """Print the table; return 1 when the target was missed."""
    found = figures()
    print(figures_table(found))
    return int(missed(found))


if __name__ == "__main__":
    sys.exit(main())
