"""Every stored vector looked at, some pages at a time: which are real, of what recipe, and where none is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from shared.models.collections import COLLECTIONS, RECORDS
from shared.paging import iter_pages
from shared.ports import Ports, Stored, Vector
from shared.stages.stage import load_stage
from shared.vectors.generations import BESIDE, PARTS, WHOLE, field_at, live_space, other_place
from shared.vectors.placeholders import Kind, SharedVectors, kinds_of

if TYPE_CHECKING:
    from shared.models.documents.records import RecordDocument, StageStateData

_LIGHT: Final = ("awaiting", "stages")  # what says whether there should be a vector


class VectorFault(NamedTuple):
    """A stored vector that is none."""

    id: str
    collection: str
    field: str
    kind: Kind


@dataclass
class VectorReport:
    """What the vectors of one kind of record are. `faults` holds those that are not real."""

    faults: list[VectorFault] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)  # id -> why there is none
    records: int = 0
    vectors: int = 0  # whole ones, real or not
    without_text: int = 0  # nothing to embed
    recipes: Counter[str] = field(default_factory=Counter)
    dimensions: Counter[int] = field(default_factory=Counter)
    lengths: list[float] = field(default_factory=list)  # of the whole vectors with numbers only

    @property
    def kinds(self) -> dict[str, int]:
        """How many vectors have each fault."""
        return dict(Counter(fault.kind for fault in self.faults))


class Page(NamedTuple):
    """Some records and their vectors: (collection, field) -> id -> vector as the store gives it."""

    rows: list[Stored[RecordDocument]]
    vectors: dict[tuple[str, str], dict[str, Vector]]


class VectorCheck:
    """Looks at pages as they come; what can only be said at the end is said by `end`."""

    def __init__(self, ports: Ports, kind: str) -> None:
        self._ports, self._kind = ports, kind
        self._names = _names(ports, kind)
        self._shared: dict[tuple[str, str], SharedVectors] = defaultdict(SharedVectors)
        self.report = VectorReport()

    def pages(self, fields: tuple[str, ...] | None = _LIGHT) -> Iterator[Page]:
        """Yield all records with their vectors. `fields`: of the records, None for all of them."""
        for rows in iter_pages(self._ports.store, RECORDS[self._kind], (), fields):
            yield self.page(rows)

    def page(self, rows: list[Stored[RecordDocument]]) -> Page:
        """Return these records with their vectors."""
        ids = [row.id for row in rows]
        found: dict[tuple[str, str], dict[str, Vector]] = {}
        for collection, names in self._names.items():
            stored = self._ports.store.get(COLLECTIONS[collection], ids, fields=tuple(names))
            for name in names:
                held = {id_: row.data[name] for id_, row in stored.items() if row.data.get(name) is not None}
                found[collection, name] = held
        return Page(rows, found)

    def look(self, page: Page) -> None:
        """Count a page in."""
        report = self.report
        report.records += len(page.rows)
        for (collection, name), held in page.vectors.items():
            ids, vectors = list(held), list(held.values())
            kinds = kinds_of(vectors)
            report.faults += [VectorFault(id_, collection, name, k) for id_, k in zip(ids, kinds, strict=True) if k]
            real = [place for place, kind in enumerate(kinds) if kind is None]
            self._shared[collection, name].add([ids[at] for at in real], [vectors[at] for at in real])
            if collection == self._kind:
                report.vectors += len(vectors)
                report.dimensions.update(int(np.size(vector)) for vector in vectors)
                report.lengths += _lengths(vectors)
        for row in page.rows:
            self._note(row, any(row.id in held for (at, _), held in page.vectors.items() if at == self._kind))

    def end(self) -> VectorReport:
        """Say which vectors stand for many different texts, and return the report."""
        for (collection, name), shared in self._shared.items():
            texts_of = _texts_of(self._ports, self._kind, name)
            self.report.faults += [VectorFault(id_, collection, name, "shared") for id_ in shared.ids(texts_of)]
        return self.report

    def _note(self, row: Stored[RecordDocument], has_vector: bool) -> None:
        state: StageStateData = (row.data.get("stages") or {}).get("embed") or {}
        if has_vector:
            self.report.recipes[state.get("recipe", "unknown")] += 1
        elif state.get("state") == "skipped":
            self.report.without_text += 1
        else:
            self.report.missing[row.id] = why_missing(row.data)


def check_vectors(ports: Ports, kind: str) -> VectorReport:
    """Look at every vector of a kind of record, without reading the records."""
    check = VectorCheck(ports, kind)
    for page in check.pages():
        check.look(page)
    return check.end()


def why_missing(data: RecordDocument) -> str:
    """Return why a record has no vector."""
    state: StageStateData = (data.get("stages") or {}).get("embed") or {}
    if state.get("state") == "done":
        return "embedded, and yet without a vector"
    if state.get("state") == "failed":
        return "embedding it failed"
    return f"awaits {data.get('awaiting')}"


def _names(ports: Ports, kind: str) -> dict[str, list[str]]:
    """Return the fields a search may look at: the live place, and the one that is being filled."""
    space, recipe = live_space(ports.store, kind), load_stage("embed", kind).recipe(ports)
    places = [space.place] if space.recipe in ("", recipe) else [space.place, other_place(space.place)]
    return {
        kind: [field_at(WHOLE, place) for place in places],
        BESIDE[kind]: [field_at(name, place) for place in places for name in PARTS],
    }


def _texts_of(ports: Ports, kind: str, name: str) -> Any:
    part = name.removesuffix("_2").replace(WHOLE, "whole")

    def texts(ids: Sequence[str]) -> Mapping[str, str]:
        stage = load_stage("embed", kind)
        rows = ports.store.get(RECORDS[kind], ids)
        return {id_: stage.inputs(row.data).get(part, "") for id_, row in rows.items()}

    return texts


def _lengths(vectors: Sequence[Any]) -> list[float]:
    flat = [np.asarray(vector, np.float64).ravel() for vector in vectors]
    return [float(np.sqrt(each @ each)) for each in flat if np.isfinite(each).all()]
