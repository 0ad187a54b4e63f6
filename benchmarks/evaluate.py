"""Say how good the results are, measured through the command line on data whose truth is known.

    python -m benchmarks.evaluate [--data DIR] [--json]

Without DIR: samples/ and tests/fixtures/. DIR has ats/ats_export.csv, ats/ats_export.csv.truth.jsonl, and where
wanted search/queries.json and ats/variants/. Ends with 1 when a target is missed.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from benchmarks.datasets import FIXTURES, Dataset, Record, Variant, carried, in_folder, variants
from benchmarks.evaluate_matching import connected, pair_figures, run_figures
from benchmarks.figures import Figure, figures_table
from benchmarks.scores import accuracy, macro_f1, ndcg, pairs_within, precision_recall
from benchmarks.terminal import Terminal
from shared.config import Settings

Document = dict[str, Any]
DEPTH = 10


@dataclass(frozen=True)
class Outcome:
    """What the product made of a data set."""

    data: Dataset
    terminal: Terminal
    counts: dict[str, Any]  # what `import --json` said
    documents: list[Document]

    @cached_property
    def by_row(self) -> dict[int, Document]:
        """Row number -> the document it went into."""
        return {source["row"]: doc for doc in self.documents for source in doc["sources"]}

    @cached_property
    def truths(self) -> list[tuple[Record, Document]]:
        """The truth of each document's first row that is live, with the document."""
        first = {doc["id"]: min(source["row"] for source in doc["sources"]) for doc in self.documents}
        known = [(self.data.truth.get(first[doc["id"]]), doc) for doc in self.documents]
        return [(truth, doc) for truth, doc in known if truth and "candidate" in truth]

    @cached_property
    def number(self) -> dict[str, int]:
        """Document id -> the candidate number of the truth."""
        return {doc["id"]: truth["candidate"] for truth, doc in self.truths}


def process(data: Dataset, home: Path) -> Outcome:
    """Import a data set into a fresh home and run every stage."""
    terminal = Terminal(home)
    counts = terminal.json("import", str(data.export))
    terminal.json("run")
    return Outcome(data, terminal, counts, terminal.documents())


def import_figures(outcome: Outcome) -> Iterator[Figure]:
    """Where the rows went, against the truth."""
    counts, truth = outcome.counts, outcome.data.truth.values()
    skipped = counts["skipped"]
    live = counts["created"] + counts["merged"] + counts["unchanged"]
    disqualified = sum(record["disqualified"] for record in truth)
    nameless = sum(not record["has_name"] and not record["disqualified"] for record in truth)
    yield exactly("rows", counts["rows"], len(outcome.data.truth))
    yield exactly("rows skipped: disqualified", skipped["disqualified"], disqualified)
    yield exactly("rows skipped: no name", skipped["no_name"], nameless)
    yield exactly("rows created, merged or unchanged", live, len(outcome.data.live()))
    yield exactly("candidates", len(outcome.documents), outcome.data.true_groups())


def variant_figures(variant: Variant, home: Path) -> Iterator[Figure]:
    """Where the rows of another spelling went, against its own expected counts."""
    terminal, expected = Terminal(home), variant.expected
    counts = terminal.json("import", str(variant.export))
    yield exactly("rows", counts["rows"], expected["data_records"])
    yield exactly("rows skipped: disqualified", counts["skipped"]["disqualified"], expected["disqualified_records"])
    yield exactly("rows skipped: no name", counts["skipped"]["no_name"], expected["no_name_records_not_disqualified"])
    yield exactly("candidates", len(terminal.documents()), expected["candidates_expected"])


def exactly(name: str, measured: int, expected: int) -> Figure:
    """Return a count that must be met exactly."""
    return Figure(name, measured, target=expected, better="equal")


def duplicate_figures(outcome: Outcome) -> Iterator[Figure]:
    """Pairs of live records: merged where they are one person, kept apart where not."""
    live = {r["record"]: r for r in outcome.data.live() if r["record"] in outcome.by_row}
    merged = pairs_within({number: outcome.by_row[number]["id"] for number in live})
    true = pairs_within({number: record["person"] for number, record in live.items()})
    precision, recall = precision_recall(merged, true)
    keyless = {pair for pair in true if live[pair[0]]["candidate"] != live[pair[1]]["candidate"]}
    wrong = ", ".join(f"{a}+{b}" for a, b in sorted(merged - true)[:5])
    yield Figure("merged pairs: precision", precision, target=1.0, note=f"{len(merged)} merged {wrong}".strip())
    yield Figure("merged pairs: recall", recall, target=0.95, note=f"{len(true)} true")
    if keyless:
        flagged = sum(is_flagged(outcome, a, b) for a, b in keyless)
        yield Figure("true pairs without a key: flagged", flagged, target=len(keyless), note=f"of {len(keyless)}")


def is_flagged(outcome: Outcome, a: int, b: int) -> bool:
    """Whether either document of two rows names the other as a likely duplicate (or they are one)."""
    one, other = outcome.by_row[a], outcome.by_row[b]
    return one["id"] == other["id"] or names_duplicate(one, other) or names_duplicate(other, one)


def names_duplicate(doc: Document, other: Document) -> bool:
    """Whether a document carries the flag for the other."""
    flags = doc.get("flags") or []
    return any(f["kind"] == "possible_duplicate" and f.get("candidate_id") == other["id"] for f in flags)


