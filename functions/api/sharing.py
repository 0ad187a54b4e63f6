"""Sharing over HTTP: one candidate shown to a recruiter of another pool. For admins."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from functions.audit import note
from functions.openapi.operation import JSON, Body, operation
from functions.parameters import JsonBody, read_body
from functions.request import caller, ports, reads
from shared.access import allow
from shared.access.sharing import share, unshare
from shared.models.collections import CANDIDATES
from shared.views.access import Readers


class ReaderBody(JsonBody):
    """Whom a candidate is shared with."""

    uid: str = Field(min_length=1, max_length=128)


@operation({200: Readers})
def get_readers(candidate_id: str) -> Readers:
    """List whom the candidate is shared with."""
    allow(caller(), "share")
    row = reads().one(CANDIDATES, candidate_id, fields=("readers",))
    return Readers(readers=row.data.get("readers") or [])


@operation({201: Readers}, body=Body({JSON: ReaderBody}))
def add_reader(candidate_id: str) -> Any:
    """Share the candidate with a recruiter: `{"uid": …}`."""
    uid = read_body(ReaderBody).uid
    readers = share(ports(), reads(), candidate_id, uid)
    note("share", reader=uid)
    return Readers(readers=readers), 201


@operation({200: Readers})
def remove_reader(candidate_id: str, uid: str) -> Readers:
    """Share the candidate with this recruiter no longer."""
    readers = unshare(ports(), reads(), candidate_id, uid)
    note("unshare", reader=uid)
    return Readers(readers=readers)
