"""Documents, words and vectors on one machine: one SQLite file and a folder of vector files beside it."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import orjson

from shared.adapters.sqlite.commit import Plan
from shared.adapters.sqlite.connections import Connections
from shared.adapters.sqlite.home import (
    check_home,
    copy_before_migration,
    copy_database,
    migrate,
    write_fingerprint,
)
from shared.adapters.sqlite.schema import (
    CHUNK,
    LIST_MARK,
    SCANNED,
    Table,
    create_slots,
    document_value,
    has_slots,
    tables,
)
from shared.adapters.sqlite.where import condition, ordering
from shared.adapters.sqlite.words import Words
from shared.errors import InvalidRequest
from shared.models.collections import COLLECTIONS, Collection
from shared.ports import Data, Stored, Vector, Versions, Where, Write, WriteConflict

if TYPE_CHECKING:
    from shared.adapters.sqlite.vectors import VectorField

_SEQ: Final = "SELECT value FROM meta WHERE name = 'seq'"  # the number of the last transaction: versions, freshness
_FEW: Final = 4  # fields SQLite cuts out of a document faster than we read all of it


class SqliteStore:
    """The `Store` port over `path` and `path.parent / "vectors"`.

    Made on first use, safe for threads and for several processes. `max_pages` bounds the database file (pages of
    8 KiB): beyond it commits raise `StorageFull`, as on a full disk. `secret_fingerprint`: of the secret the keys
    are made with; a database of another secret, or of a newer version, is refused with `Misconfigured`.
    """

    def __init__(
        self,
        path: Path,
        collections: Mapping[str, Collection[Any]] = COLLECTIONS,
        max_pages: int | None = None,
        secret_fingerprint: str | None = None,
    ) -> None:
        self._path = path
        self._fingerprint = secret_fingerprint
        self._folder = path.parent / "vectors"
        self._tables = tables(collections)
        self._words = {kind: Words(kind) for kind, collection in collections.items() if collection.words}
        self._connections = Connections(path, self._create, max_pages, self._check)

    @cached_property
    def _vectors(self) -> dict[tuple[str, str], VectorField]:
        from shared.adapters.sqlite.vectors import VectorField  # with numpy: 12 MB and 50 ms an import does without

        names = [(kind, field) for kind, table in self._tables.items() for field in table.collection.vectors]
        return {(kind, field): VectorField(self._folder, kind, field) for kind, field in names}

    def get(self, kind: str, ids: Sequence[str], fields: Sequence[str] | None = None) -> dict[str, Stored[Any]]:
        """See the port."""
        found: dict[str, Stored[Any]] = {}
        sql = f'SELECT id, version, {_doc(self._table(kind), fields)} FROM "{kind}" WHERE id IN '
        with self._connections.reading() as db:
            for start in range(0, len(ids), CHUNK):
                chunk = ids[start : start + CHUNK]
                rows = db.execute(f"{sql} ({', '.join('?' * len(chunk))})", chunk).fetchall()
                found |= {row.id: row for row in self._stored(db, kind, rows, fields)}
        return found

    def commit(self, groups: Sequence[Sequence[Write]], written: Versions | None = None) -> list[WriteConflict | None]:
        """See the port."""
        if not any(groups):
            return [None] * len(groups)
        for kind in {write.kind for group in groups for write in group}:
            self._table(kind)
        plan = Plan(self._tables)
        plan.encode(groups)
        with self._connections.writing() as db:
            seq = 1 + db.execute(_SEQ).fetchone()[0]
            answers = plan.decide(db, seq, groups)
            plan.write(db, self._words)
            vectors = self._vectors.items() if _touches_vectors(db, plan) else ()
            freed = [field for field in vectors if self._write_vectors(db, seq, plan, *field)]
            db.execute("UPDATE meta SET value = ? WHERE name = 'seq'", (seq,))
        if freed:
            with self._connections.writing() as db:
                for _, field in freed:
                    field.wipe(db)
        if written is not None:
            written |= dict.fromkeys(plan.written(), seq)
        return answers

    def query(
        self,
        kind: str,
        where: Where = (),
        order: str | None = None,
        limit: int | None = None,
        after: tuple[Any, str] | None = None,
        fields: Sequence[str] | None = None,
    ) -> list[Stored[Any]]:
        """See the port. With an order, documents that lack the field are left out, and ids go its direction."""
        table = self._table(kind)
        wanted, values = condition(table, where)
        behind, more, by = ordering(table, order, after)
        if order is None and any(path in SCANNED or op == "array_contains" for path, op, _ in where):
            by = "+id"  # sort what was found, rather than read every document in the order of ids
        sql = (
            f'SELECT id, version, {_doc(table, fields)} FROM "{kind}" WHERE {wanted} AND {behind} ORDER BY {by} LIMIT ?'
        )
        with self._connections.reading() as db:
            rows = db.execute(sql, [*values, *more, -1 if limit is None else limit]).fetchall()
            return self._stored(db, kind, rows, fields)

    def count(self, kind: str, where: Where = ()) -> int:
        """See the port."""
        wanted, values = condition(self._table(kind), where)
        with self._connections.reading() as db:
            number: int = db.execute(f'SELECT count(*) FROM "{kind}" WHERE {wanted}', values).fetchone()[0]
            return number

    def nearest(self, kind: str, field: str, vector: Vector, where: Where, limit: int) -> list[tuple[str, float]]:
        """See the port. Raises `InvalidRequest` for a vector that is not (768,) of unit length."""
        if field not in self._table(kind).vectors:
            raise InvalidRequest(f"{kind} has no vector {field!r}")
        with self._connections.reading() as db:
            return self._vectors[kind, field].nearest(db, vector, _pool(where), limit)

    def search_words(self, terms: Sequence[str], where: Where, limit: int) -> list[str]:
        """See the port. Case counts for letters other than A to Z."""
        with self._connections.reading() as db:
            seq = db.execute(_SEQ).fetchone()[0]
            return self._words["candidates"].search(db, seq, terms, _pool(where), limit)

    def purge(self) -> None:
        """See the port. Deleted rows and vectors were overwritten as they went; words and the log keep theirs."""
        with self._connections.writing() as db:
            for words in self._words.values():
                words.forget_deleted(db)
        self._connections.empty_log()

    def finish(self) -> None:
        """Leave a file that is whole without its log, for a process that ends: nothing is written after this."""
        self._connections.finish()

    def close(self) -> None:
        """See the port; the next use opens anew."""
        self._connections.close()
        for field in self._vectors.values() if "_vectors" in self.__dict__ else ():
            field.close()

    def copy_to(self, folder: Path) -> None:
        """Copy the database and its vectors, as they are at one moment, into an empty folder; writers wait."""
        with self._connections.alone() as db:
            copy_database(db, folder / self._path.name)
            for field in self._vectors.values():
                field.copy_to(db, folder / self._folder.name)

    def _check(self, db: sqlite3.Connection) -> None:
        check_home(db, self._path, self._fingerprint)
        copy_before_migration(db, self._path)

    def _create(self, db: sqlite3.Connection) -> None:
        check_home(db, self._path, self._fingerprint)
        db.execute("CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL)")
        db.execute("INSERT OR IGNORE INTO meta VALUES ('seq', 0)")
        for table in self._tables.values():
            table.create(db)
            for field in table.collection.vectors:
                if create_slots(db, f"{table.kind}.{field}"):
                    self._vectors[table.kind, field].wipe(db)
        for words in self._words.values():
            words.create(db)
        migrate(db, self._tables, datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"))
        if self._fingerprint is not None:
            write_fingerprint(db, self._fingerprint)

    def _table(self, kind: str) -> Table:
        if kind not in self._tables:
            raise InvalidRequest(f"unknown collection {kind!r}")
        return self._tables[kind]

    def _write_vectors(
        self, db: sqlite3.Connection, seq: int, plan: Plan, name: tuple[str, str], field: VectorField
    ) -> bool:
        changes, kind = plan.vectors.get(name, {}), name[0]
        moved = {id: pool for id, pool in plan.pools[kind].items() if id not in changes}
        field.move(db, seq, moved)
        pools = {id: plan.pool(kind, id) for id, vector in changes.items() if vector is not None}
        return bool(changes) and field.write(db, seq, changes, pools)

    def _stored(
        self, db: sqlite3.Connection, kind: str, rows: Sequence[tuple[str, int, Any]], fields: Sequence[str] | None
    ) -> list[Stored[Any]]:
        if fields is None:
            return [Stored(id, version, orjson.loads(doc)) for id, version, doc in rows]
        if rows and len(rows[0]) > 3:
            return [Stored(id, version, _filled(fields, values)) for id, version, *values in rows]
        stored = [Stored(id, version, _picked(doc, fields)) for id, version, doc in rows]
        for field in self._tables[kind].collection.vectors:
            if field in fields:
                vectors = self._vectors[kind, field].read(db, [row.id for row in stored])
                for row in stored:
                    if row.id in vectors:
                        row.data[field] = vectors[row.id]
        return stored


def _touches_vectors(db: sqlite3.Connection, plan: Plan) -> bool:
    """Whether vectors come, go or change their pool; people who join others while they are imported have none yet."""
    come = any(vector is not None for changes in plan.vectors.values() for vector in changes.values())
    return come or any(plan.pools.values()) or any(has_slots(db, f"{kind}.{field}") for kind, field in plan.vectors)


def _doc(table: Table, fields: Sequence[str] | None) -> str:
    # a document's bytes are only read when something in them is asked for that no column holds
    if fields is None:
        return "doc"
    if set(fields) <= set(table.collection.vectors):
        return "NULL"
    if set(fields) <= set(table.collection.queried):
        return ", ".join(f'"{name}"' for name in fields) + ", NULL"
    if 2 <= len(fields) <= _FEW:  # of one field alone json_extract would give the value, not a list
        paths = ", ".join(f"'$.\"{name}\"'" for name in fields)
        return f"json_extract(CAST(doc AS TEXT), {paths})"
    return "doc"


def _filled(fields: Sequence[str], values: Sequence[Any]) -> Data:
    return {
        name: document_value(value) if value.__class__ is str and value[:1] == LIST_MARK else value
        for name, value in zip(fields, values, strict=False)
        if value is not None
    }


def _picked(doc: bytes | str | None, fields: Sequence[str]) -> Data:
    if isinstance(doc, str):  # a JSON list of the fields, null where there is none
        pairs = zip(fields, orjson.loads(doc), strict=True)
        return {name: value for name, value in pairs if value is not None}
    data: Data = orjson.loads(doc) if doc else {}
    return {name: data[name] for name in fields if name in data}


def _pool(where: Where) -> Any:
    for path, op, value in where:
        if (path, op) != ("pool", "=="):
            raise InvalidRequest(f"a search is filtered by pool == only, not by {path} {op}")
        return value
    return None
