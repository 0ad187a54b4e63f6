"""Occupations are read from titles in many languages, and neighbours rank behind the occupation itself."""

from __future__ import annotations

from typing import Any, cast

import pytest
from search_records import NOW, person

from shared.adapters.offline.model import OfflineModel
from shared.adapters.sqlite.store import SqliteStore
from shared.models.caller import Caller
from shared.ports import Ports
from shared.search.find import search
from shared.vocabulary.nearness import NEAR, SAME, SAME_MINOR, SAME_UNIT, nearness
from shared.vocabulary.occupations import read_occupations


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Bricklayer", "bricklayer"),
        ("Senior Bricklayer (nights)", "bricklayer"),
        ("bricklayers", "bricklayer"),
        ("Bergmann", "miner"),
        ("Grain farmer and part-time mayor", "grain_farmer"),
    ],
)
def test_a_title_names_its_occupation(title: str, key: str) -> None:
    assert key in [occupation.key for occupation in read_occupations(title)]


def test_a_word_that_says_nothing_by_itself_names_no_occupation_in_a_longer_title() -> None:
    assert read_occupations("Something of Service") == ()


def test_an_acronym_with_two_meanings_keeps_both() -> None:
    assert {"product_manager", "project_manager"} <= {each.key for each in read_occupations("PM")}


def test_nearness_falls_from_the_occupation_to_its_groups() -> None:
    (grain,), (vegetable,), (arable,) = map(read_occupations, ("grain farmer", "vegetable farmer", "crop farmer"))
    (astronomer,), (miner,) = map(read_occupations, ("astronomer", "coal miner"))
    assert nearness(grain, grain) == SAME
    assert nearness(grain, vegetable) == SAME_UNIT == nearness(arable, grain)
    assert nearness(astronomer, miner) == 0 < SAME_MINOR < NEAR < SAME_UNIT


def test_the_occupation_itself_stands_first_and_a_neighbour_behind_it(store: SqliteStore) -> None:
    person(store, "neighbour", "Vegetable Grower", start="2005-01")
    person(store, "past", "Mayor", start="2005-01")
    person(store, "same", "Getreidebauer", start="2019-01")
    missing = cast(Any, None)
    ports = Ports(store, missing, missing, OfflineModel(), missing, lambda: NOW, b"secret")
    hits = {hit.candidate_id: hit.score for hit in search(ports, "grain farmer", caller=Caller()).results}
    assert hits["same"] > 0.9
    assert hits["same"] > hits["neighbour"] > hits.get("past", 0.0)


def test_who_leads_a_function_is_asked_for_by_function_and_level_and_not_by_one_title(store: SqliteStore) -> None:
    label = ("finance", "accounting", "vp")
    person(store, "vp", "VP Finance", label=label)
    missing = cast(Any, None)
    ports = Ports(store, missing, missing, OfflineModel(), missing, lambda: NOW, b"secret")
    hit = search(ports, "VP or head of finance", caller=Caller()).results[0]
    assert hit.score > 0.9
