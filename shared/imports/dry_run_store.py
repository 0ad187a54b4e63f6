"""Writes kept aside of a store: what would be there, and the first changes, while nothing of it is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypedDict, cast

from shared.models.collections import CANDIDATES, COLLECTIONS
from shared.models.values import JsonValue
from shared.ports import Create, Delete, Store, Stored, Update, Versions, Write, WriteConflict

if TYPE_CHECKING:
    from shared.models.documents.people import CandidateDocument
    from shared.models.documents.profiles import PersonData, ProfileData

_LISTED: Final = 10  # changes
_CLAIMED: Final = ("sources", "keys")  # ids that others may have made before; those of candidates are random
DocumentKey = tuple[str, str]  # collection and id
Rows = dict[DocumentKey, Stored[Any]]


class ChangedPerson(TypedDict):
    """A person an import would change, field by field: what stands there before and after."""

    candidate_id: str
    change: str  # new, changed, joins another
    fields: dict[str, list[JsonValue]]


class DryRunStore:
    """Reads of `base` with the writes in `aside` over them: just what an import needs of a store."""

    def __init__(self, base: Store, aside: Store) -> None:
        self._base = base
        self._aside = aside
        self._deleted: set[DocumentKey] = set()
        self.changes: list[ChangedPerson] = []  # the first ones, field by field

    def get(self, kind: str, ids: Sequence[str], fields: Sequence[str] | None = None) -> dict[str, Stored[Any]]:
        """See the port."""
        collection = COLLECTIONS[kind]
        rows = self._aside.get(collection, ids, fields)
        missing = [id_ for id_ in ids if id_ not in rows and (kind, id_) not in self._deleted]
        if missing:
            rows = rows | self._base.get(collection, missing, fields)
        return rows

    def commit(self, groups: Sequence[Sequence[Write]], written: Versions | None = None) -> list[WriteConflict | None]:
        """Write aside, many groups at a time: one by itself takes as long as thousands together.

        One reader and one writer: a group conflicts only where it makes what exists.
        """
        conflicts: list[WriteConflict | None] = []
        batch: list[Sequence[Write]] = []
        touched: set[DocumentKey] = set()
        for group in groups:
            keys = {_key(write) for write in group}
            if touched & keys:  # it continues what a group of this batch writes
                conflicts += self._write(batch, written)
                batch = []
                touched = set()
            batch.append(group)
            touched |= keys
        return conflicts + self._write(batch, written)

    def _write(self, groups: Sequence[Sequence[Write]], written: Versions | None) -> list[WriteConflict | None]:
        """Write groups no two of which touch the same document."""
        aside, base = self._rows_to_change(groups)
        existing = self._existing(groups)
        refusals = [_refusal(group, existing, aside | base) for group in groups]
        accepted = [group for group, refusal in zip(groups, refusals, strict=True) if not refusal]
        self._list_changes(accepted)
        conflicts = self._aside.commit([_writes_aside(group, aside, base) for group in accepted], written)
        for group, conflict in zip(accepted, conflicts, strict=True):
            if not conflict:
                self._deleted.update(_key(write) for write in group if isinstance(write, Delete))
        remaining = iter(conflicts)
        return [refusal or next(remaining) for refusal in refusals]

    def _rows_to_change(self, groups: Sequence[Sequence[Write]]) -> tuple[Rows, Rows]:
        """Return what groups change or delete: the rows aside, and those that stand only in the base."""
        keys = [_key(write) for group in groups for write in group if not isinstance(write, Create)]
        aside = _rows(self._aside, keys, ())
        others = [key for key in keys if key not in aside and key not in self._deleted]
        return aside, _rows(self._base, others)

    def _existing(self, groups: Sequence[Sequence[Write]]) -> Rows:
        """Return what groups make though it stands in the base."""
        keys = []
        for group in groups:
            for write in group:
                if isinstance(write, Create) and write.kind in _CLAIMED and _key(write) not in self._deleted:
                    keys.append(_key(write))
        return _rows(self._base, keys, ())

    def _list_changes(self, groups: Iterable[Sequence[Write]]) -> None:
        for group in groups:
            for write in group:
                if len(self.changes) == _LISTED:
                    return
                if write.kind == "candidates":
                    before = self.get(CANDIDATES, [write.id]).get(write.id)
                    self.changes.append(_difference(write, before.data if before else {}))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._base, name)


def _key(write: Write) -> DocumentKey:
    return write.kind, write.id


def _rows(store: Store, keys: Iterable[DocumentKey], fields: Sequence[str] | None = None) -> Rows:
    ids: dict[str, list[str]] = defaultdict(list)
    for kind, id_ in keys:
        ids[kind].append(id_)
    rows: Rows = {}
    for kind, own_ids in ids.items():
        for id_, row in store.get(COLLECTIONS[kind], own_ids, fields).items():
            rows[kind, id_] = row
    return rows


def _refusal(group: Sequence[Write], existing: Rows, rows: Rows) -> WriteConflict | None:
    for write in group:
        if isinstance(write, Create) and _key(write) in existing:
            return WriteConflict(write.kind, write.id, "exists")
        if isinstance(write, Update) and _key(write) not in rows:
            return WriteConflict(write.kind, write.id, "missing")
    return None


def _writes_aside(group: Sequence[Write], aside: Rows, base: Rows) -> list[Write]:
    """Return what is written aside for a group; what stands only in the base is copied when it changes."""
    writes: list[Write] = []
    for write in group:
        if isinstance(write, Create):
            writes.append(write)
        elif _key(write) in aside:
            writes.append(write._replace(version=None))
        elif isinstance(write, Update):
            changed = {**base[_key(write)].data, **write.fields}
            filled = {name: value for name, value in changed.items() if value is not None}
            writes.append(Create(write.kind, write.id, filled))
    return writes


def _difference(write: Write, before: CandidateDocument) -> ChangedPerson:
    """One change field by field; vectors, words and bookkeeping left out."""
    if isinstance(write, Delete):
        return {"candidate_id": write.id, "change": "joins another", "fields": {}}
    after = write.fields if isinstance(write, Update) else write.data
    fields = dict(_field_changes(before, after))
    return {"candidate_id": write.id, "change": "changed" if before else "new", "fields": fields}


def _field_changes(before: CandidateDocument, after: CandidateDocument) -> Iterator[tuple[str, list[JsonValue]]]:
    yield from _part_changes("person", before.get("person"), after.get("person"))
    yield from _part_changes("profile", before.get("profile"), after.get("profile"))
    old = before.get("applications")
    new = after.get("applications")
    if (old or []) != (new or []):
        yield "applications", cast("list[JsonValue]", [old, new])


def _part_changes(
    part: str, before: PersonData | ProfileData | None, after: PersonData | ProfileData | None
) -> Iterator[tuple[str, list[JsonValue]]]:
    old = cast("Mapping[str, JsonValue]", before or {})
    new = cast("Mapping[str, JsonValue]", after or {})
    for name in sorted({*old, *new}):
        if old.get(name) != new.get(name):
            yield f"{part}.{name}", [old.get(name), new.get(name)]
