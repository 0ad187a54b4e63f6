"""The audit over HTTP. For admins."""

from __future__ import annotations

from typing import Any

from flask import request

from functions.audit import note
from functions.openapi.operation import limit, operation, text
from functions.parameters import number
from functions.request import caller, ports
from shared.access.audit import entries
from shared.views.access import AuditPage

_FILTERS = ("who", "candidate_id", "since")


@operation(
    {200: AuditPage},
    query=(text("who", "A uid."), text("candidate_id"), text("since", "A time, UTC."), limit(100, 1000)),
)
def get_audit() -> AuditPage:
    """List who did what, newest first: `?who=&candidate_id=&since=&limit=`."""
    who, candidate_id, since = (request.args.get(name) for name in _FILTERS)
    page = entries(ports(), caller(), who, candidate_id, since, number("limit", 100, 1, 1000))
    note("read audit", filled=[name for name in _FILTERS if request.args.get(name)])
    shown: list[Any] = [entry.model_dump(mode="json") for entry in page]
    return AuditPage(entries=shown)
