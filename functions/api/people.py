"""People over all pools, each once whatever pools they are in. For admins."""

from __future__ import annotations

from typing import Any

from flask import request

from functions.parameters import number
from functions.request import ports, reads
from shared.people.across_pools import people_of_all_pools


def get_people() -> Any:
    """List people with all their records, by id: `?limit=&after=` (the last answer's `next`)."""
    limit = number("limit", 50, 1, 200)
    found, end = people_of_all_pools(ports(), reads(), limit, request.args.get("after"))
    return {"people": found, "next": end}
