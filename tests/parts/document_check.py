"""Holds every document that is committed against the type of its collection, unknown fields and all."""

from __future__ import annotations

import importlib
import pkgutil
import typing
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, wraps
from typing import Any, Final

import orjson
import pytest
from pydantic import ConfigDict, TypeAdapter, ValidationError
from typing_extensions import is_typeddict

import shared.models.documents
from shared.models import collections
from shared.models.collections import COLLECTIONS
from shared.ports import Create, Delete, Write

Commit = Callable[..., Any]
_EXACT: Final = ConfigDict(extra="forbid", strict=True)


@cache
def document_types() -> dict[str, Any]:
    """Return the TypedDict of each collection: `CANDIDATES: Final[Collection[CandidateDocument]]` says it."""
    names: dict[str, Any] = {}
    for module in pkgutil.iter_modules(shared.models.documents.__path__):
        names |= vars(importlib.import_module(f"{shared.models.documents.__name__}.{module.name}"))
    for each in filter(is_typeddict, names.values()):
        each.__pydantic_config__ = _EXACT
    types = {}
    for constant, annotation in collections.__annotations__.items():
        handle = getattr(collections, constant)
        if isinstance(handle, collections.Collection):
            (final,) = typing.get_args(eval(annotation, {**vars(collections), **names}))
            (types[str(handle)],) = typing.get_args(final)
    return types


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    return TypeAdapter(document_types()[kind])


def wrong_fields(kind: str, fields: Mapping[str, Any]) -> list[str]:
    """Return what the collection's type says against these fields; None takes a field away and is no value."""
    vectors = COLLECTIONS[kind].vectors
    values = {name: value for name, value in fields.items() if name not in vectors and value is not None}
    try:
        _adapter(kind).validate_json(orjson.dumps(values))
    except ValidationError as error:
        return [f"{kind}: {'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors()]
    return []


@contextmanager
def checked_commits(*stores: type[Any]) -> Iterator[list[str]]:
    """Yield what is wrong with the documents these kinds of store were given meanwhile; the commit itself fails too."""
    wrong: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        for store in stores:
            patch.setattr(store, "commit", _checked(store.commit, wrong))
        yield wrong


def _checked(commit: Commit, wrong: list[str]) -> Commit:
    @wraps(commit)
    def checked(self: Any, groups: Sequence[Sequence[Write]], *more: Any, **named: Any) -> Any:
        problems = [problem for group in groups for write in group for problem in _problems(write)]
        wrong.extend(problems)
        assert not problems, "\n".join(problems)
        return commit(self, groups, *more, **named)

    return checked


def _problems(write: Write) -> list[str]:
    if isinstance(write, Delete) or write.kind not in COLLECTIONS:
        return []
    return wrong_fields(write.kind, write.data if isinstance(write, Create) else write.fields)
