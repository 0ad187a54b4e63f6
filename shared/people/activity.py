"""What happened to a record when: from its sources, its stages, its notes and the audit; kept nowhere twice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, Required, TypedDict

from shared.access import Reads, sees_everything
from shared.models.collections import AUDIT, CANDIDATES, SOURCES
from shared.people.notes import list_notes
from shared.ports import Ports, Stored, Where

if TYPE_CHECKING:
    from shared.models.documents.people import CandidateDocument, SourceDocument, SourceRefData

_LOOKS: Final = ("read", "search")  # actions that changed nothing: who looked is for administrators


class ActivityEntry(TypedDict, total=False):
    """Something that happened to a record: when, what, and what belongs to it."""

    at: Required[str]
    what: Required[str]
    who: str | None
    state: str
    recipe: str | None
    reason: str | None
    note_id: str
    source_id: str
    import_id: str
    row: int
    document_id: str
    request_id: str | None


def activity_of(ports: Ports, reads: Reads, candidate_id: str, limit: int) -> list[ActivityEntry]:
    """Return at most `limit` happenings, newest first. No words of anybody."""
    candidate = reads.one(CANDIDATES, candidate_id).data
    happenings = [*_sources(ports, candidate), *_stages(candidate), *_deeds(ports, reads, candidate_id, limit)]
    for note in list_notes(ports, candidate_id):
        happenings.append({"at": note.at, "what": "note", "who": note.author, "note_id": note.id})
    happenings.append({"at": candidate["created_at"], "what": "created"})
    return sorted(happenings, key=lambda happening: happening["at"], reverse=True)[:limit]


def _sources(ports: Ports, candidate: CandidateDocument) -> Iterator[ActivityEntry]:
    references = candidate.get("sources") or ()
    by_hand = [reference["source_id"] for reference in references if reference["kind"] in ("form", "correction")]
    editors = ports.store.get(SOURCES, by_hand, fields=("editor",)) if by_hand else {}
    for reference in references:
        yield _source(reference, editors.get(reference["source_id"]))


def _source(reference: SourceRefData, edited: Stored[SourceDocument] | None) -> ActivityEntry:
    happening: ActivityEntry = {
        "at": reference["at"],
        "what": f"source: {reference['kind']}",
        "source_id": reference["source_id"],
    }
    if import_id := reference.get("import_id"):
        happening["import_id"] = import_id
    if row := reference.get("row"):
        happening["row"] = row
    if document_id := reference.get("document_id"):
        happening["document_id"] = document_id
    editor = edited.data.get("editor") if edited else None
    if editor:
        happening["who"] = editor
    return happening


def _stages(candidate: CandidateDocument) -> Iterator[ActivityEntry]:
    for stage, state in (candidate.get("stages") or {}).items():
        yield {
            "at": state.get("at") or "",
            "what": f"stage: {stage}",
            "state": state["state"],
            "recipe": state.get("recipe"),
            "reason": (state.get("error") or {}).get("message"),
        }


def _deeds(ports: Ports, reads: Reads, candidate_id: str, limit: int) -> Iterator[ActivityEntry]:
    where: Where = [("subjects", "array_contains", candidate_id)]
    for row in ports.store.query(AUDIT, where, order="-at", limit=limit):
        entry = row.data
        if entry["action"] in _LOOKS and not sees_everything(reads.caller):
            continue
        yield {
            "at": entry["at"],
            "what": entry["action"],
            "who": entry["who"],
            "request_id": entry.get("request_id"),
        }
