"""Say how well CVs are read offline, against files whose truth is known.

    python -m benchmarks.evaluate_cvs [--data DIR | --unseen SEED | --layouts] [--json] [--verbose]

DIR has cvs/index.json, cvs/truth/FILE.json and the files; without it tests/fixtures. `--unseen`: CVs made on the spot,
in layouts, words and dates that the fixtures do not have. `--layouts`: sixteen layouts in nine languages, to work
with; addresses that are not the person's count as misread contact there. Ends with 1 when a target is missed.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.datasets import FIXTURES
from benchmarks.figures import Figure, figures_table
from benchmarks.layouts.writing import write_layouts
from benchmarks.scores import accuracy
from benchmarks.unseen_cvs import written
from shared.models.source import Facts
from shared.reading.cv.parsing import parse_cv
from shared.reading.text.addresses import linkedin_key
from shared.vocabulary.text import normalize

TODAY: Final = "2026-11"
READABLE: Final = ("ok", "ok_or_reject")
Truth = dict[str, Any]
ReadText = Callable[[Path], str]


@dataclass(frozen=True)
class Read:
    """One file with its truth and what was read of it."""

    file: str
    scanned: bool
    years_only: bool
    truth: Truth
    facts: Facts


def extracted(path: Path) -> str:
    """Return a file's text as the product reads it, scans by tesseract; '' for what it refuses."""
    from shared.errors import ShortlistError
    from shared.reading.documents import read_document
    from shared.reading.documents.ocr import read_scan

    try:
        document = read_document(path, path.name)
        return read_scan(path, document, path.name) if document.needs_ocr else document.text
    except ShortlistError:
        return ""


def read_all(folder: Path, text_of: ReadText = extracted) -> tuple[list[Read], float]:
    """Read every readable file and scan of a folder; returns them with the CPU seconds all parsing took."""
    found: list[Read] = []
    spent = 0.0
    for entry in json.loads((folder / "index.json").read_text(encoding="utf-8")):
        if entry["expect"] not in (*READABLE, "ok_ocr"):
            continue
        truth = json.loads((folder / "truth" / f"{entry['file']}.json").read_text(encoding="utf-8"))["truth"]
        text = text_of(folder / entry["file"])
        begun = time.process_time()
        facts = parse_cv(text, TODAY)
        spent += time.process_time() - begun
        years_only = entry.get("date_precision") == "year"
        found.append(Read(entry["file"], entry["expect"] == "ok_ocr", years_only, truth, facts))
    return found, spent


def contact_pairs(read: Read) -> dict[str, tuple[Any, Any]]:
    """Return (truth, answer) of what must be exact."""
    person, truth = read.facts.person, read.truth
    links = {name: linkedin_key(url) for name, url in person.links.items()}
    return {
        "name": (truth["name"], person.name),
        "e-mail": (truth["email"], ", ".join(person.emails) or None),
        "phone": (truth["phone"], ", ".join(person.phones) or None),
        "LinkedIn": (linkedin_key(truth["linkedin"] or ""), links.get("linkedin")),
        "GitHub": (truth["github"], (person.links.get("github") or "").removeprefix("https://") or None),
    }


def current_pairs(read: Read) -> dict[str, tuple[Any, Any]]:
    """Return (truth, answer) of the newest position."""
    newest = read.facts.profile.experiences[:1]
    return {
        "current title": (normalize(read.truth["current_title"]), normalize(newest[0].title or "") if newest else None),
        "current company": (
            normalize(read.truth["current_company"]),
            normalize(newest[0].company or "") if newest else None,
        ),
    }


def true_positions(read: Read) -> set[tuple[str, str, str]]:
    """Return title, company and start (YYYY-MM, or the year where the file gives no more)."""
    found = set()
    for job in read.truth["experiences"]:
        month, _, year = job["start"].partition("/")
        start = year if read.years_only else f"{year}-{month}"
        found.add((normalize(job["title"]), normalize(job["company"]), start))
    return found


def read_positions(read: Read) -> set[tuple[str, str, str]]:
    """Return title, company and start of the positions read."""
    jobs = read.facts.profile.experiences
    return {(normalize(job.title or ""), normalize(job.company or ""), job.start or "") for job in jobs}


def true_degrees(read: Read) -> set[tuple[str, str, str]]:
    """Return degree, school and the year it ended."""
    return {(normalize(e["degree"]), normalize(e["school"]), e["end"][3:]) for e in read.truth["educations"]}


