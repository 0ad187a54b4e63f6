"""Undo of a whole import: what it said goes, what other sources said and what people did by hand stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, NotRequired, TypedDict, cast

from shared.errors import InvalidRequest
from shared.imports.row_filter import CHUNK, import_context
from shared.imports.separate import is_named, separate_people
from shared.imports.start import import_document, is_running
from shared.models.batch import Import
from shared.models.collections import IMPORTS, NOTES, REDIRECTS, SOURCES
from shared.models.counters import count_in
from shared.people.flags import unflag_writes
from shared.people.match_deletes import match_deletes
from shared.people.notes import note_deletes
from shared.people.prepared import source_id
from shared.people.stored import StoredPerson, load_people, plan_changes
from shared.ports import Delete, Ports, Update, Write
from shared.reading.exports.open import Row, open_export
from shared.retry import attempts

if TYPE_CHECKING:
    from shared.models.documents.imports import ImportDocument
    from shared.models.documents.people import SourceDocument

_LISTED: Final = 1000  # people a dry run lists
Repeated = Mapping[str, tuple[str, int]]  # source id -> the import and row that say the same
Watch = Callable[[int], object]  # gets the number of people that are done


class UndoCounts(TypedDict):
    """What undoing an import did: people removed and changed, those kept by hand, sources another import says, too."""

    import_id: str
    removed: int
    changed: int
    kept_by_hand: int
    kept_by_other_imports: int
    kept_reasons: NotRequired[dict[str, int]]  # what was done by hand -> people who stay for it


class UndoneRecord(TypedDict):
    """What undo does to one person, and what keeps them."""

    candidate_id: str
    change: str
    reasons: list[str]


class UndoKeeper(TypedDict):
    """Another import by which rows of these people stay."""

    import_id: str
    rows: int


class UndoPlan(UndoCounts):
    """What undoing an import would do: the first 1,000 people, and the imports that keep rows."""

    dry_run: bool
    people: list[UndoneRecord]
    kept_by_imports: list[UndoKeeper]


@dataclass
class _Effect:
    """What undo does to one person: the writes, what is counted, and the reasons for which they stay."""

    candidate_id: str
    change: str  # `removed`, `changed`, `kept_by_hand`, or empty where another import says the same
    writes: list[Write] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    reasons: list[str] = field(default_factory=list)


def undo_import(
    ports: Ports, import_id: str, watch: Watch = lambda people: None, also_kept: bool = False
) -> UndoCounts:
    """Take back what the import said, also after later imports and stages; return the counts.

    Who carries notes, tags, corrections, applications or shares made by hand stays with these, a name and keys, unless
    `also_kept`. `watch` gets the number of people that are done. Stopped at any point, the same call goes on from
    there. Raises `NotFound`, and `InvalidRequest` while the import runs or when it was undone before.
    """
    undone = _undoable(ports, import_id)
    ports.store.commit([[Update(IMPORTS, import_id, {"state": "FAILED"}, None)]])  # no worker resumes it
    counts = _no_counts()
    kept_reasons: dict[str, int] = {}
    repeated = _repeated_sources(ports, undone)
    ids = _candidate_ids(ports, import_id)
    while ids:
        for start in range(0, len(ids), CHUNK):
            chunk = ids[start : start + CHUNK]
            _undo_people(ports, chunk, undone, repeated, also_kept, counts, kept_reasons)
            watch(len(chunk))
        ids = _candidate_ids(ports, import_id)
    ports.store.commit([[Update(IMPORTS, import_id, {"state": "UNDONE", "undone_at": ports.now()}, None)]])
    undone_counts = {"import_id": import_id, **counts, "kept_reasons": kept_reasons}
    return cast("UndoCounts", undone_counts)


def preview_undo(ports: Ports, import_id: str) -> UndoPlan:
    """Say what undo would do, and write nothing: counts, the first 1,000 people, the imports that keep rows.

    Raises what `undo_import` does.
    """
    undone = _undoable(ports, import_id)
    counts = _no_counts()
    repeated = _repeated_sources(ports, undone)
    people: list[UndoneRecord] = []
    keeping: dict[str, int] = {}
    ids = _candidate_ids(ports, import_id, limit=None)
    for start in range(0, len(ids), CHUNK):
        for person in load_people(ports, ids[start : start + CHUNK]).values():
            effect = _effect(ports, person, undone, repeated, also_kept=False)
            count_in(counts, effect.counts)
            _count_keeping_imports(person, undone["id"], repeated, keeping)
            if effect.change and len(people) < _LISTED:
                people.append({"candidate_id": person.id, "change": effect.change, "reasons": effect.reasons})
    imports = [{"import_id": id_, "rows": rows} for id_, rows in sorted(keeping.items())]
    plan = {"import_id": import_id, "dry_run": True, **counts, "people": people, "kept_by_imports": imports}
    return cast("UndoPlan", plan)


def _undoable(ports: Ports, import_id: str) -> ImportDocument:
    document = import_document(ports.store, import_id)
    undone_at = document.get("undone_at")
    if undone_at:
        raise InvalidRequest(f"import {import_id} was undone at {undone_at}")
    if is_running(ports, document):
        raise InvalidRequest(f"import {import_id} is still running; undo it when it has ended")
    return document


def _no_counts() -> dict[str, int]:
    return {"removed": 0, "changed": 0, "kept_by_hand": 0, "kept_by_other_imports": 0}


def _candidate_ids(ports: Ports, import_id: str, limit: int | None = 20 * CHUNK) -> list[str]:
    rows = ports.store.query(SOURCES, [("import_id", "==", import_id)], limit=limit, fields=("candidate_id",))
    return sorted({row.data["candidate_id"] for row in rows})


def _repeated_sources(ports: Ports, undone: ImportDocument) -> dict[str, tuple[str, int]]:
    """Return the sources of this import that another import's file says too, with that import and its row.

    An import writes nothing for what is stored already, so only its file can tell.
    """
    repeated: dict[str, tuple[str, int]] = {}
    for row in ports.store.query(IMPORTS, [("pool", "==", undone["pool"])]):
        other = Import.model_validate(row.data)
        if other.id == undone["id"] or other.undone_at or other.state != "SUCCESS" or not other.counts.unchanged:
            continue
        repeated.update(_sources_in_file(ports, other))
    return repeated


def _sources_in_file(ports: Ports, other: Import) -> Iterator[tuple[str, tuple[str, int]]]:
    """Yield the source of every row an import has taken, with the import and the row."""
    with ports.files.open(other.file) as stream:
        export = open_export(stream, other.filename, other.options.mapping, other.options.dates)
        context = import_context(ports, export, other.pool, other.id, other.created_at)
        for row in export.records():
            if other.options.limit is not None and row.number > other.options.limit:
                return
            if isinstance(row, Row):
                yield source_id(context, row.cells), (other.id, row.number)


def _undo_people(
    ports: Ports,
    ids: Sequence[str],
    undone: ImportDocument,
    repeated: Repeated,
    also_kept: bool,
    counts: dict[str, int],
    kept_reasons: dict[str, int],
) -> None:
    for _ in attempts("records met other writers; run the same undo again"):
        stored = load_people(ports, ids)
        _delete_sources_of_nobody(ports, [id_ for id_ in ids if id_ not in stored], undone["id"])
        effects = [_effect(ports, person, undone, repeated, also_kept) for person in stored.values()]
        conflicts = ports.store.commit([effect.writes for effect in effects])
        conflicted = []
        for effect, conflict in zip(effects, conflicts, strict=True):
            if conflict:
                conflicted.append(effect.candidate_id)
            else:
                count_in(counts, effect.counts)
                if effect.change == "kept_by_hand":
                    count_in(kept_reasons, dict.fromkeys(effect.reasons, 1))
        if not conflicted:
            return
        ids = conflicted


def _delete_sources_of_nobody(ports: Ports, ids: Sequence[str], import_id: str) -> None:
    """Sources whose candidate was deleted by another tool must not hold up the undo."""
    for id_ in ids:
        rows = ports.store.query(SOURCES, [("candidate_id", "==", id_)], fields=("import_id",))
        ports.store.commit([[Delete(SOURCES, row.id)] for row in rows if row.data.get("import_id") == import_id])


def _effect(ports: Ports, person: StoredPerson, undone: ImportDocument, repeated: Repeated, also_kept: bool) -> _Effect:
    """Return what becomes of a person when the import's sources go."""
    remaining, moved = _remaining_sources(person, undone["id"], repeated)
    effect = _Effect(person.id, "", counts={"kept_by_other_imports": moved})
    if not any(is_named(source) for source in remaining.values()):
        effect.reasons = _handwork(ports, person, remaining)
        if also_kept or not effect.reasons:
            effect.change = "removed"
            effect.writes = _removal(ports, person)
        else:
            effect.change = "kept_by_hand"
            remaining = {**remaining, **_stub(ports, person, undone["id"])}
    elif len(remaining) < len(person.sources):
        effect.change = "changed"
    if effect.change:
        effect.counts[effect.change] = 1
    if effect.change != "removed":
        people = separate_people(ports, person, remaining)
        effect.writes = plan_changes([person], people, ports.now(), by=f"undo {undone['id']}")
    return effect


