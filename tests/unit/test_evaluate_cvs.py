"""The figures of CV reading are worked out as the issue defines them."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.evaluate_cvs import f1, figures, misses, read_all
from benchmarks.unseen_cvs import written

TRUTH = {
    "name": "Maja Holm",
    "email": "maja@example.org",
    "phone": "+46 70 123 45 67",
    "linkedin": "linkedin.com/in/maja-holm",
    "github": None,
    "current_title": "Data Analyst",
    "current_company": "Lindqvist Foods AB",
    "skills": ["SQL", "Power BI"],
    "experiences": [{"title": "Data Analyst", "company": "Lindqvist Foods AB", "start": "03/2022"}],
    "educations": [],
}
TEXT = """Maja Holm
maja@example.org | +46 70 123 45 67 | linkedin.com/in/maja-holm
Experience
Data Analyst, Lindqvist Foods AB
03/2022 – present
Skills
SQL, Tableau
"""


def test_f1_counts_over_all_files() -> None:
    assert f1([({1, 2}, {1, 3}), ({4}, {4})]) == 2 * 2 / 6
    assert f1([]) == 0.0


def test_a_file_is_measured_against_its_truth(tmp_path: Path) -> None:
    (tmp_path / "truth").mkdir()
    (tmp_path / "index.json").write_text(json.dumps([{"file": "one.txt", "expect": "ok"}]))
    (tmp_path / "truth" / "one.txt.json").write_text(json.dumps({"truth": TRUTH}))
    reads, spent = read_all(tmp_path, lambda path: TEXT)
    measured = {figure.name: figure.measured for figure in figures(reads, spent)}
    assert measured["name"] == measured["phone"] == measured["LinkedIn"] == measured["current company"] == 1
    assert measured["experience (title, company, start): F1"] == 1
    assert measured["skills: F1"] == 0.5
    assert list(misses(reads[0])) == ["skills: missed: power bi", "skills: added:  tableau"]


def test_cvs_unlike_the_fixtures_are_the_same_for_a_seed_and_mostly_read(tmp_path: Path) -> None:
    once, again = written(tmp_path / "once", 7, 14), written(tmp_path / "again", 7, 14)
    assert (once / "index.json").read_text() == (again / "index.json").read_text()
    reads, spent = read_all(once)
    measured = {figure.name: figure for figure in figures(reads, spent)}
    assert len(reads) == 14 and "GitHub" not in measured
    assert all(figure.ok is not False for name, figure in measured.items() if not name.startswith("parsing"))
