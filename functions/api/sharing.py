"""Sharing over HTTP: one candidate shown to a recruiter of another pool. For admins."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from functions.edge import caller, ports, reads

sharing = Blueprint("sharing", __name__, url_prefix="/api/candidates/<candidate_id>/readers")


@sharing.get("/")
def get_readers(candidate_id: str) -> Any:
    """List whom the candidate is shared with."""
    from shared.access import allow

    allow(caller(request), "share")
    return {"readers": reads(request).one("candidates", candidate_id, fields=("readers",)).data.get("readers") or []}


@sharing.post("/")
def add_reader(candidate_id: str) -> Any:
    """Share the candidate with a recruiter: `{"uid": …}`."""
    from functions.api.access_bodies import ReaderBody, read_body
    from functions.audited import note
    from shared.access.sharing import share

    mine = reads(request)
    uid = read_body(ReaderBody, request.get_data()).uid
    readers = share(ports(), mine, candidate_id, uid)
    note(request, "share", reader=uid)
    return {"readers": readers}, 201


@sharing.delete("/<uid>/")
def remove_reader(candidate_id: str, uid: str) -> Any:
    """Share the candidate with this recruiter no longer."""
    from functions.audited import note
    from shared.access.sharing import unshare

    readers = unshare(ports(), reads(request), candidate_id, uid)
    note(request, "unshare", reader=uid)
    return {"readers": readers}
