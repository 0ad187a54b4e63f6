"""What one call of `commit` changes: decided in Python against the stored state, then written table by table."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Final

import orjson

from shared.adapters.sqlite.schema import CHUNK, Table, written
from shared.adapters.sqlite.words import Words, tokens_of
from shared.ports import Create, Data, Delete, Update, Vector, Write, WriteConflict

_WORDS_OF: Final = frozenset(("pool", "search_terms"))


class Before:
    """A stored document; its content only where a write needs it."""

    def __init__(self, n: int, version: int, doc: bytes | None) -> None:
        self.n, self.version, self._doc = n, version, doc

    @cached_property
    def data(self) -> Data:
        """The content."""
        data: Data = orjson.loads(self._doc or b"{}")
        return data


class Plan:
    """Groups of writes, decided in order; a later group sees what earlier groups wrote.

    `vectors[kind, field][id]` is the new vector, or None to remove it; `pools[kind][id]` is a pool that may be new.
    """

    def __init__(self, tables: Mapping[str, Table]) -> None:
        self._tables = tables
        self._seq = 0
        self._encoded: dict[int, tuple[Any, ...]] = {}  # by the identity of a Create's data, which outlives the plan
        self._words: dict[int, str] = {}
        self._kept: dict[str, set[str]] = defaultdict(set)  # ids of documents whose words stay as they are
        self._before: dict[str, dict[str, Before]] = defaultdict(dict)
        self._after: dict[str, dict[str, Data | None]] = defaultdict(dict)
        self.vectors: dict[tuple[str, str], dict[str, Vector | None]] = defaultdict(dict)
        self.pools: dict[str, dict[str, Any]] = defaultdict(dict)

    def encode(self, groups: Sequence[Sequence[Write]]) -> None:
        """Serialise new documents ahead: while others write, not while they wait for us."""
        for group in groups:
            for write in group:
                if isinstance(write, Create):
                    table, data = self._tables[write.kind], write.data
                    if table.vectors.isdisjoint(data) and (cells := table.new_cells(data)):
                        self._encoded[id(data)] = cells
                        if table.collection.words:
                            self._words[id(data)] = tokens_of(data)

    def decide(self, db: sqlite3.Connection, seq: int, groups: Sequence[Sequence[Write]]) -> list[WriteConflict | None]:
        """Return one answer a group, in order, and keep what the groups without a conflict leave behind."""
        self._seq = seq
        self._load(db, groups)
        answers: list[WriteConflict | None] = []
        for group in groups:
            if self._create_fresh(group):
                answers.append(None)
                continue
            conflict = self._conflict(group)
            answers.append(conflict)
            if conflict is None:
                for write in group:
                    self._apply(write)
        return answers

    def _create_fresh(self, group: Sequence[Write]) -> bool:
        """Take a group of nothing but new documents of new ids: almost every group of an import, in half the time."""
        before, after, encoded = self._before, self._after, self._encoded
        for write in group:
            if write[1] in before[write[0]] or write[1] in after[write[0]] or id(write[2]) not in encoded:
                return False
        for write in group:
            if isinstance(write, Create):
                after[write.kind][write.id] = write.data
        return True

    def written(self) -> Iterator[tuple[str, str]]:
        """Yield (collection, id) of every document that stands as this plan left it."""
        for kind, after in self._after.items():
            yield from ((kind, id) for id, data in after.items() if data is not None)

    def write(self, db: sqlite3.Connection, words: Mapping[str, Words]) -> None:
        """Write documents and words (not vectors) of everything decided."""
        for kind, after in self._after.items():
            self._write_table(db, self._tables[kind], after, words.get(kind))

    def _load(self, db: sqlite3.Connection, groups: Sequence[Sequence[Write]]) -> None:
        whole: dict[str, set[str]] = defaultdict(set)
        light: dict[str, set[str]] = defaultdict(set)
        for group in groups:
            for write in group:
                (light if write.__class__ is Create else whole)[write.kind].add(write.id)
        for kind, ids in whole.items():
            self._load_rows(db, kind, "doc", list(ids))
        for kind, ids in light.items():
            self._load_rows(db, kind, "NULL", list(ids - whole.get(kind, set())))

    def _load_rows(self, db: sqlite3.Connection, kind: str, doc: str, ids: list[str]) -> None:
        before = self._before[kind]
        for start in range(0, len(ids), CHUNK):
            chunk = ids[start : start + CHUNK]
            marks = ", ".join("?" * len(chunk))
            sql = f'SELECT id, n, version, {doc} FROM "{kind}" WHERE id IN ({marks})'
            for id, *row in db.execute(sql, chunk):
                before[id] = Before(*row)

    def _conflict(self, group: Sequence[Write]) -> WriteConflict | None:
        for write in group:
            kind, id = write.kind, write.id
            if id in self._after[kind]:
                version = None if self._after[kind][id] is None else self._seq
            else:
                before = self._before[kind].get(id)
                version = before.version if before else None
            if isinstance(write, Create):
                if version is not None:
                    return WriteConflict(kind, id, "exists")
            elif version is None:
                if isinstance(write, Update) or write.version is not None:
                    return WriteConflict(kind, id, "missing")
            elif write.version is not None and write.version != version:
                return WriteConflict(kind, id, "changed")
        return None

    def _apply(self, write: Write) -> None:
        kind, id, after = write.kind, write.id, self._after[write.kind]
        if not isinstance(write, Update):
            self._kept[kind].discard(id)
        if isinstance(write, Create):
            after[id] = self._without_vectors(kind, id, write.data)
            return
        if isinstance(write, Delete):
            if id in after or id in self._before[kind]:
                after[id] = None
            for field in self._tables[kind].vectors:
                self.vectors[kind, field][id] = None
            return
        if not _WORDS_OF.isdisjoint(write.fields):
            self._kept[kind].discard(id)
        elif id not in after:
            self._kept[kind].add(id)
        fields = self._without_vectors(kind, id, write.fields)
        merged = {**self._current(kind, id), **fields}
        after[id] = {name: value for name, value in merged.items() if value is not None or name not in fields}
        if "pool" in fields and self._tables[kind].vectors:
            self.pools[kind][id] = fields["pool"]

    def _without_vectors(self, kind: str, id: str, data: Data) -> Data:
        table = self._tables[kind]
        if table.vectors.isdisjoint(data):
            return data
        for field in table.vectors & data.keys():
            self.vectors[kind, field][id] = data[field]
        return {name: value for name, value in data.items() if name not in table.vectors}

    def _current(self, kind: str, id: str) -> Data:
        after = self._after[kind].get(id)
        if after is not None:
            return after
        return self._before[kind][id].data

    def pool(self, kind: str, id: str) -> Any:
        """Return the pool a document is in after this plan."""
        return self._current(kind, id).get("pool")

    def _write_table(
        self, db: sqlite3.Connection, table: Table, after: Mapping[str, Data | None], words: Words | None
    ) -> None:
        before, seq, encoded, kept = self._before[table.kind], self._seq, self._encoded, self._kept[table.kind]
        n = db.execute(f'SELECT coalesce(max(n), 0) FROM "{table.kind}"').fetchone()[0]
        new: list[tuple[int, Any, str]] = []
        new_inserts, inserts, deletes = [], [], []
        updates: dict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)  # by the paths that change
        for id_, data in after.items():
            stored = before.get(id_)
            if data is None:
                deletes += [(stored.n,)] if stored else []
                continue
            if stored:
                row, changed = stored.n, table.changed(stored.data, data)
                updates[tuple(changed)].append((seq, *changed.values(), written(data), row))
            else:
                row = n = n + 1
                if cells := encoded.get(id(data)):
                    new_inserts.append((row, id_, seq, *cells))
                else:
                    inserts.append((row, id_, seq, *table.cells(data)))
            if words and id_ not in kept:
                known = self._words.get(id(data))
                new.append((row, data.get("pool"), tokens_of(data) if known is None else known))
        if words:
            gone = (before[id_] for id_ in after if id_ in before and id_ not in kept)
            words.write(db, ((row.n, row.data) for row in gone), new)
        db.executemany(table.delete, deletes)
        for paths, rows in updates.items():
            db.executemany(table.update(paths), rows)
        db.executemany(table.insert, inserts)
        db.executemany(table.insert_new, new_inserts)
