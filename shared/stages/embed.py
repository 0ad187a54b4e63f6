"""Four vectors of a person: the whole profile on the record, skills, experience and education beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from shared.models.collections import DIMENSIONS
from shared.ports import Data, Ports, Stored
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
    different = sorted({text for each in texts for text in each.values()})
    if not different:
        return [_outcome(record, {}, {}) for record in records]
    vectors, tokens = ports.model.embed(different, "document")
    known = {text: (vectors[index], tokens[index]) for index, text in enumerate(different)}
    return [_outcome(record, each, known) for record, each in zip(records, texts, strict=True)]


def _outcome(record: Stored, texts: dict[str, str], known: dict[str, Any]) -> Outcome:
    if "whole" not in texts:
        return Outcome("skipped", reason="no history or skills to embed")
    vectors = {name: known[text][0] for name, text in texts.items()}
    used = [known[text][1] for text in texts.values()]
    tokens = used[0].model_copy(update={"input": sum(each.input for each in used)})
    beside = {"id": record.id, "pool": record.data["pool"]}
    beside |= {name: vectors.get(name) for name in ("skill", "experience", "education")}
    return Outcome("done", {"embedding": vectors["whole"]}, (("vectors", record.id, beside),), tokens=tokens)
