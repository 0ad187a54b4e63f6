"""The pools that exist: `default`, and those that were made on purpose. Nothing that is taken in makes one."""

from __future__ import annotations

from typing import Final

from shared.errors import InvalidRequest
from shared.models.collections import POOLS
from shared.ports import Create, Ports

DEFAULT: Final = "default"


def check_pool(pool: str) -> str:
    """Return the pool's name. Raises `InvalidRequest`."""
    if not pool or len(pool) > 64 or not all(c.isalnum() or c in "-_." for c in pool) or pool.startswith("."):
        raise InvalidRequest(f"pool {pool!r}: letters, digits, '-', '_' and '.' only, at most 64")
    return pool


def add_pool(ports: Ports, name: str) -> str:
    """Make the pool; one that exists is fine. Raises `InvalidRequest` for what cannot be a pool's name."""
    ports.store.commit([[Create(POOLS, check_pool(name), {"id": name, "created_at": ports.now()})]])
    return name


def is_pool(ports: Ports, name: str) -> bool:
    """Whether the pool exists."""
    return name == DEFAULT or bool(ports.store.get(POOLS, [name], fields=()))


def require_pool(ports: Ports, name: str) -> str:
    """Return the name of a pool that exists: a mistyped one would be a second copy of everybody.

    Raises `InvalidRequest`.
    """
    if not is_pool(ports, check_pool(name)):
        raise InvalidRequest(f"there is no pool {name!r}; `shortlist pools --add {name}` makes it")
    return name


def list_pools(ports: Ports) -> list[str]:
    """Return the names of all pools."""
    return sorted({DEFAULT, *(row.id for row in ports.store.query(POOLS, fields=()))})
