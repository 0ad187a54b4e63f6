"""Words of candidates in SQLite's full-text index: one search term is one token, one index serves every pool."""

from __future__ import annotations

import re
import sqlite3
import string
from collections.abc import Iterable, Iterator, Sequence
from math import log
from typing import Any, Final

from shared.adapters.sqlite.schema import CHUNK
from shared.ports import Data

_BLANKS: Final = re.compile("[\x01-\x20\x7f]")
_BLANK: Final = "\u2423"  # what stands for white space inside a token
_PUNCTUATION: Final = string.punctuation.replace("'", "''").replace('"', '""')
FETCHED: Final = 3_000  # documents read a term before a term counts as common


class Words:
    """The index over `search_terms` of one collection. A token is the pool's number, a colon and the term."""

    def __init__(self, kind: str) -> None:
        self._kind = kind
        self._table = f"words {kind}"
        self._counts: tuple[int, dict[str, int]] = (-1, {})  # how many documents hold a token, at which state

    def create(self, db: sqlite3.Connection) -> None:
        """Create what is missing. Call inside a transaction."""
        db.execute(f'CREATE TABLE IF NOT EXISTS "{self._table} pools" (n INTEGER PRIMARY KEY, pool TEXT UNIQUE)')
        db.execute(
            f'CREATE VIRTUAL TABLE IF NOT EXISTS "{self._table}" USING fts5('
            f"terms, content='', detail=none, columnsize=0, tokenize=\"ascii tokenchars '{_PUNCTUATION}'\")"
        )
        db.execute(
            f'CREATE VIRTUAL TABLE IF NOT EXISTS "{self._table} count" USING fts5vocab("{self._table}", \'row\')'
        )

    def write(
        self, db: sqlite3.Connection, old: Iterable[tuple[int, Data]], new: Iterable[tuple[int, Any, str]]
    ) -> None:
        """Take the terms of `old` documents out and put (row, pool, `tokens_of` a document) of `new` ones in. Call
        inside a transaction."""
        prefixes: dict[Any, str] = {}
        rows = sorted(new)  # a row before the last one makes the index flush what it gathered
        before = dict(self._texts(db, ((n, data.get("pool"), tokens_of(data)) for n, data in old), prefixes))
        after = self._texts(db, (row for row in rows if row[0] in before), prefixes)
        same = {n for n, text in after if text == before[n]}
        gone = sorted((n, text) for n, text in before.items() if n not in same)
        come = self._texts(db, (row for row in rows if row[0] not in same), prefixes)
        table = f'"{self._table}"'
        db.executemany(f"INSERT INTO {table} ({table}, rowid, terms) VALUES ('delete', ?, ?)", gone)
        db.executemany(f"INSERT INTO {table} (rowid, terms) VALUES (?, ?)", come)

    def forget_deleted(self, db: sqlite3.Connection) -> None:
        """Merge the whole index into one: until then, terms taken out stay in its older parts. Call inside a
        transaction."""
        db.execute(f'INSERT INTO "{self._table}" ("{self._table}") VALUES (\'optimize\')')

    def search(self, db: sqlite3.Connection, seq: int, terms: Sequence[str], pool: Any, limit: int) -> list[str]:
        """Return ids, best first: those that hold all terms, then by the summed rarity of the terms they hold.

        `seq` says which state of the database counts belong to. Terms too common to read whole only lift documents
        that rarer terms found.
        """
        known = self._known(db, seq, terms, pool)
        if not known or limit < 1:
            return []
        every = " AND ".join(token for token, _ in known)
        rows = self._rows(db, every, limit)
        if len(rows) < limit and len(known) > 1:
            rows = self._ranked(db, known, limit)
        return self._ids(db, rows)

    def _ranked(self, db: sqlite3.Connection, known: Sequence[tuple[str, int]], limit: int) -> list[int]:
        # `known` is sorted, rarest first: read whole posting lists while they are short, the first one always
        top = 1 + known[-1][1]
        scores: dict[int, float] = {}
        found: list[str] = []
        for token, count in known:
            weight = log(1 + top / count)
            if not found or len(scores) + count <= FETCHED or len(scores) < limit:
                rows = self._rows(db, token, None)
                found.append(token)
            else:
                rows = self._rows(db, f"({' OR '.join(found)}) AND {token}", None)
            for n in rows:
                scores[n] = scores.get(n, 0.0) + weight
        return sorted(scores, key=lambda n: (-scores[n], n))[:limit]

    def _known(self, db: sqlite3.Connection, seq: int, terms: Sequence[str], pool: Any) -> list[tuple[str, int]]:
        if self._counts[0] != seq:
            self._counts = (seq, {})
        counts = self._counts[1]  # another thread may start a new one meanwhile
        prefixes = self._prefixes(db, pool)
        known = []
        for term in dict.fromkeys(_token(term) for term in terms if term):
            tokens = [prefix + term for prefix in prefixes]
            if count := sum(self._count(db, token, counts) for token in tokens):
                quoted = " OR ".join('"' + token.replace('"', '""') + '"' for token in tokens)
                known.append((f"({quoted})", count))
        return sorted(known, key=lambda pair: pair[1])

    def _count(self, db: sqlite3.Connection, token: str, counts: dict[str, int]) -> int:
        count = counts.get(token)
        if count is None:
            found = db.execute(f'SELECT doc FROM "{self._table} count" WHERE term = ?', (_folded(token),)).fetchone()
            count = counts[token] = found[0] if found else 0
        return count

    def _rows(self, db: sqlite3.Connection, match: str, limit: int | None) -> list[int]:
        table = f'"{self._table}"'
        sql = f"SELECT rowid FROM {table} WHERE {table} MATCH ? LIMIT ?"
        return [n for (n,) in db.execute(sql, (match, -1 if limit is None else limit))]

    def _ids(self, db: sqlite3.Connection, rows: Sequence[int]) -> list[str]:
        ids: dict[int, str] = {}
        for start in range(0, len(rows), CHUNK):
            chunk = rows[start : start + CHUNK]
            marks = ", ".join("?" * len(chunk))
            ids |= dict(db.execute(f'SELECT n, id FROM "{self._kind}" WHERE n IN ({marks})', chunk).fetchall())
        return [ids[n] for n in rows if n in ids]

    def _prefixes(self, db: sqlite3.Connection, pool: Any) -> list[str]:
        where, values = ("WHERE pool = ?", (pool,)) if pool is not None else ("", ())
        return [f"{n}:" for (n,) in db.execute(f'SELECT n FROM "{self._table} pools" {where}', values)]

    def _texts(
        self, db: sqlite3.Connection, rows: Iterable[tuple[int, Any, str]], prefixes: dict[Any, str]
    ) -> Iterator[tuple[int, str]]:
        for n, pool, tokens in rows:
            if tokens:
                if pool not in prefixes:
                    prefixes[pool] = f"{self._number(db, '' if pool is None else pool)}:"
                prefix = prefixes[pool]
                yield n, prefix + tokens.replace("\0", " " + prefix)

    def _number(self, db: sqlite3.Connection, pool: str) -> int:
        db.execute(f'INSERT OR IGNORE INTO "{self._table} pools" (pool) VALUES (?)', (pool,))
        number: int = db.execute(f'SELECT n FROM "{self._table} pools" WHERE pool = ?', (pool,)).fetchone()[0]
        return number


def tokens_of(data: Data) -> str:
    """Return a document's terms as tokens that lack their pool's number, a NUL between two."""
    terms = data.get("search_terms")
    if not terms:
        return ""
    text = "\0".join(terms)
    return text.replace(" ", _BLANK) if "".join(terms).isprintable() else _token(text)


def _token(text: str) -> str:
    return _BLANKS.sub(_BLANK, text)


def _folded(token: str) -> str:
    # the index folds A to Z and nothing else
    return token.translate({upper: upper + 32 for upper in range(65, 91)})
