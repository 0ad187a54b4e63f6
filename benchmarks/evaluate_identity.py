"""Say who is joined with whom, rightly and wrongly, over generated rows whose truth is known.

    python -m benchmarks.evaluate_identity [--people N] [--seed S] [--json]

Imports the rows of two systems through the command line and compares the candidates with the truth, kind by kind
(`benchmarks.identity_rows`); then imports them again, shuffled and in ten files. Ends with 1 when a target is missed.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Final

from benchmarks.figures import Figure, figures_table, table
from benchmarks.identity_rows import generate, rows_by_kind, write_export
from benchmarks.identity_truth import ACROSS_KINDS, COLUMNS, Pair, Row, Truth
from benchmarks.scores import pairs_within
from benchmarks.terminal import Terminal

PEOPLE: Final = 6600  # about 10,000 rows
SEED: Final = 1
FILES_PER_SYSTEM: Final = 5
Partition = frozenset[frozenset[int]]


@dataclass(frozen=True)
class Joined:
    """What an import made of the rows: row number -> candidate id, and the pairs of candidates it asks about."""

    candidates: dict[int, str]
    proposals: frozenset[frozenset[str]]
    flagged: int  # candidates with any flag
    dangling: int = 0  # pairs that name a candidate who is not there

    def partition(self) -> Partition:
        """Return the row numbers of each candidate."""
        return frozenset(frozenset(rows) for rows in self.rows_of().values())

    def rows_of(self) -> dict[str, list[int]]:
        """Return candidate id -> its row numbers."""
        rows: dict[str, list[int]] = {}
        for number, candidate in sorted(self.candidates.items()):
            rows.setdefault(candidate, []).append(number)
        return rows

    def proposed_rows(self) -> frozenset[frozenset[frozenset[int]]]:
        """Return the proposals as pairs of sets of rows: the same for two imports that ask the same."""
        rows = {candidate: frozenset(numbers) for candidate, numbers in self.rows_of().items()}
        return frozenset(frozenset(rows[candidate] for candidate in pair) for pair in self.proposals)


@dataclass(frozen=True)
class KindResult:
    """What happened to one kind of rows; pairs are pairs of rows."""

    kind: str
    rows: int
    not_taken: int
    wrong: int
    right: int
    keyed: int
    proposals: int
    undecidable: int


@dataclass(frozen=True)
class IdentityResult:
    """The figures with their targets, and what happened to each kind."""

    figures: list[Figure]
    kinds: list[KindResult]


def import_files(home: Path, folder: Path, files: Sequence[Sequence[Row]]) -> Joined:
    """Write each list of rows as a file, import them one after another into a new home, and read the candidates."""
    terminal = Terminal(home)
    folder.mkdir(parents=True)
    number_of: dict[tuple[str, int], int] = {}
    for place, rows in enumerate(files):
        path = folder / f"export-{place}-{rows[0].system}.csv"
        write_export(path, rows)
        import_id = terminal.json("import", str(path))["import_id"]
        for row_in_file, row in enumerate(rows, 1):
            number_of[import_id, row_in_file] = row.number
    documents = terminal.documents()
    suggestions = terminal.json("dedupe", "--dry-run")
    return read_joined(documents, suggestions, number_of)


def read_joined(
    documents: Sequence[Mapping[str, Any]],
    suggestions: Mapping[str, Any],
    number_of: Mapping[tuple[str, int], int],
) -> Joined:
    """Return who became whom, from exported documents and what `dedupe` suggests."""
    candidates: dict[int, str] = {}
    proposals: set[frozenset[str]] = set()
    flagged = 0
    for document in documents:
        for source in document["sources"]:
            number = number_of.get((source.get("import_id", ""), source.get("row", 0)))
            if number is not None:
                candidates[number] = document["id"]
        flags = document.get("flags") or []
        flagged += bool(flags)
        for flag in flags:
            if flag.get("candidate_id"):
                proposals.add(frozenset((document["id"], flag["candidate_id"])))
    for suggestion in [*suggestions.get("likely", []), *suggestions.get("proposals", [])]:
        ids = suggestion.get("ids") or []
        if len(ids) == 2:
            proposals.add(frozenset(ids))
    present = {document["id"] for document in documents}
    answerable = frozenset(pair for pair in proposals if pair <= present)
    return Joined(candidates, answerable, flagged, len(proposals) - len(answerable))


def one_file_a_system(rows: Sequence[Row]) -> list[list[Row]]:
    """Return the rows as each system exports them."""
    return [[row for row in rows if row.system == system] for system in COLUMNS]


def shuffled_files(rows: Sequence[Row], seed: int, files_per_system: int = FILES_PER_SYSTEM) -> list[list[Row]]:
    """Return the rows shuffled, in several files of each system, the files shuffled too."""
    random = Random(f"order {seed}")
    files: list[list[Row]] = []
    for system_rows in one_file_a_system(rows):
        shuffled = list(system_rows)
        random.shuffle(shuffled)
        files += [shuffled[start::files_per_system] for start in range(files_per_system)]
    random.shuffle(files)
    return [file for file in files if file]


def wrong_pairs(joined: Joined, truth: Truth) -> set[Pair]:
    """Return the pairs of rows of two people in one candidate; what nobody could decide is left out."""
    pairs = pairs_within(joined.candidates) - truth.undecidable
    return {(a, b) for a, b in pairs if truth.rows[a].person != truth.rows[b].person}


def right_pairs(joined: Joined, truth: Truth) -> tuple[set[Pair], set[Pair]]:
    """Return the pairs of one person that keys connect and that were taken in, and those of them in one candidate."""
    candidates = joined.candidates
    keyed = {(a, b) for a, b in truth.same_person_by_keys() if a in candidates and b in candidates}
    return keyed, {(a, b) for a, b in keyed if candidates[a] == candidates[b]}


def proposal_kinds(joined: Joined, truth: Truth) -> Counter[str]:
    """Return how many proposals each kind has: a kind both candidates have rows of, of one group where possible."""
    rows_of = joined.rows_of()
    counts: Counter[str] = Counter()
    for pair in joined.proposals:
        sides = [[truth.rows[number] for number in rows_of[candidate]] for candidate in pair]
        one, other = sides[0], sides[-1]
        common_groups = {row.group for row in one} & {row.group for row in other}
        of_one_group = {row.kind for row in one if row.group in common_groups}
        common_kinds = of_one_group or {row.kind for row in one} & {row.kind for row in other}
        counts[min(common_kinds) if common_kinds else ACROSS_KINDS] += 1
    return counts


def judge_kinds(joined: Joined, truth: Truth) -> list[KindResult]:
    """Return what happened to each kind of rows."""
    rows = rows_by_kind(truth)
    taken = Counter(truth.rows[number].kind for number in joined.candidates)
    wrong = Counter(truth.pair_kind(pair) for pair in wrong_pairs(joined, truth))
    keyed_pairs, joined_pairs = right_pairs(joined, truth)
    keyed = Counter(truth.pair_kind(pair) for pair in keyed_pairs)
    right = Counter(truth.pair_kind(pair) for pair in joined_pairs)
    undecidable = Counter(truth.pair_kind(pair) for pair in truth.undecidable)
    proposals = proposal_kinds(joined, truth)
    results: list[KindResult] = []
    for kind in [*sorted(rows), ACROSS_KINDS]:
        not_taken = rows[kind] - taken[kind]
        counts = (rows[kind], not_taken, wrong[kind], right[kind], keyed[kind], proposals[kind], undecidable[kind])
        results.append(KindResult(kind, *counts))
    return results


def judge(joined: Joined, again: Joined, truth: Truth) -> IdentityResult:
    """Return the figures of an import, and whether another order of the same rows gave the same."""
    people = truth.people()
    wrong = wrong_pairs(joined, truth)
    mixed = {joined.candidates[a] for a, _ in wrong}
    keyed, right = right_pairs(joined, truth)
    named = {number for number, row in truth.rows.items() if row.has_name}
    lost = named - joined.candidates.keys()
    moved = joined.partition() ^ again.partition()
    asked_otherwise = joined.proposed_rows() ^ again.proposed_rows()
    same_without_key = truth.same_person() - truth.same_person_by_keys()
    joined_without_key = [pair for pair in same_without_key if pair in pairs_within(joined.candidates)]
    mixed_note = f"in {len(mixed)} of {len(joined.rows_of())} candidates"
    figures = [
        Figure("rows", len(truth.rows), note=f"{people} people"),
        Figure("rows with a name that are in no candidate", len(lost), target=0, better="equal"),
        Figure("wrong joins (pairs of rows)", len(wrong), target=0, better="equal", note=mixed_note),
        Figure("right joins", len(right) / max(1, len(keyed)), target=0.95, note=f"{len(right)} of {len(keyed)}"),
        Figure("one person without a key: joined", len(joined_without_key), note=f"of {len(same_without_key)} pairs"),
        Figure(
            "proposals per 100 people",
            100 * len(joined.proposals) / people,
            target=3,
            better="low",
            note=f"{len(joined.proposals)} pairs",
        ),
        Figure("proposals that name a candidate who is not there", joined.dangling, target=0, better="equal"),
        Figure("flagged candidates per 100 people", 100 * joined.flagged / people),
        Figure(
            "candidates that another order changes",
            len(moved),
            target=0,
            better="equal",
            note="shuffled, several files",
        ),
        Figure("proposals that another order changes", len(asked_otherwise), target=0, better="equal"),
        Figure("undecidable pairs, not judged", len(truth.undecidable)),
    ]
    return IdentityResult(figures, judge_kinds(joined, truth))


def evaluate(people: int = PEOPLE, seed: int = SEED, files_per_system: int = FILES_PER_SYSTEM) -> IdentityResult:
    """Generate rows about people, import them twice in different orders, and judge."""
    rows, truth = generate(seed, people)
    with tempfile.TemporaryDirectory(prefix="shortlist-identity-") as place:
        folder = Path(place)
        joined = import_files(folder / "home", folder / "files", one_file_a_system(rows))
        again = import_files(
            folder / "home-again", folder / "files-again", shuffled_files(rows, seed, files_per_system)
        )
    return judge(joined, again, truth)


def kinds_table(kinds: Sequence[KindResult]) -> str:
    """Return what happened to each kind as a table; nothing stands for 0."""
    head = ("kind", "rows", "not taken", "wrong", "right", "of", "share", "proposals", "undecidable")
    lines: list[list[str]] = []
    for result in kinds:
        share = f"{result.right / result.keyed:.2f}" if result.keyed else ""
        right = str(result.right) if result.keyed else ""
        counts = [result.rows, result.not_taken, result.wrong]
        more = [result.proposals, result.undecidable]
        lines.append(
            [
                result.kind,
                *(str(count) if count else "" for count in counts),
                right,
                str(result.keyed) if result.keyed else "",
                share,
                *(str(count) if count else "" for count in more),
            ]
        )
    return table(head, lines)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; return 1 when a target was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=PEOPLE, help="how many people the rows are about")
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    options = parser.parse_args(arguments)
    result = evaluate(options.people, options.seed)
    if options.json:
        kinds = {kind.kind: {**vars(kind)} for kind in result.kinds}
        print(json.dumps({"figures": [figure.as_json() for figure in result.figures], "kinds": kinds}))
    else:
        print(f"{kinds_table(result.kinds)}\n\n{figures_table(result.figures)}")
    missed_targets = [figure.name for figure in result.figures if figure.ok is False]
    print(f"{len(missed_targets)} targets missed" if missed_targets else "every target reached", file=sys.stderr)
    return int(bool(missed_targets))


if __name__ == "__main__":
    sys.exit(main())
