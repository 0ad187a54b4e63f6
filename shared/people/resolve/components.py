"""What has to be judged together: rows and stored people that keys connect, directly or over others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from shared.models.collections import KEYS
from shared.people.prepared import PreparedSource
from shared.people.resolve.crowds import CROWD, NAME_AT, crowded_out, names_by_key, without_crowds
from shared.people.stored import SourceDocuments, StoredPerson, carriers_of, load_people
from shared.ports import Ports, Stored

if TYPE_CHECKING:
    from shared.models.documents.people import KeyDocument

Member = StoredPerson | PreparedSource
_SAMPLE: Final = 30  # keys of a chunk that say whether it is worth asking for all of them


@dataclass(eq=False)
class Component:
    """People and rows that keys connect. `keys`: documents of keys that somebody holds."""

    people: list[StoredPerson] = field(default_factory=list)
    rows: list[PreparedSource] = field(default_factory=list)
    keys: dict[str, Stored[KeyDocument]] = field(default_factory=dict)
    crowds: set[str] = field(default_factory=set)  # keys that became a crowd's with these rows
    replaced: SourceDocuments = field(default_factory=dict)  # what stored sources say from now on


@dataclass
class Gathered:
    """Rows as they are to be judged."""

    alone: list[PreparedSource] = field(default_factory=list)  # nobody shares a key with them
    components: list[Component] = field(default_factory=list)
    deferred: list[PreparedSource] = field(default_factory=list)  # to be judged when a crowd's key is marked
    stored_since: int = 0  # rows another import has stored since they were looked for


def gather(ports: Ports, rows: Sequence[PreparedSource], conflicted: Sequence[PreparedSource] = ()) -> Gathered:
    """PersonGroup rows by shared keys, with the stored candidates that hold those keys.

    Keys are likely free where a few are: those that are not get in the way when they are written. Rows of which that
    is known come as `conflicted`, and their keys are all asked for.
    """
    rows = [*conflicted, *rows]
    keys = _held(ports, _hashes(rows), set(_hashes(conflicted)))
    keys |= _replace_crowds(ports, rows, keys)
    times = Counter(hash_ for row in rows for hash_ in (key["hash"] for key in row.keys))
    shared = {hash_ for hash_, count in times.items() if count > 1} | keys.keys()
    gathered = Gathered()
    gathered.alone, connected = _apart(rows, shared)
    people = _connected_people(ports, keys)
    stored = {id_ for person in people.values() for id_ in person.sources}
    fresh = [row for row in connected if row.source_id not in stored]
    gathered.stored_since = len(connected) - len(fresh)
    for component in _united(fresh, people.values(), keys):
        if component.rows:
            gathered.deferred += _find_crowds(component)
            gathered.components.append(component)
    return gathered


def component_of(ports: Ports, people: Iterable[StoredPerson], replaced: SourceDocuments | None = None) -> Component:
    """Return people together with everybody that keys connect them with, to be judged again.

    `replaced`: what some of their sources say from now on.
    """
    people = list(people)
    replaced = replaced or {}
    documents = [source for person in people for source in person.documents().values()]
    documents += replaced.values()
    hashes = {key["hash"] for source in documents for key in source.get("keys") or ()}
    keys = ports.store.get(KEYS, sorted(hashes)) if hashes else {}
    connected = _connected_people(ports, keys)
    known = {**connected, **{person.id: person for person in people}}
    component = Component(list(known.values()), [], keys, replaced=replaced)
    _find_crowds(component)
    component.crowds |= {hash_ for hash_, key in keys.items() if key.data.get("crowd")}
    return component


def _hashes(rows: Iterable[PreparedSource]) -> list[str]:
    return sorted({key["hash"] for row in rows for key in row.keys})


def _held(ports: Ports, hashes: Sequence[str], surely: Set[str]) -> dict[str, Stored[KeyDocument]]:
    """Return the keys somebody holds; where a few say that all are likely free, those of `surely` only."""
    others = [hash_ for hash_ in hashes if hash_ not in surely]
    few = others[:: 1 + len(others) // _SAMPLE]
    if len(few) < len(others) and not ports.store.get(KEYS, few, fields=()):
        hashes = sorted(surely)
    return ports.store.get(KEYS, hashes) if hashes else {}


def _replace_crowds(
    ports: Ports, rows: Sequence[PreparedSource], keys: Mapping[str, Stored[KeyDocument]]
) -> dict[str, Stored[KeyDocument]]:
    """Let rows with an address of a crowd carry address and name together; return who holds these keys."""
    crowds = {hash_ for hash_, key in keys.items() if key.data.get("crowd")}
    if not crowds:
        return {}
    for row in rows:
        if any(key["hash"] in crowds for key in row.keys):
            row.keys = row.source["keys"] = without_crowds(row.source, crowds, ports.key_secret)
    replaced = {key["hash"] for row in rows for key in row.keys if key["kind"] == NAME_AT}
    return ports.store.get(KEYS, sorted(replaced)) if replaced else {}


def _apart(rows: Sequence[PreparedSource], shared: Set[str]) -> tuple[list[PreparedSource], list[PreparedSource]]:
    """Return (rows none of whose keys is shared, the others): four of five rows are nobody's anybody knows."""
    alone: list[PreparedSource] = []
    others: list[PreparedSource] = []
    for row in rows:
        for key in row.keys:
            if key["hash"] in shared or key["kind"] == NAME_AT:
                others.append(row)
                break
        else:
            alone.append(row)
    return alone, others


