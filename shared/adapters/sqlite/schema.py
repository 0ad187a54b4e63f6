"""The tables behind the collections: one a collection, one column a queried path, the document itself as bytes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import orjson

from shared.models.collections import Collection
from shared.ports import Data

LIST_MARK: Final = "\x1f"  # a queried list is one text, every element between two marks
CHUNK: Final = 500  # ids a statement: below the number of variables any SQLite allows
PAGE: Final = 8192  # bytes: documents of 1 to 3 KB then stay in one page

# Values that very many documents share: their index carries the id, so that pages come in order without sorting, and
# the pool, so that counting reads the index alone. The other indexes stay small and are written in long runs.
PAGED: Final = ("pool", "awaiting", "stages.")

# Looking for likely duplicates reads these of very many people. They stand behind the pool and the id, as good as in
# the order in which people come in, and have no index of their own: names come in random order, so that every commit
# of an import changed most of its pages (a quarter of all time spent writing). Asking by one of them reads this index.
SCANNED: Final = ("name_key", "employer_key")

NEWEST: Final = "updated_at"  # lists of a pool are put in this order


def column_value(value: Any) -> Any:
    """Return what a column holds for a value of a document: scalars as they are, a list as one marked text."""
    if isinstance(value, (list, tuple)):
        return LIST_MARK + LIST_MARK.join(map(str, value)) + LIST_MARK if value else None
    return None if isinstance(value, dict) else value


def document_value(value: Any) -> Any:
    """Return what a document holds for the value of a column."""
    is_list = value.__class__ is str and value.startswith(LIST_MARK)
    return value[1:-1].split(LIST_MARK) if is_list else value


def written(data: Data) -> bytearray:
    """Return the document's bytes; a copy, for those orjson gives keep three times their size in memory.

    A bytearray, because sqlite3 looks for an adapter for each value that is bytes or None, but for none of this kind.
    """
    return bytearray(orjson.dumps(data))


def _reader(path: str) -> Callable[[Data], Any]:
    names = path.split(".")

    def read(data: Data) -> Any:
        value: Any = data
        for name in names:
            if not isinstance(value, dict):
                return None
            value = value.get(name)
        return value if value.__class__ is str else column_value(value)

    return read


@dataclass(frozen=True)
class Table:
    """Statements and column readers of one collection."""

    kind: str
    collection: Collection[Any]

    @cached_property
    def readers(self) -> tuple[Callable[[Data], Any], ...]:
        """One a queried path, in the order of the columns."""
        return tuple(_reader(path) for path in self.collection.queried)

    @cached_property
    def _read_fields(self) -> tuple[tuple[str, str, Callable[[Data], Any]], ...]:
        """Every queried path with the field it begins with and its reader."""
        queried = self.collection.queried
        return tuple((path, path.partition(".")[0], read) for path, read in zip(queried, self.readers, strict=True))

    @cached_property
    def insert(self) -> str:
        """Takes n, id, version, one value a queried path, doc."""
        return self._insert(self.collection.queried)

    @cached_property
    def insert_new(self) -> str:
        """Takes n, id, version, `new_cells`."""
        return self._insert(self._flat)

    def _insert(self, paths: tuple[str, ...]) -> str:
        columns = "".join(f', "{path}"' for path in paths)
        marks = ", ".join("?" * (4 + len(paths)))
        return f'INSERT INTO "{self.kind}" (n, id, version{columns}, doc) VALUES ({marks})'

    def update(self, paths: Sequence[str]) -> str:
        """Takes version, one value a path, doc, n."""
        columns = "".join(f', "{path}" = ?' for path in paths)
        return f'UPDATE "{self.kind}" SET version = ?{columns}, doc = ? WHERE n = ?'

    @cached_property
    def delete(self) -> str:
        """Takes n."""
        return f'DELETE FROM "{self.kind}" WHERE n = ?'

    def cells(self, data: Data) -> tuple[Any, ...]:
        """Return one value a queried path, and the document's bytes."""
        if not self.collection.queried:
            return (written(data),)
        return (*[read(data) for read in self.readers], written(data))

    def changed(self, before: Data, data: Data) -> dict[str, Any]:
        """Return queried path -> value, where it is another one: SQLite writes the index of every column it is given
        anew, changed or not."""
        return {
            path: value
            for path, field, read in self._read_fields
            if data.get(field) is not before.get(field) and (value := read(data)) != read(before)
        }

    def new_cells(self, data: Data) -> tuple[Any, ...] | None:
        """Return one value a queried path without a dot, and the document's bytes; None where others hold anything.

        Binding the many columns that are empty in new documents took a fifth of inserting them.
        """
        if not self._nested.isdisjoint(data):
            return None
        values = list(map(data.get, self._flat))
        for index, value in enumerate(values):
            if value is not None and value.__class__ is not str:
                values[index] = column_value(value)
        return (*values, written(data))

    @cached_property
    def vectors(self) -> frozenset[str]:
        """The fields that are kept beside the document."""
        return frozenset(self.collection.vectors)

    @cached_property
    def _flat(self) -> tuple[str, ...]:
        """The queried paths without a dot."""
        return tuple(path for path in self.collection.queried if "." not in path)

    @cached_property
    def _nested(self) -> frozenset[str]:
        """The fields that hold queried paths: new documents have none of them."""
        return frozenset(path.partition(".")[0] for path in self.collection.queried if "." in path)

    def create(self, db: sqlite3.Connection) -> None:
        """Create what is missing, and fill columns that an older version did not have. Call inside a transaction."""
        columns = "".join(f', "{path}"' for path in self.collection.queried)
        db.execute(
            f'CREATE TABLE IF NOT EXISTS "{self.kind}" '
            f"(n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, version INTEGER NOT NULL{columns}, doc BLOB NOT NULL)"
        )
        self._add_columns(db)
        there = dict(
            db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ?", [self.kind])
        )
        wanted = {
            f"{self.kind} by {path}": self._index(path) for path in self.collection.queried if path not in SCANNED
        }
        for name in [name for name, sql in there.items() if sql and sql != wanted.get(name)]:  # of an older version
            db.execute(f'DROP INDEX "{name}"')
            del there[name]
        for name in wanted.keys() - there:
            db.execute(wanted[name])

    def _index(self, path: str) -> str:
        queried = self.collection.queried
        columns, condition = [path], f' WHERE "{path}" IS NOT NULL'
        if path == "pool":
            scanned = [name for name in SCANNED if name in queried]
            columns += ["id", *scanned, *(["version"] if scanned else [])]
            condition = ""  # or a question without the pool could not be answered from here
        elif path == NEWEST:
            columns, condition = ["pool", path, "id"], ""  # the newest of a pool, in order; it grows at its end
        elif path.startswith(PAGED):
            columns += ["id", *(["pool"] if "pool" in queried else [])]
        named = ", ".join(f'"{column}"' for column in columns)
        return f'CREATE INDEX "{self.kind} by {path}" ON "{self.kind}" ({named}){condition}'

    def _add_columns(self, db: sqlite3.Connection) -> None:
        there = {name for _, name, *_ in db.execute(f'PRAGMA table_info("{self.kind}")')}
        for path in self.collection.queried:
            if path in there:
                continue
            db.execute(f'ALTER TABLE "{self.kind}" ADD COLUMN "{path}"')
            _let_sql_read(db, path)
            db.execute(f'UPDATE "{self.kind}" SET "{path}" = read_path(doc)')


