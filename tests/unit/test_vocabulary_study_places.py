"""Degrees and places are read by any of their names."""

from __future__ import annotations

import pytest

from shared.vocabulary.places import find_places, same_place
from shared.vocabulary.study import fields_of_study, read_degree


@pytest.mark.parametrize(
    ("text", "level", "field"),
    [
        ("BSc Computer Science", "bachelor", "computer science"),
        ("Diplom-Informatiker", "master", "computer science"),
        ("Licence Informatique", "bachelor", "computer science"),
        ("Bacharelado em Sistemas de Informação", "bachelor", "computer science"),
        ("MBA", "master", "business"),
        ("PhD Statistics", "phd", "statistics"),
        ("LLB", "bachelor", "law"),
        ("Associate Degree, Business", "associate", "business"),
        ("Mestrado em Economia", "master", "economics"),
        ("计算机科学硕士", "master", "computer science"),
        ("Swimming badge", None, None),
    ],
)
def test_degrees_are_read_with_level_and_field(text: str, level: str | None, field: str | None) -> None:
    assert read_degree(text) == (level, field)


def test_every_field_of_a_sentence_is_named() -> None:
    assert fields_of_study("degree in economics, law or nursing") == ("economics", "law", "nursing")


def test_one_city_has_many_names() -> None:
    assert find_places("München, Germany")[0] == ("Munich", "Germany", "München")
    assert same_place("Munich", "München, Deutschland")
    assert same_place("東京", "Tokyo, Japan")


def test_a_city_lies_in_its_country_and_in_no_other() -> None:
    assert same_place("Berlin", "Germany")
    assert not same_place("Berlin", "France")
    assert not same_place("Berlin", "Munich, Germany")


def test_unknown_places_are_the_same_only_by_their_words() -> None:
    assert same_place("Kleinkleckersdorf", "kleinkleckersdorf")
    assert not same_place("Kleinkleckersdorf", "Hintertupfing")
    assert not same_place("", "")


@pytest.mark.parametrize("text", ["IT support", "we are in it", "Nice team", "no reading here", "CA signing"])
def test_words_that_are_also_codes_or_towns_are_no_places(text: str) -> None:
    assert find_places(text) == []


def test_a_state_code_is_not_a_country() -> None:
    assert [place for place, _, _ in find_places("San Francisco, CA")] == ["San Francisco"]
