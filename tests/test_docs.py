"""The data model is a contract for frontends: its page is made from the types of documents, and lists all of them."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from typing import Annotated, Any

import pytest
from parts import data_model
from parts.document_check import document_types
from typing_extensions import TypedDict, is_typeddict

import shared.models
import shared.models.documents
from shared.models.candidate import SCHEMA
from shared.models.collections import COLLECTIONS, DIMENSIONS
from shared.models.frozen import Frozen


def models() -> dict[str, type[Frozen]]:
    for module in pkgutil.iter_modules(shared.models.__path__):
        importlib.import_module(f"shared.models.{module.name}")
    return {model.__name__: model for model in Frozen.__subclasses__()}


def typed_dicts() -> dict[str, type[Any]]:
    found = {}
    for module in pkgutil.iter_modules(shared.models.documents.__path__):
        loaded = importlib.import_module(f"{shared.models.documents.__name__}.{module.name}")
        found |= dict(inspect.getmembers(loaded, is_typeddict))
    return found


def described() -> list[type[Any]]:
    return [each for section in data_model.SECTIONS for each in section.types]


def test_the_page_is_what_the_types_say() -> None:
    written = data_model.FILE.read_text(encoding="utf-8")
    assert written == data_model.contents(), "PYTHONPATH=tests python -m parts.data_model writes it anew"


def test_every_type_of_a_document_is_described_once() -> None:
    stored = [each for each in described() if is_typeddict(each)]
    shared_parts = list(data_model.SHARED)
    assert sorted(each.__name__ for each in [*stored, *shared_parts]) == sorted(typed_dicts())
    assert set(document_types().values()) <= set(stored)


def test_no_two_types_have_the_same_heading() -> None:
    headings = [data_model.title(each) for each in described()]
    assert sorted(headings) == sorted(set(headings))


@pytest.mark.parametrize("name", sorted({"Task", "ReadDocument", "Caller", "JobFacts"} | set(typed_dicts())))
def test_every_field_has_a_type_a_meaning_and_an_example(name: str) -> None:
    if name in {each.__name__ for each in data_model.SHARED}:
        return
    for field, words in data_model.fields_of((models() | typed_dicts())[name]).items():  # type: ignore[operator]
        assert all(words), f"{name}.{field}"
        assert not any("|" in word or "\n" in word for word in words), f"{name}.{field} breaks the table"


@pytest.mark.parametrize("name", sorted(models()))
def test_what_is_checked_when_it_comes_in_has_the_fields_that_are_stored(name: str) -> None:
    stored = typed_dicts().get(f"{name}Data") or typed_dicts().get(f"{name}Document")
    if stored is None:
        assert name not in COLLECTIONS
        return
    fields = set(stored.__annotations__) - {"embedding", "embedding_2"}
    assert set(models()[name].model_fields) == fields


def test_the_page_names_the_schema_version_and_the_dimensions() -> None:
    text = data_model.FILE.read_text(encoding="utf-8")
    assert f"schema version {SCHEMA}" in text
    assert f"{DIMENSIONS} numbers" in text


class Undescribed(TypedDict):
    """Fields that lack words."""

    bare: str
    without_example: Annotated[str, "a meaning"]


def test_a_field_without_words_or_example_is_refused() -> None:
    with pytest.raises(ValueError, match="bare"):
        data_model.fields_of(Undescribed)
