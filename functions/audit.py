"""The one audit entry of a request: what its endpoint noted, or whom it read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
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


@dataclass
class AuditNotes:
    """What an endpoint notes of its request for the audit; no personal data."""

    action: str = ""
    subjects: list[str] = field(default_factory=list)
    details: dict[str, Any] = field(default_factory=dict)


def collect_reads(request: Request) -> None:
    """Collect from now on which candidates this request reads."""
    request.environ[_READ] = note_reads()


def note(action: str, subjects: Iterable[str] = (), **details: Any) -> None:
    """Note for the audit what this request did to which candidates; no personal data. The last action noted stands.

    Candidates handed out by `shared.access.Reads` are noted by themselves.
    """
    notes: AuditNotes = request.environ.setdefault(_NOTES, AuditNotes())
    notes.action = action
    notes.subjects += subjects
    notes.details |= details


def note_search(answer: Mapping[str, Any], text: str | None = None, **details: Any) -> None:
    """Note whom a search found and what made the ranking; of the words of its text only a hash."""
    people = [hit["candidate_id"] for hit in answer["results"]]
    details |= {"weights": answer["weights"], "split_job": answer["model"]}
    details |= {"embed": ports().model.recipe("embed"), "results": len(people)}
    if text:
        details["text"] = fingerprint(ports(), text)
    known = {name: value for name, value in details.items() if value is not None}
    note("search", people, **known)


def write_audit(request: Request) -> None:
    """Write the entry of a request that was answered: what it noted, else whom it read, else that it wrote."""
    notes: AuditNotes = request.environ.get(_NOTES) or AuditNotes()
    candidates_read: Mapping[str, None] = request.environ.get(_READ) or {}
    route = f"{request.method} {request.url_rule or request.path}"
    action, arguments = notes.action, request.view_args or {}
    details = {"route": route}
    if request.method not in _READING:
        action = action or route
        details |= arguments
    elif candidates_read:
        action = action or "read"
    if not action or CALLER not in request.environ:
        return
    subjects = [*notes.subjects, *candidates_read]
    if "candidate_id" in arguments:
        subjects.insert(0, arguments["candidate_id"])
    details |= notes.details
    record(ports(), caller(), action, list(dict.fromkeys(subjects)), details, request_id(request))
