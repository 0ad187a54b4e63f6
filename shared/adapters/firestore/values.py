"""Documents as Firestore's protobuf values and back: what Firestore cannot hold is written so that it can.

Firestore takes no list directly in a list, no empty map key and none like `__x__`; those are marked with `~` on the way
in and unmarked on the way out. The values are filled in place: the client library's own encoder takes twenty times as
long, and an import is mostly that.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final
from urllib.parse import unquote

import numpy as np

from shared.errors import InvalidRequest, Permanent
from shared.models.collections import DIMENSIONS
from shared.ports import Data, Vector

MARK: Final = "~"
_LIST: Final = MARK + "[]"  # the only key of a map that stands for a list in a list
_RESERVED: Final = re.compile(r"__.*__", re.DOTALL)
_SIMPLE: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_VECTOR: Final = "__vector__"
_UNIT: Final = 1e-3  # how far a vector's length may be from 1
MOST_BYTES: Final = 1_048_576  # of a document: https://firebase.google.com/docs/firestore/quotas


def encode_fields(target: Any, data: Mapping[str, Any], vectors: Iterable[str]) -> None:
    """Fill a protobuf map of values. `vectors`: names of the fields that hold (768,) float32 arrays."""
    named = set(vectors)
    for name, value in data.items():
        if name in named:
            if value is not None:
                encode_vector(target[encoded_key(name)], value)
        else:
            encode(target[encoded_key(name)], value)


def encode(target: Any, value: Any) -> None:
    """Fill a protobuf value with a JSON value."""
    kind = value.__class__
    if kind is str:
        target.string_value = value
    elif value is None:
        target.null_value = 0
    elif kind is bool:
        target.boolean_value = value
    elif kind is int:
        target.integer_value = value
    elif kind is float:
        target.double_value = value
    elif isinstance(value, Mapping):
        target.map_value.SetInParent()  # an empty map is a map
        fields = target.map_value.fields
        for key, each in value.items():
            encode(fields[encoded_key(key)], each)
    elif isinstance(value, list | tuple):
        target.array_value.SetInParent()
        items = target.array_value.values
        for each in value:
            item = items.add()
            encode(item.map_value.fields[_LIST] if isinstance(each, list | tuple) else item, each)
    else:
        raise TypeError(f"no JSON value: {kind.__name__}")


def decode_fields(fields: Mapping[str, Any]) -> Data:
    """Return a document's data; vectors as (768,) float32 arrays."""
    return {decoded_key(name): decode(value) for name, value in fields.items()}


def decode(value: Any) -> Any:
    """Return a protobuf value as a JSON value, or as a (768,) float32 array."""
    kind = value.WhichOneof("value_type")
    if kind == "map_value":
        return _decode_map(value.map_value.fields)
    if kind == "array_value":
        return [decode(each) for each in value.array_value.values]
    if kind == "timestamp_value":  # other tools write them; ours are text
        return value.timestamp_value.ToJsonString()
    return None if kind in (None, "null_value") else getattr(value, kind)


def _decode_map(fields: Mapping[str, Any]) -> Any:
    if "__type__" in fields and fields["__type__"].string_value == _VECTOR:
        return np.array([each.double_value for each in fields["value"].array_value.values], np.float32)
    if len(fields) == 1 and _LIST in fields:
        return decode(fields[_LIST])
    return {decoded_key(key): decode(each) for key, each in fields.items()}


def encoded_key(key: str) -> str:
    """Return a map key as Firestore takes it."""
    return MARK + key if not key or key[0] == MARK or (key[0] == "_" and _RESERVED.fullmatch(key)) else key


def decoded_key(key: str) -> str:
    """Return a map key as it was given."""
    return key[1:] if key[0] == MARK else key


def field_path(name: str) -> str:
    """Return the path of a top-level field, quoted where it has to be."""
    name = encoded_key(name)
    if _SIMPLE.fullmatch(name):
        return name
    return "`" + name.replace("\\", "\\\\").replace("`", "\\`") + "`"


def encoded_id(id: str) -> str:
    """Return a document id as Firestore takes it: no slash, not empty, no dots alone, no underscores around it."""
    if id.isalnum():
        return id
    text = id.replace("%", "%25").replace("/", "%2F")
    if text.strip(".") == "" or _RESERVED.fullmatch(text):
        return "%" + (f"{ord(text[0]):02X}{text[1:]}" if text else "")
    return text


def decoded_id(id: str) -> str:
    """Return a document id as it was given."""
    return "" if id == "%" else unquote(id) if "%" in id else id


def checked_vector(name: str, vector: Any) -> Vector:
    """Return the vector as (768,) float32. Raises `InvalidRequest` when it is not one of unit length."""
    row = np.asarray(vector, np.float32)
    if row.shape != (DIMENSIONS,):
        raise InvalidRequest(f"{name}: a vector has {DIMENSIONS} numbers, this has shape {row.shape}")
    if not abs(float(np.linalg.norm(row)) - 1) <= _UNIT:  # also true for NaN
        raise InvalidRequest(f"{name}: a vector has length 1, this has {float(np.linalg.norm(row)):.4g}")
    return row


def encode_vector(target: Any, vector: Vector) -> None:
    """Fill a protobuf value with a vector, in the form in which the client library writes one."""
    fields = target.map_value.fields
    fields["__type__"].string_value = _VECTOR
    add = fields["value"].array_value.values.add
    for number in vector.tolist():
        add().double_value = number


def check_size(kind: str, id: str, fields: Mapping[str, Any], sent: int) -> None:
    """Raise `Permanent` for a document over Firestore's limit. `sent`: its protobuf size, which is never smaller."""
    if sent > MOST_BYTES * 3 // 4 and (size := document_bytes(kind, id, fields)) > MOST_BYTES:
        raise Permanent(f"{kind} {id}: {size:,} bytes; a Firestore document holds {MOST_BYTES:,}")


def document_bytes(kind: str, id: str, fields: Mapping[str, Any]) -> int:
    """Return the size Firestore counts: https://firebase.google.com/docs/firestore/storage-size."""
    name = 16 + len(kind.encode()) + 1 + len(id.encode()) + 1
    return name + 32 + sum(len(key.encode()) + 1 + _bytes(value) for key, value in fields.items())


def _bytes(value: Any) -> int:
    kind = value.WhichOneof("value_type")
    if kind == "string_value":
        return len(value.string_value.encode()) + 1
    if kind == "map_value":
        return sum(len(key.encode()) + 1 + _bytes(each) for key, each in value.map_value.fields.items())
    if kind == "array_value":
        return sum(map(_bytes, value.array_value.values))
    return 1 if kind in ("null_value", "boolean_value") else 8
