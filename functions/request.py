"""The request that is being answered: its runtime, its caller, and what they may read."""

from __future__ import annotations

from typing import Any, Final

from flask import current_app, request

from functions.callers import caller_of_request
from functions.parameters import number
from functions.runtime import RUNTIME, Runtime
from shared.access import Reads, allow
from shared.access.pools import check_pool
from shared.config import Settings
from shared.models.caller import Caller
from shared.models.collections import Collection
from shared.ports import D, Ports, Stored, Where

_READS: Final = "shortlist.reads"


def runtime() -> Runtime:
    """Return what the app that answers works with."""
    runtime: Runtime = current_app.extensions[RUNTIME]
    return runtime


def ports() -> Ports:
    """Return the ports, connected on first use."""
    return runtime().ports


def settings() -> Settings:
    """Return the settings this process was started with."""
    return runtime().settings


def caller() -> Caller:
    """Return who asks. Raises `NotSignedIn`, `NotAllowed`, `Retryable`.

    An endpoint hands it to whatever reads or changes; `reads()` is the reading itself.
    """
    return caller_of_request(runtime(), request)


def reads() -> Reads:
    """Return what the caller may read: the only way of an endpoint to documents."""
    if _READS not in request.environ:
        request.environ[_READS] = Reads(ports(), caller())
    reads: Reads = request.environ[_READS]
    return reads


def pool_to_change(name: str) -> str:
    """Return the pool of that name, once it is one the caller may add to. Raises `InvalidRequest`, `NotAllowed`."""
    pool = check_pool(name)
    allow(caller(), "change", pool)
    return pool


def newest(kind: Collection[D], where: Where) -> tuple[list[Stored[D]], str | None]:
    """Return the page `?limit=&after=` asks for, the newest first, and the `next` that follows it."""
    limit = number("limit", 50, 1, 500)
    created_at, _, id_ = request.args.get("after", "").partition("~")
    after = (created_at, id_) if id_ else None
    rows = reads().page(kind, where, order="-created_at", limit=limit, after=after)
    if len(rows) < limit:
        return rows, None
    last: Any = rows[-1].data
    return rows, f"{last['created_at']}~{rows[-1].id}"
