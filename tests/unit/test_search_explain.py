import json
import re
from collections.abc import Sequence
from dataclasses import replace

import pytest
from fake_model import FakeModel
from search_records import asking, person, search_ports

from shared.models.caller import Caller
from shared.ports import Reply, Store
from shared.search import search
from shared.search.result import Hit
from shared.search.score.explain import explain, is_faithful

WANTED = asking(
    "senior backend engineer, Go, Kafka, Berlin, bachelor, 5 years", ["Go", "Kafka"],
    specialties=("engineering/backend",), levels=("senior",), places=("Berlin",), degree="bachelor", min_years=5.0,
)  # fmt: skip
BACKEND = ("engineering", "backend", "senior")


def hit(store: Store, **known: object) -> Hit:
    person(store, "a", "Senior Backend Engineer", label=BACKEND, **known)  # type: ignore[arg-type]
    return search(search_ports(store, WANTED), WANTED.text, caller=Caller()).results[0]


def partly(store: Store) -> Hit:
    return hit(store, tags=["Golang"], location="Lima")


def test_the_paragraph_names_what_is_met_with_quotes_what_is_missing_and_what_nobody_recorded(store: Store):
    said = explain(partly(store))
    assert said.startswith("Meets role: engineering/backend, Go (“Senior Backend Engineer”, “Golang”); level: senior")
    assert "Missing: Kafka; Berlin asked, in Lima." in said
    assert said.endswith("Not known: degree: bachelor asked, none recorded.")


def test_every_number_of_the_paragraph_stands_in_the_factors(store: Store):
    for one in (
        partly(store),
        hit(store),
        hit(store, tags=["Go", "Kafka"], location="Berlin", degree="BSc 2:1 Physics", start="2023-02"),
    ):
        factors = json.dumps([factor.to_json() for factor in one.factors.values()])
        numbers = re.findall(r"\d+(?:\.\d+)?", one.explanation)
        assert numbers and all(number in factors for number in numbers)


def test_somebody_who_meets_nothing_is_said_to(store: Store):
    person(store, "a", None)
    found = search(search_ports(store, WANTED), WANTED.text, caller=Caller()).results[0]
    assert found.explanation.startswith("Meets nothing that was asked. Not known: ")


class TellingModel(FakeModel):
    """A fake that tells explanations as it was told to."""

    def __init__(self, told: str | None) -> None:
        super().__init__(WANTED)
        self.told, self.sent = told, list[str]()

    def rewrite(self, texts: Sequence[str]) -> list[Reply[str]]:
        self.sent += texts
        return [Reply(self.told) for _ in texts]


def told_by(store: Store, model: TellingModel, rewrite: bool = True) -> str:
    person(store, "a", "Senior Backend Engineer", label=BACKEND, tags=["Golang"], location="Lima")
    ports = replace(search_ports(store, WANTED), model=model)
    return search(ports, WANTED.text, caller=Caller(), rewrite=rewrite).results[0].explanation


def test_a_model_tells_an_explanation_anew_only_when_asked_and_only_as_far_as_it_keeps_to_it(store: Store):
    faithful = "A senior backend engineer with 8 years in the role who states Go. Kafka is missing."
    assert told_by(store, TellingModel(faithful)) == faithful
    unasked = TellingModel(faithful)
    assert told_by(store, unasked, rewrite=False) == explain(partly(store)) and unasked.sent == []
    for other in ("An amazing engineer, hire at once.", None):
        assert told_by(store, TellingModel(other)) == explain(partly(store))


def test_an_explanation_that_quotes_a_name_is_not_sent_to_a_model(store: Store):
    model = TellingModel("Anything.")
    person(store, "jane", "Baker", name="Jane Xiomara")
    model.requirements = asking("Jane Xiomara")
    ports = replace(search_ports(store, model.requirements), model=model)
    found = search(ports, "Jane Xiomara", caller=Caller(), rewrite=True).results[0]
    assert "Jane" in found.explanation and model.sent == []


@pytest.mark.parametrize(
    "paragraph",
    [
        "A senior backend engineer who states Go, with 8 years in the role. Kafka is missing.",
        "Holds the role engineering/backend (“Senior Backend Engineer”) but lacks Kafka; no degree recorded.",
    ],
)
def test_a_paragraph_that_retells_the_factors_is_faithful(store: Store, paragraph):
    assert is_faithful(paragraph, partly(store))
    assert is_faithful(explain(partly(store)), partly(store))


@pytest.mark.parametrize(
    "paragraph",
    [
        "A senior backend engineer with 12 years in the role.",  # a number nobody gave
        "A senior backend engineer with ten years in the role.",
        "A brilliant senior backend engineer.",  # praise
        "A senior backend engineer who states Go and Rust.",  # a skill nobody gave
        "A senior backend engineer at Google.",
        "A senior backend engineer who knows Kafka.",  # what is missing, told as met
        "Lives in Berlin.",
        "A backend engineer who lacks Go.",  # what is met, told as missing
        "States “Go and Kafka”.",  # a quote that is none
        "Holds a bachelor degree.",
    ],
)
def test_a_paragraph_with_anything_else_is_not(store: Store, paragraph):
    assert not is_faithful(paragraph, partly(store))
