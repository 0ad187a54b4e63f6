"""From a row of cells to a source and the candidate it would make alone: pure work, done in any process."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import orjson

from shared.intake.folding import new_candidate
from shared.intake.identity import keyed_hash, keys_of
from shared.models.collections import COLLECTIONS
from shared.ports import Data, Packed
from shared.reading.headers import Columns
from shared.reading.rows import read_row


@dataclass(frozen=True)
class Frame:
    """What all rows of one import share."""

    columns: Columns
    labels: tuple[str | None, ...]  # what each column is called when content is compared; None: not compared
    pool: str
    import_id: str
    at: str
    secret: bytes


@dataclass(slots=True)
class Prepared:
    """One row, read. Both documents are serialised, because most rows are stored just as they are."""

    row: int
    source_id: str
    candidate_id: str  # of the candidate it makes when nobody shares a key with it
    keys: list[Data]
    source: Packed
    alone: Packed
    name_key: str | None
    employer_key: str | None


def source_id(frame: Frame, cells: Sequence[str]) -> str:
    """Return the id of what this row says: the same content in the same pool is the same source.

    Columns are taken by the field they map to, so that another order of columns changes nothing.
    """
    pairs = zip(frame.labels, cells, strict=False)
    said = [f"{label}={value}" for label, cell in pairs if label and (value := cell.strip())]
    said.sort()
    return keyed_hash(frame.secret, frame.pool, *said)


def prepare_rows(frame: Frame, rows: Sequence[tuple[int, str, Sequence[str]]]) -> list[Prepared]:
    """Read rows given as (row number, source id, cells)."""
    near = secrets.token_hex(3)  # ids of one chunk are random, and near each other: fewer pages of the index change
    return [_prepare(frame, number, id_, cells, near + secrets.token_hex(7)) for number, id_, cells in rows]


def _prepare(frame: Frame, number: int, id_: str, cells: Sequence[str], candidate_id: str) -> Prepared:
    facts: dict[str, Any] = read_row(frame.columns, cells)
    keys = keys_of(facts.get("person") or {}, frame.pool, frame.secret)
    source: Data = {
        "id": id_,
        "candidate_id": candidate_id,
        "pool": frame.pool,
        "kind": "row",
        "at": frame.at,
        "import_id": frame.import_id,
        "row": number,
        "keys": keys,
        "outcome": "created",
        "facts": facts,
    }
    alone = new_candidate(candidate_id, frame.pool, frame.at, [source])
    names = (alone["name_key"], alone["employer_key"])
    return Prepared(number, id_, candidate_id, keys, _pack("sources", source), _pack("candidates", alone), *names)


def _pack(kind: str, document: Data) -> Packed:
    return Packed(orjson.dumps(document), {name: document[name] for name in _SEEN[kind] if name in document})


# What a new document of these can hold of its queried paths; nested ones are of stages, which it has none of.
_SEEN = {
    kind: (*(path for path in COLLECTIONS[kind].queried if "." not in path), "pool", "flags", "search_terms")
    for kind in ("sources", "candidates")
}
