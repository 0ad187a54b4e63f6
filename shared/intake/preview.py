"""What an import would do: the same code over a store that keeps all writes aside."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO, Final

from shared.intake.counts import Counts
from shared.intake.resolving import resolve
from shared.intake.slices import Triage, add_chunk, cut_rows, frame_of
from shared.models.batch import ImportOptions
from shared.ports import Conflict, Create, Data, Delete, Ports, Store, Stored, Update, Versions, Write
from shared.reading.exports import open_export

_SHOWN: Final = 10


class AsideStore:
    """Reads of `base` with the writes kept in `aside` laid over it: just what an import needs of a store."""

    def __init__(self, base: Store, aside: Store) -> None:
        self._base, self._aside = base, aside
        self._gone: set[tuple[str, str]] = set()
        self.changes: list[Data] = []

    def get(self, kind: str, ids: Sequence[str], fields: Sequence[str] | None = None) -> dict[str, Stored]:
        """See the port."""
        aside = self._aside.get(kind, ids, fields)
        left = [id_ for id_ in ids if id_ not in aside and (kind, id_) not in self._gone]
        return aside | (self._base.get(kind, left, fields) if left else {})

    def commit(self, groups: Sequence[Sequence[Write]], written: Versions | None = None) -> list[Conflict | None]:
        """Write aside. One reader and one writer: nothing can conflict but two equal rows of one file."""
        answers: list[Conflict | None] = []
        for group in groups:
            self._note(group)
            answers += self._aside.commit([[each for write in group for each in self._aside_writes(write)]], written)
        return answers

    def _aside_writes(self, write: Write) -> Iterator[Write]:
        here = bool(self._aside.get(write.kind, [write.id], fields=()))
        if isinstance(write, Delete):
            self._gone.add((write.kind, write.id))
            if here:
                yield Delete(write.kind, write.id)
        elif isinstance(write, Update):
            if here:
                yield Update(write.kind, write.id, write.fields, None)
            else:  # in one write: a group's writes are checked against what was there before the group
                before = self._base.get(write.kind, [write.id])[write.id].data
                yield Create(
                    write.kind, write.id, {k: v for k, v in {**before, **write.fields}.items() if v is not None}
                )
        else:
            self._gone.discard((write.kind, write.id))
            yield write

    def _note(self, group: Sequence[Write]) -> None:
        for write in group:
            if write.kind == "candidates" and len(self.changes) < _SHOWN:
                before = self.get("candidates", [write.id]).get(write.id)
                self.changes.append(_difference(write, before.data if before else {}))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._base, name)


@dataclass
class Preview:
    """What an import would do."""

    mapping: dict[str, str]
    unmapped: list[str]
    protected: list[str]
    counts: Counts = field(default_factory=Counts)
    changes: list[Data] = field(default_factory=list)  # the first ones, field by field
    rejects: list[Data] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def preview_import(
    ports: Ports,
    aside: Store,
    stream: BinaryIO,
    filename: str,
    pool: str,
    options: ImportOptions,
    watch: Callable[[int], object] = lambda rows: None,
) -> Preview:
    """Go through the whole import and write nothing but `aside`; `watch` is told how many rows more are done.

    Raises `UnreadableFile`.
    """
    export = open_export(stream, filename)
    preview = Preview(
        dict(export.columns.mapping), list(export.columns.unmapped.values()), list(export.columns.protected)
    )
    layered = AsideStore(ports.store, aside)
    dry = Ports(layered, ports.files, ports.queue, ports.model, ports.worker, ports.now, ports.key_secret)
    frame = frame_of(ports, export, pool, "preview", ports.now())
    triage = Triage(layered, frame, options)
    for rows in cut_rows(export, limit=options.limit):
        chunk = triage.chunk(rows)
        add_chunk(preview.counts, chunk, resolve(dry, chunk.prepared, options.on_duplicate))
        preview.rejects += [{"row": each.number, "line": each.line, "reason": each.reason} for each in chunk.rejects]
        watch(len(rows))
    preview.changes, preview.warnings = layered.changes, list(export.warnings)
    return preview


def _content(write: Create | Update) -> Data:
    if isinstance(write, Update):
        return write.fields
    return write.data


def _difference(write: Write, before: Mapping[str, Any]) -> Data:
    """One change field by field: `{field: [before, after]}`; vectors, words and bookkeeping left out."""
    if isinstance(write, Delete):
        return {"candidate_id": write.id, "change": "joins another", "fields": {}}
    after = _content(write)
    fields: dict[str, list[Any]] = {}
    for name in ("person", "profile"):
        old, new = before.get(name) or {}, after.get(name) or {}
        for key in sorted({*old, *new}):
            if old.get(key) != new.get(key):
                fields[f"{name}.{key}"] = [old.get(key), new.get(key)]
    if (before.get("applications") or []) != (after.get("applications") or []):
        fields["applications"] = [before.get("applications"), after.get("applications")]
    return {"candidate_id": write.id, "change": "changed" if before else "new", "fields": fields}