def read_degrees(read: Read) -> set[tuple[str, str, str]]:
    """Return degree, school and the year it ended, as read."""
    studies = read.facts.profile.educations
    return {(normalize(e.degree or ""), normalize(e.school or ""), (e.end or "")[:4]) for e in studies}


def true_skills(read: Read) -> set[str]:
    """Return the skills of the truth, comparable."""
    return {normalize(name) for name in read.truth["skills"]}


def read_skills(read: Read) -> set[str]:
    """Return the skills read, comparable."""
    return {normalize(skill.name) for skill in read.facts.profile.skills}


SETS: Final[tuple[tuple[str, Callable[[Read], set[Any]], Callable[[Read], set[Any]], float | None], ...]] = (
    ("experience (title, company, start): F1", true_positions, read_positions, 0.85),
    ("skills: F1", true_skills, read_skills, 0.80),
    ("education (degree, school, end): F1", true_degrees, read_degrees, None),
)


def f1(pairs: Iterable[tuple[set[Any], set[Any]]]) -> float:
    """Return F1 over all files' sets together: 2 * both / (true + read)."""
    both, size = 0, 0
    for true, read in pairs:
        both += len(true & read)
        size += len(true) + len(read)
    return 2 * both / size if size else 0.0


def figures(reads: Sequence[Read], spent: float) -> Iterator[Figure]:
    """Return the figures of the issue, with their targets."""
    plain_files = [read for read in reads if not read.scanned]
    scans = [read for read in reads if read.scanned]
    count = f"{len(plain_files)} files"
    for field, target in (("name", 0.97), ("e-mail", 0.97), ("phone", 0.97), ("LinkedIn", 0.97), ("GitHub", None)):
        pairs = [contact_pairs(read)[field] for read in plain_files]
        if stated := [pair for pair in pairs if pair[0]]:
            yield Figure(field, accuracy(stated), target=target, note=count)
    for field in ("current title", "current company"):
        yield Figure(field, accuracy([current_pairs(read)[field] for read in plain_files]), target=0.90, note=count)
    for name, true, found, target in SETS:
        yield Figure(name, f1((true(read), found(read)) for read in plain_files), target=target, note=count)
    if scans:
        pairs = [contact_pairs(read)["e-mail"] for read in scans]
        yield Figure("scans: e-mail", accuracy(pairs), target=0.8, note=f"{len(scans)} scans")
    yield Figure("parsing: CPU a file", 1000 * spent / max(1, len(reads)), "ms", target=20, better="low")


def misses(read: Read) -> Iterator[str]:
    """Say what was missed or added, a line each."""
    for field, (true, answer) in (contact_pairs(read) | current_pairs(read)).items():
        if true != answer and true:
            yield f"{field}: {true!r} read as {answer!r}"
    for name, true_set, found_set, _ in SETS:
        true, found = true_set(read), found_set(read)
        yield from (f"{name.split(' ')[0]} missed: {each}" for each in sorted(true - found))
        yield from (f"{name.split(' ')[0]} added:  {each}" for each in sorted(found - true))


def main(arguments: Sequence[str] | None = None, text_of: ReadText = extracted) -> int:
    """Print the table; return 1 when a target was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=FIXTURES, help="a folder with cvs/")
    parser.add_argument("--unseen", type=int, metavar="SEED", help="make CVs unlike the fixtures, and read those")
    parser.add_argument("--layouts", action="store_true", help="write the CVs of benchmarks/layouts, and read those")
    parser.add_argument("--json", action="store_true", help="one JSON object on stdout")
    parser.add_argument("--verbose", action="store_true", help="what was missed, file by file")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="shortlist-bench-") as place:
        folder = options.data / "cvs"
        if options.layouts:
            folder = write_layouts(Path(place) / "cvs")
        elif options.unseen is not None:
            folder = written(Path(place) / "cvs", options.unseen)
        reads, spent = read_all(folder, text_of)
    found = list(figures(reads, spent))
    if options.verbose:
        for read in reads:
            if lines := list(misses(read)):
                print(read.file, *(f"  {line}" for line in lines), sep="\n")
    print(json.dumps([figure.as_json() for figure in found]) if options.json else figures_table(found))
    return int(any(figure.ok is False for figure in found))


if __name__ == "__main__":
    sys.exit(main())