def _remaining_sources(
    person: StoredPerson, import_id: str, repeated: Repeated
) -> tuple[dict[str, SourceDocument], int]:
    """Return the sources that stay, and how many of them another import's row says."""
    remaining: dict[str, SourceDocument] = {}
    moved = 0
    for id_, row in person.sources.items():
        if row.data.get("import_id") != import_id:
            remaining[id_] = row.data
        elif id_ in repeated:
            other_import, number = repeated[id_]
            source: SourceDocument = row.data
            remaining[id_] = {**source, "import_id": other_import, "row": number}
            moved += 1
    return remaining, moved


def _handwork(ports: Ports, person: StoredPerson, remaining: Mapping[str, SourceDocument]) -> list[str]:
    """Name what people did by hand on a record: `2 notes`, `tags`, `a correction` …"""
    reasons = []
    ids = [person.id]
    ids += [row.id for row in ports.store.query(REDIRECTS, [("candidate_id", "==", person.id)], fields=())]
    notes = len(ports.store.query(NOTES, [("candidate_id", "in", ids)], fields=()))
    if notes:
        reasons.append(f"{notes} notes" if notes > 1 else "a note")
    for id_, source in remaining.items():
        reasons.append(_name_of_source(id_, source))
    if person.data.get("readers"):
        reasons.append("a share")
    return reasons


