"""What a request did, said by its endpoint or seen from its reads, becomes its one entry of the audit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from flask import Request

from functions.edge import CALLER, caller, ports, request_id

_NOTES: Final = "shortlist.notes"
_SEEN: Final = "shortlist.seen"


def begin(request: Request) -> None:
    """Collect from now on whom this request reads."""
    from shared.access import note_reads

    request.environ[_SEEN] = note_reads()


def seen_by(request: Request) -> Mapping[str, None]:
    """Return the ids of candidates this request has read, in order."""
    return request.environ.get(_SEEN) or {}


def note(request: Request, action: str, subjects: Iterable[str] = (), **details: Any) -> None:
    """Say for the audit what this request did to which candidates; no personal data. The last action said stands.

    Candidates handed out by `shared.access.Reads` are noted by themselves.
    """
    known = request.environ.setdefault(_NOTES, {"subjects": {}, "details": {}})
    known["action"] = action
    known["subjects"].update(dict.fromkeys(subjects))
    known["details"].update(details)


def note_search(request: Request, found: Mapping[str, Any], said: str | None = None, **details: Any) -> None:
    """Say for the audit whom a search found, and what made the ranking; of the words that were said only a hash."""
    from shared.access.audit import fingerprint

    people = [hit["candidate_id"] for hit in found["results"]]
    made = {"weights": found["weights"], "split_job": found["model"], "embed": ports().model.recipe("embed")}
    text = {"text": fingerprint(ports(), said)} if said else {}
    known = {name: value for name, value in details.items() if value is not None}
    note(request, "search", people, **made, **text, **known, results=len(people))


def write_audit(request: Request) -> None:
    """Write the one entry of a request that was answered: what it noted, else whom it read, else that it wrote."""
    noted = request.environ.get(_NOTES) or {"subjects": {}, "details": {}}
    seen = request.environ.get(_SEEN) or {}
    writes = request.method not in ("GET", "HEAD", "OPTIONS")
    if CALLER not in request.environ or not (noted.get("action") or seen or writes):
        return
    from shared.access.audit import record

    route = f"{request.method} {request.url_rule or request.path}"
    action = noted.get("action") or (route if writes else "read")
    details = {**(request.view_args or {} if writes else {}), **noted["details"]}
    named = [(request.view_args or {})["candidate_id"]] if "candidate_id" in (request.view_args or {}) else []
    subjects = [*dict.fromkeys((*named, *noted["subjects"], *seen))]
    record(ports(), caller(request), action, subjects, {"route": route, **details}, request_id(request))
