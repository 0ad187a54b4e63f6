"""What a person is: functions with level, specialties, confidence and evidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from shared.models.candidate import Profile
from shared.ports import Data, Ports, Stored
from shared.stages import Outcome
from shared.stages.replies import outcomes_of

REQUIRED: Final = False
PORTION: Final = 25  # records between two looks at the clock: each is a call of its own
_READS: Final = ("headline", "summary", "experiences", "educations", "skills", "certifications", "tags")


def inputs(data: Data) -> Any:
    """Return the profile: titles, history, degrees, skills. Never the person."""
    profile = data.get("profile") or {}
    return {name: profile[name] for name in _READS if profile.get(name)}


def recipe(ports: Ports) -> str:
    """Return the model's versions for this stage."""
    return ports.model.recipe("classify")


def run(records: Sequence[Stored], ports: Ports) -> list[Outcome]:
    """Ask the model once for all records that hold anything to classify."""
    profiles = [Profile.model_validate(inputs(record.data)) for record in records]
    asked = [index for index, profile in enumerate(profiles) if profile != Profile()]
    answers = ports.model.classify([profiles[index] for index in asked]) if asked else []
    replies = dict(zip(asked, answers, strict=True))
    return outcomes_of(len(records), replies, "classification", "no title, history or skills to classify from")
