"""The kinds of values documents hold besides those with a name of their own."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vector = NDArray[np.float32]  # (768,) of unit length
    JsonValue = str | int | float | bool | None | Sequence["JsonValue"] | Mapping[str, "JsonValue"]
else:
    Vector = Any
    JsonValue = Any

Fields = TypeVar("Fields", bound=Mapping[str, object])


def pick(fields: Fields, names: Iterable[str]) -> Fields:
    """Return those of these fields that hold anything."""
    chosen = {name: value for name in names if (value := fields.get(name))}
    return cast(Fields, chosen)


def without(fields: Fields, names: Collection[str]) -> Fields:
    """Return all fields but these."""
    others = {name: value for name, value in fields.items() if name not in names}
    return cast(Fields, others)


def changed_fields(before: Fields, fields: Fields) -> Fields:
    """Return those of `fields` that are not so in `before`."""
    changed = {name: value for name, value in fields.items() if value != before.get(name)}
    return cast(Fields, changed)
