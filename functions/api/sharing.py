"""Sharing over HTTP: one candidate shown to a recruiter of another pool. For admins."""

from __future__ import annotations

from typing import Any

from functions.api.bodies import ReaderBody
from functions.audit import note
from functions.parameters import read_body
from functions.request import caller, ports, reads
from shared.access import allow
from shared.access.sharing import share, unshare


def get_readers(candidate_id: str) -> Any:
    """List whom the candidate is shared with."""
    allow(caller(), "share")
    return {"readers": reads().one("candidates", candidate_id, fields=("readers",)).data.get("readers") or []}


def add_reader(candidate_id: str) -> Any:
    """Share the candidate with a recruiter: `{"uid": …}`."""
    mine = reads()
    uid = read_body(ReaderBody).uid
    readers = share(ports(), mine, candidate_id, uid)
    note("share", reader=uid)
    return {"readers": readers}, 201


def remove_reader(candidate_id: str, uid: str) -> Any:
    """Share the candidate with this recruiter no longer."""
    readers = unshare(ports(), reads(), candidate_id, uid)
    note("unshare", reader=uid)
    return {"readers": readers}
