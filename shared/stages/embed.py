"""Four vectors of a person: the whole profile on the record, skills, experience and education beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

from shared.models.candidate import Tokens
from shared.models.collections import DIMENSIONS
from shared.models.space import Place
from shared.ports import Data, Ports, Reply, Stored, Vector
from shared.spaces import BESIDE, PARTS, WHOLE, field_at, place_to_fill
from shared.stages import Outcome
from shared.stages.embedding_text import TEXT_VERSION, embedding_texts

REQUIRED: Final = True


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
    place = place_to_fill(ports, "candidates", recipe(ports))
    return [
        vector_outcome("candidates", record, each, known, place) for record, each in zip(records, texts, strict=True)
    ]


def vector_outcome(
    kind: str, record: Stored, texts: dict[str, str], known: Mapping[str, Reply[Vector]], place: Place
) -> Outcome:
    """Return what became of one record: its vectors in their place, or none there. `known`: text -> reply."""
    if "whole" not in texts:
        gone = (
            ((BESIDE[kind], record.id, _parts(record, {}, place)),) if "embed" in record.data.get("stages", {}) else ()
        )
        return Outcome("skipped", {field_at(WHOLE, place): None}, gone, reason="no history or skills to embed")
    replies = {name: known[text] for name, text in texts.items()}
    tokens = Tokens(input=sum(each.tokens.input for each in replies.values()))
    without = [reply for reply in replies.values() if reply.value is None]
    if without:
        state: Literal["again", "failed"] = "again" if all(reply.again for reply in without) else "failed"
        return Outcome(state, reason=without[0].error or "a text got no vector", tokens=tokens)
    vectors = {name: reply.value for name, reply in replies.items()}
    beside = (BESIDE[kind], record.id, _parts(record, vectors, place))
    return Outcome("done", {field_at(WHOLE, place): vectors["whole"]}, (beside,), tokens=tokens)


def _parts(record: Stored, vectors: Mapping[str, Vector | None], place: Place) -> Data:
    parts = {field_at(name, place): vectors.get(name) for name in PARTS}
    return {"id": record.id, "pool": record.data["pool"], **parts}
