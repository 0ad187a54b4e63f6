"""Lists of candidates: narrowed, in an order, a page at a time, the same for a pool of ten and of a million."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, cast

from shared.access import Reads, pools_seen, sees_everything
from shared.access.cursors import read_cursor, write_cursor
from shared.access.pools import list_pools
from shared.errors import InvalidRequest
from shared.models.candidate import FAILED, READY
from shared.models.collections import CANDIDATES
from shared.models.values import JsonValue
from shared.ports import Ports, Stored
from shared.stages.table import ORDER
from shared.vocabulary import FUNCTIONS, LEVELS
from shared.vocabulary.text import normalize, tokenize

if TYPE_CHECKING:
    from shared.models.documents.findings import FunctionLabelData
    from shared.models.documents.people import CandidateDocument

SORTS: Final = {"updated_at": "updated_at", "-updated_at": "-updated_at", "name": "name_key", "-name": "-name_key"}
NEWEST: Final = "-updated_at"
FIELDS: Final = ("pool", "readers", "created_at", "updated_at", "person", "profile", "applications", "classification",
                 "labelled", "corrected", "awaiting", "documents", "flags", "name_key", "search_terms")  # fmt: skip
_SHOWN: Final = tuple(name for name in FIELDS if name not in ("search_terms", "name_key", "readers"))
_LOOK: Final = 2000  # records one page looks through for those that pass the filters
_PART: Final = 250  # of them read at a time
Place = tuple[Any, str]  # the order's value and the id of the last record looked at
Passes = Callable[["CandidateDocument", str], bool]


def _sees_openly(pool: str) -> bool:
    return False


@dataclass(frozen=True)
class Asked:
    """What a list is narrowed to, and its order. `filters`: a name of `FILTERS` to its value."""

    pool: str | None = None
    filters: Mapping[str, str] = field(default_factory=dict)
    sort: str = NEWEST
    limit: int = 50
    after: Place | None = None
    is_blind: Callable[[str], bool] = _sees_openly  # of a pool: whether the caller sees its people blind


def browse(ports: Ports, reads: Reads, asked: Asked) -> tuple[list[CandidateDocument], str | None]:
    """Return the page, and the cursor behind it: None at the end.

    A page looks through at most 2,000 records: where few pass the filters it may hold fewer than `limit`, or none, and
    still be followed by another. Raises `InvalidRequest` for filters, orders and cursors nobody knows.
    """
    _check(asked)
    _check_order(reads, asked)
    pools = _pools(ports, reads, asked.pool)
    found: list[Stored[CandidateDocument]] = []
    looked, after = 0, asked.after
    while looked < _LOOK:
        size = _PART if _tests(asked) else asked.limit
        part = _part(reads, pools, asked, after, size)
        looked += len(part)
        for row in part:
            after = (_sorted_by(row, asked.sort), row.id)
            if _passes(asked, row.data):
                found.append(row)
                if len(found) == asked.limit:
                    return _page(reads, found), _written(ports, asked, after)
        if len(part) < size:
            return _page(reads, found), None
    return _page(reads, found), _written(ports, asked, after) if after else None


def read_place(ports: Ports, cursor: str, sort: str) -> Place:
    """Return the place a cursor says. Raises `InvalidRequest` for one of another order, or of nobody's making."""
    said = read_cursor(ports.key_secret, cursor, "after: take the last answer's `next`")
    if not isinstance(said, list) or len(said) != 3 or said[0] != sort or not all(isinstance(x, str) for x in said):
        raise InvalidRequest("after: take the last answer's `next`, with the same order")
    return said[1], said[2]


def _written(ports: Ports, asked: Asked, after: Place) -> str:
    return write_cursor(ports.key_secret, [asked.sort, *after])


def _pools(ports: Ports, reads: Reads, pool: str | None) -> Sequence[str]:
    """The pools an administrator's list goes through, each by its own query: an index is within a pool."""
    if pool is not None:
        return (pool,)
    return list_pools(ports) if sees_everything(reads.caller) else ()


