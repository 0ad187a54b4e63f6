"""What the career says: trajectory, explicit and inferred skills, strengths, a two-sentence summary, with evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Final

from shared.models.candidate import Classification, Profile
from shared.ports import Ports, Stored
from shared.stages import classify
from shared.stages.replies import outcomes_of
from shared.stages.stage import Outcome

if TYPE_CHECKING:
    from shared.models.documents.people import CandidateDocument

PORTION: Final = 25  # records between two looks at the clock: each is a call of its own


def inputs(data: CandidateDocument) -> Any:
    """Return the profile and what classify made of it."""
    return {"profile": classify.profile_of(data), "classification": data.get("classification")}


def recipe(ports: Ports) -> str:
    """Return the model's versions for this stage."""
    return ports.model.recipe("enrich")


def run(records: Sequence[Stored[CandidateDocument]], ports: Ports) -> list[Outcome[CandidateDocument]]:
    """Ask the model once for all records that have a profile."""
    asked = [index for index, record in enumerate(records) if classify.profile_of(record.data)]
    profiles = [Profile.model_validate(classify.profile_of(records[index].data)) for index in asked]
    labels = [_label(records[index].data) for index in asked]
    answers = ports.model.enrich(profiles, labels) if asked else []
    replies = dict(zip(asked, answers, strict=True))
    return outcomes_of(len(records), replies, "enrichment", "no history or skills to enrich from")


def _label(data: CandidateDocument) -> Classification | None:
    found = data.get("classification")
    return Classification.model_validate(found) if found else None
