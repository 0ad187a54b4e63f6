"""People as stored, with their sources, and the one mechanism of change: other sources belong to whom, fold again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, cast

from shared.models.collections import CANDIDATES, KEYS, REDIRECTS, SOURCES, VECTORS
from shared.models.values import pick, without
from shared.people.fold import is_worked_out, new_candidate, refold
from shared.ports import Create, Delete, Ports, Stored, Update, Version, Write

if TYPE_CHECKING:
    from shared.models.documents.people import (
        CandidateDocument,
        FactsData,
        IdentityKeyData,
        KeyDocument,
        RedirectDocument,
        SourceDocument,
    )
    from shared.models.documents.profiles import FlagData

ADOPTED: Final = -1  # the version of a source made from a document some other tool wrote: it is not stored yet
SourceDocuments = dict[str, "SourceDocument"]  # source id -> document


@dataclass
class StoredPerson:
    """A stored candidate and all sources that are theirs.

    `keys`: the documents of their identity keys, by hash, where another record carries one of them, too.
    """

    id: str
    version: Version
    data: CandidateDocument
    sources: dict[str, Stored[SourceDocument]]
    keys: dict[str, Stored[KeyDocument]] = field(default_factory=dict)

    def documents(self) -> SourceDocuments:
        """Return the source documents by id."""
        return {id_: source.data for id_, source in self.sources.items()}


@dataclass
class TargetPerson:
    """A candidate as it shall be. `before` is the stored one of that id, None for a new or restored one."""

    id: str
    pool: str
    before: StoredPerson | None = None
    sources: SourceDocuments = field(default_factory=dict)
    inherit: CandidateDocument = field(
        default_factory=lambda: cast("CandidateDocument", {})
    )  # what stages found on a record that joined this one
    flags: list[FlagData] = field(default_factory=list)  # to be added
    identity_flags: list[FlagData] | None = None  # to stand in place of those worked out before; None: those stay
    restored: bool = False  # the id was a redirect and is a record again
    shares_keys: bool = False  # whether another record carries one of its keys


def load_people(ports: Ports, ids: Iterable[str]) -> dict[str, StoredPerson]:
    """Return the candidates that exist, with their sources. A document without any source gets one made of itself."""
    rows = ports.store.get(CANDIDATES, list(ids))
    source_ids = [ref["source_id"] for row in rows.values() for ref in row.data.get("sources") or ()]
    sources = ports.store.get(SOURCES, source_ids) if source_ids else {}
    people = {row.id: _stored_person(row, sources) for row in rows.values()}
    sharing = [person for person in people.values() if person.data.get("shares_keys")]
    if sharing:
        _load_keys(ports, sharing)
    return people


def _stored_person(row: Stored[CandidateDocument], sources: Mapping[str, Stored[SourceDocument]]) -> StoredPerson:
    own: dict[str, Stored[SourceDocument]] = {}
    for reference in row.data.get("sources") or ():
        source = sources.get(reference["source_id"])
        if source is not None:
            own[source.id] = source
    adopted = {f"adopted-{row.id}": _adopt(row)} if not own else {}
    return StoredPerson(row.id, row.version, {"pool": "default", **row.data}, own or adopted)


def _load_keys(ports: Ports, people: Sequence[StoredPerson]) -> None:
    hashes = {key["hash"] for person in people for key in _keys(person.documents().values())}
    documents = ports.store.get(KEYS, sorted(hashes)) if hashes else {}
    for person in people:
        own = {key["hash"] for key in _keys(person.documents().values())}
        person.keys = {hash_: documents[hash_] for hash_ in own if hash_ in documents}


def _keys(sources: Iterable[SourceDocument]) -> Iterator[IdentityKeyData]:
    for source in sources:
        yield from source.get("keys") or ()


def _adopt(row: Stored[CandidateDocument]) -> Stored[SourceDocument]:
    """Return what a document written by another tool says, as a source, so that folding it loses nothing."""
    data = row.data
    profile = without(data.get("profile") or {}, ("tags",))
    facts: FactsData = {"person": data.get("person") or {}, "profile": profile}
    if applications := data.get("applications"):
        facts["application"] = without(applications[0], ("import_id",))
    source: SourceDocument = {
        "id": f"adopted-{row.id}",
        "candidate_id": row.id,
        "pool": data.get("pool", "default"),
        "kind": "form",
        "at": data.get("created_at") or "1970-01-01T00:00:00Z",
        "keys": [],
        "outcome": "created",
        "facts": facts,
    }
    return Stored(f"adopted-{row.id}", ADOPTED, source)


def carriers_of(key: KeyDocument) -> list[str]:
    """Return the candidates that carry a key, as its document says; nobody where they are too many to be listed."""
    if key.get("crowd"):
        return []
    return [key["candidate_id"], *(key.get("others") or ())]


def plan_changes(
    people: Sequence[StoredPerson],
    targets: Sequence[TargetPerson],
    now: str,
    by: str | None = None,
    keys: Mapping[str, Stored[KeyDocument]] | None = None,
) -> list[Write]:
    """Return one atomic group of writes that turns `people` into `targets`.

    Guarded by the versions of all these candidates. Keys go with the sources that carry them; a key nobody carries any
    more is released. `keys`: documents of keys that others hold. Who is stored and no target becomes a redirect to the
    target that holds their sources, or is gone with everything that was theirs.
    """
    for target in targets:
        target.sources = {id_: _owned(source, target.id) for id_, source in target.sources.items()}
    writes = _source_writes(people, targets) + _key_writes(people, targets, keys or {})
    writes += _candidate_writes(targets, now)
    staying = {target.id for target in targets}
    for person in people:
        if person.id not in staying:
            writes += _gone(person, targets, now, by)
    return writes


def _owned(source: SourceDocument, owner: str) -> SourceDocument:
    return source if source.get("candidate_id") == owner else {**source, "candidate_id": owner}


def _gone(person: StoredPerson, targets: Sequence[TargetPerson], now: str, by: str | None) -> list[Write]:
    writes: list[Write] = [Delete(CANDIDATES, person.id, person.version), Delete(VECTORS, person.id)]
    heir = next((target for target in targets if set(target.sources) & set(person.sources)), None)
    if heir:
        redirect: RedirectDocument = {
            "id": person.id,
            "candidate_id": heir.id,
            "sources": sorted(person.sources),
            "by": by,
            "at": now,
        }
        writes.append(Create(REDIRECTS, person.id, redirect))
    return writes


def _source_writes(people: Sequence[StoredPerson], targets: Sequence[TargetPerson]) -> list[Write]:
    stored = {id_: source for person in people for id_, source in person.sources.items()}
    writes: list[Write] = []
    staying: set[str] = set()
    for target in targets:
        staying.update(target.sources)
        for id_, source in target.sources.items():
            if id_ not in stored or stored[id_].version == ADOPTED:
                writes.append(Create(SOURCES, id_, source))
            elif stored[id_].data != source:
                writes.append(Update(SOURCES, id_, source, stored[id_].version))
    gone = [id_ for id_, source in stored.items() if id_ not in staying and source.version != ADOPTED]
    return writes + [Delete(SOURCES, id_) for id_ in gone]


def _key_writes(
    people: Sequence[StoredPerson], targets: Sequence[TargetPerson], keys: Mapping[str, Stored[KeyDocument]]
) -> list[Write]:
    known_keys: dict[str, Stored[KeyDocument]] = {}
    for person in people:
        known_keys |= person.keys
    known_keys |= keys
    held = _carried((person.id, _stored_sources(person)) for person in people)
    claimed = _carried((target.id, target.sources.values()) for target in targets)
    ours = {person.id for person in people}
    writes: list[Write] = []
    for hash_ in dict.fromkeys((*claimed, *held)):
        key = known_keys.get(hash_)
        if key is not None and key.data.get("crowd"):
            continue
        before = carriers_of(key.data) if key is not None else list(held.get(hash_, {}))
        after = list(claimed.get(hash_, {})) + [id_ for id_ in before if id_ not in ours]
        kind = next(iter({**held.get(hash_, {}), **claimed.get(hash_, {})}.values()))
        writes += _key_write(hash_, kind, before, list(dict.fromkeys(after)), key)
    return writes


def _key_write(
    hash_: str, kind: str, before: list[str], after: list[str], key: Stored[KeyDocument] | None
) -> list[Write]:
    version = key.version if key is not None else None
    if not before:
        return [Create(KEYS, hash_, key_document(kind, after))] if after else []
    if not after:
        return [Delete(KEYS, hash_, version)]
    if set(before) == set(after):
        return []
    others = after[1:] or None
    return [Update(KEYS, hash_, {"candidate_id": after[0], "others": others}, version)]


def key_document(kind: str, carriers: Sequence[str]) -> KeyDocument:
    """Return the document of a key that these candidates carry."""
    document: KeyDocument = {"kind": kind, "candidate_id": carriers[0]}
    if len(carriers) > 1:
        document["others"] = list(carriers[1:])
    return document


def _stored_sources(person: StoredPerson) -> list[SourceDocument]:
    return [source.data for source in person.sources.values() if source.version != ADOPTED]


def _carried(people: Iterable[tuple[str, Iterable[SourceDocument]]]) -> dict[str, dict[str, str]]:
    """Return key hash -> {candidate: kind of the key} of those that carry it."""
    carried: dict[str, dict[str, str]] = {}
    for owner, sources in people:
        for key in _keys(sources):
            carried.setdefault(key["hash"], {})[owner] = key["kind"]
    return carried


def _candidate_writes(targets: Sequence[TargetPerson], now: str) -> list[Write]:
    writes: list[Write] = []
    for target in targets:
        if target.restored:
            writes.append(Delete(REDIRECTS, target.id))
        if target.before is None:
            writes.append(Create(CANDIDATES, target.id, _created(target, now)))
        else:
            writes.append(Update(CANDIDATES, target.id, _updated(target, target.before, now), target.before.version))
    return writes


def _created(target: TargetPerson, now: str) -> CandidateDocument:
    candidate = new_candidate(target.id, target.pool, now, list(target.sources.values()))
    candidate["flags"] = _flags(candidate["flags"], target)
    if target.shares_keys:
        candidate["shares_keys"] = True
    return candidate


def _updated(target: TargetPerson, before: StoredPerson, now: str) -> CandidateDocument:
    if _is_as_stored(target, before):
        return {"flags": before.data.get("flags") or []}  # a guard: what was decided rests on this record, too
    known: CandidateDocument = {**target.inherit, **before.data}
    fields = refold(known, list(target.sources.values()), now)
    fields["flags"] = _flags(fields["flags"], target)
    missing = [name for name in target.inherit if not before.data.get(name)]
    fields = {**fields, **pick(target.inherit, missing)}
    if target.shares_keys:
        fields["shares_keys"] = True
    return fields


def _is_as_stored(target: TargetPerson, before: StoredPerson) -> bool:
    """Whether nothing changes but what stands on other records."""
    is_adopted = any(source.version == ADOPTED for source in before.sources.values())
    if target.identity_flags is None or target.inherit or is_adopted:
        return False
    sources = {id_: source.data for id_, source in before.sources.items()}
    flags = before.data.get("flags") or []
    is_marked = bool(before.data.get("shares_keys")) or not target.shares_keys
    return sources == target.sources and is_marked and _flags(flags, target) == flags


def _flags(flags: list[FlagData], target: TargetPerson) -> list[FlagData]:
    if target.identity_flags is not None:
        flags = [flag for flag in flags if not is_worked_out(flag)] + target.identity_flags
    return flags + [flag for flag in target.flags if flag not in flags]
