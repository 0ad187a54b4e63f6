"""People over all pools, each once whatever pools they are in. For admins."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from functions.edge import number, ports, reads

people = Blueprint("people", __name__)


@people.get("/api/people/")
def get_people() -> Any:
    """List people with all their records, by id: `?limit=&after=` (the last answer's `next`)."""
    from shared.people.across_pools import people_of_all_pools

    limit = number(request, "limit", 50, 1, 200)
    found, end = people_of_all_pools(ports(), reads(request), limit, request.args.get("after"))
    return {"people": found, "next": end}
