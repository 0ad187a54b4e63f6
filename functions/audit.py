"""The one audit entry of a request: what its endpoint noted, or whom it read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from flask import Request, request

from functions.callers import CALLER
from functions.problems import request_id
from functions.request import caller, ports
from shared.access import note_reads
from shared.access.audit import fingerprint, record

# In the environment of a request; no header can name them.
_NOTES: Final = "shortlist.notes"
_READ: Final = "shortlist.read"
_READING: Final = ("GET", "HEAD", "OPTIONS")


def collect_reads(request: Request) -> None:
    """Collect from now on which candidates this request reads."""
    request.environ[_READ] = note_reads()


def candidates_read(request: Request) -> Mapping[str, None]:
    """Return the ids of candidates this request has read, in order."""
    return request.environ.get(_READ) or {}


def note(action: str, subjects: Iterable[str] = (), **details: Any) -> None:
    """Note for the audit what this request did to which candidates; no personal data. The last action noted stands.

    Candidates handed out by `shared.access.Reads` are noted by themselves.
    """
    notes = request.environ.setdefault(_NOTES, {"subjects": {}, "details": {}})
    notes["action"] = action
    notes["subjects"].update(dict.fromkeys(subjects))
    notes["details"].update(details)


def note_search(answer: Mapping[str, Any], text: str | None = None, **details: Any) -> None:
    """Note whom a search found and what made the ranking; of the words of its text only a hash."""
    people = [hit["candidate_id"] for hit in answer["results"]]
    details |= {"weights": answer["weights"], "split_job": answer["model"]}
    details |= {"embed": ports().model.recipe("embed"), "results": len(people)}
    if text:
        details["text"] = fingerprint(ports(), text)
    note("search", people, **{name: value for name, value in details.items() if value is not None})


def write_audit(request: Request) -> None:
    """Write the entry of a request that was answered: what it noted, else whom it read, else that it wrote."""
    notes = request.environ.get(_NOTES) or {"subjects": {}, "details": {}}
    read = candidates_read(request)
    writes = request.method not in _READING
    if CALLER not in request.environ or not (notes.get("action") or read or writes):
        return
    arguments = request.view_args or {}
    subjects = [arguments["candidate_id"]] if "candidate_id" in arguments else []
    subjects += [*notes["subjects"], *read]
    route = f"{request.method} {request.url_rule or request.path}"
    action = notes.get("action") or (route if writes else "read")
    details = {"route": route, **(arguments if writes else {}), **notes["details"]}
    record(ports(), caller(), action, list(dict.fromkeys(subjects)), details, request_id(request))
