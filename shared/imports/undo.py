"""Undo of a whole import: what it said goes, what other sources said stays, people only it brought are gone."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypedDict, cast

from shared.errors import InvalidRequest
from shared.imports.row_filter import CHUNK, frame_of
from shared.imports.start import import_document, is_running, read_import
from shared.models.batch import Import
from shared.models.collections import IMPORTS, REDIRECTS, SOURCES
from shared.models.counters import count_in
from shared.people.flags import unflag_writes
from shared.people.match_deletes import match_deletes
from shared.people.prepared import source_id
from shared.people.stored import StoredPerson, TargetPerson, load_people, plan_changes
from shared.ports import Delete, Ports, Update, Write
from shared.reading.exports.open import Row, open_export
from shared.retry import attempts


class UndoAnswer(TypedDict):
    """What undoing an import did: people removed and changed, and sources another import says, too."""

    import_id: str
    removed: int
    changed: int
    kept_by_other_imports: int


def undo_import(ports: Ports, import_id: str, watch: Callable[[int], object] = lambda people: None) -> UndoAnswer:
    """Take back what the import said, also after later imports and stages; return the counts.

    `watch` is told how many people more are done. Stopped at any point, the same call goes on from there.
    Raises `NotFound`, and `InvalidRequest` while the import runs or when it was undone before.
    """
    found = read_import(ports.store, import_id)
    if found.undone_at:
        raise InvalidRequest(f"import {import_id} was undone at {found.undone_at}")
    if is_running(ports, import_document(ports.store, import_id)):
        raise InvalidRequest(f"import {import_id} is still running; undo it when it has ended")
    ports.store.commit([[Update(IMPORTS, import_id, {"state": "FAILED"}, None)]])  # nobody takes it up again
    counts = {"removed": 0, "changed": 0, "kept_by_other_imports": 0}
    said_again = _said_again(ports, found)
    while ids := _candidates_of(ports, import_id):
        for part in (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK)):
            _undo_some(ports, part, import_id, said_again, counts)
            watch(len(part))
    ports.store.commit([[Update(IMPORTS, import_id, {"undone_at": ports.now()}, None)]])
    return cast(UndoAnswer, {"import_id": import_id, **counts})


def _candidates_of(ports: Ports, import_id: str) -> list[str]:
    rows = ports.store.query(SOURCES, [("import_id", "==", import_id)], limit=20 * CHUNK, fields=("candidate_id",))
    return sorted({row.data["candidate_id"] for row in rows})


def _said_again(ports: Ports, undone: Import) -> dict[str, tuple[str, int]]:
    """Sources of this import that another import's file says too: source id -> that import and its row.

    An import writes nothing for what is known already, so only its file can tell.
    """
    again: dict[str, tuple[str, int]] = {}
    for row in ports.store.query(IMPORTS, [("pool", "==", undone.pool)]):
        other = Import.model_validate(row.data)
        if other.id != undone.id and not other.undone_at and other.counts.unchanged and other.state == "SUCCESS":
            with ports.files.open(other.file) as stream:
                export = open_export(stream, other.filename)
                frame = frame_of(ports, export, other.pool, other.id, other.created_at)
                again |= {source_id(frame, r.cells): (other.id, r.number) for r in _rows(export, other)}
    return again


def _rows(export: Any, of: Import) -> Iterator[Row]:
    for row in export.records(1):
        if of.options.limit is not None and row.number > of.options.limit:
            return
        if isinstance(row, Row):
            yield row


def _undo_some(
    ports: Ports, ids: Sequence[str], import_id: str, again: Mapping[str, tuple[str, int]], counts: dict[str, int]
) -> None:
    for _ in attempts("records met other writers; run the same undo again"):
        known = load_people(ports, ids)
        _forget_strays(ports, [id_ for id_ in ids if id_ not in known], import_id)
        plans = [_without(ports, each, import_id, again) for each in known.values()]
        answers = ports.store.commit([writes for writes, _ in plans])
        for (_, effect), conflict in zip(plans, answers, strict=True):
            if not conflict:
                count_in(counts, effect)
        ids = [each.id for each, conflict in zip(known.values(), answers, strict=True) if conflict]
        if not ids:
            return


def _forget_strays(ports: Ports, ids: Sequence[str], import_id: str) -> None:
    """Sources whose candidate was deleted by another tool must not hold up the undo."""
    for id_ in ids:
        rows = ports.store.query(SOURCES, [("candidate_id", "==", id_)], fields=("import_id",))
        ports.store.commit([[Delete(SOURCES, row.id)] for row in rows if row.data.get("import_id") == import_id])


def _without(
    ports: Ports, known: StoredPerson, import_id: str, again: Mapping[str, tuple[str, int]]
) -> tuple[list[Write], dict[str, int]]:
    kept: dict[str, Mapping[str, Any]] = {}
    reattributed = 0
    for id_, row in known.sources.items():
        if row.data.get("import_id") != import_id:
            kept[id_] = row.data
        elif id_ in again:
            other, number = again[id_]
            kept[id_] = {**row.data, "import_id": other, "row": number}
            reattributed += 1
    effect = {"kept_by_other_imports": reattributed}
    if all(source["kind"] == "correction" for source in kept.values()):  # it corrects nothing any more
        redirects = ports.store.query(REDIRECTS, [("candidate_id", "==", known.id)], fields=())
        writes = plan_changes([known], [], ports.now()) + unflag_writes(ports, known)
        writes += match_deletes(ports, "candidate_id", [known.id])
        return [*writes, *(Delete(REDIRECTS, row.id) for row in redirects)], {**effect, "removed": 1}
    if len(kept) < len(known.sources):
        effect["changed"] = 1
    return plan_changes([known], parts(ports, known, kept), ports.now(), by=f"undo {import_id}"), effect


def parts(ports: Ports, known: StoredPerson, kept: Mapping[str, Mapping[str, Any]]) -> list[TargetPerson]:
    """Return who the kept sources are: the one candidate, or several when what joined them is gone.

    The part with the oldest source keeps the id; a part that was a record of its own gets its old id back.
    """
    merged = ports.store.query(REDIRECTS, [("candidate_id", "==", known.id)])
    groups = _components(kept, any(row.data.get("by") == "hand" for row in merged))
    by_hand = {id_ for id_, source in kept.items() if source["kind"] == "correction"}
    groups.sort(key=lambda group: (group <= by_hand, min((kept[id_]["at"], id_) for id_ in group)))
    groups = _with_corrections(groups, by_hand)
    pool, first, *others = known.data["pool"], *groups
    wanted = [TargetPerson(known.id, pool, known, {id_: kept[id_] for id_ in sorted(first)})]
    for group in others:
        old = next((row.id for row in merged if group <= set(row.data["sources"])), None)
        sources = {id_: kept[id_] for id_ in sorted(group)}
        wanted.append(TargetPerson(old or secrets.token_hex(10), pool, None, sources, restored=bool(old)))
    return wanted


def _with_corrections(groups: list[set[str]], by_hand: set[str]) -> list[set[str]]:
    """A correction alone is nobody: it stays with the record it was made on."""
    people = [group for group in groups if not group <= by_hand]
    loose = [group for group in groups if group <= by_hand]
    return [people[0].union(*loose), *people[1:]]


def _components(sources: Mapping[str, Mapping[str, Any]], merged_by_hand: bool) -> list[set[str]]:
    """Group sources that share a key, directly or through others, or were merged by hand."""
    holders: dict[str, set[str]] = defaultdict(set)
    for id_, source in sources.items():
        for key in source.get("keys") or ():
            holders[key["hash"]].add(id_)
    ties = list(holders.values())
    if merged_by_hand:
        ties.append(set(sources))  # a person said so: nothing is taken apart here
    groups: list[set[str]] = [{id_} for id_ in sources]
    for tie in ties:
        touched = [group for group in groups if group & tie]
        if len(touched) > 1:
            groups = [group for group in groups if not group & tie] + [set().union(*touched)]
    return groups
