"""A new model or text is filled in beside the live vectors: a search never mixes the two and always finds people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from conftest import Importer
from fake_model import FakeModel

from shared.adapters.offline.model import OfflineModel
from shared.errors import InvalidRequest
from shared.models.caller import Caller
from shared.pipeline.backlog import bring_in_stale, due_ids, sweep
from shared.pipeline.run import deliver, tasks_for
from shared.ports import Delete, Ports, Reply, Update, Vector
from shared.search import search
from shared.stages import embedding_text
from shared.stages.stage import load_stage
from shared.vectors.generations import filling, live_space, place_to_fill, switch_if_complete, tidy
from shared.wiring import thread_queue

PEOPLE = 300
SYLLABLES = ("ba", "de", "ki", "lo", "mu", "na", "po", "ri", "su", "te")
HEAD = "Name,Email,Experiences\n"
ANYONE = Caller(role="admin")


def word(number: int) -> str:
    """A word of its own for each: texts that differ by figures alone may be embedded as one."""
    return "".join(SYLLABLES[int(digit)] for digit in f"{number:03}").title()


def row(number: int) -> str:
    return f"Person {number},p{number}@example.com,Engineer at {word(number)} GmbH (01/2020 to N/A)\n"


class TwoModels(FakeModel):
    """Each recipe has half of the dimensions to itself: vectors of two recipes have nothing in common."""

    known = ("old", "new")

    def __init__(self) -> None:
        super().__init__()
        self.now = "old"
        self.queries: list[str] = []
        self.refused: tuple[str, ...] = ()

    def recipe(self, task: str) -> str:
        return f"{self.now} model" if task == "embed" else super().recipe(task)

    def embed(self, texts: Sequence[str], purpose: str, recipe: str | None = None) -> list[Reply[Vector]]:
        name = (recipe or f"{self.now} model").split()[0]
        if name not in self.known:
            raise InvalidRequest("a model of another house")
        if purpose == "query":
            self.queries.append(name)
        return [self._reply(text, name) for text in texts]

    def _reply(self, text: str, name: str) -> Reply[Vector]:
        if any(word in text for word in self.refused):
            return Reply(None, "too strange to embed")
        rng = np.random.default_rng(list(text.encode()))
        vector = np.zeros(768, np.float32)
        half = slice(0, 384) if name == "old" else slice(384, 768)
        vector[half] = rng.standard_normal(384)
        return Reply(vector / np.float32(np.linalg.norm(vector)))


@pytest.fixture
def model() -> TwoModels:
    return TwoModels()


class NotesLegs:
    """The store, which notes what a search's vector legs compared: (half of the query, half of each found)."""

    def __init__(self, store: Any) -> None:
        self._store = store
        self.products: list[float] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def nearest(self, kind: str, field: str, vector: Vector, *rest: Any) -> list[tuple[str, float]]:
        found: list[tuple[str, float]] = self._store.nearest(kind, field, vector, *rest)
        self.products += [product for _, product in found]
        return found


def drain(ports: Ports) -> None:
    while sweep(ports) or bring_in_stale(ports):
        thread_queue(ports).join()


def recipe_now(ports: Ports) -> str:
    return load_stage("embed").recipe(ports)


def vector_hits(ports: Ports) -> list[float]:
    """Search once; return the products of the vector legs, never a mixture: orthogonal vectors would give zeros."""
    notes = NotesLegs(ports.store)
    found = search(replace(ports, store=notes), f"Engineer at {word(7)} GmbH", caller=ANYONE)  # type: ignore[arg-type]
    assert found.results
    return notes.products


def held(ports: Ports, name: str) -> set[str]:
    return {each.id for each in ports.store.query("candidates", fields=(name,)) if name in each.data}


@pytest.fixture
def people(take: Importer, ports: Ports) -> list[str]:
    take(HEAD + "".join(row(n) for n in range(PEOPLE)))
    drain(ports)
    return [each.id for each in ports.store.query("candidates", fields=())]


def change_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shared.stages.embed.TEXT_VERSION", embedding_text.TEXT_VERSION + 1)


