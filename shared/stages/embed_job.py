"""Four vectors of a job, made as a search's are: the whole offer on the record, skills, role and degrees beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from shared.models.collections import DIMENSIONS
from shared.ports import Ports, Stored
from shared.search.request.offer import job_text
from shared.stages.embed import Into, vector_outcome
from shared.stages.stage import Outcome
from shared.vectors.generations import place_to_fill

if TYPE_CHECKING:
    from shared.models.documents.jobs import JobDocument

TEXT_VERSION: Final = 1


def inputs(data: JobDocument) -> Any:
    """Return the texts that are embedded; of a closed job none."""
    return _texts(data)


def recipe(ports: Ports) -> str:
    """Return the model's versions, the purpose, the dimensions and the version of the text."""
    return f"{ports.model.recipe('embed')} query {DIMENSIONS}d job-text-{TEXT_VERSION}"


def run(records: Sequence[Stored[JobDocument]], ports: Ports) -> list[Outcome[JobDocument]]:
    """Embed every different text of the batch once, as a query: a job looks for people."""
    texts = [_texts(record.data) for record in records]
    different = list(dict.fromkeys(text for each in texts for text in each.values()))
    replies = ports.model.embed(different, "query") if different else []
    known = dict(zip(different, replies, strict=True))
    into = Into("jobs", recipe(ports), place_to_fill(ports, "jobs", recipe(ports)))
    pairs = zip(records, texts, strict=True)
    return [vector_outcome(into, record, each, known, _nothing(record)) for record, each in pairs]


def _nothing(record: Stored[JobDocument]) -> str:
    return "the job is closed" if record.data.get("status") == "closed" else "no description"


def _texts(data: JobDocument) -> dict[str, str]:
    if data.get("status") == "closed":
        return {}
    read = data.get("enrichment") or {}
    texts = {
        "whole": job_text(data),
        "skill": read.get("skill_text"),
        "experience": read.get("experience_text"),
        "education": read.get("education_text"),
    }
    return {name: text.strip() for name, text in texts.items() if text and text.strip()}
