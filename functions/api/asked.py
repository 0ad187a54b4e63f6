"""What several resources are asked alike: the pool a change goes into, and a page of a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from functions.edge import caller, number, reads

if TYPE_CHECKING:
    from shared.ports import Stored, Where


def pool_to_change(name: str) -> str:
    """Return the pool of that name, once it is one the caller may add to. Raises `WrongCall`, `NotAllowed`."""
    from shared.access import allow
    from shared.access.pools import check_pool

    pool = check_pool(name)
    allow(caller(request), "change", pool)
    return pool


def newest(kind: str, where: Where) -> tuple[list[Stored], str | None]:
    """Return the page `?limit=&after=` asks for, the newest first, and the `next` that goes on behind it."""
    limit = number(request, "limit", 50, 1, 500)
    at, _, last = request.args.get("after", "").partition("~")
    after = (at, last) if last else None
    rows = reads(request).page(kind, where, order="-created_at", limit=limit, after=after)
    return rows, f"{rows[-1].data['created_at']}~{rows[-1].id}" if len(rows) == limit else None
