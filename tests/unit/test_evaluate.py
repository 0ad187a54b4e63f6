"""What `make eval` prints is worked out by hand here on small cases, so that a wrong formula cannot flatter us."""

from __future__ import annotations

import json
from math import isclose, log2
from pathlib import Path
from typing import Any

from benchmarks.datasets import Dataset, carried, load
from benchmarks.evaluate import Outcome, duplicate_figures, graded, import_figures, label_figures, reading_figures
from benchmarks.figures import Figure, figures_table, missed
from benchmarks.scores import accuracy, macro_f1, ndcg, pairs_within, precision_recall
from benchmarks.terminal import Terminal


def record(number: int, candidate: int | None, person: int, **more: Any) -> dict[str, Any]:
    base = {"record": number, "kind": "clean", "person": person, "has_name": True, "disqualified": candidate is None}
    base |= {"current_title": "Engineer", "current_company": "Quillmark", "function": "engineering"}
    base |= {"specialty": "backend", "level": "mid"} | more
    return base if candidate is None else base | {"candidate": candidate}


def document(name: str, *rows: int, **more: Any) -> dict[str, Any]:
    label = {"function": "engineering", "level": "mid", "functions": [{"specialties": ["backend"]}]}
    profile = {"experiences": [{"title": "Engineer", "company": "Quillmark"}]}
    sources = [{"row": row, "import_id": "i"} for row in rows]
    return {"id": name, "sources": sources, "profile": profile, "classification": label, "flags": []} | more


def outcome(truth: list[dict[str, Any]], documents: list[dict[str, Any]], **counts: Any) -> Outcome:
    data = Dataset("hand-made", Path("none.csv"), {line["record"]: line for line in truth})
    return Outcome(data, Terminal(Path("nowhere")), counts, documents)


def named(figures: Any) -> dict[str, Figure]:
    return {figure.name: figure for figure in figures}


def test_ndcg_is_one_for_the_ideal_order_and_discounts_a_late_hit() -> None:
    assert ndcg([2, 1, 0], [2, 1]) == 1.0
    assert isclose(ndcg([0, 2], [2]), 1 / log2(3))
    assert isclose(ndcg([1, 2], [1, 2]), (1 + 3 / log2(3)) / (3 + 1 / log2(3)))


def test_ndcg_sees_nothing_behind_its_depth() -> None:
    assert ndcg([0] * 10 + [2], [2]) == 0.0
    assert ndcg([], []) == 0.0


def test_macro_f1_counts_a_rare_class_as_much_as_a_common_one() -> None:
    pairs = [("a", "a"), ("a", "a"), ("a", "a"), ("b", "a")]
    assert accuracy(pairs) == 0.75
    assert isclose(macro_f1(pairs), (6 / 7 + 0) / 2)


def test_pairs_are_those_within_a_group() -> None:
    merged = pairs_within({1: "x", 2: "x", 3: "x", 4: "y"})
    assert merged == {(1, 2), (1, 3), (2, 3)}
    assert precision_recall(merged, {(1, 2), (4, 5)}) == (1 / 3, 1 / 2)


def test_two_people_in_one_document_cost_precision_and_a_split_person_costs_recall() -> None:
    truth = [record(1, 1, 1), record(2, 1, 1), record(3, 3, 3), record(4, 4, 4)]
    split = named(duplicate_figures(outcome(truth, [document(c, n) for n, c in enumerate("abcd", 1)])))
    assert split["merged pairs: recall"].ok is False
    mixed = named(duplicate_figures(outcome(truth, [document("a", 1, 2), document("b", 3, 4)])))
    assert mixed["merged pairs: precision"].measured == 0.5
    assert mixed["merged pairs: precision"].ok is False


def test_a_true_pair_without_a_key_must_be_flagged_in_either_document() -> None:
    truth = [record(1, 1, 1), record(2, 2, 1)]
    flag = {"kind": "possible_duplicate", "detail": "name and employer", "candidate_id": "a"}
    name = "true pairs without a key: flagged"
    silent = named(duplicate_figures(outcome(truth, [document("a", 1), document("b", 2)])))[name]
    spoken = named(duplicate_figures(outcome(truth, [document("a", 1), document("b", 2, flags=[flag])])))[name]
    assert (silent.ok, spoken.ok) == (False, True)


def test_an_agency_mail_box_is_as_many_candidates_as_people() -> None:
    truth = [record(1, 1, 1, kind="agency_email"), record(2, 1, 2, kind="agency_email"), record(3, 3, 3)]
    assert outcome(truth, []).data.true_groups() == 3


def test_a_lost_row_misses_the_target() -> None:
    truth = [record(1, 1, 1), record(2, None, 2)]
    skipped = {"disqualified": 1, "no_name": 0, "duplicate": 0}
    counts: dict[str, Any] = {"rows": 2, "merged": 0, "unchanged": 0, "skipped": skipped}
    assert not missed(list(import_figures(outcome(truth, [document("a", 1)], created=1, **counts))))
    assert missed(list(import_figures(outcome(truth, [], created=0, **counts))))


def test_a_wrong_title_and_a_wrong_level_miss_their_targets() -> None:
    other: dict[str, Any] = {"function": "engineering", "level": "senior", "functions": []}
    wrong = document("a", 1, profile={"experiences": []}, classification=other)
    result = outcome([record(1, 1, 1)], [wrong])
    assert named(reading_figures(result))["current title read"].ok is False
    labels = named(label_figures(result))
    assert (labels["function: accuracy"].ok, labels["level: accuracy"].ok) == (True, False)


def test_people_without_any_title_are_not_held_against_the_labels() -> None:
    truth = [record(1, 1, 1), record(2, 2, 2, current_title=None, level="intern")]
    labels = named(label_figures(outcome(truth, [document("a", 1), document("b", 2)])))
    assert labels["level: accuracy"].measured == 1.0


def test_a_candidate_found_twice_counts_once() -> None:
    truth = [record(1, 1, 1), record(2, 1, 1)]
    result = outcome(truth, [document("a", 1), document("b", 2)])
    found = [{"candidate_id": "a"}, {"candidate_id": "b"}, {"candidate_id": "stranger"}]
    assert graded(result, found, {"1": 2}) == [2, 0, 0]


def test_a_ratio_is_held_against_its_target_and_a_plain_number_is_too() -> None:
    assert Figure("speed", 30.0, floor=100.0, target=0.25).ok is True
    assert Figure("speed", 20.0, floor=100.0, target=0.25).ok is False
    assert Figure("memory", 140, target=150, better="low").ok is True
    assert Figure("count", 3, target=4, better="equal").ok is False
    assert Figure("shown only", 1.0).ok is None
    assert "MISSED" in figures_table([Figure("speed", 20.0, floor=100.0, target=0.25)])


def test_a_truth_line_without_a_number_is_numbered_by_its_place(tmp_path: Path) -> None:
    truth = tmp_path / "truth.jsonl"
    truth.write_text("".join(json.dumps({"kind": kind}) + "\n" for kind in ("clean", "blank")), encoding="utf-8")
    assert load("small", tmp_path / "small.csv", truth).truth[2] == {"kind": "blank"}


def test_the_data_the_repository_carries_has_truth_and_graded_searches() -> None:
    sets = list(carried())
    assert all(data.export.exists() and data.live() for data in sets)
    assert any(len(data.queries) >= 10 for data in sets)
