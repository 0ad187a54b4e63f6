"""What the career says: trajectory, explicit and inferred skills, strengths, a two-sentence summary, with evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from shared.models.candidate import Classification, Profile
from shared.ports import Data, Ports, Stored
from shared.stages import Outcome, classify

REQUIRED: Final = False


def inputs(data: Data) -> Any:
    """Return the profile and what classify made of it."""
    return {"profile": classify.inputs(data), "classification": data.get("classification")}


def recipe(ports: Ports) -> str:
    """Return the model's versions for this stage."""
    return ports.model.recipe("enrich")


def run(records: Sequence[Stored], ports: Ports) -> list[Outcome]:
    """Ask the model once for all records that have a profile."""
    asked = [index for index, record in enumerate(records) if classify.inputs(record.data)]
    profiles = [Profile.model_validate(classify.inputs(records[index].data)) for index in asked]
    labels = [_label(records[index].data) for index in asked]
    answers = ports.model.enrich(profiles, labels) if asked else []
    replies = dict(zip(asked, answers, strict=True))
    outcomes = []
    for index in range(len(records)):
        reply = replies.get(index)
        if reply is None or (reply.value is None and reply.error is None):
            outcomes.append(Outcome("skipped", reason="no history or skills to enrich from"))
        elif reply.value is None:
            outcomes.append(Outcome("failed", reason=reply.error, tokens=reply.tokens))
        else:
            outcomes.append(Outcome("done", {"enrichment": reply.value.model_dump(mode="json")}, tokens=reply.tokens))
    return outcomes


def _label(data: Data) -> Classification | None:
    found = data.get("classification")
    return Classification.model_validate(found) if found else None
