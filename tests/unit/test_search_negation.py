"""What a request rules out in plain words is not asked for, and whoever holds it is left out."""

from __future__ import annotations

from typing import Any, cast

import pytest
from search_records import NOW, person

from shared.adapters.offline.model import OfflineModel
from shared.adapters.sqlite.store import SqliteStore
from shared.errors import InvalidRequest
from shared.models.caller import Caller
from shared.ports import Ports
from shared.search.find import search
from shared.vocabulary.demands_nothing import demands_of
from shared.vocabulary.negation import split_exclusions


@pytest.mark.parametrize(
    ("text", "asked", "excluded"),
    [
        ("Rust not Ruby", "Rust", ("Ruby",)),
        ("welder without MIG or TIG", "welder", ("MIG", "TIG")),
        ("editor except for sports, in Lyon", "editor, in Lyon", ("sports",)),
        ("analyst but not a controller", "analyst", ("controller",)),
        ("Koch ohne Patisserie in Köln", "Koch in Köln", ("Patisserie",)),
        ("Pflegerin, keine Nachtschichten", "Pflegerin", ("Nachtschichten",)),
        ("Pflegerin, keine Agenturen", "Pflegerin", ()),
        ("comptable sans SAP", "comptable", ("SAP",)),
        ("cuisinier, pas de pâtisserie", "cuisinier", ("pâtisserie",)),
        ("contable sin SAP con Excel", "contable con Excel", ("SAP",)),
        ("not only Rust", "not only Rust", ()),
        ("notary in Norwich", "notary in Norwich", ()),
    ],
)
def test_plain_negation_rules_out_the_phrase_behind_it(text: str, asked: str, excluded: tuple[str, ...]) -> None:
    assert split_exclusions(text) == (asked, excluded)


@pytest.mark.parametrize(
    "text",
    [
        "Ruby is not required.",
        "Ruby-Kenntnisse sind nicht erforderlich.",
        "Ruby n'est pas nécessaire.",
        "Ruby no es necesario.",
        "We used to be a Ruby house; we left it behind.",
        "We offer:\nRuby workshops\nand fruit",
        "About us: a Ruby company since 2009",
    ],
)
def test_what_is_not_required_or_is_offered_is_no_demand(text: str) -> None:
    wanted = OfflineModel().split_job(f"Backend engineer\nYou bring Kafka.\n{text}").value
    assert wanted is not None
    assert [skill.name for skill in wanted.skills] == ["Kafka"]


def test_demands_behind_an_offer_count_again() -> None:
    assert "Kafka" in demands_of("What we offer:\nfruit\n\nYou bring:\nKafka")


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("backend engineer not Java", ["go"]),
        ("backend engineer, not senior", ["java"]),
        ("Backend-Entwickler ohne Java", ["go"]),
        ("backend engineer", ["go", "java"]),
    ],
)
def test_whoever_holds_what_is_ruled_out_is_left_out(store: SqliteStore, text: str, ids: list[str]) -> None:
    ports = _ports(store)
    found = search(ports, text, caller=Caller())
    assert sorted(hit.candidate_id for hit in found.results) == ids


def test_only_ruling_out_is_refused_in_one_sentence(store: SqliteStore) -> None:
    with pytest.raises(InvalidRequest, match="only excludes"):
        search(_ports(store), "without Java", caller=Caller())


def _ports(store: SqliteStore) -> Ports:
    person(store, "java", "Backend Engineer", label=("engineering", "backend", "mid"), tags=["Java"])
    person(store, "go", "Senior Backend Engineer", label=("engineering", "backend", "senior"), tags=["Go"])
    missing = cast(Any, None)
    return Ports(store, missing, missing, OfflineModel(), missing, lambda: NOW, b"secret")
