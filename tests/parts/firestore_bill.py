"""What Firestore would bill for, and which indexes it would need, noted where the calls leave."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from parts.indexes import Shape, needs_more, searches, shape_of, to_add
from parts.query_shapes import SHAPES
from shared.adapters.firestore.link import Link
from shared.adapters.firestore.store import FirestoreStore
from shared.models.collections import COLLECTIONS


@dataclass
class Bill:
    """Documents read and written as https://cloud.google.com/firestore/pricing counts them."""

    reads: int = 0
    writes: int = 0  # deletes included, though they cost less
    asked: set[Shape] = field(default_factory=set)  # kinds of query that need more than the index of a field
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, reads: int = 0, writes: int = 0) -> None:
        """Count in."""
        with self._lock:
            self.reads += reads
            self.writes += writes

    def ask(self, query: Any) -> None:
        """Note which kind of query it is."""
        shape = shape_of(query)
        if needs_more(shape):
            self.asked.add(shape)


class BilledLink(Link):
    """A link that counts: a document asked for is a read, there or not; a query costs one read at least."""

    def __init__(self, project: str, database: str, bill: Bill) -> None:
        super().__init__(project, database)
        self._bill = bill

    def _get(self, names: Sequence[str], mask: Sequence[str] | None) -> Any:
        self._bill.add(reads=len(names))
        return super()._get(names, mask)

    def commit(self, writes: Sequence[Any]) -> Sequence[Any] | None:
        written = super().commit(writes)
        self._bill.add(writes=len(writes) if written is not None else 0)
        return written

    def run(self, query: Any) -> list[Any]:
        self._bill.ask(query)
        found = super().run(query)
        self._bill.add(reads=max(1, len(found)))
        return found

    def count(self, query: Any, up_to: int | None = None) -> int:
        self._bill.ask(query)
        number = super().count(query, up_to)
        self._bill.add(reads=max(1, -(-number // 1000)))
        return number


class BilledStore(FirestoreStore):
    """The store as it is, with its bill; closing it fails where a query was asked that no index is known to serve.

    The vectors `nearest` goes through are not counted: no import asks for any.
    """

    def __init__(self, project: str, bill: Bill | None = None) -> None:
        super().__init__(project)
        self.bill = bill or Bill()

    def _link(self) -> Link:
        return BilledLink(self._project, self._database, self.bill)

    def close(self) -> None:
        super().close()
        new = self.bill.asked - SHAPES - searches(COLLECTIONS)
        assert not new, to_add(new)
