"""Documents, words and vectors in one Firestore database: Google's libraries are loaded on the first use."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from shared.adapters.firestore.values import decode_fields, decoded_id, encoded_id, field_path
from shared.errors import InvalidRequest
from shared.models.collections import COLLECTIONS, Collection
from shared.ports import Data, Stored, Vector, Versions, Where, Write, WriteConflict

if TYPE_CHECKING:
    from shared.adapters.firestore.link import Link
    from shared.adapters.firestore.words import Words

MOST_NEAREST: Final = 1000  # documents find_nearest gives
# Firestore can be told which fields to send, not which to leave out: of documents with vectors these are the others.
BESIDE_VECTORS: Final[dict[str, tuple[str, ...]]] = {
    "candidates": (
        "id",
        "pool",
        "readers",
        "schema_version",
        "created_at",
        "updated_at",
        "sources",
        "person",
        "applications",
        "profile",
        "name_key",
        "employer_key",
        "labelled",
        "corrected",
        "classification",
        "enrichment",
        "search_terms",
        "awaiting",
        "stages",
        "lease",
        "documents",
        "flags",
        "shares_keys",
    ),
    "vectors": ("id", "pool"),
}


class FirestoreStore:
    """The `Store` port over one database of a project; safe for threads.

    Where FIRESTORE_EMULATOR_HOST is set, Google's library talks to that emulator and needs no credentials. Fields of
    candidates that docs/data-model.md does not know are kept, and read only when they are named.
    """

    def __init__(
        self, project: str, database: str = "(default)", collections: Mapping[str, Collection[Any]] = COLLECTIONS
    ) -> None:
        self._project = project
        self._database = database
        self._collections = collections
        self._lock = threading.Lock()
        self._opened: tuple[Link, Words] | None = None

    def get(self, kind: str, ids: Sequence[str], fields: Sequence[str] | None = None) -> dict[str, Stored[Any]]:
        """See the port."""
        from shared.adapters.firestore.query import existing

        self._collection(kind)
        link = self._open()[0]
        names = [f"{link.root}/{kind}/{encoded_id(id)}" for id in dict.fromkeys(ids)]
        only_whether = fields is not None and not fields
        rows = existing(link, kind, names) if only_whether else link.get(names, _mask(kind, fields))
        found = {row.id: row for row in map(_stored, rows)}
        return {id: found[id] for id in ids if id in found}

    def commit(self, groups: Sequence[Sequence[Write]], written: Versions | None = None) -> list[WriteConflict | None]:
        """See the port. Raises `Permanent` for a document Firestore cannot keep, naming it."""
        from shared.adapters.firestore.commit import Commit

        for kind in {write.kind for group in groups for write in group}:
            self._collection(kind)
        return Commit(self._open()[0], self._collections, written).run(groups)

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
        from shared.adapters.firestore.query import find

        self._check(kind, where, order)
        return list(map(_stored, find(self._open()[0], kind, where, order, limit, after, _mask(kind, fields))))

    def count(self, kind: str, where: Where = ()) -> int:
        """See the port."""
        from shared.adapters.firestore.query import count

        self._check(kind, where)
        return count(self._open()[0], kind, where)

    def nearest(self, kind: str, field: str, vector: Vector, where: Where, limit: int) -> list[tuple[str, float]]:
        """See the port; at most 1,000. Raises `InvalidRequest` for a vector that is not (768,) of unit length."""
        from shared.adapters.firestore.query import closest

        if field not in self._collection(kind).vectors:
            raise InvalidRequest(f"{kind} has no vector {field!r}")
        _check_pool_only(where)
        if limit < 1:
            return []
        rows = closest(self._open()[0], kind, field, vector, where, min(limit, MOST_NEAREST))
        return [(row.id, float(row.data["distance"])) for row in map(_stored, rows)]

    def search_words(self, terms: Sequence[str], where: Where, limit: int) -> list[str]:
        """See the port."""
        _check_pool_only(where)
        link, words = self._open()
        return [_id(name) for name in words.search(link, "candidates", terms, where, limit)]

    def purge(self) -> None:
        """See the port: there are no files of ours; Google removes what was deleted from its disks in its own time."""

    def close(self) -> None:
        """See the port; the next use opens anew."""
        with self._lock:
            if self._opened:
                self._opened[0].close()
            self._opened = None

    def _open(self) -> tuple[Link, Words]:
        with self._lock:
            if self._opened is None:
                from shared.adapters.firestore.words import Words

                self._opened = (self._link(), Words())
            return self._opened

    def _link(self) -> Link:
        from shared.adapters.firestore.link import Link

        return Link(self._project, self._database)

    def _collection(self, kind: str) -> Collection[Any]:
        if kind not in self._collections:
            raise InvalidRequest(f"unknown collection {kind!r}")
        return self._collections[kind]

    def _check(self, kind: str, where: Where, order: str | None = None) -> None:
        queried = self._collection(kind).queried
        for path in [*(path for path, _, _ in where), *([order.removeprefix("-")] if order else [])]:
            if path not in queried:
                raise InvalidRequest(f"{kind}: nothing can be asked by {path!r}, only by {', '.join(queried)}")


def _mask(kind: str, fields: Sequence[str] | None) -> list[str] | None:
    if fields is None:
        fields = BESIDE_VECTORS.get(kind)
    if fields is None:
        return None
    return [field_path(name) for name in fields] or ["__name__"]


def _stored(document: Any) -> Stored[Any]:
    version = f"{document.update_time.seconds}.{document.update_time.nanos:09d}"
    data: Data = decode_fields(document.fields)
    return Stored(_id(document.name), version, data)


def _id(name: str) -> str:
    return decoded_id(name.rpartition("/")[2])


def _check_pool_only(where: Where) -> None:
    for path, op, _ in where:
        if (path, op) != ("pool", "=="):
            raise InvalidRequest(f"a search is filtered by pool == only, not by {path} {op}")
