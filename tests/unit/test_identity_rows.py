"""The rows that identity is judged by are the same every time, hold every kind, and have a consistent truth."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest

from benchmarks.evaluate_identity import (
    Joined,
    evaluate,
    judge,
    one_file_a_system,
    read_joined,
    shuffled_files,
    wrong_pairs,
)
from benchmarks.identity_kinds import KINDS
from benchmarks.identity_people import german_spelling, without_marks
from benchmarks.identity_rows import SINGLE, generate, rows_by_kind, write_export
from benchmarks.identity_truth import COLUMNS, Row, RowTruth, Truth

SEED = 3
PEOPLE = 600


@pytest.fixture(scope="module")
def generated() -> tuple[list[Row], Truth]:
    return generate(SEED, PEOPLE)


def rows_of_groups(truth: Truth, kind: str) -> list[list[int]]:
    """Return the row numbers of each group of a kind."""
    groups: dict[int, list[int]] = defaultdict(list)
    for number, row in truth.rows.items():
        if row.kind == kind:
            groups[row.group].append(number)
    return list(groups.values())


def name_cells(row: Row) -> str:
    """Return the name on a row as one text."""
    return row.cells.get("Name") or f"{row.cells.get('First Name', '')} {row.cells.get('Last Name', '')}".strip()


def test_a_seed_gives_one_answer_and_another_seed_another() -> None:
    assert generate(SEED, 200) == generate(SEED, 200)
    assert generate(SEED, 200)[0] != generate(SEED + 1, 200)[0]


def test_every_kind_is_present_even_among_few_people() -> None:
    _, truth = generate(SEED, 1)
    assert set(KINDS) <= set(rows_by_kind(truth))


def test_there_are_as_many_people_as_wanted_and_three_rows_for_two_of_them(
    generated: tuple[list[Row], Truth],
) -> None:
    rows, truth = generated
    assert truth.people() == PEOPLE
    assert 1.3 * PEOPLE < len(rows) < 1.7 * PEOPLE
    assert rows_by_kind(truth)[SINGLE] > 0


def test_rows_are_numbered_from_one_and_every_row_has_a_truth(generated: tuple[list[Row], Truth]) -> None:
    rows, truth = generated
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert set(truth.rows) == {row.number for row in rows}
    assert {row.system for row in rows} == set(COLUMNS)


def test_no_two_rows_of_a_system_are_equal(generated: tuple[list[Row], Truth]) -> None:
    rows, _ = generated
    assert len({(row.system, *row.cells.items()) for row in rows}) == len(rows)


def test_a_row_says_that_it_has_a_name_exactly_when_it_has_one(generated: tuple[list[Row], Truth]) -> None:
    rows, truth = generated
    assert all(truth.rows[row.number].has_name == bool(name_cells(row)) for row in rows)


def test_undecidable_pairs_count_neither_as_same_nor_as_wrong(generated: tuple[list[Row], Truth]) -> None:
    _, truth = generated
    assert truth.undecidable
    assert not truth.undecidable & truth.same_person()
    for pair in truth.undecidable:
        joined = Joined(dict.fromkeys(pair, "one"), frozenset(), 0)
        assert wrong_pairs(joined, truth) == set()


@pytest.mark.parametrize(
    "kind", ["agency mailbox", "couple", "father and son", "similar given names", "recruiter's address"]
)
def test_strangers_at_one_address_are_several_people_without_a_key_in_common(
    generated: tuple[list[Row], Truth], kind: str
) -> None:
    rows, truth = generated
    by_number = {row.number: row for row in rows}
    for group in rows_of_groups(truth, kind):
        assert len({by_number[number].cells["Email"] for number in group}) == 1
        assert len({truth.rows[number].person for number in group}) > 1
        assert not truth.same_person_by_keys() & {(a, b) for a in group for b in group}


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind.startswith(("name: ", "e-mail: ", "LinkedIn: "))])
def test_one_person_written_in_two_ways_is_one_person_by_a_key_or_undecidable(
    generated: tuple[list[Row], Truth], kind: str
) -> None:
    _, truth = generated
    judged = truth.same_person_by_keys() | truth.undecidable
    for group in rows_of_groups(truth, kind):
        assert len({truth.rows[number].person for number in group}) == 1
        assert tuple(sorted(group)) in judged


@pytest.mark.parametrize("kind", ["name: diacritics", "name: last, first", "name: nickname", "name: particles"])
def test_names_of_these_kinds_are_really_written_differently(generated: tuple[list[Row], Truth], kind: str) -> None:
    rows, truth = generated
    names = {row.number: name_cells(row) for row in rows}
    for group in rows_of_groups(truth, kind):
        assert len({names[number] for number in group}) == 2


def test_only_namesakes_share_a_name(generated: tuple[list[Row], Truth]) -> None:
    rows, truth = generated
    bearers: dict[tuple[str, ...], set[int]] = defaultdict(set)
    kinds: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for row in rows:
        words = tuple(sorted(without_marks(name_cells(row)).lower().replace(",", " ").split()))
        if len(words) > 1 and truth.rows[row.number].kind in ("same e-mail", SINGLE, "namesakes"):
            bearers[words].add(truth.rows[row.number].person)
            kinds[words].add(truth.rows[row.number].kind)
    shared = [kinds[words] for words, people in bearers.items() if len(people) > 1]
    assert shared
    assert all(found_kinds == {"namesakes"} for found_kinds in shared)


def test_keys_lead_from_row_to_row() -> None:
    rows = {
        1: RowTruth(7, "chain", 1, ("email:7",), True),
        2: RowTruth(7, "chain", 1, ("linkedin:7",), True),
        3: RowTruth(7, "chain", 1, ("email:7", "linkedin:7"), True),
        4: RowTruth(7, "chain", 1, (), True),
    }
    truth = Truth(rows, frozenset({(1, 2)}))
    assert truth.same_person_by_keys() == {(1, 3), (2, 3)}
    assert truth.same_person() == {(1, 3), (2, 3), (1, 4), (2, 4), (3, 4)}


def test_the_right_candidates_reach_every_target(generated: tuple[list[Row], Truth]) -> None:
    _, truth = generated
    right = Joined({number: str(row.person) for number, row in truth.rows.items()}, frozenset(), 0)
    result = judge(right, right, truth)
    assert [figure.name for figure in result.figures if figure.ok is False] == []
    assert sum(kind.undecidable for kind in result.kinds) == len(truth.undecidable)


def test_one_candidate_for_everybody_and_one_for_every_row_miss_their_targets(
    generated: tuple[list[Row], Truth],
) -> None:
    _, truth = generated
    everybody = Joined(dict.fromkeys(truth.rows, "one"), frozenset(), 0)
    apart = Joined({number: str(number) for number in truth.rows}, frozenset(), 0)
    result = judge(everybody, apart, truth)
    missed = {figure.name for figure in result.figures if figure.ok is False}
    assert missed == {"wrong joins (pairs of rows)", "candidates that another order changes"}
    missed = {figure.name for figure in judge(apart, apart, truth).figures if figure.ok is False}
    assert missed == {"right joins"}


def test_rows_with_a_name_that_are_lost_are_counted(generated: tuple[list[Row], Truth]) -> None:
    _, truth = generated
    named = next(number for number, row in truth.rows.items() if row.has_name)
    joined = Joined({number: str(row.person) for number, row in truth.rows.items() if number != named}, frozenset(), 0)
    missed = {figure.name for figure in judge(joined, joined, truth).figures if figure.ok is False}
    assert missed == {"rows with a name that are in no candidate"}


def test_candidates_and_proposals_are_read_from_documents_and_suggestions() -> None:
    documents = [
        {
            "id": "x",
            "sources": [{"import_id": "i", "row": 1}, {"import_id": "k", "row": 1}],
            "flags": [{"kind": "shared_contact", "candidate_id": "y"}],
        },
        {"id": "y", "sources": [{"import_id": "i", "row": 2}], "flags": [{"kind": "shared_contact"}]},
        {"id": "z", "sources": [{"kind": "form"}]},
    ]
    suggestions = {"likely": [{"ids": ["y", "x"]}, {"ids": ["y", "z"]}, {"ids": ["y", "gone"]}]}
    joined = read_joined(documents, suggestions, {("i", 1): 1, ("i", 2): 2, ("k", 1): 3})
    assert joined.candidates == {1: "x", 3: "x", 2: "y"}
    assert joined.partition() == {frozenset({1, 3}), frozenset({2})}
    assert joined.proposals == {frozenset("xy"), frozenset("yz")}
    assert joined.flagged == 2
    assert joined.dangling == 1


def test_shuffled_files_hold_every_row_once_and_one_system_each(generated: tuple[list[Row], Truth]) -> None:
    rows, _ = generated
    files = shuffled_files(rows, SEED)
    assert len(files) == 10
    assert sorted(row.number for file in files for row in file) == [row.number for row in rows]
    assert all(len({row.system for row in file}) == 1 for file in files)


def test_an_export_is_read_back_as_it_was_written(generated: tuple[list[Row], Truth], tmp_path: Path) -> None:
    rows, _ = generated
    for place, file in enumerate(one_file_a_system(rows)):
        path = tmp_path / f"{place}.csv"
        write_export(path, file)
        with path.open(encoding="utf-8", newline="") as stream:
            assert list(csv.DictReader(stream)) == [row.cells for row in file]


def test_german_spelling_keeps_the_case_of_the_first_letter() -> None:
    assert german_spelling("Özil Größe Åse") == "Oezil Groesse Aase"
    assert without_marks("Łukasz Ørsted Weiß Þór") == "Lukasz Orsted Weiss Tor"


def test_an_evaluation_takes_every_row_with_a_name_through_the_command_line() -> None:
    result = evaluate(people=1, seed=SEED, files_per_system=1)
    figures = {figure.name: figure for figure in result.figures}
    assert figures["rows with a name that are in no candidate"].ok
    assert sum(kind.rows for kind in result.kinds) == figures["rows"].measured
    assert set(KINDS) <= {kind.kind for kind in result.kinds}
    assert sum(kind.wrong for kind in result.kinds) == figures["wrong joins (pairs of rows)"].measured
