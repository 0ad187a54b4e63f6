"""From a row of cells to a source: what the row says, who it says it of, and the keys that recognise them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from operator import itemgetter

from shared.people.keys import keyed_hash, keys_of
from shared.ports import Data
from shared.reading.exports.headers import Columns
from shared.reading.exports.rows import read_row


@dataclass(frozen=True)
class ImportContext:
    """What all rows of one import share."""

    columns: Columns
    labels: tuple[str | None, ...]  # what each column is called when content is compared; None: not compared
    pool: str
    import_id: str
    at: str
    secret: bytes

    @cached_property
    def ordered(self) -> list[tuple[int, str]]:
        """(column, `label=`) of the compared columns, by label: sorted once, not in every row."""
        return sorted(((i, f"{label}=") for i, label in enumerate(self.labels) if label), key=itemgetter(1))

    @cached_property
    def has_twins(self) -> bool:
        """Whether columns are called the same, or one as another begins: then their values decide the order."""
        return any(after.startswith(before) for (_, before), (_, after) in pairwise(self.ordered))


@dataclass(slots=True)
class PreparedSource:
    """One row, read."""

    source: Data  # as it is stored; who it belongs to is still open
    keys: list[Data]
    candidate_id: str  # of the candidate it makes when nobody shares a key with it

    @property
    def source_id(self) -> str:
        """The id of what the row says."""
        return str(self.source["id"])


def source_id(frame: ImportContext, cells: Sequence[str]) -> str:
    """Return the id of what this row says: the same content in the same pool is the same source.

    Columns are taken by the field they map to, so that another order of columns changes nothing.
    """
    said = [label + value for index, label in frame.ordered if (value := cells[index].strip())]
    if frame.has_twins:
        said.sort()
    return keyed_hash(frame.secret, frame.pool, *said)


def prepare_row(frame: ImportContext, number: int, id_: str, cells: Sequence[str], candidate_id: str) -> PreparedSource:
    """Read row `number`, whose content is source `id_`."""
    facts = read_row(frame.columns, cells)
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
    return PreparedSource(source, keys, candidate_id)
