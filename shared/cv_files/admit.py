"""The stage behind `parse`: the facts of a CV file become a source of a new or a known person.

It lies with the intake because its outcome is people: the intake writes those in atomic groups of its own, recognised
by the source's id when the stage is repeated. It asks no model.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from shared.models.candidate import FAILED
from shared.models.collections import DOCUMENTS, SOURCES
from shared.people.keys import keys_of
from shared.people.prepared import PreparedSource
from shared.people.resolve.components import component_of
from shared.people.resolve.resolve import decide, resolve
from shared.people.stored import load_people
from shared.people.suppression import drop_document, is_erased
from shared.ports import Ports, Stored, Update, Write
from shared.retry import write_until_accepted
from shared.stages.stage import Outcome

if TYPE_CHECKING:
    from shared.models.documents.cv_files import CvFileDocument
    from shared.models.documents.people import SourceDocument

_NOT_A_CV: Final = "it looks like {kind}, not a CV; it was not taken in (--admit takes it all the same)"
_SEVERAL: Final = "it is about {number} people; send one file for each"
_NOBODY: Final = "neither a name nor a contact nor any history was found in it"
_ERASED: Final = "the person was erased and is not taken in again; the file is not kept"


def inputs(data: CvFileDocument) -> Any:
    """Return what was parsed, and whether somebody admitted it though it does not look like a CV."""
    facts = data.get("facts") or {}
    return {**facts, "admitted_by_hand": True} if data.get("admitted_by_hand") else facts


def recipe(ports: Ports) -> str:
    """Return the version of this stage."""
    return "admit-1"


def run(records: Sequence[Stored[CvFileDocument]], ports: Ports) -> list[Outcome[CvFileDocument]]:
    """Store the sources of the documents, each with its keys and its candidate in one atomic group."""
    stored = ports.store.get(SOURCES, [record.id for record in records])
    new: dict[str, CvFileDocument] = {}
    for record in records:
        if record.id not in stored and _why_not(record.data) is None:
            new[record.id] = record.data
    resolve(ports, [_prepared(ports, id_, data) for id_, data in new.items()])
    for id_, source in stored.items():
        _say_again(ports, source, next(record.data for record in records if record.id == id_))
    admitted = ports.store.get(SOURCES, [record.id for record in records], fields=())
    return [_outcome(ports, record, record.id in admitted) for record in records]


def _outcome(ports: Ports, record: Stored[CvFileDocument], admitted: bool) -> Outcome[CvFileDocument]:
    if not admitted and is_erased(ports, _known_by(ports, record)):
        return Outcome("failed", drop_document(ports, record.id, record.data), reason=_ERASED)
    if not admitted:
        return Outcome("failed", reason=f"{record.data['filename']}: {_why_not(record.data) or _NOBODY}")
    return Outcome("done")


def _known_by(ports: Ports, record: Stored[CvFileDocument]) -> list[str]:
    person = (record.data.get("facts") or {}).get("person") or {}
    return [record.id, *(key["hash"] for key in keys_of(person, record.data["pool"], ports.key_secret))]


def admit_by_hand(ports: Ports, document_ids: Sequence[str]) -> list[str]:
    """Let documents in that look like no CV; return the ids of those that now await it."""
    rows = ports.store.get(DOCUMENTS, document_ids)
    refused = [row for row in rows.values() if row.data["awaiting"] == FAILED and _flag(row.data, "not_a_cv")]
    changes: CvFileDocument = {"admitted_by_hand": True, "awaiting": "admit"}
    conflicts = ports.store.commit([[Update(DOCUMENTS, row.id, changes, row.version)] for row in refused])
    return [row.id for row, conflict in zip(refused, conflicts, strict=True) if conflict is None]


def _why_not(data: CvFileDocument) -> str | None:
    """Return why a document is not taken in as a person, None where it is."""
    facts = data.get("facts") or {}
    person, profile = facts.get("person") or {}, facts.get("profile") or {}
    if number := _flag(data, "several_people"):
        return _SEVERAL.format(number=number)
    says_who = any(person.get(name) for name in ("name", "emails", "phones", "links"))
    if not says_who and not profile.get("experiences"):
        return _NOBODY
    kind = _flag(data, "not_a_cv")
    if kind and not data.get("admitted_by_hand"):
        return _NOT_A_CV.format(kind=_with_article(kind))
    return None


def _flag(data: CvFileDocument, kind: str) -> str | None:
    flags = (data.get("facts") or {}).get("flags") or ()
    return next((flag["detail"] for flag in flags if flag["kind"] == kind), None)


def _with_article(kind: str) -> str:
    if kind in ("minutes", "something else"):
        return kind
    return f"an {kind}" if kind[0] in "aeio" else f"a {kind}"


def _prepared(ports: Ports, id_: str, data: CvFileDocument) -> PreparedSource:
    facts, candidate_id = data.get("facts") or {}, secrets.token_hex(10)
    keys = keys_of(facts.get("person") or {}, data["pool"], ports.key_secret)
    source: Any = {
        "id": id_,
        "candidate_id": candidate_id,
        "pool": data["pool"],
        "kind": "cv",
        "at": data["created_at"],
        "document_id": id_,
        "document": {name: data[name] for name in ("filename", "sha256")} | {"document_id": id_},
        "keys": keys,
        "outcome": "created",
        "facts": facts,
    }
    return PreparedSource(source, keys, candidate_id)


def _say_again(ports: Ports, source: Stored[SourceDocument], data: CvFileDocument) -> None:
    """A document parsed anew says something else: judge again who it is about, and fold again."""
    candidate_id: str = source.data["candidate_id"]

    def build() -> tuple[list[Write], None]:
        owner = load_people(ports, [candidate_id]).get(candidate_id)
        if owner is None or source.id not in owner.sources:
            return [], None  # the person was merged or erased meanwhile: the next delivery finds where they are
        before = owner.sources[source.id].data
        keys = keys_of((data.get("facts") or {}).get("person") or {}, data["pool"], ports.key_secret)
        after: SourceDocument = {**before, "facts": data.get("facts") or {}, "keys": keys}
        if after == before:
            return [], None
        component = component_of(ports, [owner], {source.id: after})
        return decide(ports, component, by="parse").writes, None

    write_until_accepted(ports.store, build, f"candidate {candidate_id}")
