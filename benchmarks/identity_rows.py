"""Rows of two applicant tracking systems whose truth is known: who is who, and what nobody could decide.

The truth is what a careful recruiter would say who knows the people behind the rows:

* An address, a profile and an ATS id that are a person's own are keys. An agency's, a couple's, a referee's, a role's
  or a placeholder address is nobody's key, and neither are a company's page on LinkedIn and placeholder numbers.
* Father and son with one name and one mailbox are two people where both rows say Sr and Jr. Where only one says it,
  nobody could decide.
* Same given name, other family name and nothing in common but an address: a marriage or two people; undecidable.
  The same holds for an initial alone. A second fact of their own (profile, ATS id, phone) decides.
* A name and nothing else may be any bearer of that name: undecidable against the rows of the person it came from.
* A row without a name is its address: one person on a personal address, undecidable on a role's.
* An ATS id means something within one system only.

Pairs that are undecidable count neither as right nor as wrong. How often each kind occurs: `benchmarks.identity_kinds`.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from benchmarks.identity_kinds import KINDS, RowGenerator
from benchmarks.identity_truth import COLUMNS, Pair, Row, RowTruth, Truth

SINGLE: Final = "one row"


def generate(seed: int, people: int) -> tuple[list[Row], Truth]:
    """Return rows about at least this many people, about three rows for two, and the truth; a seed gives one answer."""
    generator = RowGenerator(seed)
    for kind, (share, make_group) in KINDS.items():
        for _ in range(max(1, round(share * people / 1000))):
            generator.start(kind)
            make_group(generator)
    while len({draft.truth.person for draft in generator.drafts}) < people:
        missing = people - len({draft.truth.person for draft in generator.drafts})
        for _ in range(missing):
            generator.start(SINGLE)
            generator.single()
    return numbered(generator)


def numbered(generator: RowGenerator) -> tuple[list[Row], Truth]:
    """Return the rows shuffled and numbered from 1, system after system."""
    drafts = list(generator.drafts)
    generator.random.shuffle(drafts)
    drafts.sort(key=lambda draft: draft.system)
    rows: list[Row] = []
    truths: dict[int, RowTruth] = {}
    number_of: dict[int, int] = {}
    for number, draft in enumerate(drafts, 1):
        cells = {column: draft.fields.get(field, "") for column, field in COLUMNS[draft.system].items()}
        rows.append(Row(number, draft.system, cells))
        truths[number] = draft.truth
        number_of[draft.serial] = number
    undecidable: set[Pair] = set()
    for one, other in generator.undecidable:
        a, b = sorted((number_of[one], number_of[other]))
        undecidable.add((a, b))
    return rows, Truth(truths, frozenset(undecidable))


def write_export(path: Path, rows: Sequence[Row]) -> None:
    """Write rows of one system as the CSV file it exports."""
    system = rows[0].system
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(COLUMNS[system]))
        writer.writeheader()
        for row in rows:
            writer.writerow(row.cells)


def write_truth(path: Path, truth: Truth) -> None:
    """Write the truth as JSON lines, one a row; `undecidable` lists the rows nobody could tell apart from it."""
    partners: dict[int, list[int]] = {}
    for a, b in sorted(truth.undecidable):
        partners.setdefault(a, []).append(b)
        partners.setdefault(b, []).append(a)
    with path.open("w", encoding="utf-8") as file:
        for number, row in truth.rows.items():
            line = {"row": number, "person": row.person, "kind": row.kind, "undecidable": partners.get(number, [])}
            file.write(json.dumps(line, ensure_ascii=False) + "\n")


def rows_by_kind(truth: Truth) -> Counter[str]:
    """Return how many rows each kind has."""
    return Counter(row.kind for row in truth.rows.values())
