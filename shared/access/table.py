"""The table of who may see and do what: scoped reads and `infra/firestore.rules` are both made from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from shared.models.caller import Role

Way = Literal["all", "pool", "readers", "own"]  # by which a document may be reached
Action = Literal["read", "search", "change", "operate", "share", "administer"]


@dataclass(frozen=True, slots=True)
class Rights:
    """`sees`: the ways to documents. `may`: what can be done to what is seen.

    change: records and what comes in. operate: whatever queues work or spends money beyond one's own records.
    administer: pools, members, keys, the audit, the numbers of the whole installation.
    """

    sees: tuple[Way, ...]
    may: tuple[Action, ...]


@dataclass(frozen=True, slots=True)
class Readable:
    """A collection others than admins may read, and by which ways. `direct`: also by a frontend on Firestore."""

    ways: tuple[Way, ...]
    direct: bool = False


ROLES: Final[dict[Role, Rights]] = {
    "admin": Rights(("all",), ("read", "search", "change", "operate", "share", "administer")),
    "recruiter": Rights(("pool", "readers"), ("read", "search", "change")),
    "service": Rights(("pool",), ("read", "search", "change")),
    "candidate": Rights(("own",), ("read",)),
}
# What is not here is for admins, through the API alone: keys, raw sources, members, the audit.
# pool: the document's `pool` is one of the caller's. readers: its `readers` names the caller. own: it is their record.
READABLE: Final[dict[str, Readable]] = {
    "candidates": Readable(("pool", "readers", "own"), direct=True),
    "documents": Readable(("pool",), direct=True),
    "jobs": Readable(("pool",), direct=True),
    "matches": Readable(("pool",)),
    "imports": Readable(("pool",), direct=True),
    "previews": Readable(("pool",)),
    "batches": Readable(("pool",), direct=True),
    "proposals": Readable(("pool",)),
}
