"""Rows meet the people already stored: who is new, who is known, who joins whom; one atomic group of writes each."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any, Final

from shared.errors import Retryable
from shared.intake.folding import new_candidate
from shared.intake.identity import are_different_people
from shared.intake.known import Known, Wanted, change, load_known
from shared.intake.matches import match_deletes
from shared.intake.prepared import Prepared
from shared.intake.suppression import not_erased
from shared.ports import Create, Data, Delete, Ports, Stored, Update, Write

_SAMPLE: Final = 30  # keys of a chunk that say whether it is worth asking for all of them
_TRIES: Final = 20  # others may write the same people at the same time; each try starts from what they wrote


@dataclass(eq=False, slots=True)
class Cluster:
    """Rows and stored candidates that are one person."""

    known: list[Known] = field(default_factory=list)
    rows: list[Prepared] = field(default_factory=list)
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


@dataclass
class Resolved:
    """Where the rows of a chunk went; the counts are net: people the same import brought apart and then joined."""

    created: int = 0
    merged: int = 0
    unchanged: int = 0
    duplicate: int = 0
    erased: int = 0  # of people who asked to be forgotten: nothing of them was stored
    flagged: int = 0  # candidates newly seen to share a mail box with somebody else
    names: set[str] = field(default_factory=set)  # name keys of people written
    employers: set[str] = field(default_factory=set)


def _person(row: Prepared) -> Mapping[str, Any]:
    person: Mapping[str, Any] = row.source["facts"].get("person") or {}
    return person


def resolve(ports: Ports, rows: Sequence[Prepared], on_duplicate: str = "merge") -> Resolved:
    """Store prepared rows, each in one atomic group with its keys and candidate; repeat what others got ahead of.

    Raises `Retryable` when the same people are written by others all the time.
    """
    result, todo = Resolved(), not_erased(ports, rows)
    result.erased = len(rows) - len(todo)
    for attempt in range(_TRIES):
        alone, clusters = _clusters(ports, todo, result, sure=bool(attempt))
        if on_duplicate == "skip":
            clusters = [new for each in clusters if (new := _only_new(each, result)).rows]
        todo = _not_stored_yet(ports, _store(ports, alone, clusters, result), result)
        if not todo:
            return result
        time.sleep(random.uniform(0, 0.01 * 2 ** min(attempt, 6)))
    raise Retryable(f"{len(todo)} rows met other writers {_TRIES} times; run the same import again")


def _store(ports: Ports, alone: Sequence[Prepared], clusters: Sequence[Cluster], result: Resolved) -> list[Prepared]:
    """Write rows that are people of their own, and clusters; count them and return the rows others got ahead of."""
    now = ports.now()
    groups = [_new_person(row, now) for row in alone]
    for each in clusters:
        groups.append(_writes(each, now))
        if len(each.known) > 1:  # records that join another leave no matches behind
            groups[-1] += match_deletes(ports, "candidate_id", [one.id for one in each.known if one.id != each.id])
    answers = ports.store.commit(groups)
    late: list[Prepared] = []
    for row, group, conflict in zip(alone, groups, answers, strict=False):
        if conflict:
            late.append(row)
        else:
            result.created += 1
            _note(result, group[-1])
    count = len(alone)
    for each, group, conflict in zip(clusters, groups[count:], answers[count:], strict=True):
        if conflict:
            late += each.rows
        else:
            _count(result, each, group)
    return late


def _not_stored_yet(ports: Ports, rows: list[Prepared], result: Resolved) -> list[Prepared]:
    if not rows:
        return []
    stored = ports.store.get("sources", [row.source_id for row in rows], fields=())
    result.unchanged += sum(row.source_id in stored for row in rows)
    return [row for row in rows if row.source_id not in stored]


def _held(ports: Ports, keys: list[str], sure: bool) -> dict[str, Stored]:
    """Return the keys somebody holds; unless `sure`, none where a few of them say that all are likely free."""
    few = keys[:: 1 + len(keys) // _SAMPLE]
    if not sure and len(few) < len(keys) and not ports.store.get("keys", few, fields=()):
        return {}
    return ports.store.get("keys", keys) if keys else {}


def _clusters(
    ports: Ports, rows: Sequence[Prepared], result: Resolved, sure: bool
) -> tuple[list[Prepared], list[Cluster]]:
    """Group rows by shared keys, with the stored candidates that hold those keys; return rows that share none apart.

    Unless `sure`, keys are likely free where a few are: those that are not get in the way when they are written.

    A row that another import has stored since it was looked for is theirs, and unchanged.
    """
    times = Counter(key["hash"] for row in rows for key in row.keys)
    held = _held(ports, sorted(times), sure)
    alone, rows = _apart(rows, {hash_ for hash_, count in times.items() if count > 1} | held.keys())
    owners = {hash_: row.data["candidate_id"] for hash_, row in held.items()}
    known = load_known(ports, sorted(set(owners.values()))) if owners else {}
    stored = {id_: Cluster([each]) for id_, each in known.items()}
    owner = {hash_: stored[id_] for hash_, id_ in owners.items() if id_ in stored}
    theirs = {id_ for each in known.values() for id_ in each.sources}
    result.unchanged += sum(row.source_id in theirs for row in rows)
    joined = [_join(row, owner) for row in rows if row.source_id not in theirs]
    clusters = {id(each): each for each in (*stored.values(), *(each.final() for each in joined))}
    return alone, [each for each in clusters.values() if each.rows or (not each.into and _mailbox_flags(each))]


def _apart(rows: Sequence[Prepared], shared: Set[str]) -> tuple[list[Prepared], list[Prepared]]:
    """Return (rows none of whose keys is shared, the others): four of five rows are nobody's anybody knows."""
    alone: list[Prepared] = []
    others: list[Prepared] = []
    for row in rows:
        for key in row.keys:
            if key["hash"] in shared:
                others.append(row)
                break
        else:
            alone.append(row)
    return alone, others