def _connected_people(ports: Ports, keys: dict[str, Stored[KeyDocument]]) -> dict[str, StoredPerson]:
    """Return everybody who carries one of the keys, and whom their other keys lead to; note these keys."""
    people: dict[str, StoredPerson] = {}
    missing = {id_ for key in keys.values() for id_ in carriers_of(key.data)}
    while missing:
        loaded = load_people(ports, sorted(missing))
        people |= loaded
        for person in loaded.values():
            keys |= person.keys
        carriers = {id_ for person in loaded.values() for key in person.keys.values() for id_ in carriers_of(key.data)}
        missing = carriers - people.keys()
    return people


def _united(
    rows: Sequence[PreparedSource], people: Iterable[StoredPerson], keys: dict[str, Stored[KeyDocument]]
) -> list[Component]:
    """PersonGroup by the keys they carry."""
    at: dict[str, Component] = {}
    components: dict[int, Component] = {}
    members: list[Member] = [*people, *rows]
    for member in members:
        component = _component_of(member, keys)
        hashes = _keys_of_member(member)
        others = {id(other): other for hash_ in hashes if (other := at.get(hash_)) is not None}
        for other in others.values():
            component = _merged(other, component, at)
        at.update(dict.fromkeys(hashes, component))
        components[id(component)] = component
    return [component for component in components.values() if component.people or component.rows]


def _component_of(member: Member, keys: dict[str, Stored[KeyDocument]]) -> Component:
    if isinstance(member, PreparedSource):
        return Component([], [member], keys)
    return Component([member], [], keys)


def _keys_of_member(member: Member) -> list[str]:
    sources = [member.source] if isinstance(member, PreparedSource) else member.documents().values()
    return list(dict.fromkeys(key["hash"] for source in sources for key in source.get("keys") or ()))


def _merged(one: Component, other: Component, at: dict[str, Component]) -> Component:
    """Let the component with more members take in the other."""
    if len(one.people) + len(one.rows) < len(other.people) + len(other.rows):
        one, other = other, one
    one.people += other.people
    one.rows += other.rows
    members: list[Member] = [*other.people, *other.rows]
    for member in members:
        at.update(dict.fromkeys(_keys_of_member(member), one))
    other.people, other.rows = [], []
    return one


def _find_crowds(component: Component) -> list[PreparedSource]:
    """Note the keys that became a crowd's; return the rows that are not needed to see that, and take them out."""
    names = names_by_key(source for person in component.people for source in person.documents().values())
    needed: list[PreparedSource] = []
    deferred: list[PreparedSource] = []
    if len(component.rows) + max(map(len, names.values()), default=0) > CROWD:
        for row in component.rows:
            (deferred if crowded_out(names, row.source) else needed).append(row)
        component.rows = needed
    component.crowds = {hash_ for hash_, carriers in names.items() if len(carriers) > CROWD}
    return deferred
