"""From a row of cells to a source: what the row says, who it says it of, and the keys that recognise them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Final, cast

from shared.people.fold import ROLE_MAILBOX
from shared.people.keys import identity_key, is_role_mailbox, keyed_hash, keys_of
from shared.reading.exports.headers import Columns
from shared.reading.exports.rows import read_row
from shared.vocabulary.identity_lists import ats_id_headers
from shared.vocabulary.text import normalize

if TYPE_CHECKING:
    from shared.models.documents.people import FactsData, IdentityKeyData, SourceDocument

_MARKS: Final = re.compile(r"[\W_]+")
_FILLERS: Final = frozenset(("0", "-", "n/a", "na", "none", "null", "unknown"))


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
        labelled = [(index, f"{label}=") for index, label in enumerate(self.labels) if label]
        return sorted(labelled, key=itemgetter(1))

    @cached_property
    def has_twins(self) -> bool:
        """Whether columns are called the same, or one as another begins: then their values decide the order."""
        return any(after.startswith(before) for (_, before), (_, after) in pairwise(self.ordered))

    @cached_property
    def ats_id_columns(self) -> tuple[tuple[int, str], ...]:
        """(column, system) of the columns that hold a candidate's id in the system the export comes from."""
        columns: list[tuple[int, str]] = []
        for index in self.columns.indexes.get("candidate_ref", ()):
            name = _MARKS.sub("", normalize(self.columns.header[index]))
            if name in ats_id_headers():
                columns.append((index, name))
        return tuple(columns)


@dataclass(slots=True)
class PreparedSource:
    """One source, read."""

    source: SourceDocument  # as it is stored; who it belongs to is still open
    keys: list[IdentityKeyData]
    candidate_id: str  # of the candidate it makes when nobody shares a key with it

    @property
    def source_id(self) -> str:
        """The id of what the source says."""
        return str(self.source["id"])

    @property
    def name(self) -> str:
        """The name it gives."""
        return (self.source["facts"].get("person") or {}).get("name") or ""


def source_id(context: ImportContext, cells: Sequence[str]) -> str:
    """Return the id of what this row says: the same content in the same pool is the same source.

    Columns are taken by the field they map to, so that another order of columns changes nothing.
    """
    content = [label + value for index, label in context.ordered if (value := cells[index].strip())]
    if context.has_twins:
        content.sort()
    return keyed_hash(context.secret, context.pool, *content)


def prepare_row(
    context: ImportContext, number: int, id_: str, cells: Sequence[str], candidate_id: str
) -> PreparedSource:
    """Read row `number`, whose content is source `id_`."""
    facts = cast("FactsData", read_row(context.columns, cells))
    person = facts.get("person") or {}
    keys = keys_of(person, context.pool, context.secret)
    flag_role_mailbox(facts)
    if context.ats_id_columns:
        keys += _ats_keys(context, cells)
    source: SourceDocument = {
        "id": id_,
        "candidate_id": candidate_id,
        "pool": context.pool,
        "kind": "row",
        "at": context.at,
        "import_id": context.import_id,
        "row": number,
        "keys": keys,
        "outcome": "created",
        "facts": facts,
    }
    return PreparedSource(source, keys, candidate_id)


def flag_role_mailbox(facts: FactsData) -> None:
    """Flag facts whose address belongs to a role."""
    for email in (facts.get("person") or {}).get("emails") or ():
        if is_role_mailbox(email):
            facts["flags"] = [*(facts.get("flags") or ()), {**ROLE_MAILBOX}]
            return


def _ats_keys(context: ImportContext, cells: Sequence[str]) -> list[IdentityKeyData]:
    keys: list[IdentityKeyData] = []
    for index, system in context.ats_id_columns:
        value = cells[index].strip()
        if value and value.lower() not in _FILLERS:
            keys.append(identity_key(context.secret, context.pool, "ats", system, value))
    return keys
