"""An export whose truth is known: the samples, the test fixtures, or a folder of the same layout."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.terminal import ROOT

FIXTURES: Final = ROOT / "tests" / "fixtures"
Record = dict[str, Any]


@dataclass(frozen=True)
class Dataset:
    """An export, its truth by record number (1 = first data record), and graded searches where there are some."""

    name: str
    export: Path
    truth: dict[int, Record]
    queries: tuple[dict[str, Any], ...] = ()

    def live(self) -> list[Record]:
        """Return the records an import keeps."""
        return [record for record in self.truth.values() if "candidate" in record]

    def true_groups(self) -> int:
        """Return how many candidates there should be: by shared keys, but a mail box of an agency joins nobody."""
        return len({(r["candidate"], r["person"] if r["kind"] == "agency_email" else None) for r in self.live()})


@dataclass(frozen=True)
class Variant:
    """Another spelling of an export with the counts it must arrive at."""

    export: Path
    expected: dict[str, Any]


def load(name: str, export: Path, truth: Path, queries: Path | None = None) -> Dataset:
    """Read one data set; a truth line without a number is numbered by its place."""
    lines = [json.loads(line) for line in truth.read_text(encoding="utf-8").split("\n") if line]
    records = {line.get("record", place): line for place, line in enumerate(lines, 1)}
    graded = json.loads(queries.read_text(encoding="utf-8")) if queries and queries.exists() else []
    return Dataset(name, export, records, tuple(graded))


def carried() -> Iterator[Dataset]:
    """Yield what the repository carries."""
    samples = ROOT / "samples"
    yield load("samples", samples / "candidates.csv", samples / "candidates.truth.jsonl")
    yield in_folder(FIXTURES)


def in_folder(folder: Path) -> Dataset:
    """Read FOLDER/ats/ats_export.csv, its .truth.jsonl, and FOLDER/search/queries.json where present."""
    export = folder / "ats" / "ats_export.csv"
    return load(folder.name, export, Path(f"{export}.truth.jsonl"), folder / "search" / "queries.json")


def variants(folder: Path) -> list[Variant]:
    """Return the other spellings in FOLDER/ats/variants that come with expected counts."""
    found = sorted((folder / "ats" / "variants").glob("*.expected.json"))
    return [Variant(path.with_name(path.name.removesuffix(".expected.json")), read(path)) for path in found]


def read(path: Path) -> dict[str, Any]:
    """Return a JSON object from a file."""
    value: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return value
