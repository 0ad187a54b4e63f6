"""Pools over HTTP: which there are for the caller, and new ones."""

from __future__ import annotations

from typing import Any

from functions.api.bodies import PoolBody
from functions.parameters import read_body
from functions.request import caller, ports
from shared.access import allow, sees_pool
from shared.access.pools import add_pool, list_pools


def get_pools() -> Any:
    """List the pools the caller sees, of those that exist."""
    who = caller()
    return {"pools": [name for name in list_pools(ports()) if sees_pool(who, name)]}


def create_pool() -> Any:
    """Make a pool: `{"name": …}`; one that exists is fine. For admins."""
    allow(caller(), "administer")
    return {"pool": add_pool(ports(), read_body(PoolBody).name)}, 201
