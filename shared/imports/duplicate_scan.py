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
_SHARE: Final = 4  # reads per person written when it is done by pages: source, person, name, employer


def written_by(ports: Ports, import_id: str, pool: str) -> TouchedPeople:
    """Return whom this import wrote, in all its steps."""
    written, after = TouchedPeople(pool), ""
    while sources := _sources(ports, import_id, after):
        _note(ports, written, sources)
        after = sources[-1].id
    return written


def compare(ports: Ports, document: ImportDocument, people: int, stop: Callable[[], bool]) -> bool:
    """Go on comparing the `people` an import wrote with those of their pool; return whether all of them are compared.

    `document`: the import's; its `compared` is the last source whose people were. `stop` is asked after every page.
    """
    if not document["compared"] and _are_most(ports, document["pool"], people):
        everybody = TouchedPeople(document["pool"])
        everybody.note(MANY + 1, (), ())
        _note_compared(ports, document, "", len(flag_likely_duplicates(ports, everybody)))
        return True
    for last, flagged in _pages(ports, document):
        _note_compared(ports, document, last, flagged)
        if stop():
            return False
    return True


def _are_most(ports: Ports, pool: str, people: int) -> bool:
    """Whether reading everybody once is less than asking for those who were written, and fits into a step."""
    there = ports.store.count(CANDIDATES, [("pool", "==", pool)])
    return there <= min(AT_ONCE, people * _SHARE)


def _pages(ports: Ports, document: ImportDocument) -> Iterator[tuple[str, int]]:
    """Yield each page's last source, and how many records it flagged."""
    after = document["compared"] or ""
    while sources := _sources(ports, document["id"], after):
        written, after = TouchedPeople(document["pool"]), sources[-1].id
        _note(ports, written, sources)
        yield after, len(flag_likely_duplicates(ports, written))


def _sources(ports: Ports, import_id: str, after: str) -> Sequence[Stored[SourceDocument]]:
    where: Where = [("import_id", "==", import_id)]
    behind = (None, after) if after else None
    return ports.store.query(SOURCES, where, limit=PAGE, after=behind, fields=("candidate_id",))


def _note(ports: Ports, written: TouchedPeople, sources: Sequence[Stored[SourceDocument]]) -> None:
    ids = sorted({row.data["candidate_id"] for row in sources})
    people = [row.data for row in ports.store.get(CANDIDATES, ids, fields=("name_key", "employer_key")).values()]
    names = [person.get("name_key") or "" for person in people]
    employers = [person.get("employer_key") or "" for person in people]
    written.note(len(people), names, employers)


def _note_compared(ports: Ports, document: ImportDocument, last: str, flagged: int) -> None:
    """Write down how far the comparison is, and count what it flagged, in one group."""
    (row,) = ports.store.get(SLICES, [f"{document['id']}-0"]).values()
    counts = Counts.of(row.data)
    counts.flagged += flagged
    document["compared"] = last
    slice_ = Update(SLICES, row.id, {"counts": counts.document()}, row.version)
    ports.store.commit([[Update(IMPORTS, document["id"], {"compared": last}, None), slice_]])