def _part(
    reads: Reads, pools: Sequence[str], asked: Asked, after: Place | None, size: int
) -> list[Stored[CandidateDocument]]:
    order = SORTS[asked.sort]
    where: Any = [("awaiting", "==", asked.filters["awaiting"])] if "awaiting" in asked.filters else []
    rows: dict[str, Stored[CandidateDocument]] = {}
    for pool in pools:
        mine: Any = [("pool", "==", pool), *where]
        rows |= {row.id: row for row in reads.page(CANDIDATES, mine, order, size, after, FIELDS, noted=False)}
    if asked.pool is None and not sees_everything(reads.caller):  # what was shared stands in no pool of theirs
        rows |= {row.id: row for row in reads.page(CANDIDATES, where, order, size, after, FIELDS, noted=False)}
    ordered = sorted(
        rows.values(), key=lambda row: (_sorted_by(row, asked.sort) or "", row.id), reverse=order[0] == "-"
    )
    return ordered[:size]


def _sorted_by(row: Stored[CandidateDocument], sort: str) -> str | None:
    return row.data.get("name_key") if SORTS[sort].endswith("name_key") else row.data.get("updated_at")


def _page(reads: Reads, rows: list[Stored[CandidateDocument]]) -> list[CandidateDocument]:
    reads.note(CANDIDATES, rows)
    return [shown(row) for row in rows]


def shown(row: Stored[CandidateDocument]) -> CandidateDocument:
    """Return a record as lists show it."""
    stored = cast("Mapping[str, JsonValue]", row.data)
    return cast("CandidateDocument", {"id": row.id, **{name: stored[name] for name in _SHOWN if name in stored}})


def _tests(asked: Asked) -> tuple[tuple[Passes, str], ...]:
    return tuple((FILTERS[name], value) for name, value in asked.filters.items() if name != "awaiting")


def _passes(asked: Asked, data: CandidateDocument) -> bool:
    for name, value in asked.filters.items():
        if name == "awaiting":  # the query has asked for it
            continue
        if name == "q" and asked.is_blind(data["pool"]):
            if not _words_but_names(data, value):
                return False
        elif not FILTERS[name](data, value):
            return False
    return True


def _check(asked: Asked) -> None:
    if asked.sort not in SORTS:
        raise InvalidRequest(f"sort={asked.sort!r}: one of {', '.join(SORTS)}")
    for name, value in asked.filters.items():
        if name not in FILTERS:
            raise InvalidRequest(f"unknown filter {name}: filter by {', '.join(FILTERS)}")
        if not value.strip():
            raise InvalidRequest(f"filter {name} is empty")
        if value not in _ALLOWED.get(name, (value,)):
            raise InvalidRequest(f"{name}={value!r}: one of {', '.join(_ALLOWED[name])}")


def _check_order(reads: Reads, asked: Asked) -> None:
    """Refuse the order of names for people whose names are hidden."""
    if not SORTS[asked.sort].endswith("name_key"):
        return
    pools = pools_seen(reads.caller) if asked.pool is None else (asked.pool,)
    for pool in pools:
        if asked.is_blind(pool):
            raise InvalidRequest(f"sort={asked.sort}: people of a blind pool are not sorted by name")


def _labels(data: CandidateDocument) -> list[FunctionLabelData]:
    return list((data.get("classification") or {}).get("functions") or ())


def _words(data: CandidateDocument, value: str) -> bool:
    """Whether every word is one the person is found by, or part of their name or address."""
    words = {*_words_of_person(data), *(data.get("search_terms") or ())}
    return words.issuperset(tokenize(value))


def _words_but_names(data: CandidateDocument, value: str) -> bool:
    """Whether every word is one the person is found by that says nothing of who they are."""
    words = set(data.get("search_terms") or ()).difference(_words_of_person(data))
    return words.issuperset(tokenize(value))


def _words_of_person(data: CandidateDocument) -> list[str]:
    person = data.get("person") or {}
    return tokenize(" ".join([person.get("name") or "", *(person.get("emails") or ())]))


FILTERS: Final[dict[str, Passes]] = {
    "awaiting": lambda data, value: bool(data.get("awaiting") == value),
    "function": lambda data, value: any(label["name"] == value for label in _labels(data)),
    "level": lambda data, value: any(label["level"] == value for label in _labels(data)),
    "stage": lambda data, value: any(
        normalize(each.get("stage") or "") == normalize(value) for each in data.get("applications") or ()
    ),
    "tag": lambda data, value: normalize(value) in map(normalize, (data.get("profile") or {}).get("tags") or ()),
    "flag": lambda data, value: any(flag["kind"] == value for flag in data.get("flags") or ()),
    "q": _words,
}
_ALLOWED: Final[dict[str, Sequence[str]]] = {
    "awaiting": (*ORDER["candidates"], READY, FAILED),
    "function": FUNCTIONS,
    "level": LEVELS,
}
