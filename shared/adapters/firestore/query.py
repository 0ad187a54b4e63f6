"""A `Where` of the port as Firestore's queries: what one query cannot say is asked in several and put together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from shared.adapters.firestore.link import Link, QueryMessage
from shared.adapters.firestore.values import checked_vector, decode, encode, encode_vector, encoded_id
from shared.errors import InvalidRequest
from shared.ports import Op, Vector, Where

IN: Final = 30  # values `in` takes, and disjunctions a query may have
ID: Final = "__name__"
_FEW: Final = 10  # documents that are not worth counting first
# numbers of StructuredQuery's enums
_OPERATORS: Final = {"<": 1, "<=": 2, ">": 3, ">=": 4, "==": 5, "!=": 6, "array_contains": 7, "in": 8,
                     "array_contains_any": 9}  # fmt: skip
_RANGES: Final = ("!=", "<", "<=", ">", ">=")
_AND, _NOT_NULL, _ASCENDING, _DESCENDING = 1, 5, 1, 2


def find(
    link: Link, kind: str, where: Where, order: str | None, limit: int | None, after: Any, mask: Sequence[str] | None
) -> list[Any]:
    """Return documents by id, or by `order` and then id. Documents without the ordered field are left out."""
    if limit is not None and limit < 1:
        return []
    if order is None and _ranges(where):
        if limit is None and after is None:
            return sorted(link.run(_query(kind, where, mask)), key=_id)
        where = [each for part in where for each in _in_place_of(link, kind, part)]
        return find(link, kind, where, None, limit, after, mask)
    parts = list(_parts(where))
    if len(parts) > 1 and order is not None and mask is not None and order.lstrip("-") not in mask:
        raise InvalidRequest(f"{kind}: more than {IN} values are put in order by a field that is among those asked for")
    queries = [_page(link, kind, part, order, limit, after, mask) for part in parts]
    answers = map(link.run, queries) if len(queries) < 2 else link.threads.map(link.run, queries)
    found = [row for answer in answers for row in answer]
    if len(parts) > 1:
        found.sort(key=lambda row: (_value(row, order), _id(row)), reverse=bool(order and order[0] == "-"))
    return found[:limit]


def count(link: Link, kind: str, where: Where) -> int:
    """Count on the server."""
    return sum(link.count(_query(kind, part, None)) for part in _parts(where))


def existing(link: Link, kind: str, names: Sequence[str]) -> list[Any]:
    """Return the documents that exist, without fields."""
    return link.get(may_exist(link, kind, names, link.threads.map), [ID])


def may_exist(link: Link, kind: str, names: Sequence[str], mapped: Callable[..., Iterator[int]]) -> list[str]:
    """Return the names worth reading: thirty that do not exist are counted for the price of reading one.

    `mapped`: `map`, or that of the link's threads where the caller is none of them.
    """
    if len(names) < _FEW:
        return list(names)
    pages = [names[start : start + IN] for start in range(0, len(names), IN)]
    counts = mapped(lambda page: link.count(_named(kind, page)), pages)
    return [name for page, number in zip(pages, counts, strict=True) if number for name in page]


def closest(link: Link, kind: str, field: str, vector: Vector, where: Where, limit: int) -> list[Any]:
    """Return documents that hold nothing but `distance`, the dot product, largest first."""
    query = _query(kind, where, ["distance"])
    nearest = query.find_nearest
    nearest.vector_field.field_path = field
    encode_vector(nearest.query_vector, checked_vector("the query", vector))
    nearest.distance_measure = 3  # DOT_PRODUCT
    nearest.limit.value = limit
    nearest.distance_result_field = "distance"
    return link.run(query)


def holding(link: Link, kind: str, where: Where, terms: Sequence[str], limit: int) -> list[Any]:
    """Return documents that hold any of at most 30 terms, with `search_terms` only, by id."""
    query = _query(kind, where, ["search_terms"])
    query.where.composite_filter.op = _AND
    several = len(terms) > 1
    op, value = ("array_contains_any", list(terms)) if several else ("array_contains", terms[0])
    _filter(query.where.composite_filter.filters.add(), "search_terms", op, value)
    query.limit.value = limit
    return link.run(query)


def how_many_hold(link: Link, kind: str, where: Where, term: str, up_to: int) -> int:
    """Count documents that hold the term, at most `up_to`."""
    return link.count(_query(kind, [*where, ("search_terms", "array_contains", term)], None), up_to)


def _ranges(where: Where) -> bool:
    return any(op in _RANGES for _, op, _ in where)


def _in_place_of(link: Link, kind: str, part: tuple[str, Op, Any]) -> Iterator[tuple[str, Op, Any]]:
    """An inequality as the values there are: pages by id can then be asked for, which Firestore's inequality cannot.

    Meant for fields with few values, such as recipes: each value costs one read.
    """
    path, op, _ = part
    if op not in _RANGES:
        yield part
        return
    values: list[Any] = []
    while True:
        beyond: Where = [(path, ">", values[-1])] if values else []
        query = _query(kind, [part, *beyond], [path])
        query.order_by.add(direction=_ASCENDING).field.field_path = path
        query.limit.value = 1
        found = link.run(query)
        if not found:
            yield path, "in", values
            return
        values.append(_value(found[0], path))


def _parts(where: Where) -> Iterator[list[Any]]:
    """Cut a long `in` into several queries; none for an empty one."""
    for index, (path, op, values) in enumerate(where):
        if op == "in" and not 0 < len(values) <= IN:
            different = list(dict.fromkeys(values))
            for start in range(0, len(different), IN):
                part: tuple[str, Op, Any] = (path, "in", different[start : start + IN])
                yield from _parts([*where[:index], part, *where[index + 1 :]])
            return
    yield list(where)


def _query(kind: str, where: Where, mask: Sequence[str] | None) -> Any:
    query = QueryMessage()
    query.from_.add(collection_id=kind)
    for path in mask or ():
        query.select.fields.add(field_path=path)
    if where:
        query.where.composite_filter.op = _AND
        for path, op, value in where:
            _filter(query.where.composite_filter.filters.add(), path, op, value)
    return query


def _named(kind: str, names: Sequence[str]) -> Any:
    query = _query(kind, (), None)
    query.where.field_filter.field.field_path = ID
    query.where.field_filter.op = _OPERATORS["in"]
    for name in names:
        query.where.field_filter.value.array_value.values.add().reference_value = name
    return query


def _filter(target: Any, path: str, op: str, value: Any) -> None:
    if op not in _OPERATORS:
        raise InvalidRequest(f"unknown comparison {op!r}")
    if value is None:
        if op != "!=":
            raise InvalidRequest(f"{path} {op} None: Firestore cannot be asked for what is missing")
        target.unary_filter.op = _NOT_NULL
        target.unary_filter.field.field_path = path
        return
    target.field_filter.field.field_path = path
    target.field_filter.op = _OPERATORS[op]
    encode(target.field_filter.value, value)


def _page(
    link: Link, kind: str, where: Where, order: str | None, limit: int | None, after: Any, mask: Sequence[str] | None
) -> Any:
    query = _query(kind, where, mask)
    _order(link, query, kind, where, order, after)
    if limit is not None:
        query.limit.value = limit
    return query


def _order(link: Link, query: Any, kind: str, where: Where, order: str | None, after: Any) -> None:
    direction = _DESCENDING if order and order[0] == "-" else _ASCENDING
    if order:
        path = order.removeprefix("-")
        if not any(each == path for each, _, _ in where):
            query.where.composite_filter.op = _AND
            _filter(query.where.composite_filter.filters.add(), path, "!=", None)
        query.order_by.add(direction=direction).field.field_path = path
    query.order_by.add(direction=direction).field.field_path = ID
    if after:
        if order:
            encode(query.start_at.values.add(), after[0])
        query.start_at.values.add().reference_value = f"{link.root}/{kind}/{encoded_id(after[1])}"
        query.start_at.before = False


def _id(document: Any) -> bytes:
    name: str = document.name
    return name.encode()


def _value(document: Any, order: str | None) -> Any:
    if order is None:
        return 0
    value: Any = None
    fields = document.fields
    for name in order.removeprefix("-").split("."):
        value = fields[name]
        fields = value.map_value.fields
    return decode(value)
