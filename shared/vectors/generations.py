"""Two places for vectors, of which one is live: a new model or text is filled in beside, then one write switches over.

So a search never compares vectors of two models, and finds people as before while a new space is being filled.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from shared.models.collections import DIMENSIONS, JOB_VECTORS, RECORDS, SPACES, VECTORS, Collection
from shared.models.space import Place, Space
from shared.ports import Create, Ports, Reply, Store, Update, Vector

if TYPE_CHECKING:
    from shared.models.documents.vectors import VectorsDocument

WHOLE: Final = "embedding"
PARTS: Final = ("skill", "experience", "education")
# kind -> the collection that holds its parts
BESIDE: Final[dict[str, Collection[VectorsDocument]]] = {"candidates": VECTORS, "jobs": JOB_VECTORS}
MAY_FAIL: Final = 0.01  # share of records without a vector with which a new space still goes live
_PAGE: Final = 300
log = logging.getLogger("shortlist.spaces")


@dataclass(frozen=True, slots=True)
class Filling:
    """How far the space of another recipe is."""

    live: str
    recipe: str
    filled: int
    left: int  # records that still have to be embedded anew
    failed: int  # records that could not be

    @property
    def complete(self) -> bool:
        """Whether a search would lose nobody to speak of."""
        return not self.left and self.failed <= MAY_FAIL * (self.filled + self.failed)


def field_at(name: str, place: Place) -> str:
    """Return the name a vector field has in a place."""
    return name if place == 1 else f"{name}_{place}"


def other_place(place: Place) -> Place:
    """Return the place that is not this one."""
    return 2 if place == 1 else 1


def live_space(store: Store, kind: str) -> Space:
    """Return the space a search of this kind looks at."""
    found = store.get(SPACES, [kind]).get(kind)
    return Space.model_validate(found.data) if found else _implied(store, kind)


def place_to_fill(ports: Ports, kind: str, recipe: str) -> Place:
    """Return where vectors of this recipe go: to the live place when they are of its recipe, else to the other.

    The first call writes down which space is live, so that it is known before another one is begun.
    """
    found = ports.store.get(SPACES, [kind]).get(kind)
    if found is None:
        space = _implied(ports.store, kind)
        space = space.model_copy(update={"recipe": space.recipe or recipe, "since": ports.now()})
        ports.store.commit([[Create(SPACES, kind, space.model_dump(mode="json"))]])  # or another was first
    space = Space.model_validate(found.data) if found else live_space(ports.store, kind)
    return space.place if space.recipe == recipe else other_place(space.place)


def filling(store: Store, kind: str, recipe: str) -> Filling | None:
    """Return how far the space of this recipe is; None when it is the live one, or there is nothing yet."""
    space = live_space(store, kind)
    if space.recipe in ("", recipe):
        return None
    left = store.count(kind, [("stages.embed.recipe", "!=", recipe)])
    filled = store.count(kind, [("stages.embed.recipe", "==", recipe)])
    failed = store.count(kind, [("stages.embed.recipe", "==", recipe), ("stages.embed.state", "==", "failed")])
    return Filling(space.recipe, recipe, filled - failed, left, failed)


def switch_if_complete(ports: Ports, kind: str, recipe: str) -> bool:
    """Make the space of this recipe the live one if every record is in it; say whether it is live now by this call."""
    far = filling(ports.store, kind, recipe)
    if far is None or not far.complete:
        return False
    found = ports.store.get(SPACES, [kind]).get(kind)
    if found is None or found.data["recipe"] != far.live:
        return False  # someone else was first
    place = other_place(Space.model_validate(found.data).place)
    fields = {"recipe": recipe, "place": place, "since": ports.now(), "tidied": ""}
    (conflict,) = ports.store.commit([[Update(SPACES, kind, fields, found.version)]])
    if conflict is None:
        log.info("the vectors of %s are now of %r: %d records, %d failed", kind, recipe, far.filled, far.failed)
    return conflict is None


def tidy(ports: Ports, kind: str, recipe: str, most: int = 10**9) -> int:
    """Remove the vectors of the space that is no longer live, of at most so many records; return how many went.

    Nothing is removed while `recipe` is another than the live one: then the other place is being filled.
    """
    removed = seen = 0
    while seen < most:
        found = ports.store.get(SPACES, [kind]).get(kind)
        space = Space.model_validate(found.data) if found else None
        if found is None or space is None or space.tidied is None or space.recipe != recipe:
            break
        after = (None, space.tidied) if space.tidied else None
        rows = ports.store.query(RECORDS[kind], limit=_PAGE, after=after, fields=())
        here, clean = _remove(ports, kind, [row.id for row in rows], other_place(space.place))
        seen, removed = seen + len(rows), removed + here
        if not clean:
            continue  # someone wrote one of these records just now: look at it once more
        ports.store.commit([[Update(SPACES, kind, {"tidied": rows[-1].id if rows else None}, found.version)]])
    return removed


def _remove(ports: Ports, kind: str, ids: Sequence[str], place: Place) -> tuple[int, bool]:
    """Remove the vectors of one place from these records; return from how many, and whether none resisted."""
    writes: list[list[Any]] = []
    for collection, names in _places(kind):
        fields = tuple(field_at(name, place) for name in names)
        for row in ports.store.get(collection, ids, fields=fields).values():
            if held := [name for name in fields if name in row.data]:
                writes.append([Update(collection, row.id, dict.fromkeys(held), row.version)])
    answers = ports.store.commit(writes)
    gone = {group[0].id for group, conflict in zip(writes, answers, strict=True) if conflict is None}
    return len(gone), not any(answers)


def _places(kind: str) -> tuple[tuple[Collection[Any], Sequence[str]], ...]:
    """Return the collections that hold vectors of a kind of record, and which."""
    return ((RECORDS[kind], (WHOLE,)), (BESIDE[kind], PARTS))


def live_vectors(store: Store, kind: str, ids: Sequence[str], names: Sequence[str]) -> dict[str, dict[str, Vector]]:
    """Return the live vectors of stored records, id -> name in the first place -> vector; those there are."""
    place = live_space(store, kind).place
    found: dict[str, dict[str, Vector]] = {}
    for collection, known in _places(kind):
        asked = {field_at(name, place): name for name in known if name in names}
        for row in store.get(collection, ids, fields=tuple(asked)).values() if asked else ():
            vectors = {asked[field]: row.data[field] for field in asked if row.data.get(field) is not None}
            found.setdefault(row.id, {}).update(vectors)
    return found


def legs_among(store: Store, kind: str, of: str, vectors: Mapping[str, Vector]) -> list[tuple[str, str, Vector]] | None:
    """Return (collection, field, vector) of each search that compares live vectors `of` one kind with those of `kind`.

    None while the two are not of one model: while one of them has been filled anew and the other has not.
    """
    space = space_for(store, kind, of)
    return None if space is None else legs_in(space, vectors)


def space_for(store: Store, kind: str, of: str) -> Space | None:
    """Return the live space of `kind` when live vectors `of` the other can be compared with it, else None."""
    space = live_space(store, kind)
    if of != kind and model_of(live_space(store, of).recipe) != model_of(space.recipe):
        return None
    return space


def legs_in(space: Space, vectors: Mapping[str, Vector]) -> list[tuple[str, str, Vector]]:
    """Return (collection, field, vector) of each search of a space."""
    kind = space.id
    return [
        (kind if name == WHOLE else BESIDE[kind], field_at(name, space.place), vector)
        for name, vector in vectors.items()
    ]


def model_of(recipe: str) -> str:
    """Return the model's part of an embed recipe: what a query must be embedded with to be compared."""
    return recipe.partition(f" {DIMENSIONS}d")[0].removesuffix(" query")


def embed_queries(ports: Ports, space: Space, texts: Sequence[str]) -> list[Reply[Vector]]:
    """Embed queries as the vectors of the space were. Raises `InvalidRequest` when this installation's model cannot."""
    if not space.recipe or model_of(space.recipe) == ports.model.recipe("embed"):
        return ports.model.embed(texts, "query")
    return ports.model.embed(texts, "query", model_of(space.recipe))


def _implied(store: Store, kind: str) -> Space:
    """What an installation without the document has: the recipe of any record that was embedded."""
    rows = store.query(RECORDS[kind], [("stages.embed.state", "==", "done")], limit=1, fields=("stages",))
    return Space(id=kind, recipe=rows[0].data["stages"]["embed"]["recipe"] if rows else "")
