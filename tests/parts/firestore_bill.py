"""What Firestore would bill for, counted where the calls leave."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from shared.adapters.firestore import FirestoreStore
from shared.adapters.firestore_link import Link


@dataclass
class Bill:
    """Documents read and written as https://cloud.google.com/firestore/pricing counts them."""

    reads: int = 0
    writes: int = 0  # deletes included, though they cost less
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, reads: int = 0, writes: int = 0) -> None:
        """Count in."""
        with self._lock:
            self.reads += reads
            self.writes += writes


class BilledLink(Link):
    """A link that counts: a document asked for is a read, there or not; a query costs one read at least."""

    def __init__(self, project: str, database: str, bill: Bill) -> None:
        super().__init__(project, database)
        self._bill = bill

    def _get(self, names: Sequence[str], mask: Sequence[str] | None) -> Any:
        self._bill.add(reads=len(names))
        return super()._get(names, mask)

    def commit(self, writes: Sequence[Any]) -> bool:
        written = super().commit(writes)
        self._bill.add(writes=len(writes) if written else 0)
        return written

    def run(self, query: Any) -> list[Any]:
        found = super().run(query)
        self._bill.add(reads=max(1, len(found)))
        return found

    def count(self, query: Any, up_to: int | None = None) -> int:
        number = super().count(query, up_to)
        self._bill.add(reads=max(1, -(-number // 1000)))
        return number


class BilledStore(FirestoreStore):
    """The store as it is, with its bill. The vectors `nearest` goes through are not counted: no import asks for any."""

    def __init__(self, project: str, bill: Bill | None = None) -> None:
        super().__init__(project)
        self.bill = bill or Bill()

    def _link(self) -> Link:
        return BilledLink(self._project, self._database, self.bill)
