"""Which rows and stored candidates are one person: they share a key, unless it is plainly a shared mail box."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any, Final

from shared.people.keys import are_different_people
from shared.people.prepared import PreparedSource
from shared.people.stored import StoredPerson, load_people
from shared.ports import Data, Ports, Stored

_SAMPLE: Final = 30  # keys of a chunk that say whether it is worth asking for all of them


@dataclass(eq=False, slots=True)
class Cluster:
    """Rows and stored candidates that are one person."""

    known: list[StoredPerson] = field(default_factory=list)
    rows: list[PreparedSource] = field(default_factory=list)
    apart: list[Cluster] = field(default_factory=list)  # others who share only a mail box with this one
    into: Cluster | None = None  # the cluster that took this one in
    flags: list[Data] = field(default_factory=list)  # that its writes add

    def final(self) -> Cluster:
        """Return the cluster this one ended in."""
        return self.into.final() if self.into else self

    def persons(self) -> list[Mapping[str, Any]]:
        """Return all that is said of who this is."""
        return [each.data.get("person") or {} for each in self.known] + [_person(row) for row in self.rows]

    @property
    def id(self) -> str:
        """The candidate id this person has or will have: the oldest record's."""
        if self.known:
            return min(self.known, key=lambda each: (each.data.get("created_at", ""), each.id)).id
        return self.rows[0].candidate_id


def _person(row: PreparedSource) -> Mapping[str, Any]:
    person: Mapping[str, Any] = row.source["facts"].get("person") or {}
    return person


def _held(ports: Ports, keys: Sequence[str], surely: Set[str]) -> dict[str, Stored]:
    """Return the keys somebody holds; where a few say that all are likely free, those of `surely` only."""
    open_ = [key for key in keys if key not in surely]
    few = open_[:: 1 + len(open_) // _SAMPLE]
    if len(few) < len(open_) and not ports.store.get("keys", few, fields=()):
        keys = sorted(surely)
    return ports.store.get("keys", keys) if keys else {}


def clusters_of(
    ports: Ports, rows: Sequence[PreparedSource], late: Sequence[PreparedSource] = ()
) -> tuple[list[PreparedSource], list[Cluster], int]:
    """Group rows by shared keys, with the stored candidates that hold those keys.

    Returns rows that share none, the groups, and how many rows another import has stored since they were looked for.
    Keys are likely free where a few are: those that are not get in the way when they are written. Rows of which that is
    known come as `late`, and their keys are all asked for.
    """
    rows = [*late, *rows]
    times = Counter(key["hash"] for row in rows for key in row.keys)
    held = _held(ports, sorted(times), {key["hash"] for row in late for key in row.keys})
    alone, rows = _apart(rows, {hash_ for hash_, count in times.items() if count > 1} | held.keys())
    owners = {hash_: row.data["candidate_id"] for hash_, row in held.items()}
    known = load_people(ports, sorted(set(owners.values()))) if owners else {}
    stored = {id_: Cluster([each]) for id_, each in known.items()}
    owner = {hash_: stored[id_] for hash_, id_ in owners.items() if id_ in stored}
    theirs = {id_ for each in known.values() for id_ in each.sources}
    stored_since = sum(row.source_id in theirs for row in rows)
    joined = [_join(row, owner) for row in rows if row.source_id not in theirs]
    clusters = {id(each): each for each in (*stored.values(), *(each.final() for each in joined))}
    wanted = [each for each in clusters.values() if each.rows or (not each.into and mailbox_flags(each))]
    return alone, wanted, stored_since


def _apart(rows: Sequence[PreparedSource], shared: Set[str]) -> tuple[list[PreparedSource], list[PreparedSource]]:
    """Return (rows none of whose keys is shared, the others): four of five rows are nobody's anybody knows."""
    alone: list[PreparedSource] = []
    others: list[PreparedSource] = []
    for row in rows:
        for key in row.keys:
            if key["hash"] in shared:
                others.append(row)
                break
        else:
            alone.append(row)
    return alone, others


def _join(row: PreparedSource, owner: dict[str, Cluster]) -> Cluster:
    hits: list[Cluster] = []
    own_keys, apart = [], []
    for key in row.keys:
        holder = owner.get(key["hash"])
        if holder and key["kind"] == "email" and _is_other(row, holder):
            apart.append(holder)
            continue
        own_keys.append(key)
        if holder and holder not in hits:
            hits.append(holder)
    row.keys = own_keys
    cluster = _unite(hits, owner) if hits else Cluster()
    cluster.rows.append(row)
    owner.update({key["hash"]: cluster for key in own_keys})
    for other in apart:
        cluster.apart.append(other)
        other.apart.append(cluster)
    return cluster


def _is_other(row: PreparedSource, holder: Cluster) -> bool:
    return are_different_people([_person(row)], holder.persons())


def mailbox_flags(cluster: Cluster) -> list[Data]:
    """Flags to others who share only a mail box, as far as no record of this person has them yet."""
    if not cluster.apart:
        return []
    others = dict.fromkeys(other.id for each in cluster.apart if (other := each.final()) is not cluster)
    detail = "same e-mail, other LinkedIn, other name"
    flags = [{"kind": "shared_mailbox", "detail": detail, "candidate_id": other} for other in others]
    before = [flag for each in cluster.known for flag in each.data.get("flags") or ()]
    return [flag for flag in flags if flag not in before]


def _unite(hits: list[Cluster], owner: dict[str, Cluster]) -> Cluster:
    """Let the first cluster take in the others: this row shows that they are one person."""
    first, *others = hits
    for other in others:
        first.known += other.known
        first.rows += other.rows
        first.apart += other.apart
        other.known, other.rows, other.into = [], [], first
        owner.update({hash_: first for hash_, each in owner.items() if each is other})
    return first