def reading_figures(outcome: Outcome) -> Iterator[Figure]:
    """Current title and company, of people who have a history."""
    told = [(truth, (doc["profile"].get("experiences") or [{}])[0]) for truth, doc in outcome.truths]
    told = [(truth, found) for truth, found in told if truth["current_title"]]
    for field in ("title", "company"):
        pairs = [(plain(truth[f"current_{field}"]), plain(found.get(field))) for truth, found in told]
        yield Figure(f"current {field} read", accuracy(pairs), target=0.98, note=first_wrong(pairs))


def plain(text: str | None) -> str | None:
    """Return text with single blanks; None for nothing."""
    return " ".join(text.split()) if text else None


def label_figures(outcome: Outcome) -> Iterator[Figure]:
    """Function, level and specialty of people who have a title to judge by."""
    told = [(truth, doc.get("classification") or {}) for truth, doc in outcome.truths if truth["current_title"]]
    for field in ("function", "level"):
        pairs = [(truth[field], said.get(field)) for truth, said in told]
        yield Figure(f"{field}: accuracy", accuracy(pairs), target=0.95, note=first_wrong(pairs))
        yield Figure(f"{field}: macro-F1", macro_f1(pairs), target=0.95, note=f"{len(pairs)} people")
    yield Figure("specialty: accuracy", accuracy([(True, has_specialty(t, s)) for t, s in told]))


def has_specialty(truth: Record, said: dict[str, Any]) -> bool:
    """Whether the first function carries the true specialty."""
    labels = said.get("functions") or [{}]
    return truth["specialty"] in (labels[0].get("specialties") or [])


def first_wrong(pairs: Sequence[tuple[Any, Any]]) -> str:
    """Return how many are wrong and the first of them."""
    wrong = [f"{truth} read as {answer}" for truth, answer in pairs if truth != answer]
    return f"{len(wrong)} of {len(pairs)} wrong: {wrong[0]}" if wrong else f"{len(pairs)} people"


def search_figures(outcome: Outcome) -> Iterator[Figure]:
    """nDCG@10 of every graded search by its text, and the mean with the job offer added."""
    queries = outcome.data.queries
    if not queries:
        return
    by_text = [(query, search(outcome, query)) for query in queries]
    for query, value in by_text:
        yield Figure(f"search {query['id']}", value, note=query["text"])
    yield Figure("search: mean nDCG@10", sum(value for _, value in by_text) / len(queries), target=0.92)
    with_job = [search(outcome, query, job=True) for query in queries if query.get("job_text")]
    if with_job:
        yield Figure("search with the job offer: mean nDCG@10", sum(with_job) / len(with_job), note="shown only")


def search(outcome: Outcome, query: dict[str, Any], job: bool = False) -> float:
    """Return one query's nDCG@10; a candidate found twice counts once."""
    options = ["--top-k", str(DEPTH)]
    if job:
        offer = outcome.terminal.home / "offer.txt"
        offer.write_text(f"{query['text']}\n\n{query['job_text']}\n", encoding="utf-8")
        options += ["--job-file", str(offer)]
    results = outcome.terminal.json("search", query["text"], *options)["results"]
    return ndcg_of(outcome, results, query)


def matching_figures(outcome: Outcome) -> Iterator[Figure]:
    """Search runs through the API, and pairs of openings and people."""
    with connected(Settings(home=outcome.terminal.home)) as (ports, client):
        if queries := outcome.data.queries:
            yield from run_figures(client, queries, lambda found, query: ndcg_of(outcome, found, query), DEPTH)
        yield from pair_figures(ports, outcome.truths)


def ndcg_of(outcome: Outcome, results: Sequence[Mapping[str, Any]], query: Mapping[str, Any]) -> float:
    """Return nDCG@10 of results."""
    return ndcg(graded(outcome, results, query["grades"]), query["grades"].values(), DEPTH)


def graded(outcome: Outcome, results: Sequence[Mapping[str, Any]], grades: Mapping[str, int]) -> list[int]:
    """Return the grades of results in rank order."""
    seen: set[int] = set()
    found = []
    for result in results:
        number = outcome.number.get(result["candidate_id"], 0)
        found.append(0 if number in seen else grades.get(str(number), 0))
        seen.add(number)
    return found


PARTS: tuple[tuple[str, Callable[[Outcome], Iterator[Figure]]], ...] = (
    ("import", import_figures),
    ("duplicates", duplicate_figures),
    ("reading", reading_figures),
    ("classification", label_figures),
    ("search", search_figures),
    ("matching", matching_figures),
)


def evaluate(folder: Path | None) -> Iterator[tuple[str, list[Figure]]]:
    """Yield the figures of each part of each data set, as they are known; every set has a temporary home."""
    with tempfile.TemporaryDirectory(prefix="shortlist-eval-") as place:
        for number, data in enumerate([in_folder(folder)] if folder else carried()):
            outcome = process(data, Path(place) / f"home-{number}")
            for part, figures in PARTS:
                yield f"{data.name}: {part}", list(figures(outcome))
        for variant in variants(folder or FIXTURES):
            yield f"variant {variant.export.name}", list(variant_figures(variant, Path(place) / variant.export.stem))


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; return 1 when a target was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="a folder with ats/ and search/")
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    options = parser.parse_args(arguments)
    tables: dict[str, list[Figure]] = {}
    for name, figures in evaluate(options.data):
        tables |= {name: figures} if figures else {}
        if figures and not options.json:
            print(f"{name}\n{figures_table(figures)}\n", flush=True)
    if options.json:
        print(json.dumps({name: [figure.as_json() for figure in part] for name, part in tables.items()}))
    wrong = [figure.name for part in tables.values() for figure in part if figure.ok is False]
    print(f"{len(wrong)} targets missed" if wrong else "every target reached", file=sys.stderr)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
