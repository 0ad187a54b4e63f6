"""Print every figure the README quotes as one table: `make bench`. Ends with 1 when a target was missed."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from typing import Final

from benchmarks import (
    backfill_bench,
    bulk_bench,
    cold_start_bench,
    documents_bench,
    erasure_bench,
    firestore_bench,
    import_bench,
    load_bench,
    match_bench,
    placeholder_bench,
    quota_bench,
    search_bench,
    search_legs,
    serve_bench,
    stage_cost,
)
from benchmarks.figures import Figure, figures_table, missed

BENCHES: Final[dict[str, Callable[[], list[Figure]]]] = {
    "import": import_bench.figures,
    "legs": search_legs.figures,
    "search": search_bench.figures,
    "match": match_bench.figures,
    "stages": stage_cost.figures,
    "serve": serve_bench.figures,
    "load": load_bench.figures,
    "documents": documents_bench.figures,
    "bulk": bulk_bench.figures,
    "cold": cold_start_bench.figures,
    "quota": quota_bench.figures,
    "backfill": backfill_bench.figures,
    "placeholders": placeholder_bench.figures,
    "erasure": erasure_bench.figures,
    "firestore": firestore_bench.figures,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the benches named, all without a name."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bench", nargs="*", help=f"any of {', '.join(BENCHES)}")
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    options = parser.parse_args(arguments)
    if wrong := set(options.bench) - set(BENCHES):
        parser.error(f"no such bench: {', '.join(sorted(wrong))}")
    found: list[Figure] = []
    for name in options.bench or BENCHES:
        print(f"measuring: {name}", file=sys.stderr, flush=True)
        found += BENCHES[name]()
    print(json.dumps({"figures": [f.as_json() for f in found]}) if options.json else figures_table(found))
    return int(missed(found))


if __name__ == "__main__":
    sys.exit(main())
