"""The audit over HTTP. For admins."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from functions.edge import caller, number, ports

audit = Blueprint("audit", __name__)


@audit.get("/api/audit/")
def get_audit() -> Any:
    """List who did what, newest first: `?who=&candidate_id=&since=&limit=`."""
    from functions.audited import note
    from shared.access.audit import entries

    who, asked = caller(request), request.args
    limit = number(request, "limit", 100, 1, 1000)
    found = entries(ports(), who, asked.get("who"), asked.get("candidate_id"), asked.get("since"), limit)
    note(request, "read audit", filled=[name for name in ("who", "candidate_id", "since") if asked.get(name)])
    return {"entries": [each.model_dump(mode="json") for each in found]}
