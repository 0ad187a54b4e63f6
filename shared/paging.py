"""All that matches, however much: what the store answers is in memory a page at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from shared.models.collections import Collection
from shared.ports import D, Store, Stored, Where

_PAGE: Final = 500


def iter_all(
    store: Store, kind: Collection[D], where: Where = (), fields: Sequence[str] | None = None, order: str | None = None
) -> Iterator[Stored[D]]:
    """Yield each matching document, as `iter_pages` reads them."""
    for rows in iter_pages(store, kind, where, fields, order):
        yield from rows


def iter_pages(
    store: Store, kind: Collection[D], where: Where = (), fields: Sequence[str] | None = None, order: str | None = None
) -> Iterator[list[Stored[D]]]:
    """Yield matching documents, at most 500 at a time, as `Store.query` does; what is read may be changed meanwhile.

    `order`: a top-level field, among `fields` where those are named.
    """
    after: tuple[Any, str] | None = None
    rows = store.query(kind, where, order=order, limit=_PAGE, after=after, fields=fields)
    while rows:
        yield rows
        last = rows[-1]
        document: Any = last.data
        value = document[order.lstrip("-")] if order else None
        after = (value, last.id)
        rows = store.query(kind, where, order=order, limit=_PAGE, after=after, fields=fields)
