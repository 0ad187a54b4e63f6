"""People as stored, with their sources, and the one mechanism of change: other sources belong to whom, fold again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from shared.people.fold import new_candidate, refold
from shared.ports import Create, Data, Delete, Ports, Stored, Update, Version, Write

ADOPTED: Final = -1  # the version of a source made from a document some other tool wrote: it is not stored yet


@dataclass
class StoredPerson:
    """A stored candidate and all sources that are theirs."""

    id: str
    version: Version
    data: Data
    sources: dict[str, Stored]


@dataclass
class TargetPerson:
    """A candidate as it shall be. `before` is the stored one of that id, None for a new or restored one."""

    id: str
    pool: str
    before: StoredPerson | None = None
    sources: dict[str, Mapping[str, Any]] = field(default_factory=dict)  # source id -> document
    inherit: Data = field(default_factory=dict)  # what stages found on a record that joined this one
    flags: list[Data] = field(default_factory=list)  # to be added
    restored: bool = False  # the id was a redirect and is a record again


def load_people(ports: Ports, ids: Iterable[str]) -> dict[str, StoredPerson]:
    """Return the candidates that exist, with their sources. A document without any source gets one made of itself."""
    rows = ports.store.get("candidates", list(ids))
    wanted = [ref["source_id"] for row in rows.values() for ref in row.data.get("sources") or ()]
    sources = ports.store.get("sources", wanted) if wanted else {}
    known = {}
    for row in rows.values():
        own = {s: sources[s] for ref in row.data.get("sources") or () if (s := ref["source_id"]) in sources}
        data = {"pool": "default", **row.data}
        known[row.id] = StoredPerson(row.id, row.version, data, own or {f"adopted-{row.id}": _adopt(row)})
    return known


def _adopt(row: Stored) -> Stored:
    """What a document written by another tool says, as a source, so that folding it loses nothing."""
    data = row.data
    profile = {k: v for k, v in (data.get("profile") or {}).items() if k != "tags"}
    facts: Data = {"person": data.get("person") or {}, "profile": profile}
    if applications := data.get("applications"):
        facts["application"] = {k: v for k, v in applications[0].items() if k != "import_id"}
    source = {
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


def plan_changes(
    known: Sequence[StoredPerson], wanted: Sequence[TargetPerson], now: str, by: str | None = None
) -> list[Write]:
    """Return one atomic group of writes that turns `known` into `wanted`.

    Guarded by the versions of all known candidates. Keys go with the sources that claim them, the first wanted
    candidate first; a key nobody claims any more is released. Who is known and not wanted any more becomes a redirect
    to the wanted one that holds their sources, or is gone with everything that was theirs.
    """
    claimed = _claims((each.id, each.sources.values()) for each in wanted)
    for each in wanted:
        each.sources = {id_: _with_own_keys(source, each.id, claimed) for id_, source in each.sources.items()}
    writes = _source_writes(known, wanted) + _key_writes(known, claimed)
    writes += _candidate_writes(wanted, now)
    kept = {each.id for each in wanted}
    for gone in (each for each in known if each.id not in kept):
        writes += [Delete("candidates", gone.id, gone.version), Delete("vectors", gone.id)]
        heir = next((each for each in wanted if set(each.sources) & set(gone.sources)), None)
        if heir:
            redirect = {"id": gone.id, "candidate_id": heir.id, "sources": sorted(gone.sources), "by": by, "at": now}
            writes.append(Create("redirects", gone.id, redirect))
    return writes


def _source_writes(known: Sequence[StoredPerson], wanted: Sequence[TargetPerson]) -> list[Write]:
    stored = {id_: row for each in known for id_, row in each.sources.items()}
    writes: list[Write] = []
    for each in wanted:
        for id_, source in each.sources.items():
            if id_ not in stored or stored[id_].version == ADOPTED:
                writes.append(Create("sources", id_, dict(source)))
            elif stored[id_].data != source:
                writes.append(Update("sources", id_, dict(source), stored[id_].version))
    staying = {id_ for each in wanted for id_ in each.sources}
    gone = [id_ for id_, row in stored.items() if id_ not in staying and row.version != ADOPTED]
    return writes + [Delete("sources", id_) for id_ in gone]


def _with_own_keys(source: Mapping[str, Any], owner: str, claimed: dict[str, tuple[str, str]]) -> Mapping[str, Any]:
    """A source claims only what its candidate holds, or a later release would free another person's key."""
    own = [key for key in source.get("keys") or () if claimed[key["hash"]][1] == owner]
    return {**source, "keys": own, "candidate_id": owner}


def _key_writes(known: Sequence[StoredPerson], claimed: dict[str, tuple[str, str]]) -> list[Write]:
    stored = ((each.id, [row.data for row in each.sources.values() if row.version != ADOPTED]) for each in known)
    held = _claims(stored)
    writes: list[Write] = []
    for hash_, (kind, owner) in claimed.items():
        if hash_ not in held:
            writes.append(Create("keys", hash_, {"kind": kind, "candidate_id": owner}))
        elif held[hash_][1] != owner:
            writes.append(Update("keys", hash_, {"candidate_id": owner}, None))
    return writes + [Delete("keys", hash_) for hash_ in held if hash_ not in claimed]


def _claims(people: Iterable[tuple[str, Iterable[Mapping[str, Any]]]]) -> dict[str, tuple[str, str]]:
    claims: dict[str, tuple[str, str]] = {}
    for owner, sources in people:
        for source in sources:
            for key in source.get("keys") or ():
                claims.setdefault(key["hash"], (key["kind"], owner))
    return claims


def _candidate_writes(wanted: Sequence[TargetPerson], now: str) -> list[Write]:
    writes: list[Write] = []
    for each in wanted:
        documents: list[Any] = list(each.sources.values())
        if each.restored:
            writes.append(Delete("redirects", each.id))
        if each.before is None:
            data: Any = new_candidate(each.id, each.pool, now, documents)
            data["flags"] = _flags(data["flags"], each.flags)
            writes.append(Create("candidates", each.id, data))
        else:
            before: Any = {**each.inherit, **each.before.data}
            fields: Any = refold(before, documents, now)
            fields["flags"] = _flags(fields["flags"], each.flags)
            fields |= {name: value for name, value in each.inherit.items() if not each.before.data.get(name)}
            writes.append(Update("candidates", each.id, fields, each.before.version))
    return writes


def _flags(flags: list[Data], more: Sequence[Data]) -> list[Data]:
    return flags + [flag for flag in more if flag not in flags]
