"""People over all pools, each once whatever pools they are in. For admins."""

from __future__ import annotations

from flask import request

from functions.openapi.operation import AFTER, VIEW, limit, operation
from functions.parameters import number
from functions.request import ports, reads, sight
from shared.people.across_pools import people_of_all_pools
from shared.views.installation import People, people_page


@operation({200: People}, query=(limit(50, 200), AFTER, VIEW))
def get_people() -> People:
    """List people with all their records, by id: `?limit=&after=` (the last answer's `next`)."""
    people, end = people_of_all_pools(ports(), reads(), number("limit", 50, 1, 200), request.args.get("after"))
    return people_page(people, end, sight())