def _let_sql_read(db: sqlite3.Connection, path: str) -> None:
    read = _reader(path)
    db.create_function("read_path", 1, lambda doc: read(orjson.loads(doc)))


def tables(collections: Mapping[str, Collection[Any]]) -> dict[str, Table]:
    """Return the table of each collection."""
    return {kind: Table(kind, collection) for kind, collection in collections.items()}


def create_slots(db: sqlite3.Connection, name: str) -> bool:
    """Create what is missing of the table that says whose vector lies where; return whether a crash left vectors in it
    that nobody has any more. Call inside a transaction."""
    table = f'"slots {name}"'
    db.execute(
        f"CREATE TABLE IF NOT EXISTS {table} "
        "(slot INTEGER PRIMARY KEY, id TEXT, pool TEXT, seq INTEGER NOT NULL, wiped INTEGER NOT NULL DEFAULT 0)"
    )
    db.execute(f'CREATE UNIQUE INDEX IF NOT EXISTS "{name} by id" ON {table} (id) WHERE id IS NOT NULL')
    db.execute(f'CREATE INDEX IF NOT EXISTS "{name} free" ON {table} (wiped, slot) WHERE id IS NULL')
    db.execute(f'CREATE INDEX IF NOT EXISTS "{name} by seq" ON {table} (seq, pool, slot)')
    return db.execute(f"SELECT 1 FROM {table} WHERE id IS NULL AND wiped = 0 LIMIT 1").fetchone() is not None


def has_slots(db: sqlite3.Connection, name: str) -> bool:
    """Whether any document has such a vector."""
    return db.execute(f'SELECT 1 FROM "slots {name}" LIMIT 1').fetchone() is not None
