"""Four vectors of a person: the whole profile on the record, skills, experience and education beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, NamedTuple

from shared.models.candidate import Tokens
from shared.models.collections import DIMENSIONS
from shared.models.space import Place
from shared.ports import Data, Ports, Reply, Stored, Vector
from shared.stages import Outcome
from shared.stages.embedding_text import TEXT_VERSION, embedding_texts
from shared.vectors.generations import BESIDE, PARTS, WHOLE, field_at, place_to_fill

REQUIRED: Final = True
_NOTHING: Final = "no history or skills to embed"


def inputs(data: Data) -> Any:
    """Return the texts that are embedded: they carry no name, contact, age, gender or nationality."""
    return embedding_texts(data)


def recipe(ports: Ports) -> str:
    """Return the model's versions, the dimensions and the version of the text."""
    return f"{ports.model.recipe('embed')} {DIMENSIONS}d text-{TEXT_VERSION}"


def run(records: Sequence[Stored], ports: Ports) -> list[Outcome]:
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
    into: Into, record: Stored, texts: dict[str, str], known: Mapping[str, Reply[Vector]], nothing: str
) -> Outcome:
    """Return what became of one record. `known`: text -> reply; `nothing`: the reason where there is no text.

    Where no vector came, none of another recipe stays in the place: it would be taken for one of this.
    """
    before = (record.data.get("stages") or {}).get("embed") or {}
    empty = {field_at(WHOLE, into.place): None}
    gone = ((BESIDE[into.kind], record.id, _parts(record, {}, into.place)),) if before else ()
    if "whole" not in texts:
        return Outcome("skipped", empty, gone, reason=nothing)
    replies = {name: known[text] for name, text in texts.items()}
    tokens = Tokens(input=sum(each.tokens.input for each in replies.values()))
    without = [reply for reply in replies.values() if reply.value is None]
    if without:
        reason = without[0].error or "a text got no vector"
        if all(reply.again for reply in without):
            return Outcome("again", reason=reason, tokens=tokens)
        other = before.get("recipe") != into.recipe
        return Outcome("failed", empty if other else {}, gone if other else (), reason=reason, tokens=tokens)
    vectors = {name: reply.value for name, reply in replies.items()}
    beside = (BESIDE[into.kind], record.id, _parts(record, vectors, into.place))
    return Outcome("done", {field_at(WHOLE, into.place): vectors["whole"]}, (beside,), tokens=tokens)


def _parts(record: Stored, vectors: Mapping[str, Vector | None], place: Place) -> Data:
    parts = {field_at(name, place): vectors.get(name) for name in PARTS}
    return {"id": record.id, "pool": record.data["pool"], **parts}
