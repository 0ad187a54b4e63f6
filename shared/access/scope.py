"""The one place that decides: what a caller may do, and which documents they see."""

from __future__ import annotations

from collections.abc import Sequence

from shared.access.table import READABLE, ROLES, Action, Way
from shared.errors import NotAllowed
from shared.models.caller import Caller


def allow(caller: Caller, action: Action, pool: str | None = None) -> None:
    """Let the caller do this, in that pool where one is named. Raises `NotAllowed`."""
    if action not in ROLES[caller.role].may:
        raise NotAllowed(f"a {caller.role} may not {action}")
    if pool is not None and not sees_pool(caller, pool):
        raise NotAllowed(f"pool {pool} is not one of the caller's")


def sees_pool(caller: Caller, pool: str) -> bool:
    """Whether this pool's records are the caller's to see; a pool that does not exist is nobody's but the admins'."""
    sees = ROLES[caller.role].sees
    return "all" in sees or ("pool" in sees and pool in caller.pools)


def sees_everything(caller: Caller) -> bool:
    """Whether every pool is theirs, those that are yet to be made included."""
    return "all" in ROLES[caller.role].sees


def pools_seen(caller: Caller) -> tuple[str, ...]:
    """Return the pools named as theirs; of who sees everything, nobody names them."""
    return caller.pools if "pool" in ROLES[caller.role].sees else ()


def ways(caller: Caller, kind: str) -> tuple[Way, ...]:
    """Return the ways by which this caller may reach documents of a collection; none for one that is closed."""
    sees = ROLES[caller.role].sees
    if "all" in sees:
        return ("all",)
    readable = READABLE.get(kind)
    return tuple(way for way in sees if readable and way in readable.ways)


def sees(caller: Caller, kind: str, id_: str, pool: str | None, readers: Sequence[str] = ()) -> bool:
    """Whether the caller may see this document, which is of that pool and was shared with those readers."""
    for way in ways(caller, kind):
        if way == "all":
            return True
        if way == "pool" and pool in caller.pools:
            return True
        if way == "readers" and caller.uid in readers:
            return True
        if way == "own" and caller.candidate_id is not None and id_ == caller.candidate_id:
            return True
    return False
