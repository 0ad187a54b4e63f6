"""Four vectors of a job, made as a search's are: the whole offer on the record, skills, role and degrees beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Literal

from shared.models.candidate import Tokens
from shared.models.collections import DIMENSIONS
from shared.ports import Data, Ports, Reply, Stored, Vector
from shared.search.offer import job_text
from shared.stages import Outcome

REQUIRED: Final = True
TEXT_VERSION: Final = 1
_PARTS: Final = ("skill", "experience", "education")


def inputs(data: Data) -> Any:
    """Return the texts that are embedded; of a closed job none."""
    return _texts(data)


def recipe(ports: Ports) -> str:
    """Return the model's versions, the purpose, the dimensions and the version of the text."""
    return f"{ports.model.recipe('embed')} query {DIMENSIONS}d job-text-{TEXT_VERSION}"


def run(records: Sequence[Stored], ports: Ports) -> list[Outcome]:
    """Embed every different text of the batch once, as a query: a job looks for people."""
    texts = [_texts(record.data) for record in records]
    different = list(dict.fromkeys(text for each in texts for text in each.values()))
    replies = ports.model.embed(different, "query") if different else []
    known = dict(zip(different, replies, strict=True))
    return [_outcome(record, each, known) for record, each in zip(records, texts, strict=True)]


def _texts(data: Data) -> dict[str, str]:
    if data.get("status") == "closed":
        return {}
    read = data.get("enrichment") or {}
    texts = {"whole": job_text(data), **{name: (read.get(f"{name}_text") or "").strip() for name in _PARTS}}
    return {name: text for name, text in texts.items() if text}


def _outcome(record: Stored, texts: dict[str, str], known: dict[str, Reply[Vector]]) -> Outcome:
    if record.data.get("status") == "closed":
        return Outcome("skipped", reason="the job is closed")
    if "whole" not in texts:
        return Outcome("skipped", {"embedding": None}, reason="no description")
    replies = {name: known[text] for name, text in texts.items()}
    tokens = Tokens(input=sum(each.tokens.input for each in replies.values()))
    without = [reply for reply in replies.values() if reply.value is None]
    if without:
        state: Literal["again", "failed"] = "again" if all(reply.again for reply in without) else "failed"
        return Outcome(state, reason=without[0].error or "a text got no vector", tokens=tokens)
    vectors = {name: reply.value for name, reply in replies.items()}
    beside = {"id": record.id, "pool": record.data["pool"], **{name: vectors.get(name) for name in _PARTS}}
    return Outcome("done", {"embedding": vectors["whole"]}, (("job_vectors", record.id, beside),), tokens=tokens)
