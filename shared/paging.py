"""All that matches, however much: what the store answers is in memory a page at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final, overload

from shared.models.collections import Collection
from shared.ports import D, Data, Store, Stored, Where

_PAGE: Final = 500


@overload
def iter_all(  # type: ignore[overload-overlap]  # a Collection is a str, and knows more
    store: Store, kind: Collection[D], where: Where = (), fields: Sequence[str] | None = None, order: str | None = None
) -> Iterator[Stored[D]]: ...


@overload
def iter_all(
    store: Store, kind: str, where: Where = (), fields: Sequence[str] | None = None, order: str | None = None
) -> Iterator[Stored[Data]]: ...


def iter_all(
    store: Store, kind: str, where: Where = (), fields: Sequence[str] | None = None, order: str | None = None
) -> Iterator[Stored[Any]]:
    """Yield each matching document, as `iter_pages` reads them."""
    for rows in iter_pages(store, kind, where, fields, order):
        yield from rows


@overload
def iter_pages(  # type: ignore[overload-overlap]
    store: Store, kind: Collection[D], where: Where = (), fields: Sequence[str] | None = None, order: str | None = None
) -> Iterator[list[Stored[D]]]: ...


@overload
def iter_pages(
    store: Store, kind: str, where: Where = (), fields: Sequence[str] | None = None, order: str | None = None
) -> Iterator[list[Stored[Data]]]: ...


def iter_pages(
    store: Store, kind: str, where: Where = (), fields: Sequence[str] | None = None, order: str | None = None
) -> Iterator[list[Stored[Any]]]:
    """Yield matching documents, at most 500 at a time, as `Store.query` does; what is read may be changed meanwhile.

    `order`: a top-level field, among `fields` where those are named.
    """
    after: tuple[Any, str] | None = None
    rows = store.query(kind, where, order=order, limit=_PAGE, after=after, fields=fields)
    while rows:
        yield rows
        last = rows[-1]
        value = last.data[order.lstrip("-")] if order else None
        after = (value, last.id)
        rows = store.query(kind, where, order=order, limit=_PAGE, after=after, fields=fields)
