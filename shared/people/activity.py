"""What happened to a record when: from its sources, its stages, its notes and the audit; kept nowhere twice."""

from __future__ import annotations

from typing import Any, Final

from shared.access import Reads, sees_everything
from shared.people.notes import list_notes
from shared.ports import Data, Ports

_LOOKS: Final = ("read", "search")  # actions that changed nothing: who looked is for administrators
_WHERE: Final = ("import_id", "row", "document_id", "source_id")


def activity_of(ports: Ports, reads: Reads, candidate_id: str, limit: int) -> list[Data]:
    """Return at most `limit` happenings, newest first: `at`, `what`, and what belongs to it. No words of anybody."""
    data = reads.one("candidates", candidate_id).data
    found = _sources(ports, data) + _stages(data) + _deeds(ports, reads, candidate_id, limit)
    found += [{"at": note.at, "what": "note", "who": note.author, "note_id": note.id}
              for note in list_notes(ports, candidate_id)]  # fmt: skip
    found.append({"at": data["created_at"], "what": "created"})
    return sorted(found, key=lambda each: str(each["at"]), reverse=True)[:limit]


def _sources(ports: Ports, data: Data) -> list[Data]:
    refs = data.get("sources") or ()
    by_hand = [ref["source_id"] for ref in refs if ref["kind"] in ("form", "correction")]
    editors = ports.store.get("sources", by_hand, fields=("editor",)) if by_hand else {}
    found = []
    for ref in refs:
        said: Data = {"at": ref["at"], "what": f"source: {ref['kind']}"}
        said |= {name: ref[name] for name in _WHERE if ref.get(name) is not None}
        if (source := editors.get(ref["source_id"])) and source.data.get("editor"):
            said["who"] = source.data["editor"]
        found.append(said)
    return found


def _stages(data: Data) -> list[Data]:
    states: dict[str, Data] = data.get("stages") or {}
    found = []
    for stage, state in states.items():
        said = {"at": state.get("at") or "", "what": f"stage: {stage}", "state": state["state"]}
        found.append(said | {"recipe": state.get("recipe"), "reason": (state.get("error") or {}).get("message")})
    return found


def _deeds(ports: Ports, reads: Reads, candidate_id: str, limit: int) -> list[Data]:
    where: Any = [("subjects", "array_contains", candidate_id)]
    rows = ports.store.query("audit", where, order="-at", limit=limit)
    seen = [row.data for row in rows if sees_everything(reads.caller) or row.data["action"] not in _LOOKS]
    return [{"at": each["at"], "what": each["action"], "who": each["who"], "request_id": each.get("request_id")}
            for each in seen]  # fmt: skip
