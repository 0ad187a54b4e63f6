"""Pools over HTTP: which there are for the caller, and new ones."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from functions.openapi.operation import JSON, Body, operation
from functions.parameters import JsonBody, read_body
from functions.request import caller, ports
from shared.access import allow, sees_pool
from shared.access.pools import add_pool, list_pools
from shared.views.access import PoolCreated, Pools


class PoolBody(JsonBody):
    """A pool to be made."""

    name: str = Field(max_length=64)


@operation({200: Pools})
def get_pools() -> Pools:
    """List the pools the caller sees, of those that exist."""
    who = caller()
    return Pools(pools=[name for name in list_pools(ports()) if sees_pool(who, name)])


@operation({201: PoolCreated}, body=Body({JSON: PoolBody}))
def create_pool() -> Any:
    """Make a pool: `{"name": …}`; one that exists is fine. For admins."""
    allow(caller(), "administer")
    return PoolCreated(pool=add_pool(ports(), read_body(PoolBody).name)), 201
