"""Four vectors of a person: the whole profile on the record, skills, experience and education beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeVar, cast

from shared.models.candidate import Tokens
from shared.models.collections import DIMENSIONS
from shared.models.space import Place
from shared.ports import Create, Ports, Reply, Stored, Vector
from shared.stages.embedding_text import TEXT_VERSION, embedding_texts
from shared.stages.stage import Outcome
from shared.vectors.generations import BESIDE, PARTS, WHOLE, field_at, place_to_fill

if TYPE_CHECKING:
    from shared.models.documents.people import CandidateDocument
    from shared.models.documents.records import RecordDocument
    from shared.models.documents.vectors import VectorsDocument

R = TypeVar("R", bound="RecordDocument")  # what the vectors are of
_NOTHING: Final = "no history or skills to embed"


def inputs(data: CandidateDocument) -> Any:
    """Return the texts that are embedded: they carry no name, contact, age, gender or nationality."""
    return embedding_texts(data)


def recipe(ports: Ports) -> str:
    """Return the model's versions, the dimensions and the version of the text."""
    return f"{ports.model.recipe('embed')} {DIMENSIONS}d text-{TEXT_VERSION}"


def run(records: Sequence[Stored[CandidateDocument]], ports: Ports) -> list[Outcome[CandidateDocument]]:
    """Embed every different text of the batch once."""
    texts = [embedding_texts(record.data) for record in records]
    different = list(dict.fromkeys(text for each in texts for text in each.values()))  # a person's stand together
    replies = ports.model.embed(different, "document") if different else []
    known = dict(zip(different, replies, strict=True))
    into = Into("candidates", recipe(ports), place_to_fill(ports, "candidates", recipe(ports)))
    return [vector_outcome(into, record, each, known, _NOTHING) for record, each in zip(records, texts, strict=True)]


class Into(NamedTuple):
    """Where vectors go."""

    kind: str
    recipe: str
    place: Place


def vector_outcome(
    into: Into, record: Stored[R], texts: Mapping[str, str], known: Mapping[str, Reply[Vector]], nothing: str
) -> Outcome[R]:
    """Return what became of one record. `known`: text -> reply; `nothing`: the reason where there is no text.

    Where no vector came, none of another recipe stays in the place: it would be taken for one of this.
    """
    data: RecordDocument = record.data
    before = (data.get("stages") or {}).get("embed")
    empty = _whole(into, record, None)
    without_parts = (_parts(into, record, {}),) if before else ()
    if "whole" not in texts:
        return Outcome("skipped", empty, without_parts, reason=nothing)
    replies = {name: known[text] for name, text in texts.items()}
    tokens = Tokens(input=sum(reply.tokens.input for reply in replies.values()))
    failed = [reply for reply in replies.values() if reply.value is None]
    if not failed:
        vectors = {name: reply.value for name, reply in replies.items()}
        return Outcome("done", _whole(into, record, vectors["whole"]), (_parts(into, record, vectors),), tokens=tokens)
    reason = failed[0].error or "a text got no vector"
    if all(reply.retryable for reply in failed):
        return Outcome("retryable", reason=reason, tokens=tokens)
    if before and before.get("recipe") == into.recipe:
        return Outcome("failed", reason=reason, tokens=tokens)
    return Outcome("failed", empty, without_parts, reason=reason, tokens=tokens)


def _whole(into: Into, record: Stored[R], vector: Vector | None) -> R:
    return cast(R, {field_at(WHOLE, into.place): vector})


def _parts(into: Into, record: Stored[R], vectors: Mapping[str, Vector | None]) -> Create[VectorsDocument]:
    fields = {field_at(name, into.place): vectors.get(name) for name in PARTS}
    document = {"id": record.id, "pool": record.data["pool"], **fields}
    return Create(BESIDE[into.kind], record.id, cast("VectorsDocument", document))
