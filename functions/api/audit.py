"""The audit over HTTP. For admins."""

from __future__ import annotations

from typing import Any

from flask import request

from functions.audit import note
from functions.parameters import number
from functions.request import caller, ports
from shared.access.audit import entries


def get_audit() -> Any:
    """List who did what, newest first: `?who=&candidate_id=&since=&limit=`."""
    who, asked = caller(), request.args
    limit = number("limit", 100, 1, 1000)
    found = entries(ports(), who, asked.get("who"), asked.get("candidate_id"), asked.get("since"), limit)
    note("read audit", filled=[name for name in ("who", "candidate_id", "since") if asked.get(name)])
    return {"entries": [each.model_dump(mode="json") for each in found]}
