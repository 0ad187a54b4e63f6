"""The administrators' view over all pools: the same person in several pools is one, and no recruiter learns of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final, TypedDict

from shared.access import Reads, allow
from shared.access.pools import list_pools
from shared.models.collections import CANDIDATES, KEYS
from shared.people.keys import keys_of
from shared.people.stored import carriers_of
from shared.ports import Ports, Stored
from shared.reading.text.names import are_plainly_different

if TYPE_CHECKING:
    from shared.models.documents.people import CandidateDocument

_FIELDS: Final = ("pool", "person", "awaiting", "updated_at")
_AT_ONCE: Final = 50  # people looked at together
_HOPS: Final = 5  # a person's other record may know a further address, by which a third is found


class RecordOfPool(TypedDict):
    """A record of somebody in one pool."""

    id: str
    pool: str | None
    awaiting: str | None
    updated_at: str | None


class PersonOfPools(TypedDict):
    """Somebody with all records that are theirs, by the first one's id."""

    id: str
    name: str
    records: list[RecordOfPool]


def people_of_all_pools(
    ports: Ports, reads: Reads, limit: int = 50, after: str | None = None
) -> tuple[list[PersonOfPools], str | None]:
    """Return the next people, each with all records that are theirs, and where to go on (None: that was all).

    A person comes where their first record (by id) comes, so that pages name everybody once. Sameness is worked out as
    it is asked, from keys every pool keeps for itself: nothing that links pools is stored. Raises `NotAllowed`.
    """
    allow(reads.caller, "administer")
    pools, found = list_pools(ports), list[PersonOfPools]()
    while True:
        rows = reads.page(CANDIDATES, limit=_AT_ONCE, after=(None, after) if after else None, fields=_FIELDS)
        for row, records in zip(rows, records_of(ports, reads, rows, pools), strict=True):
            after = row.id
            if row.id == min(records):
                found.append(_shown(records))
            if len(found) == limit:
                return found, after
        if len(rows) < _AT_ONCE:
            return found, None


def records_of(
    ports: Ports, reads: Reads, rows: Sequence[Stored[CandidateDocument]], pools: Sequence[str]
) -> list[dict[str, Stored[CandidateDocument]]]:
    """Return for each record all records of the same person over these pools, itself included, by id."""
    groups = [{row.id: row} for row in rows]
    fresh = [dict(group) for group in groups]
    for _ in range(_HOPS):
        asked = [_keys(ports, records.values(), pools) for records in fresh]
        owners = _owners(ports, {key for keys in asked for key in keys})
        wanted = [
            {id_ for key in keys for id_ in owners.get(key, ())} - set(group)
            for keys, group in zip(asked, groups, strict=True)
        ]
        others = reads.some(CANDIDATES, sorted({id_ for ids in wanted for id_ in ids}), _FIELDS)
        fresh = [_same(group, [others[id_] for id_ in sorted(ids) if id_ in others])
                 for group, ids in zip(groups, wanted, strict=True)]  # fmt: skip
        for group, more in zip(groups, fresh, strict=True):
            group.update(more)
        if not any(fresh):
            break
    return groups


def _keys(ports: Ports, records: Iterable[Stored[CandidateDocument]], pools: Sequence[str]) -> set[str]:
    """The ids under which every pool would keep these persons' keys."""
    people = [record.data.get("person") or {} for record in records]
    return {key["hash"] for person in people for pool in pools for key in keys_of(person, pool, ports.key_secret)}


def _owners(ports: Ports, keys: set[str]) -> dict[str, list[str]]:
    rows = ports.store.get(KEYS, sorted(keys)) if keys else {}
    return {id_: carriers_of(row.data) for id_, row in rows.items()}


def _same(
    group: Mapping[str, Stored[CandidateDocument]], others: Iterable[Stored[CandidateDocument]]
) -> dict[str, Stored[CandidateDocument]]:
    """Return those of the others that are plainly nobody else: a shared address alone does not make one person."""
    names = [_name(record) for record in group.values()]
    return {other.id: other for other in others if not _is_somebody_else(_name(other), names)}


def _is_somebody_else(name: str, names: Iterable[str]) -> bool:
    return all(are_plainly_different(name, other) for other in names)


def _name(record: Stored[CandidateDocument]) -> str:
    return (record.data.get("person") or {}).get("name") or ""


def _shown(records: Mapping[str, Stored[CandidateDocument]]) -> PersonOfPools:
    first = records[min(records)].data
    said: list[RecordOfPool] = []
    for id_, row in sorted(records.items()):
        candidate = row.data
        said.append(
            {
                "id": id_,
                "pool": candidate.get("pool"),
                "awaiting": candidate.get("awaiting"),
                "updated_at": candidate.get("updated_at"),
            }
        )
    return {"id": min(records), "name": (first.get("person") or {}).get("name", ""), "records": said}
