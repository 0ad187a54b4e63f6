"""Every word of a request counts: those no requirement was read from are looked for in the person's own words."""

from __future__ import annotations

from typing import Any, cast

from search_records import NOW, person

from shared.adapters.offline.model import OfflineModel
from shared.adapters.sqlite.store import SqliteStore
from shared.models.caller import Caller
from shared.ports import Ports
from shared.search.find import search
from shared.search.result import SearchResult
from shared.vocabulary.terms import search_terms

ROUTING = "Planned harvester routes with Quobixal for 12 farms. Write to ann@example.org or +44 7700 900123."


def _search(store: SqliteStore, text: str) -> SearchResult:
    missing = cast(Any, None)
    ports = Ports(store, missing, missing, OfflineModel(), missing, lambda: NOW, b"secret")
    return search(ports, text, caller=Caller())


def _described(store: SqliteStore, id: str, description: str) -> None:
    job = {"title": "Backend Engineer", "company": "Acme", "start": "2018-06", "current": True}
    more = {"profile": {"experiences": [{**job, "description": description}], "educations": [], "tags": []}}
    person(store, id, "Backend Engineer", label=("engineering", "backend", "mid"), more=more)


def test_a_word_only_a_description_holds_finds_its_person_first_and_is_quoted(store: SqliteStore) -> None:
    _described(store, "plain", "Kept the lights on.")
    _described(store, "routes", ROUTING)
    first, second = _search(store, "backend engineer Quobixal").results
    assert (first.candidate_id, second.candidate_id) == ("routes", "plain")
    assert "quobixal" in first.factors["skill"].notes.met
    assert ROUTING in [each.quote for each in first.factors["skill"].notes.evidence]
    assert "quobixal" in second.factors["skill"].notes.missing


def test_a_word_nobody_holds_lowers_every_score(store: SqliteStore) -> None:
    _described(store, "plain", "Kept the lights on.")
    with_word, without = _search(store, "backend engineer zzyzx"), _search(store, "backend engineer")
    assert with_word.results[0].score < without.results[0].score


def test_a_score_by_words_does_not_depend_on_who_else_is_there(store: SqliteStore) -> None:
    _described(store, "routes", ROUTING)
    alone = _search(store, "backend engineer Quobixal harvester").results[0].score
    _described(store, "other", "Harvester harvester harvester")
    scores = {hit.candidate_id: hit.score for hit in _search(store, "backend engineer Quobixal harvester").results}
    assert scores["routes"] == alone


def test_a_word_in_a_title_says_more_than_in_a_description(store: SqliteStore) -> None:
    person(store, "title", "Quobixal")
    _described(store, "prose", "Wrote software for a Quobixal.")
    scores = {hit.candidate_id: hit.score for hit in _search(store, "Quobixal").results}
    assert scores["title"] > scores["prose"] > 0


def test_addresses_and_numbers_in_descriptions_are_no_search_terms() -> None:
    terms = search_terms({"profile": {"experiences": [{"description": ROUTING}]}})
    assert "harvester" in terms
    assert not {"ann", "example.org", "900123", "7700", "12"} & set(terms)


def test_where_nobody_holds_a_word_nobody_is_the_answer_and_the_closest_are_named(store: SqliteStore) -> None:
    _described(store, "plain", "Kept the lights on.")
    answer = _search(store, "zzyzx").to_json()
    assert (answer["results"], answer["nobody"], answer["not_understood"]) == ([], True, ["zzyzx"])
    assert [hit["candidate_id"] for hit in answer["closest"]] == ["plain"]


def test_words_nobody_holds_are_named_and_neighbours_stay_together(store: SqliteStore) -> None:
    _described(store, "routes", ROUTING)
    answer = _search(store, "backend engineer Quobixal frobnicating widgetry").to_json()
    assert answer["not_understood"] == ["frobnicating widgetry"]
    assert not answer["nobody"]
