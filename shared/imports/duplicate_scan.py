"""Likely duplicates of an import done by tasks: looked for page by page, each page with a note of how far it came."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Final

from shared.imports.counts import Counts
from shared.models.collections import CANDIDATES, IMPORTS, SLICES, SOURCES
from shared.people.near_duplicates import flag_likely_duplicates
from shared.people.touched_people import MANY, TouchedPeople
from shared.ports import Ports, Stored, Update, Where

if TYPE_CHECKING:
    from shared.models.documents.imports import ImportDocument
    from shared.models.documents.people import SourceDocument

PAGE: Final = 1000  # of an import's sources
AT_ONCE: Final = 200_000  # people that one step compares with each other
_SHARE: Final = 4  # reads per touched person when it is done by pages: source, person, name, employer


def touched_by(ports: Ports, import_id: str, pool: str) -> TouchedPeople:
    """Return whom this import wrote, in all its steps."""
    touched = TouchedPeople(pool)
    for sources in _pages_of_sources(ports, import_id, ""):
        _touch(ports, touched, sources)
    return touched


def compare(ports: Ports, document: ImportDocument, people: int, stop: Callable[[], bool]) -> bool:
    """Go on comparing the `people` an import wrote with those of their pool; return whether all of them are compared.

    `document`: the import's; its `compared` is the last source whose people were. `stop` is called after every page.
    """
    if not document["compared"] and _are_most(ports, document["pool"], people):
        everybody = TouchedPeople(document["pool"])
        everybody.note(MANY + 1, (), ())
        flagged = len(flag_likely_duplicates(ports, everybody))
        _store_position(ports, document, "", flagged)
        return True
    for sources in _pages_of_sources(ports, document["id"], document["compared"] or ""):
        touched = TouchedPeople(document["pool"])
        _touch(ports, touched, sources)
        flagged = len(flag_likely_duplicates(ports, touched))
        _store_position(ports, document, sources[-1].id, flagged)
        if stop():
            return False
    return True


def _are_most(ports: Ports, pool: str, people: int) -> bool:
    """Tell whether reading everybody once takes fewer reads than a query for each, and fits into a step."""
    in_pool = ports.store.count(CANDIDATES, [("pool", "==", pool)])
    return in_pool <= min(AT_ONCE, people * _SHARE)


def _pages_of_sources(ports: Ports, import_id: str, last_id: str) -> Iterator[Sequence[Stored[SourceDocument]]]:
    """Yield pages of the import's sources behind that one."""
    where: Where = [("import_id", "==", import_id)]
    while True:
        after = (None, last_id) if last_id else None
        rows = ports.store.query(SOURCES, where, limit=PAGE, after=after, fields=("candidate_id",))
        if not rows:
            return
        yield rows
        last_id = rows[-1].id


def _touch(ports: Ports, touched: TouchedPeople, sources: Sequence[Stored[SourceDocument]]) -> None:
    ids = sorted({row.data["candidate_id"] for row in sources})
    rows = ports.store.get(CANDIDATES, ids, fields=("name_key", "employer_key")).values()
    names = [row.data.get("name_key") or "" for row in rows]
    employers = [row.data.get("employer_key") or "" for row in rows]
    touched.note(len(rows), names, employers)


def _store_position(ports: Ports, document: ImportDocument, last_id: str, flagged: int) -> None:
    """Store how far the comparison is, and count what it flagged, in one group."""
    (row,) = ports.store.get(SLICES, [f"{document['id']}-0"]).values()
    counts = Counts.of(row.data)
    counts.flagged += flagged
    document["compared"] = last_id
    slice_ = Update(SLICES, row.id, {"counts": counts.document()}, row.version)
    ports.store.commit([[Update(IMPORTS, document["id"], {"compared": last_id}, None), slice_]])
