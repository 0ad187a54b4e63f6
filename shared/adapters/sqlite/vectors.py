"""Which document's vector lies in which slot of a vector file, kept in the database so that commits decide."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from shared.adapters.sqlite.schema import CHUNK
from shared.adapters.sqlite.vector_scan import Slots, closest
from shared.adapters.sqlite.vectors_file import VectorFile
from shared.errors import InvalidRequest, Retryable
from shared.models.collections import DIMENSIONS
from shared.ports import Vector

UNIT: Final = 1e-3  # how far from 1 the length of a unit vector may be
_TRIES: Final = 5
_FREE: Final = -1
_NO_POOL: Final = ""  # a freed slot has NULL


class VectorField:
    """One vector field of one collection; its table is made by `create_slots`.

    A changed vector goes to a fresh slot and the old one is freed in the same transaction, so whatever happens
    before the commit, a committed document keeps its vector. Freed slots are overwritten with zeros afterwards and
    only then used again. Every change of a slot carries the number of its transaction (`seq`).
    """

    def __init__(self, folder: Path, kind: str, field: str) -> None:
        self._name = f"{kind}.{field}"
        self._table = f'"slots {self._name}"'
        self._file = VectorFile(folder, self._name)
        self._index = _Index()

    def write(
        self, db: sqlite3.Connection, seq: int, changes: Mapping[str, Vector | None], pools: Mapping[str, Any]
    ) -> bool:
        """Set or remove vectors by id; `pools` holds the pool of each id that gets one. Returns whether slots were
        freed. Call inside a transaction. Raises `InvalidRequest` for what is not a (768,) unit vector."""
        self.wipe(db)  # what a crash may have left
        new = {id: self._checked(id, vector) for id, vector in changes.items() if vector is not None}
        slots = self._fresh(db, len(new))
        if new:
            self._file.write(slots, np.stack(list(new.values())))
        free = f"UPDATE {self._table} SET id = NULL, pool = NULL, seq = ?, wiped = 0 WHERE id = ?"
        freed = db.executemany(free, [(seq, id) for id in changes]).rowcount
        put = f"INSERT OR REPLACE INTO {self._table} (slot, id, pool, seq) VALUES (?, ?, ?, ?)"
        db.executemany(put, [(slot, id, pools.get(id) or _NO_POOL, seq) for slot, id in zip(slots, new, strict=True)])
        return freed > 0

    def move(self, db: sqlite3.Connection, seq: int, pools: Mapping[str, Any]) -> None:
        """Set the pool of documents whose vector stays. Call inside a transaction."""
        sql = f"UPDATE {self._table} SET pool = ?, seq = ? WHERE id = ?"
        db.executemany(sql, [(pool or _NO_POOL, seq, id) for id, pool in pools.items()])

    def wipe(self, db: sqlite3.Connection) -> None:
        """Overwrite what slots freed by earlier transactions still hold. Call inside a transaction."""
        slots = [slot for (slot,) in db.execute(f"SELECT slot FROM {self._table} WHERE id IS NULL AND wiped = 0")]
        for start in range(0, len(slots), CHUNK):
            self._file.wipe(slots[start : start + CHUNK])
        db.executemany(f"UPDATE {self._table} SET wiped = 1 WHERE slot = ?", [(slot,) for slot in slots])

    def read(self, db: sqlite3.Connection, ids: Sequence[str]) -> dict[str, Vector]:
        """Return the vectors there are, by id. Raises `Retryable` when others change them faster than we read."""
        for _ in range(_TRIES):
            before = self._slots(db, ids)
            if not before:
                return {}
            rows = self._file.vectors(1 + max(slot for slot, _ in before.values()))
            found = {id: rows[slot].copy() for id, (slot, _) in before.items()}
            if self._slots(db, ids) == before:
                return found
        raise Retryable(f"{self._name}: vectors change faster than they can be read")

    def nearest(self, db: sqlite3.Connection, query: Vector, pool: Any, limit: int) -> list[tuple[str, float]]:
        """Return (id, dot product), best first. Raises `InvalidRequest` for what is no (768,) unit vector."""
        query = self._checked("the query", query)
        for _ in range(_TRIES):
            read_at = self._index.refresh(db, self._table)
            slots = self._index.slots(pool)
            count = 1 + int(slots.max(initial=-1))
            best, products = closest(self._file.vectors(count), self._file.codes(count), slots, query, limit)
            ids = self._ids(db, best.tolist())
            if self._index.refresh(db, self._table) == read_at:
                break  # nothing moved meanwhile; else look again, and in the end keep what is still there
        pairs = zip(best.tolist(), products.tolist(), strict=True)
        return [(ids[slot], product) for slot, product in pairs if slot in ids]

    def copy_to(self, db: sqlite3.Connection, folder: Path) -> None:
        """Copy the rows that are used into files of the same names. Call while nobody writes."""
        count = db.execute(f"SELECT coalesce(max(slot) + 1, 0) FROM {self._table}").fetchone()[0]
        if count:
            self._file.copy_to(folder, count)

    def close(self) -> None:
        """Let go of the files."""
        self._file.close()

    def _checked(self, id: str, vector: Vector) -> Vector:
        row = np.asarray(vector, np.float32)
        if row.shape != (DIMENSIONS,):
            raise InvalidRequest(f"{self._name} of {id}: a vector has {DIMENSIONS} numbers, this has shape {row.shape}")
        if not abs(float(np.linalg.norm(row)) - 1) <= UNIT:  # also true for NaN
            raise InvalidRequest(
                f"{self._name} of {id}: a vector has length 1, this has {float(np.linalg.norm(row)):.4g}"
            )
        return row

    def _fresh(self, db: sqlite3.Connection, count: int) -> list[int]:
        sql = f"SELECT slot FROM {self._table} WHERE id IS NULL AND wiped = 1 ORDER BY slot LIMIT ?"
        slots = [slot for (slot,) in db.execute(sql, (count,))]
        end = db.execute(f"SELECT coalesce(max(slot) + 1, 0) FROM {self._table}").fetchone()[0]
        return slots + list(range(end, end + count - len(slots)))

    def _slots(self, db: sqlite3.Connection, ids: Sequence[str]) -> dict[str, tuple[int, int]]:
        found: dict[str, tuple[int, int]] = {}
        for start in range(0, len(ids), CHUNK):
            chunk = ids[start : start + CHUNK]
            marks = ", ".join("?" * len(chunk))
            rows = db.execute(f"SELECT id, slot, seq FROM {self._table} WHERE id IN ({marks})", chunk)
            found |= {id: (slot, seq) for id, slot, seq in rows}
        return found

    def _ids(self, db: sqlite3.Connection, slots: Sequence[int]) -> dict[int, str]:
        found: dict[int, str] = {}
        for start in range(0, len(slots), CHUNK):
            chunk = slots[start : start + CHUNK]
            marks = ", ".join("?" * len(chunk))
            sql = f"SELECT slot, id FROM {self._table} WHERE slot IN ({marks}) AND id IS NOT NULL"
            found |= dict(db.execute(sql, chunk).fetchall())
        return found


class _Index:
    """Which slots are used and for which pool, in memory; a refresh reads only the slots changed since the last."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seq = -1
        self._codes = np.zeros(0, np.int32)  # by slot: free, or the number of its pool
        self._numbers: dict[str | None, int] = {None: _FREE}

    def refresh(self, db: sqlite3.Connection, table: str) -> int:
        """Read what changed and return the number of the last transaction that changed a slot."""
        with self._lock:
            newest = db.execute(f"SELECT max(seq) FROM {table}").fetchone()[0]
            if newest is not None and newest != self._seq:
                # one row a transaction and pool, not one a slot: SQLite joins the numbers, numpy reads them
                sql = f"SELECT seq, pool, group_concat(slot) FROM {table} WHERE seq > ? GROUP BY seq, pool"
                rows = db.execute(sql, (self._seq,)).fetchall()
                self._take([(pool, np.fromstring(slots, np.int64, sep=",")) for _, pool, slots in rows])
                self._seq = max(seq for seq, _, _ in rows)
            return self._seq

    def slots(self, pool: str | None) -> Slots:
        """Return the used slots of a pool, ascending, or of all pools for None."""
        with self._lock:
            if pool is None:
                return np.flatnonzero(self._codes != _FREE)
            return np.flatnonzero(self._codes == self._numbers.get(pool, _FREE - 1))

    def _take(self, changed: Sequence[tuple[str | None, Slots]]) -> None:
        grown = 1 + max(int(slots.max()) for _, slots in changed) - len(self._codes)
        codes = np.pad(self._codes, (0, max(grown, 0)), constant_values=_FREE)
        for pool, slots in changed:
            codes[slots] = self._numbers.setdefault(pool, len(self._numbers))
        self._codes = codes
