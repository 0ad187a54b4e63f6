"""Skills are one thing under many names, and everyday words are skills only where a skill is meant."""

from __future__ import annotations

import pytest

from shared.vocabulary import SPECIALTIES
from shared.vocabulary.skills import (
    SKILLS_OF_ROLES,
    canonical,
    category,
    find_skills,
    implied_by,
    roles_using,
    skill_key,
)


def _names(text: str) -> list[str]:
    return [name for name, _ in find_skills(text)]


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("k8s", "Kubernetes"),
        ("React.js", "React"),
        ("node", "Node.js"),
        ("postgres", "PostgreSQL"),
        ("golang", "Go"),
        ("DSGVO", "GDPR"),
        ("comptabilité", "Bookkeeping"),
    ],
)
def test_aliases_are_one_skill(alias: str, name: str) -> None:
    assert canonical(alias) == name
    assert skill_key(alias) == skill_key(name)


def test_a_skill_nobody_listed_still_has_a_key_that_forgives_spelling() -> None:
    assert canonical("Fjordic Weaving") is None
    assert skill_key("Fjordic  Weaving") == skill_key("fjordic weaving")


def test_c_c_plus_plus_and_c_sharp_are_three_skills() -> None:
    assert len({skill_key("C"), skill_key("C++"), skill_key("C#")}) == 3
    assert _names("C++, C#") == ["C++", "C#"]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Go", ["Go"]),
        ("Go, Java", ["Go", "Java"]),
        ("senior backend engineer with Go or Java", ["Go", "Java"]),
        ("You will own services in Go or Java, design APIs", ["Go", "Java"]),
        ("C, C++, RTOS", ["C", "C++", "RTOS"]),
        ("go developer", ["Go"]),
        ("Ведущий разработчик Go", ["Go"]),
        ("Java-Entwickler mit Spring Boot", ["Java", "Spring Boot"]),
        ("Lean, SAP, Incoterms", ["Lean", "SAP", "Incoterms"]),
    ],
)
def test_ambiguous_names_count_where_a_skill_is_meant(text: str, names: list[str]) -> None:
    assert _names(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "We go the extra mile. Go, team!",
        "ready and go",
        "C-level exec",
        "vitamin C and zinc",
        "Series C funding",
        "React to changes in the lean spring",
        "Excel at everything",
        "plan R & D",
        "the swift response of our teams",
        "spark joy",
    ],
)
def test_everyday_words_are_no_skills(text: str) -> None:
    assert _names(text) == []


def test_quotes_stand_word_for_word_in_the_text() -> None:
    text = "Built APIs in GoLang on K8S; später PostgreSQL, Bilanzbuchhaltung, résumé parsing with Node.JS."
    found = find_skills(text)
    assert [name for name, _ in found] == ["Go", "Kubernetes", "PostgreSQL", "Node.js"]
    assert all(quote in text for _, quote in found)


def test_decomposed_accents_are_quoted_as_written() -> None:
    text = "Ge\u0301stion, comptabilite\u0301, Excel, SAP"
    assert ("Bookkeeping", "comptabilite\u0301") in find_skills(text)


def test_every_specialty_has_typical_skills_by_their_canonical_names() -> None:
    for function, specialties in SPECIALTIES.items():
        for specialty in specialties:
            assert implied_by(function, specialty), (function, specialty)
    for skills in SKILLS_OF_ROLES.values():
        assert all(canonical(name) == name and category(name) for name in skills)


def test_a_role_nobody_typified_implies_nothing() -> None:
    assert implied_by("general", None) == ()
    assert ("engineering", "frontend") in roles_using("React")


def test_a_search_typed_in_small_letters_names_one_letter_skills_too() -> None:
    assert find_skills("c developer") == [("C", "c")]
    assert find_skills("senior r statistician") == [("R", "r")]
    assert find_skills("c-level executive") == []
    assert find_skills("plan b, vitamin c and grade r") == []
