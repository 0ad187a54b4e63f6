"""A `Where` of the port as SQL over the columns of a collection."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import orjson

from shared.adapters.sqlite.schema import CHUNK, LIST_MARK, Table
from shared.errors import InvalidRequest
from shared.ports import Where

_COMPARE: Final = {"==": "=", "!=": "<>", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


def condition(table: Table, where: Where) -> tuple[str, list[Any]]:
    """Return an SQL condition and its values. A document without the field matches `== None` only.

    Raises `InvalidRequest` for a path or an operator that is not declared.
    """
    parts, values = ["1"], list[Any]()
    for path, op, value in where:
        sql, more = _term(column(table, path), op, value)
        parts.append(sql)
        values += more
    return " AND ".join(parts), values


def column(table: Table, path: str) -> str:
    """Return the quoted column of a queried path (or of `id`); raises `InvalidRequest` for any other."""
    if path != "id" and path not in table.collection.queried:
        raise InvalidRequest(
            f"{table.kind}: nothing can be asked by {path!r}, only by {', '.join(table.collection.queried)}"
        )
    return f'"{path}"'


def _term(name: str, op: str, value: Any) -> tuple[str, Sequence[Any]]:
    if op == "in":
        if len(value) > CHUNK:
            return f"{name} IN (SELECT value FROM json_each(?))", [orjson.dumps(list(value)).decode()]
        marks = ", ".join("?" * len(value))
        return f"{name} IN ({marks})", list(value)
    if op == "array_contains":
        return f"({name} IS NOT NULL AND instr({name}, ?) > 0)", [f"{LIST_MARK}{value}{LIST_MARK}"]
    if op not in _COMPARE:
        raise InvalidRequest(f"unknown comparison {op!r}")
    if value is None:
        return f"{name} IS {'' if op == '==' else 'NOT '}NULL", ()
    return f"{name} {_COMPARE[op]} ?", [value]


def ordering(table: Table, order: str | None, after: tuple[Any, str] | None) -> tuple[str, list[Any], str]:
    """Return (condition, its values, ORDER BY) for `query`. With an order, documents without that field are left out,
    as Firestore leaves them out; ids follow the direction of the order."""
    if order is None:
        return ("id > ?", [after[1]], "id") if after else ("1", [], "id")
    name = column(table, order.removeprefix("-"))
    sign, direction = ("<", " DESC") if order.startswith("-") else (">", "")
    by = f"{name}{direction}, id{direction}"
    if after is None:
        return f"{name} IS NOT NULL", [], by
    return f"{name} IS NOT NULL AND ({name}, id) {sign} (?, ?)", [after[0], after[1]], by
