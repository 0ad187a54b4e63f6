"""Reading as somebody: the documents a caller may see, and of the others not even that they exist."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Final

from shared.access.redirects import redirected_id
from shared.access.scope import sees, ways
from shared.errors import NotFound
from shared.models.caller import Caller
from shared.models.collections import CANDIDATES, Collection
from shared.ports import D, Ports, Stored, Where

if TYPE_CHECKING:
    from shared.models.documents.people import CandidateDocument

MOST_SHARED: Final = 1000  # records shared with one reader that are looked through
_LONGEST_ID: Final = 1500  # bytes
_IN: Final = 30  # values one `in` of Firestore takes
_SCOPING: Final = ("pool", "readers")
_NAMES: Final = {"documents": "CV document", "batches": "bulk upload", "search_runs": "search run"}
_HOLDS: Final[dict[str, Callable[[Any, Any], bool]]] = {
    "==": lambda held, value: bool(held == value),
    "!=": lambda held, value: bool(held != value),
    "<": lambda held, value: held is not None and bool(held < value),
    "<=": lambda held, value: held is not None and bool(held <= value),
    ">": lambda held, value: held is not None and bool(held > value),
    ">=": lambda held, value: held is not None and bool(held >= value),
    "in": lambda held, value: held in value,
    "array_contains": lambda held, value: value in (held or ()),
}


_seen: ContextVar[dict[str, None] | None] = ContextVar("seen", default=None)


def note_reads() -> dict[str, None]:
    """Return what collects, from now on and in order, the ids of candidates this request is told of."""
    seen: dict[str, None] = {}
    _seen.set(seen)
    return seen


def could_be_id(text: str) -> bool:
    """Whether a document may have this id: what Firestore refuses to look up is as unknown as what it does not find."""
    plain = text.isprintable() and "/" not in text and text not in (".", "..")
    return plain and 0 < len(text.encode("utf-8", "replace")) <= _LONGEST_ID and not text.startswith("__")


class Reads:
    """What one caller may read."""

    def __init__(self, ports: Ports, caller: Caller) -> None:
        self.caller = caller
        self._store = ports.store

    def one(self, kind: Collection[D], id_: str, fields: Sequence[str] | None = None) -> Stored[D]:
        """Return the document; a merged candidate's id leads to the record it joined.

        Raises `NotFound`, the same for one that is somebody else's and one that never was.
        """
        row = self.some(kind, [id_], fields).get(id_)
        if row is None and kind == "candidates" and could_be_id(id_):
            current_id = redirected_id(self._store, id_)
            row = self.some(kind, [current_id], fields).get(current_id) if current_id else None
        if row is None:
            raise NotFound(f"no {_NAMES.get(kind, kind.removesuffix('s'))} {id_}")
        return row

    def some(
        self, kind: Collection[D], ids: Sequence[str], fields: Sequence[str] | None = None
    ) -> dict[str, Stored[D]]:
        """Return those of the documents that exist and are the caller's to see, by id."""
        known = [id_ for id_ in ids if could_be_id(id_)]
        if not known or not ways(self.caller, kind):
            return {}
        found = self._store.get(kind, known, _with_scoping(fields))
        return self._noted(kind, {id_: row for id_, row in found.items() if self._sees(kind, row)})

    def page(
        self,
        kind: Collection[D],
        where: Where = (),
        order: str | None = None,
        limit: int | None = 50,
        after: tuple[Any, str] | None = None,
        fields: Sequence[str] | None = None,
        noted: bool = True,
    ) -> list[Stored[D]]:
        """Return the next documents the caller may see, as `Store.query` does.

        `noted=False`: they are only looked through, and `note` says which were handed out.
        """
        asked = _with_scoping(fields, *(path for path, _, _ in where), *([order] if order else ()))
        rows: dict[str, Stored[D]] = {row.id: row for scope in self._scopes(kind, where)
                for row in self._store.query(kind, scope, order, limit, after, asked)}  # fmt: skip
        beside = [row for row in self._beside(kind, asked) if _matches(row, where)]
        rows |= {row.id: row for row in beside if _is_after(row, order, after)}
        ordered = sorted(rows.values(), key=_place(order), reverse=(order or "").startswith("-"))
        return self.note(kind, ordered[:limit]) if noted else ordered[:limit]

    def note(self, kind: str, rows: list[Stored[D]]) -> list[Stored[D]]:
        """Say of documents that were looked through that these are handed out."""
        self._noted(kind, {row.id: row for row in rows})
        return rows

    def count(self, kind: str, where: Where = ()) -> int:
        """Count what the caller may see."""
        counted = sum(self._store.count(kind, scope) for scope in self._scopes(kind, where))
        return counted + sum(_matches(row, where) and not self._in_pools(row) for row in self._beside(kind, None))

    def shared(self, fields: Sequence[str] | None = None) -> list[Stored[CandidateDocument]]:
        """Return the candidates that were shared with the caller and are not in their own pools."""
        if "readers" not in ways(self.caller, "candidates"):
            return []
        mine: Where = [("readers", "array_contains", self.caller.uid)]
        rows = self._store.query(CANDIDATES, mine, limit=MOST_SHARED, fields=_with_scoping(fields))
        return [row for row in rows if not self._in_pools(row)]

    def _scopes(self, kind: str, where: Where) -> Iterable[Where]:
        """Return `where` once a query that is needed, narrowed to what the caller's pools hold."""
        open_ways = ways(self.caller, kind)
        if "all" in open_ways:
            return [where]
        if "pool" not in open_ways:
            return []
        asked = {value for path, op, value in where if (path, op) == ("pool", "==")}
        if asked:
            return [where] if asked <= set(self.caller.pools) else []
        pools = sorted(self.caller.pools)
        parts = [pools[start : start + _IN] for start in range(0, len(pools), _IN)]
        return [[("pool", "==", part[0]) if len(part) == 1 else ("pool", "in", part), *where] for part in parts]

    def _beside(self, kind: str, fields: Sequence[str] | None) -> list[Stored[Any]]:
        """The few documents that are theirs in another way than by pool."""
        if kind != "candidates":
            return []
        own = self.caller.candidate_id if "own" in ways(self.caller, kind) else None
        rows = list(self._store.get(CANDIDATES, [own], fields).values()) if own else []
        return [*rows, *self.shared(fields)]

    def _sees(self, kind: str, row: Stored[Any]) -> bool:
        return sees(self.caller, kind, row.id, row.data.get("pool"), row.data.get("readers") or ())

    def _in_pools(self, row: Stored[Any]) -> bool:
        return row.data.get("pool") in self.caller.pools

    def _noted(self, kind: str, rows: dict[str, Stored[D]]) -> dict[str, Stored[D]]:
        seen = _seen.get()
        if seen is not None and kind in ("candidates", "matches"):  # a match says who somebody is to a job
            seen.update(dict.fromkeys(_candidate_of(row) for row in rows.values()))
        return rows


