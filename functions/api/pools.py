"""Pools over HTTP: which there are for the caller, and new ones."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from functions.edge import caller, ports

pools = Blueprint("pools", __name__, url_prefix="/api/pools")


@pools.get("/")
def get_pools() -> Any:
    """List the pools the caller sees, of those that exist."""
    from shared.access import sees_pool
    from shared.access.pools import list_pools

    who = caller(request)
    return {"pools": [name for name in list_pools(ports()) if sees_pool(who, name)]}


@pools.post("/")
def create_pool() -> Any:
    """Make a pool: `{"name": …}`; one that exists is fine. For admins."""
    from functions.api.access_bodies import PoolBody, read_body
    from shared.access import allow
    from shared.access.pools import add_pool

    allow(caller(request), "administer")
    return {"pool": add_pool(ports(), read_body(PoolBody, request.get_data()).name)}, 201
