"""The occupation files keep one schema: known unit groups, unique ids, names in eight languages, known neighbours."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

import shared.vocabulary

FOLDER = Path(shared.vocabulary.__file__).parent / "data" / "occupations"
LANGUAGES = ["en", "de", "fr", "es", "it", "pt", "nl", "pl"]
COLUMNS = ["unit", "occupation", *LANGUAGES, "near"]
LEVELS = {"major": 1, "sub_major": 2, "minor": 3, "unit": 4}
ISCO_COUNTS = {"major": 10, "sub_major": 43, "minor": 130, "unit": 436}
MAJOR_FILES = sorted(FOLDER.glob("[0-9].tsv"))
FEWEST_OCCUPATIONS_OF_A_UNIT = 2
MOST_OCCUPATIONS_OF_A_NAME = 4
LARGEST_SHARE_OF_AMBIGUOUS_NAMES = 0.03


def read_rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return list(reader)


def read_occupations() -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    for path in MAJOR_FILES:
        rows.extend(read_rows(path))
    return rows


def unit_codes() -> set[str]:
    rows = read_rows(FOLDER / "unit_groups.tsv")
    return {row["code"] for row in rows if row["level"] == "unit"}


def test_unit_groups_are_the_whole_of_isco_08() -> None:
    rows = read_rows(FOLDER / "unit_groups.tsv")
    assert Counter(row["level"] for row in rows) == ISCO_COUNTS
    codes = [row["code"] for row in rows]
    assert len(codes) == len(set(codes))
    for row in rows:
        assert row["code"].isdigit()
        assert len(row["code"]) == LEVELS[row["level"]]
        assert row["name"].strip()


def test_every_group_stands_under_a_group_of_the_level_above() -> None:
    codes = {row["code"] for row in read_rows(FOLDER / "unit_groups.tsv")}
    for code in codes:
        if len(code) > 1:
            assert code[:-1] in codes, code


@pytest.mark.parametrize("path", MAJOR_FILES, ids=lambda path: path.name)
def test_a_file_has_the_columns_and_only_units_of_its_major_group(path: Path) -> None:
    units = unit_codes()
    lines = path.read_text(encoding="utf-8").splitlines()
    assert lines[0].split("\t") == COLUMNS
    for line in lines[1:]:
        cells = line.split("\t")
        assert len(cells) == len(COLUMNS), line[:80]
        assert cells[0] in units, line[:80]
        assert cells[0].startswith(path.stem), line[:80]


@pytest.mark.parametrize("path", MAJOR_FILES, ids=lambda path: path.name)
def test_every_unit_of_a_file_has_two_occupations(path: Path) -> None:
    occupations_by_unit = Counter(row["unit"] for row in read_rows(path))
    for unit in unit_codes():
        if unit.startswith(path.stem):
            assert occupations_by_unit[unit] >= FEWEST_OCCUPATIONS_OF_A_UNIT, unit


def test_an_occupation_id_is_snake_case_and_stands_once_over_all_files() -> None:
    ids = [row["occupation"] for row in read_occupations()]
    repeated = [occupation for occupation, count in Counter(ids).items() if count > 1]
    assert not repeated
    for occupation in ids:
        assert occupation.replace("_", "").isalnum(), occupation
        assert occupation.isascii() and occupation == occupation.lower(), occupation


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_occupation_has_clean_names_in_every_language(language: str) -> None:
    for row in read_occupations():
        names = row[language].split("|")
        folded = [name.casefold() for name in names]
        assert len(folded) == len(set(folded)), (row["occupation"], names)
        for name in names:
            assert name, row["occupation"]
            assert name == " ".join(name.split()), (row["occupation"], name)
            assert not set(name) & set(';,*"'), (row["occupation"], name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_few_names_of_a_language_are_ambiguous(language: str) -> None:
    occupations_by_name: dict[str, set[str]] = {}
    for row in read_occupations():
        for name in row[language].split("|"):
            occupations_by_name.setdefault(name.casefold(), set()).add(row["occupation"])
    ambiguous = {name: ids for name, ids in occupations_by_name.items() if len(ids) > 1}
    for name, ids in ambiguous.items():
        assert len(ids) <= MOST_OCCUPATIONS_OF_A_NAME, (name, sorted(ids))
    assert len(ambiguous) <= LARGEST_SHARE_OF_AMBIGUOUS_NAMES * len(occupations_by_name), ambiguous


def test_neighbours_are_other_occupations_and_exist_once_all_files_do() -> None:
    rows = read_occupations()
    ids = {row["occupation"] for row in rows}
    majors_present = {path.stem for path in MAJOR_FILES}
    all_files_exist = len(majors_present) == ISCO_COUNTS["major"]
    for row in rows:
        neighbours = row["near"].split("|") if row["near"] else []
        assert len(neighbours) == len(set(neighbours)), row["occupation"]
        assert row["occupation"] not in neighbours
        if all_files_exist:
            assert set(neighbours) <= ids, (row["occupation"], set(neighbours) - ids)


def test_stop_words_name_a_known_language_and_a_reason() -> None:
    rows = read_rows(FOLDER / "stop_words.tsv")
    pairs = [(row["word"].casefold(), row["language"]) for row in rows]
    assert rows and len(pairs) == len(set(pairs))
    for row in rows:
        assert row["language"] in LANGUAGES
        assert row["word"].strip() and row["why"].strip()
