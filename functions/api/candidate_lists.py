"""Lists of candidates over HTTP: narrowed, in an order, a page at a time."""

from __future__ import annotations

from typing import Final

from flask import request

from functions.openapi.operation import AFTER, POOL, VIEW, choice, limit, operation, text
from functions.parameters import number
from functions.request import ports, reads, sight
from shared.people.browse import FILTERS as FIELD_FILTERS
from shared.people.browse import NEWEST, SORTS, Asked, browse, read_place
from shared.stages.table import ORDER
from shared.views.candidates import CandidatePage, candidate_page
from shared.vocabulary import FUNCTIONS, LEVELS

FILTERS: Final = (
    POOL,
    text("q", "Words the person is found by: all of them."),
    choice("function", *FUNCTIONS),
    choice("level", *LEVELS),
    text("stage", "Of one of the applications."),
    text("tag"),
    text("flag", "A kind of flag."),
    choice("awaiting", *ORDER["candidates"], "ready", "failed"),
    choice("sort", *SORTS),
    limit(50, 200),
    AFTER,
    VIEW,
)


@operation({200: CandidatePage}, query=FILTERS)
def list_candidates() -> CandidatePage:
    """List candidates, the newest first: `?pool=&q=&function=&level=&stage=&tag=&flag=&awaiting=&sort=&limit=&after=`.

    `after` is the last answer's `next`; a page of a narrow list may be short and still have one.
    """
    return browse_candidates(request.args.get("pool"))


def browse_candidates(pool: str | None) -> CandidatePage:
    """Return the page a request asks for."""
    sort, after = request.args.get("sort", NEWEST), request.args.get("after")
    filters = {name: request.args[name] for name in FIELD_FILTERS if name in request.args}
    cursor = read_place(ports(), after, sort) if after else None
    asked = Asked(pool, filters, sort, number("limit", 50, 1, 200), cursor, sight().blind)
    rows, end = browse(ports(), reads(), asked)
    return candidate_page(rows, end, sight())
