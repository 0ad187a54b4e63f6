"""The unseen test set of the search evaluation keeps its form, so that figures made from it can be compared."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "benchmarks" / "search_sets" / "test"
LANGUAGES = {"en", "de", "fr", "es", "it", "pt", "nl", "pl", "zh", "ja", "ar"}
KINDS = {
    "occupation",
    "level",
    "skills",
    "negation",
    "x_not_y",
    "years",
    "spoken_language",
    "place",
    "employer",
    "industry",
    "salary",
    "availability",
    "acronym",
    "typo",
    "description",
    "career",
    "nobody",
    "lookup",
    "advertisement",
}


def read_lines(name: str) -> list[dict[str, Any]]:
    lines = (FOLDER / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.fixture(scope="module")
def people() -> list[dict[str, Any]]:
    return read_lines("people.jsonl")


@pytest.fixture(scope="module")
def queries() -> list[dict[str, Any]]:
    return read_lines("queries.jsonl")


@pytest.fixture(scope="module")
def demands() -> list[dict[str, Any]]:
    return read_lines("demands.jsonl")


def test_the_sets_are_large_enough(
    people: list[dict[str, Any]], queries: list[dict[str, Any]], demands: list[dict[str, Any]]
) -> None:
    assert len(people) >= 330
    assert len(queries) >= 75
    assert len(demands) == 25


def test_the_folder_stays_small() -> None:
    size = sum(path.stat().st_size for path in FOLDER.iterdir())
    assert size < 1_500_000


@pytest.mark.parametrize("name", ["people.jsonl", "queries.jsonl", "demands.jsonl", "occupations.jsonl"])
def test_an_id_is_used_once(name: str) -> None:
    ids = [row["id"] for row in read_lines(name)]
    assert len(ids) == len(set(ids))


def test_no_two_people_share_a_name_an_address_or_a_career(people: list[dict[str, Any]]) -> None:
    for field in ("name", "email", "positions"):
        values = [json.dumps(person[field], sort_keys=True) for person in people]
        assert len(values) == len(set(values)), field


def test_every_language_is_present(people: list[dict[str, Any]]) -> None:
    assert {person["language"] for person in people} == LANGUAGES


def test_every_person_has_a_unit_group_and_every_major_group_is_present(people: list[dict[str, Any]]) -> None:
    unit_groups = {row["id"]: row["isco"] for row in read_lines("occupations.jsonl")}
    assert set(unit_groups) == {person["id"] for person in people}
    assert all(re.fullmatch(r"\d{4}", group) for group in unit_groups.values())
    assert {group[0] for group in unit_groups.values()} == set("0123456789")
    assert len(set(unit_groups.values())) >= 45


def test_positions_have_a_title_an_employer_and_dates_in_order(people: list[dict[str, Any]]) -> None:
    for person in people:
        assert person["positions"], person["id"]
        for position in person["positions"]:
            assert position["title"] and position["company"], person["id"]
            assert re.fullmatch(r"\d{4}-\d{2}", position["start"]), person["id"]
            assert position["end"] is None or position["start"] <= position["end"] <= "2026-12", person["id"]


def test_addresses_are_reserved_for_examples(people: list[dict[str, Any]]) -> None:
    for person in people:
        assert re.fullmatch(r"[a-z0-9._-]+@example\.(com|org|net)", person["email"]), person["id"]


def test_about_a_third_of_the_people_have_a_cv(people: list[dict[str, Any]]) -> None:
    texts = {person["id"]: person["cv_text"] for person in people if "cv_text" in person}
    assert 0.3 <= len(texts) / len(people) <= 0.4
    for person in people:
        if person["id"] in texts and person["language"] not in {"zh", "ja"}:
            assert 145 <= len(texts[person["id"]].split()) <= 300, person["id"]


def test_every_kind_of_query_is_present(queries: list[dict[str, Any]]) -> None:
    assert {query["kind"] for query in queries} == KINDS


def test_no_query_is_asked_twice(queries: list[dict[str, Any]]) -> None:
    texts = [query["text"] for query in queries]
    assert len(texts) == len(set(texts))


def test_grades_point_to_people(people: list[dict[str, Any]], queries: list[dict[str, Any]]) -> None:
    ids = {person["id"] for person in people}
    for query in queries:
        assert set(query["grades"]) <= ids, query["id"]
        assert set(query["grades"].values()) <= {1, 2, 3}, query["id"]
        assert set(query["must_not"]) <= ids, query["id"]
        assert not set(query["must_not"]) & set(query["grades"]), query["id"]


def test_a_query_has_a_best_answer_or_nobody(queries: list[dict[str, Any]]) -> None:
    for query in queries:
        if query["nobody"]:
            assert query["grades"] == {}, query["id"]
        else:
            assert 3 in query["grades"].values(), query["id"]


def test_demands_are_complete_and_in_four_languages(demands: list[dict[str, Any]]) -> None:
    assert {advertisement["language"] for advertisement in demands} == {"en", "de", "fr", "es"}
    for advertisement in demands:
        assert len(advertisement["text"].split()) >= 140, advertisement["id"]
        assert advertisement["roles"] and advertisement["must"] and advertisement["places"], advertisement["id"]
        assert set(advertisement) == {
            "id",
            "language",
            "text",
            "roles",
            "must",
            "nice",
            "not",
            "years",
            "languages",
            "places",
        }
