"""Rows meet the people already stored: who is new, who is known, who joins whom; one atomic group of writes each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from shared.people.clusters import Cluster, clusters_of, mailbox_flags
from shared.people.fold import new_candidate
from shared.people.match_deletes import match_deletes
from shared.people.prepared import PreparedSource
from shared.people.stored import StoredPerson, TargetPerson, plan_changes
from shared.people.suppression import not_erased
from shared.ports import Create, Data, Delete, Ports, Update, Write
from shared.retry import attempts


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


def resolve(ports: Ports, rows: Sequence[PreparedSource], on_duplicate: str = "merge") -> Resolved:
    """Store prepared rows, each in one atomic group with its keys and candidate; repeat what others got ahead of.

    Raises `Retryable` when the same people are written by others all the time.
    """
    result = Resolved()
    conflicted = store_once(ports, result, rows, on_duplicate=on_duplicate)
    retry_conflicts(ports, result, conflicted, on_duplicate)
    return result


def retry_conflicts(
    ports: Ports, result: Resolved, conflicted: Sequence[PreparedSource], on_duplicate: str = "merge"
) -> None:
    """Store the rows others got ahead of, and count them. Raises `Retryable` when they do so all the time."""
    for _ in attempts("rows met other writers all the time; run the same import again"):
        if not conflicted:
            return
        conflicted = store_once(ports, result, (), conflicted, on_duplicate)


def store_once(
    ports: Ports,
    result: Resolved,
    rows: Sequence[PreparedSource],
    late: Sequence[PreparedSource] = (),
    on_duplicate: str = "merge",
    also: Sequence[Sequence[Write]] = (),
) -> list[PreparedSource]:
    """Store what can be stored in one commit, and count it; return the rows others got ahead of.

    Give those back as `late`, with the next rows or by themselves. `also`: groups to commit with them.
    """
    todo = not_erased(ports, _other_than(late, rows, result))
    result.erased += len(rows) - len(todo)
    alone, clusters, stored_since = clusters_of(ports, todo, late)
    result.unchanged += stored_since
    if on_duplicate == "skip":
        clusters = [new for each in clusters if (new := _only_new(each, result)).rows]
    return _not_stored_yet(ports, _store(ports, alone, clusters, result, also), result)


def _other_than(
    late: Sequence[PreparedSource], rows: Sequence[PreparedSource], result: Resolved
) -> Sequence[PreparedSource]:
    """Return the rows that do not say again what a late one says."""
    if not late:
        return rows
    waiting = {row.source_id for row in late}
    others = [row for row in rows if row.source_id not in waiting]
    result.unchanged += len(rows) - len(others)
    return others


def _store(
    ports: Ports,
    alone: Sequence[PreparedSource],
    clusters: Sequence[Cluster],
    result: Resolved,
    also: Sequence[Sequence[Write]],
) -> list[PreparedSource]:
    """Write rows that are people of their own, and clusters; count them and return the rows others got ahead of."""
    now = ports.now()
    groups = [_new_person(row, now) for row in alone]
    for each in clusters:
        groups.append(_writes(each, now))
        if len(each.known) > 1:  # records that join another leave no matches behind
            groups[-1] += match_deletes(ports, "candidate_id", [one.id for one in each.known if one.id != each.id])
    answers = ports.store.commit([*groups, *also])
    late: list[PreparedSource] = []
    for row, group, conflict in zip(alone, groups, answers, strict=False):
        if conflict:
            late.append(row)
        else:
            result.created += 1
            _note(result, group[-1])
    count = len(alone)
    for each, group, conflict in zip(clusters, groups[count:], answers[count:], strict=False):
        if conflict:
            late += each.rows
        else:
            _count(result, each, group)
    return late


def _not_stored_yet(ports: Ports, rows: list[PreparedSource], result: Resolved) -> list[PreparedSource]:
    if not rows:
        return []
    stored = ports.store.get("sources", [row.source_id for row in rows], fields=())
    result.unchanged += sum(row.source_id in stored for row in rows)
    return [row for row in rows if row.source_id not in stored]


def _only_new(cluster: Cluster, result: Resolved) -> Cluster:
    """For `--on-duplicate skip`: a known person stays as they are, and only the first row of a new one counts."""
    keep = [] if cluster.known else cluster.rows[:1]
    result.duplicate += len(cluster.rows) - len(keep)
    return Cluster([], keep)


def _writes(cluster: Cluster, now: str) -> list[Write]:
    flags = cluster.flags = mailbox_flags(cluster)
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
    wanted = TargetPerson(cluster.id, first["pool"], heir, sources, inherited(absorbed), flags)
    return plan_changes(cluster.known, [wanted], now, by=_brought_by(first))


def _flagged(known: StoredPerson, flags: list[Data]) -> Update:
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


def _new_person(row: PreparedSource, now: str) -> list[Write]:
    owner = row.candidate_id
    source: Any = row.source
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
