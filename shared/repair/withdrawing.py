"""False vectors taken away by scheduled sweeps, some records a run: all of them each hour would cost too much."""

from __future__ import annotations

from typing import Final

from shared.models.collections import RECORDS, SPACES
from shared.ports import Ports, Update
from shared.repair.finding import with_faults
from shared.repair.repairing import bring_in
from shared.repair.vectors import VectorCheck
from shared.vectors.generations import live_space

_PAGE: Final = 500


def withdraw_false(ports: Ports, kind: str, most: int) -> int:
    """Look at the vectors of at most so many records, from where the last call ended on, round and round; take the
    false ones away and have their records await `embed`. Return how many.

    One vector on many texts is left to `find`, which sees all of them at once.
    """
    space = live_space(ports.store, kind)
    after = (None, space.checked) if space.checked else None
    rows = ports.store.query(RECORDS[kind], limit=most, after=after, fields=("awaiting", "stages"))
    check = VectorCheck(ports, kind)
    for start in range(0, len(rows), _PAGE):
        check.look(check.page(rows[start : start + _PAGE]))
    findings = with_faults([], check.report.faults)
    if space.since:  # the document is there
        checked = rows[-1].id if len(rows) == most else None
        ports.store.commit([[Update(SPACES, kind, {"checked": checked}, None)]])
    return len(bring_in(ports, kind, findings))