def _candidate_of(row: Stored[Any]) -> str:
    candidate_id: str = row.data.get("candidate_id", row.id)
    return candidate_id


def _with_scoping(fields: Sequence[str] | None, *paths: str) -> Sequence[str] | None:
    if fields is None:
        return None
    return tuple(dict.fromkeys((*fields, *_SCOPING, *(path.removeprefix("-").split(".")[0] for path in paths))))


def _value(row: Stored[Any], path: str) -> Any:
    held: Any = row.data
    for name in path.removeprefix("-").split("."):
        held = held.get(name) if isinstance(held, Mapping) else None
    return held


def _matches(row: Stored[Any], where: Where) -> bool:
    return all(_HOLDS[op](_value(row, path), value) for path, op, value in where)


def _place(order: str | None) -> Callable[[Stored[Any]], Any]:
    """Where a document stands: by the order's value and then by id, which goes the way of the order."""
    return lambda row: (_value(row, order), row.id) if order else row.id


def _is_after(row: Stored[Any], order: str | None, after: tuple[Any, str] | None) -> bool:
    if order is None:
        return after is None or row.id > after[1]
    value = _value(row, order)
    if value is None or after is None:
        return value is not None  # a document without the field has no place, as in the stores
    return (value, row.id) < after if order.startswith("-") else (value, row.id) > after
