"""Duties over HTTP: erase somebody for good, tell what is held about them, receipts, how long things are kept."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from functions.edge import number, ports, reads, settings

duties = Blueprint("duties", __name__)


def erase_candidate(candidate_id: str) -> Any:
    """Remove the person from every place and keep them out: `DELETE /api/candidates/ID/?erase=true`. For admins."""
    from functions.audited import note
    from shared.duties.erase import erase
    from shared.wiring import dropped_files

    receipt = erase(ports(), reads(request), candidate_id, dropped_files(settings(), ports()))
    note(request, "erase", [receipt.id], places=receipt.places)
    return {"receipt": receipt.model_dump(mode="json")}


@duties.get("/api/candidates/<candidate_id>/held/")
def get_held(candidate_id: str) -> Any:
    """Return everything that is held about the person, rows and files included. For admins, and the candidate."""
    from functions.audited import note
    from shared.duties.held import held

    found = held(ports(), reads(request), candidate_id)
    note(request, "tell what is held", [found["candidate_id"]])
    return found


@duties.get("/api/erasures/")
def get_erasures() -> Any:
    """List receipts of erasures, newest first: `?limit=`. For admins."""
    from shared.duties.erase import list_erasures

    found = list_erasures(ports(), reads(request), number(request, "limit", 100, 1, 1000))
    return {"erasures": [each.model_dump(mode="json") for each in found]}
