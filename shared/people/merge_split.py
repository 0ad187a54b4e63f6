"""Joining and parting people: by keys that were stored apart, or because a person says so."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

from shared.access.reads import could_be_id
from shared.access.redirects import redirected_id
from shared.errors import InvalidRequest, NotFound
from shared.paging import iter_pages
from shared.people.keys import are_different_people, keys_of
from shared.people.match_deletes import match_deletes
from shared.people.resolve import inherited
from shared.people.stored import ADOPTED, StoredPerson, TargetPerson, load_people, plan_changes
from shared.ports import Data, Ports, Stored, Write
from shared.retry import write_until_accepted

Watch = Callable[[int], object]  # told how many records more were looked at
_APART: Final = ("split", "shared_mailbox")  # flags that say: these two share a key and are two people


def find_id(ports: Ports, candidate_id: str) -> str:
    """Return the id a candidate has now: a merged id leads to the record it joined. Raises `NotFound`."""
    if could_be_id(candidate_id):
        for id_ in (candidate_id, redirected_id(ports.store, candidate_id)):
            if id_ and ports.store.get("candidates", [id_], fields=()):
                return id_
    raise NotFound(f"no candidate {candidate_id}")


def merge(ports: Ports, one: str, other: str) -> str:
    """Make two candidates one, because a person says so; return the id that stays (the older record's)."""

    def build() -> tuple[list[Write], str]:
        ids = [find_id(ports, one), find_id(ports, other)]
        if ids[0] == ids[1]:
            raise InvalidRequest(f"{one} and {other} are one candidate already")
        people = list(load_people(ports, ids).values())
        if len({person.data["pool"] for person in people}) > 1:
            raise InvalidRequest(f"{one} and {other} are in different pools")
        return _merged(ports, people, by="hand")

    return write_until_accepted(ports.store, build, f"candidate {one} or {other}")


def split(ports: Ports, candidate_id: str) -> list[str]:
    """Take a merged candidate apart again; return all ids, the one that stays first.

    Records that once were on their own come back under their old ids; else each source becomes a record.
    Keys stay with the first; the others are flagged, so that nothing joins them again by itself.
    """

    def build() -> tuple[list[Write], list[str]]:
        id_ = find_id(ports, candidate_id)
        person = load_people(ports, [id_])[id_]
        targets = _split(ports, person)
        if len(targets) < 2:
            raise InvalidRequest(f"{candidate_id} has one source; there is nothing to split")
        return plan_changes([person], targets, ports.now(), by="split"), [target.id for target in targets]

    return write_until_accepted(ports.store, build, f"candidate {candidate_id}")


def dedupe(ports: Ports, dry_run: bool = False, watch: Watch = lambda records: None) -> Data:
    """Merge records that share a key but were stored apart, and list flagged likely duplicates.

    Pairs a person split, and people who share only a mail box, stay apart. Every record is looked at twice.
    """
    merged = []
    for group in _sharing_a_key(ports, watch):
        known = list(load_people(ports, group).values())
        writes, heir = _merged(ports, [_with_keys(ports, each) for each in known], by="dedupe")
        if dry_run or ports.store.commit([writes]) == [None]:
            merged.append({"into": heir, "merged": sorted(each.id for each in known if each.id != heir)})
    return {"dry_run": dry_run, "merged": merged, "likely": list(likely_duplicates(ports, watch))}


def likely_duplicates(ports: Ports, watch: Watch = lambda records: None) -> Iterator[Data]:
    """Yield pairs flagged as likely one person, each once."""
    for row in _all(ports, ("flags",), watch):
        for flag in row.data.get("flags") or ():
            if flag["kind"] == "possible_duplicate" and row.id < flag["candidate_id"]:
                yield {"ids": [row.id, flag["candidate_id"]], "why": flag["detail"]}


def _merged(ports: Ports, known: Sequence[StoredPerson], by: str) -> tuple[list[Write], str]:
    heir = min(known, key=lambda each: (each.data.get("created_at") or "", each.id))
    sources: dict[str, Mapping[str, Any]] = {
        id_: row.data for each in (heir, *known) for id_, row in each.sources.items()
    }
    gone = {each.id for each in known} - {heir.id}
    before = {**heir.data, "flags": [f for f in heir.data.get("flags") or () if f.get("candidate_id") not in gone]}
    kept = StoredPerson(heir.id, heir.version, before, heir.sources)
    absorbed = inherited([each.data for each in known if each is not heir])
    wanted = TargetPerson(heir.id, heir.data.get("pool", "default"), kept, sources, absorbed)
    writes = plan_changes(known, [wanted], ports.now(), by=by)
    return writes + match_deletes(ports, "candidate_id", gone), heir.id


def _split(ports: Ports, known: StoredPerson) -> list[TargetPerson]:
    redirects = ports.store.query("redirects", [("candidate_id", "==", known.id)])
    sources = {id_: row.data for id_, row in known.sources.items()}
    groups = {row.id: [id_ for id_ in row.data["sources"] if id_ in sources] for row in redirects}
    groups = {id_: group for id_, group in groups.items() if group}
    if not groups:
        said = [id_ for id_, source in sources.items() if source["kind"] != "correction"]  # those stay with the first
        ordered = sorted(said, key=lambda id_: (sources[id_]["at"], sources[id_].get("row") or 0, id_))
        groups = {secrets.token_hex(10): [id_] for id_ in ordered[1:]}
    leaving = {id_ for group in groups.values() for id_ in group}
    wanted = [TargetPerson(known.id, known.data["pool"], known, {k: v for k, v in sources.items() if k not in leaving})]
    restored = {row.id for row in redirects}
    for id_, group in groups.items():
        own: dict[str, Mapping[str, Any]] = {source: sources[source] for source in group}
        wanted.append(TargetPerson(id_, known.data["pool"], None, own, restored=id_ in restored))
    for each in wanted:
        others = [other.id for other in wanted if other is not each]
        each.flags = [{"kind": "split", "detail": "taken apart by hand", "candidate_id": other} for other in others]
    return wanted


def _sharing_a_key(ports: Ports, watch: Watch) -> Iterator[list[str]]:
    """Yield groups of candidate ids that hold the same key, from what the documents say."""
    holder: dict[str, str] = {}
    tie: dict[str, str] = {}
    for row in _all(ports, ("pool", "person", "flags"), watch):
        for key in keys_of(row.data.get("person") or {}, row.data.get("pool", "default"), ports.key_secret):
            other = holder.setdefault(key["hash"], row.id)
            if other != row.id and not _apart(ports, row, other, key["kind"]):
                tie[row.id] = other
    groups: dict[str, list[str]] = defaultdict(list)
    for id_ in tie:
        groups[_root(tie, id_)].append(id_)
    yield from ([root, *ids] for root, ids in groups.items())


def _root(tie: Mapping[str, str], id_: str) -> str:
    while id_ in tie:
        id_ = tie[id_]
    return id_


def _apart(ports: Ports, row: Stored, other: str, kind: str) -> bool:
    if any(f["kind"] in _APART and f.get("candidate_id") == other for f in row.data.get("flags") or ()):
        return True
    stored = ports.store.get("candidates", [other], fields=("person",))[other]
    return kind == "email" and are_different_people([row.data.get("person") or {}], [stored.data.get("person") or {}])


def _with_keys(ports: Ports, known: StoredPerson) -> StoredPerson:
    """Another tool wrote documents without keys: the sources made of them claim what they say."""
    for row in known.sources.values():
        if row.version == ADOPTED:
            row.data["keys"] = keys_of(row.data["facts"].get("person") or {}, known.data["pool"], ports.key_secret)
    return known


def _all(ports: Ports, fields: tuple[str, ...], watch: Watch) -> Iterator[Stored]:
    for rows in iter_pages(ports.store, "candidates", (), fields):
        yield from rows
        watch(len(rows))
