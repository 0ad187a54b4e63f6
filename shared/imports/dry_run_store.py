"""Writes kept aside of a store: what would be there, and the first changes, while nothing of it is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypedDict, cast

from shared.models.collections import CANDIDATES
from shared.models.values import JsonValue
from shared.ports import Create, Delete, Store, Stored, Update, Versions, Write, WriteConflict

if TYPE_CHECKING:
    from shared.models.documents.people import CandidateDocument
    from shared.models.documents.profiles import PersonData, ProfileData

_SHOWN: Final = 10
_CLAIMED: Final = ("sources", "keys")  # ids that others may have made before; those of candidates are random
Change = list[JsonValue]  # before, after
Place = tuple[str, str]  # collection and id
Rows = dict[Place, Stored[Any]]


class ChangedPerson(TypedDict):
    """A person an import would change, field by field: what stands there before and after."""

    candidate_id: str
    change: str  # new, changed, joins another
    fields: dict[str, Change]


class AsideStore:
    """Reads of `base` with the writes kept in `aside` laid over it: just what an import needs of a store."""

    def __init__(self, base: Store, aside: Store) -> None:
        self._base, self._aside = base, aside
        self._gone: set[Place] = set()
        self.changes: list[ChangedPerson] = []  # the first ones, field by field

    def get(self, kind: str, ids: Sequence[str], fields: Sequence[str] | None = None) -> dict[str, Stored[Any]]:
        """See the port."""
        aside = self._aside.get(kind, ids, fields)
        left = [id_ for id_ in ids if id_ not in aside and (kind, id_) not in self._gone]
        return aside | (self._base.get(kind, left, fields) if left else {})

    def commit(self, groups: Sequence[Sequence[Write]], written: Versions | None = None) -> list[WriteConflict | None]:
        """Write aside, many groups at a time: one by itself takes as long as thousands together. One reader and one
        writer: a group conflicts only where it makes what is there."""
        answers: list[WriteConflict | None] = []
        together: list[Sequence[Write]] = []
        touched: set[Place] = set()
        for group in groups:
            places = {_place(write) for write in group}
            if touched & places:  # it goes on from what one of these writes
                answers += self._write(together, written)
                together, touched = [], set()
            together.append(group)
            touched |= places
        return answers + self._write(together, written)

    def _write(self, groups: Sequence[Sequence[Write]], written: Versions | None) -> list[WriteConflict | None]:
        """Write groups no two of which touch the same."""
        places = [(write, _place(write)) for group in groups for write in group]
        changed = [place for write, place in places if not isinstance(write, Create)]
        here = _found(self._aside, changed, ())
        below = _found(self._base, [place for place in changed if place not in here and place not in self._gone])
        made = [place for write, place in places if isinstance(write, Create) and write.kind in _CLAIMED]
        taken = _found(self._base, [place for place in made if place not in self._gone], ())
        refused = [_refused(group, taken, here | below) for group in groups]
        good = [group for group, conflict in zip(groups, refused, strict=True) if not conflict]
        self._note(write for group in good for write in group)
        answers = self._aside.commit([list(_laid_over(group, here, below)) for group in good], written)
        for group, conflict in zip(good, answers, strict=True):
            self._gone.update(_place(write) for write in group if isinstance(write, Delete) and not conflict)
        later = iter(answers)
        return [conflict or next(later) for conflict in refused]

    def _note(self, writes: Iterable[Write]) -> None:
        for write in writes:
            if len(self.changes) == _SHOWN:
                return
            if write.kind == "candidates":
                before = self.get(CANDIDATES, [write.id]).get(write.id)
                self.changes.append(_difference(write, before.data if before else {}))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._base, name)


def _place(write: Write) -> Place:
    return write.kind, write.id


def _found(store: Store, places: Iterable[Place], fields: Sequence[str] | None = None) -> Rows:
    ids: dict[str, list[str]] = defaultdict(list)
    for kind, id_ in places:
        ids[kind].append(id_)
    return {(kind, id_): row for kind, some in ids.items() for id_, row in store.get(kind, some, fields).items()}


def _refused(group: Sequence[Write], taken: Rows, known: Rows) -> WriteConflict | None:
    for write in group:
        if isinstance(write, Create) and _place(write) in taken:
            return WriteConflict(write.kind, write.id, "exists")
        if isinstance(write, Update) and _place(write) not in known:
            return WriteConflict(write.kind, write.id, "missing")
    return None


def _laid_over(group: Sequence[Write], here: Rows, below: Rows) -> Iterator[Write]:
    """Yield what is written aside for a group; what stands only in the base is copied when it changes."""
    for write in group:
        if isinstance(write, Create):
            yield write
        elif _place(write) in here:
            yield write._replace(version=None)
        elif isinstance(write, Update):
            changed = {**below[_place(write)].data, **write.fields}
            yield Create(write.kind, write.id, {name: value for name, value in changed.items() if value is not None})


def _difference(write: Write, before: CandidateDocument) -> ChangedPerson:
    """One change field by field; vectors, words and bookkeeping left out."""
    if isinstance(write, Delete):
        return {"candidate_id": write.id, "change": "joins another", "fields": {}}
    after: CandidateDocument = write.fields if isinstance(write, Update) else write.data
    fields = _changed_parts("person", before.get("person"), after.get("person"))
    fields |= _changed_parts("profile", before.get("profile"), after.get("profile"))
    if (before.get("applications") or []) != (after.get("applications") or []):
        fields["applications"] = cast(Change, [before.get("applications"), after.get("applications")])
    return {"candidate_id": write.id, "change": "changed" if before else "new", "fields": fields}


def _changed_parts(
    part: str, before: PersonData | ProfileData | None, after: PersonData | ProfileData | None
) -> dict[str, Change]:
    old = cast("Mapping[str, JsonValue]", before or {})
    new = cast("Mapping[str, JsonValue]", after or {})
    return {
        f"{part}.{name}": [old.get(name), new.get(name)]
        for name in sorted({*old, *new})
        if old.get(name) != new.get(name)
    }