def fill_some(ports: Ports, most: int) -> None:
    """Embed so many of those that await it."""
    for task in tasks_for("candidates", "embed", due_ids(ports, "candidates", "embed", most)):
        deliver(ports, task, follow=False)


def test_during_a_change_of_model_every_search_uses_the_old_space_alone_and_finds_people(
    ports: Ports, people: list[str], model: TwoModels
) -> None:
    model.now = "new"
    model.queries.clear()
    assert bring_in_stale(ports) == PEOPLE
    seen = Counter[str]()
    while due_ids(ports, "candidates", "embed", 1):
        products = vector_hits(ports)
        assert len(products) == 150 and min(map(abs, products)) > 0
        seen[live_space(ports.store, "candidates").recipe.split()[0]] += 1
        fill_some(ports, 50)
    assert seen == {"old": PEOPLE // 50} and set(model.queries) == {"old"}
    assert live_space(ports.store, "candidates").recipe == recipe_now(ports)
    products = vector_hits(ports)
    assert len(products) == 150 and min(map(abs, products)) > 0
    assert model.queries[-1] == "new"


def test_a_change_of_text_fills_beside_with_the_same_model(
    ports: Ports, people: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = ports.store.get("candidates", people, fields=("embedding",))
    change_text(monkeypatch)
    bring_in_stale(ports)
    fill_some(ports, 100)
    now = ports.store.get("candidates", people, fields=("embedding",))
    assert all((now[id_].data["embedding"] == before[id_].data["embedding"]).all() for id_ in people)
    far = filling(ports.store, "candidates", recipe_now(ports))
    assert far is not None and (far.filled, far.left, far.failed) == (100, PEOPLE - 100, 0)
    drain(ports)
    assert live_space(ports.store, "candidates").place == 2
    assert filling(ports.store, "candidates", recipe_now(ports)) is None


def test_the_space_before_is_removed_after_the_switch_and_not_earlier(
    ports: Ports, people: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    change_text(monkeypatch)
    bring_in_stale(ports)
    fill_some(ports, 100)
    assert tidy(ports, "candidates", recipe_now(ports)) == 0 and len(held(ports, "embedding")) == PEOPLE
    drain(ports)
    assert len(held(ports, "embedding")) == PEOPLE
    assert tidy(ports, "candidates", recipe_now(ports), most=100) > 0
    tidy(ports, "candidates", recipe_now(ports))
    assert held(ports, "embedding") == set() and len(held(ports, "embedding_2")) == PEOPLE
    beside = ports.store.query("vectors", fields=("experience", "experience_2"))
    assert {tuple(each.data) for each in beside} == {("experience_2",)}
    assert live_space(ports.store, "candidates").tidied is None
    assert len(vector_hits(ports)) == 150


def test_someone_who_comes_during_the_change_is_found_by_words_and_then_by_vector(
    ports: Ports, people: list[str], model: TwoModels, take: Importer
) -> None:
    model.now = "new"
    bring_in_stale(ports)
    take(HEAD + "Late Comer,late@example.com,Zymurgist at Brewery (01/2020 to N/A)\n")
    late = next(id_ for id_ in due_ids(ports, "candidates", "classify") if id_ not in people)
    for stage in ("classify", "enrich", "embed"):
        deliver(ports, tasks_for("candidates", stage, [late])[0], follow=False)
    assert (late in held(ports, "embedding"), late in held(ports, "embedding_2")) == (False, True)
    assert late in {hit.candidate_id for hit in search(ports, "Zymurgist at Brewery", caller=ANYONE).results}
    drain(ports)
    products = dict(ports.store.nearest("candidates", "embedding_2", _vector(ports, late, "embedding_2"), (), 1))
    assert late in products and live_space(ports.store, "candidates").place == 2


def _vector(ports: Ports, id_: str, field: str) -> Vector:
    vector: Vector = ports.store.get("candidates", [id_], fields=(field,))[id_].data[field]
    return vector


def test_a_person_whose_text_fails_keeps_the_old_vector_and_one_in_a_hundred_stops_nothing(
    ports: Ports, people: list[str], model: TwoModels
) -> None:
    model.now, model.refused = "new", (word(7),)
    bring_in_stale(ports)
    drain(ports)
    failed = ports.store.query("candidates", [("stages.embed.state", "==", "failed")], fields=())
    assert len(failed) == 1 and failed[0].id in held(ports, "embedding")
    assert failed[0].id not in held(ports, "embedding_2")
    assert live_space(ports.store, "candidates").place == 2


def test_a_space_most_people_failed_in_does_not_go_live(ports: Ports, people: list[str], model: TwoModels) -> None:
    model.now, model.refused = "new", (SYLLABLES[1].title(),)
    bring_in_stale(ports)
    drain(ports)
    assert live_space(ports.store, "candidates").place == 1
    far = filling(ports.store, "candidates", recipe_now(ports))
    assert far is not None and far.left == 0 and far.failed == 100 and not far.complete
    assert min(map(abs, vector_hits(ports))) > 0


def test_going_back_to_the_old_model_changes_nothing_for_searches(
    ports: Ports, people: list[str], model: TwoModels
) -> None:
    model.now = "new"
    bring_in_stale(ports)
    fill_some(ports, 100)
    model.now = "old"
    assert len(vector_hits(ports)) == 150
    drain(ports)
    bring_in_stale(ports)
    drain(ports)
    assert {each.data["stages"]["embed"]["recipe"] for each in ports.store.query("candidates")} == {recipe_now(ports)}
    assert live_space(ports.store, "candidates").place == 1 and len(held(ports, "embedding")) == PEOPLE


def test_a_third_model_in_the_middle_of_a_change_leaves_nothing_of_the_second(
    ports: Ports, people: list[str], model: TwoModels, monkeypatch: pytest.MonkeyPatch
) -> None:
    change_text(monkeypatch)
    bring_in_stale(ports)
    fill_some(ports, 100)
    model.now = "new"
    bring_in_stale(ports)
    drain(ports)
    vectors = np.stack([_vector(ports, id_, "embedding_2") for id_ in people])
    assert live_space(ports.store, "candidates").place == 2 and not vectors[:, :384].any()


def test_an_installation_of_before_knows_its_space_by_its_records(
    ports: Ports, people: list[str], model: TwoModels
) -> None:
    old = recipe_now(ports)
    ports.store.commit([[Delete("spaces", "candidates")]])
    model.now = "new"
    assert live_space(ports.store, "candidates").recipe == old
    assert place_to_fill(ports, "candidates", recipe_now(ports)) == 2
    assert live_space(ports.store, "candidates").recipe == old


def test_a_model_that_cannot_be_asked_any_more_leaves_the_words(
    ports: Ports, people: list[str], model: TwoModels
) -> None:
    model.now, model.known = "new", ("new",)
    found = search(ports, f"Engineer at {word(7)} GmbH", caller=ANYONE)
    assert found.results and any("cannot be asked" in note for note in found.notes)


def test_only_one_of_two_switches_and_only_when_complete(ports: Ports, people: list[str], model: TwoModels) -> None:
    model.now = "new"
    assert not switch_if_complete(ports, "candidates", recipe_now(ports))
    bring_in_stale(ports)
    fill_some(ports, PEOPLE)
    assert live_space(ports.store, "candidates").place == 2
    assert not switch_if_complete(ports, "candidates", recipe_now(ports))


def test_whoever_has_no_words_left_has_no_vector_left(ports: Ports, people: list[str]) -> None:
    ports.store.commit([[Update("candidates", people[0], {"profile": {}, "enrichment": None, "classification": None,
                                                           "awaiting": "embed"}, None)]])  # fmt: skip
    drain(ports)
    assert people[0] not in held(ports, "embedding")
    assert set(ports.store.get("vectors", people[:1], fields=("skill", "experience"))[people[0]].data) == set()


def test_the_offline_model_knows_one_recipe() -> None:
    model = OfflineModel()
    with pytest.raises(InvalidRequest, match="as 'gemini"):
        model.embed(["text"], "query", "gemini-embedding-2 prefix-1")
    assert model.embed([], "query", model.recipe("embed")) == []
