"""Placeholders are found, every planted one, and no genuine vector is taken for one."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from conftest import FIXTURES
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.adapters.offline.encoding import Encoder
from shared.ports import Vector
from shared.vectors.placeholders import KINDS, MANY, SharedVectors, kinds_of

RANDOM = np.random.default_rng(7)


def unit(vectors: Any) -> Vector:
    rows = np.asarray(vectors, np.float32)
    lengths: Vector = np.linalg.norm(rows, axis=-1, keepdims=True)
    return rows / lengths


def genuine(count: int = 1) -> Vector:
    return unit(RANDOM.standard_normal((count, 768)))


def steps(start: float, step: float, count: int = 768) -> Vector:
    return (start + step * np.arange(count)).astype(np.float32)


PLANTED: dict[str, list[Callable[[], Any]]] = {
    "wrong_length": [
        lambda: RANDOM.standard_normal(384),
        lambda: list(RANDOM.standard_normal(384)),
        lambda: steps(0.414, 0.001, 384),
        lambda: np.zeros(1536, np.float32),
        lambda: [],
        lambda: 0.5,
        lambda: np.ones((768, 1)),
        lambda: np.concatenate([unit(RANDOM.standard_normal(384)), np.zeros(384)]),
    ],
    "not_a_number": [
        lambda: np.where(np.arange(768) == 17, np.nan, genuine()[0]),
        lambda: np.full(768, np.nan),
        lambda: np.where(np.arange(768) == 700, np.inf, genuine()[0]),
        lambda: [1e300] * 768,
    ],
    "zero": [lambda: np.zeros(768), lambda: [0.0] * 768, lambda: [0] * 768],
    "constant": [lambda: np.full(768, 0.1), lambda: np.full(768, 768**-0.5), lambda: np.full(768, -1.0)],
    "sequential": [
        lambda: steps(0.414, 0.001),
        lambda: unit(steps(0.414, 0.001)),
        lambda: np.round(steps(0.414, 0.001), 3),
        lambda: steps(0.0, 1 / 768),
        lambda: unit(np.arange(768)),
        lambda: unit(steps(1.0, -0.001)),
        lambda: steps(0.414, 0.001) % 1,
        lambda: unit(np.round(steps(0.414, 0.001), 3) % 0.5),
    ],
    "repeating": [
        lambda: unit(np.tile(RANDOM.standard_normal(384), 2)),
        lambda: unit(np.tile(RANDOM.standard_normal(32), 24)),
        lambda: np.tile(RANDOM.standard_normal(256), 3),
    ],
    "not_unit": [lambda: genuine()[0] * 2, lambda: genuine()[0] * 0.99, lambda: RANDOM.standard_normal(768)],
}
CASES = [(kind, make) for kind, makes in PLANTED.items() for make in makes]


@pytest.mark.parametrize(("kind", "make"), CASES, ids=[f"{kind}-{n}" for n, (kind, _) in enumerate(CASES)])
def test_every_planted_placeholder_is_found_by_its_kind(kind: str, make: Callable[[], Any]) -> None:
    assert kinds_of([make()]) == [kind]


def test_planted_ones_are_found_among_genuine_ones_and_only_they() -> None:
    vectors: list[Any] = list(genuine(500))
    planted = {37 * n: (kind, make()) for n, (kind, make) in enumerate(CASES[:13])}
    for place, (_, vector) in planted.items():
        vectors[place] = vector
    found = {place: kind for place, kind in enumerate(kinds_of(vectors)) if kind}
    assert found == {place: kind for place, (kind, _) in planted.items()}


@given(start=st.floats(-1, 1), step=st.floats(1e-4, 0.1), down=st.booleans(), scaled=st.booleans())
@settings(max_examples=60, deadline=None)
def test_a_sequence_is_found_wherever_it_starts_and_however_it_steps(
    start: float, step: float, down: bool, scaled: bool
) -> None:
    sequence = steps(start, -step if down else step)
    assert kinds_of([unit(sequence) if scaled else sequence]) == ["sequential"]


def test_no_false_alarm_on_ten_thousand_random_unit_vectors() -> None:
    vectors = genuine(10_000)
    shared = SharedVectors()
    ids = [str(n) for n in range(len(vectors))]
    shared.add(ids, list(vectors))
    assert set(kinds_of(list(vectors))) == {None}
    assert shared.ids(lambda some: {id_: id_ for id_ in some}) == []


def real_texts() -> list[str]:
    """Words people wrote: the positions, skills and schools of the export's truth, cut as they are embedded."""
    texts: set[str] = set()
    for line in (FIXTURES / "ats" / "ats_export.csv.truth.jsonl").read_text(encoding="utf-8").splitlines():
        values = [value for value in strings(json.loads(line)) if any(letter.isalpha() for letter in value)]
        texts.update(values)
        texts.update(f"{one}, {other}" for one, other in pairwise(values))
    return sorted(texts)


def strings(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return [text for each in inner for text in strings(each)]


def test_no_false_alarm_on_the_offline_encoders_vectors_of_real_texts() -> None:
    texts = real_texts()[:2_500]
    assert len(texts) == 2_500
    vectors = Encoder().encode(texts)
    shared = SharedVectors()
    ids = [str(n) for n in range(len(texts))]
    shared.add(ids, list(vectors))
    assert {text for text, kind in zip(texts, kinds_of(list(vectors)), strict=True) if kind} == set()
    assert [texts[int(id_)] for id_ in shared.ids(lambda some: {id_: texts[int(id_)] for id_ in some})] == []


def test_a_vector_on_many_different_texts_is_found_in_whatever_pages_it_comes() -> None:
    shared, one = SharedVectors(), genuine()[0]
    for page in range(4):
        vectors = list(genuine(50))
        vectors[page] = one
        shared.add([f"{page}-{n}" for n in range(50)], vectors)
    assert set(shared.ids(lambda ids: {id_: f"text {id_}" for id_ in ids})) == {"0-0", "1-1", "2-2", "3-3"}


def test_people_with_the_same_text_may_have_the_same_vector() -> None:
    shared, one = SharedVectors(), genuine()[0]
    shared.add(["a", "b", "c", "d"], [one] * 4)
    texts = {"a": "Nurse, Charité", "b": "nurse,  Charité", "c": "Nurse; Charité.", "d": "Nurse, Charité"}
    assert shared.ids(lambda ids: {id_: texts[id_] for id_ in ids}) == []
    assert shared.ids(lambda ids: {**texts, "b": "Cook", "c": "Clerk"}) == ["a", "b", "c", "d"]


def test_the_texts_are_only_asked_for_where_a_vector_comes_often() -> None:
    shared, asked = SharedVectors(), []

    def texts_of(ids: Any) -> dict[str, str]:
        asked.extend(ids)
        return {}

    shared.add(["a", "b"], [genuine()[0]] * (MANY - 1))
    shared.add([str(n) for n in range(100)], list(genuine(100)))
    assert shared.ids(texts_of) == [] and asked == []


def test_every_kind_has_a_planted_case() -> None:
    assert {*PLANTED, "shared"} == set(KINDS)


def test_no_vectors_give_no_kinds() -> None:
    assert kinds_of([]) == []