def _name_of_source(id_: str, source: SourceDocument) -> str:
    if id_.startswith("tags-"):
        return "tags"
    if source["kind"] == "correction":
        return "a correction"
    return "an application" if source["kind"] == "form" else "a file"


def _stub(ports: Ports, person: StoredPerson, import_id: str) -> dict[str, SourceDocument]:
    """Return a source that holds a name and keys, nothing else of what the import said.

    By the keys a later import of the same person joins the record.
    """
    keys = {}
    for row in person.sources.values():
        if row.data.get("import_id") == import_id:
            keys.update({key["hash"]: key for key in row.data.get("keys") or ()})
    id_ = f"kept-{person.id}"
    name = (person.data.get("person") or {}).get("name") or ""
    stub: SourceDocument = {
        "id": id_,
        "candidate_id": person.id,
        "pool": person.data["pool"],
        "kind": "form",
        "at": ports.now(),
        "keys": list(keys.values()),
        "outcome": "created",
        "facts": {"person": {"name": name}},
    }
    return {id_: stub}


def _removal(ports: Ports, person: StoredPerson) -> list[Write]:
    """Return the writes that remove a person with everything that refers to them."""
    redirects = ports.store.query(REDIRECTS, [("candidate_id", "==", person.id)], fields=())
    writes = plan_changes([person], [], ports.now())
    writes += unflag_writes(ports, person)
    writes += match_deletes(ports, "candidate_id", [person.id])
    writes += note_deletes(ports, person.id)
    writes += [Delete(REDIRECTS, row.id) for row in redirects]
    return writes


def _count_keeping_imports(person: StoredPerson, import_id: str, repeated: Repeated, keeping: dict[str, int]) -> None:
    """Count the rows of other imports by which a person stays: the same row, or another one."""
    for id_, row in person.sources.items():
        own_import = row.data.get("import_id")
        if own_import == import_id and id_ in repeated:
            own_import = repeated[id_][0]
        if own_import and own_import != import_id:
            keeping[own_import] = keeping.get(own_import, 0) + 1