def _join(row: Prepared, owner: dict[str, Cluster]) -> Cluster:
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


def _is_other(row: Prepared, holder: Cluster) -> bool:
    return are_different_people([_person(row)], holder.persons())


def _mailbox_flags(cluster: Cluster) -> list[Data]:
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


def _only_new(cluster: Cluster, result: Resolved) -> Cluster:
    """For `--on-duplicate skip`: a known person stays as they are, and only the first row of a new one counts."""
    keep = [] if cluster.known else cluster.rows[:1]
    result.duplicate += len(cluster.rows) - len(keep)
    return Cluster([], keep)


def _writes(cluster: Cluster, now: str) -> list[Write]:
    flags = cluster.flags = _mailbox_flags(cluster)
    if not cluster.known and len(cluster.rows) == 1 and not flags:
        return _new_person(cluster.rows[0], now)
    if not cluster.rows:
        return [_flagged(each, flags) for each in cluster.known]
    heir = next((each for each in cluster.known if each.id == cluster.id), None)
    sources: dict[str, Mapping[str, Any]] = {}
    for each in cluster.known:
        for id_, row in each.sources.items():
            sources[id_] = row.data if each is heir else _joined(row.data, cluster)
    for index, prepared in enumerate(cluster.rows):
        outcome = "merged" if cluster.known or index else "created"
        sources[prepared.source_id] = {**prepared.source, "keys": prepared.keys, "outcome": outcome}
    absorbed = [each.data for each in cluster.known if each is not heir]
    first = cluster.rows[0].source
    wanted = Wanted(cluster.id, first["pool"], heir, sources, inherited(absorbed), flags)
    return change(cluster.known, [wanted], now, by=_brought_by(first))


def _flagged(known: Known, flags: list[Data]) -> Update:
    return Update("candidates", known.id, {"flags": [*(known.data.get("flags") or ()), *flags]}, known.version)


def inherited(absorbed: Sequence[Mapping[str, Any]]) -> Data:
    """Return what stages found on records that join another: it stays where the other has nothing."""
    fields: Data = {}
    for data in absorbed:
        for name in ("classification", "enrichment", "stages"):
            if data.get(name) and name not in fields:
                fields[name] = data[name]
    return fields


def _joined(source: Data, cluster: Cluster) -> Data:
    """Someone the same import brought as a new person turns out to be a known one."""
    same = _brought_by(source) == _brought_by(cluster.rows[0].source)
    return {**source, "outcome": "merged"} if same else source


def _brought_by(source: Mapping[str, Any]) -> str | None:
    """What brought this source: its import, or the document it was read from."""
    return source.get("import_id") or source.get("document_id")


def _new_person(row: Prepared, now: str) -> list[Write]:
    owner, source = row.candidate_id, row.source
    alone = new_candidate(owner, source["pool"], now, [source])
    keys = [Create("keys", key["hash"], {"kind": key["kind"], "candidate_id": owner}) for key in row.keys]
    return [Create("sources", row.source_id, source), *keys, Create("candidates", owner, alone)]


def _count(result: Resolved, cluster: Cluster, group: Sequence[Write]) -> None:
    if cluster.rows:
        new = (0 if cluster.known else 1) - _brought_apart(cluster)
        result.created += new
        result.merged += len(cluster.rows) - new
    result.flagged += bool(cluster.flags)
    for write in reversed(group):
        if write.kind == "candidates" and not isinstance(write, Delete):
            _note(result, write)
            return


def _note(result: Resolved, write: Write) -> None:
    data = write[2]
    if isinstance(data, dict):
        result.names.add(data.get("name_key") or "")
        result.employers.add(data.get("employer_key") or "")


def _brought_apart(cluster: Cluster) -> int:
    """How many of the joined records only this import had brought: they were counted as created."""
    if len(cluster.known) < 2:
        return 0
    ours = _brought_by(cluster.rows[0].source)
    return sum(
        each.id != cluster.id and all(_brought_by(row.data) == ours for row in each.sources.values())
        for each in cluster.known
    )
