"""How soon `shortlist serve` answers its health route, next to an empty Flask app started the same way.

python -m benchmarks.serve_bench [--before COMMIT --worktree FOLDER]

With `--before`, its first candidate read and search are compared with those of an earlier commit.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.figures import Figure, figures_table, missed
from benchmarks.first_requests import checked_out, first_requests
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
    parser = argparse.ArgumentParser(description="How soon `shortlist serve` answers, and its first real requests.")
    parser.add_argument("--before", help="a commit the first real requests are compared with")
    parser.add_argument("--worktree", type=Path, help="a new folder that commit is checked out into")
    options = parser.parse_args()
    found = figures()
    if options.before is not None:
        with tempfile.TemporaryDirectory(prefix="shortlist-bench-") as place:
            work = Path(place)
            with checked_out(options.before, options.worktree or work / "checkout") as earlier:
                found += first_requests(work, ("serve",), ROUNDS, earlier)
    print(figures_table(found))
    return int(missed(found))


if __name__ == "__main__":
    sys.exit(main())
