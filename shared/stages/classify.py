"""What a person is: functions with level, specialties, confidence and evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from shared.models.candidate import Profile
from shared.models.values import pick
from shared.ports import Ports, Stored
from shared.stages.replies import outcomes_of
from shared.stages.stage import Outcome

if TYPE_CHECKING:
    from shared.models.documents.findings import ClassificationData, FunctionLabelData
    from shared.models.documents.people import CandidateDocument
    from shared.models.documents.profiles import LabelledData, ProfileData

PORTION: Final = 25  # records between two looks at the clock: each is a call of its own
_READS: Final = ("headline", "summary", "experiences", "educations", "skills", "certifications", "tags")


def inputs(data: CandidateDocument) -> Any:
    """Return the profile, and what a recruiter says the person is. Never the person."""
    by_hand = {"labelled": data["labelled"]} if data.get("labelled") else {}
    return {**profile_of(data), **by_hand}


def profile_of(data: CandidateDocument) -> ProfileData:
    """Return the profile as models read it: titles, history, degrees, skills."""
    return pick(data.get("profile") or {}, _READS)


def recipe(ports: Ports) -> str:
    """Return the model's versions for this stage."""
    return ports.model.recipe("classify")


def run(records: Sequence[Stored[CandidateDocument]], ports: Ports) -> list[Outcome[CandidateDocument]]:
    """Ask the model once for all records that hold anything to classify."""
    profiles = [Profile.model_validate(profile_of(record.data)) for record in records]
    asked = [index for index, profile in enumerate(profiles) if profile != Profile()]
    answers = ports.model.classify([profiles[index] for index in asked]) if asked else []
    replies = dict(zip(asked, answers, strict=True))
    outcomes: list[Outcome[CandidateDocument]] = outcomes_of(
        len(records), replies, "classification", "no title, history or skills to classify from"
    )
    return [_by_hand(record.data, outcome) for record, outcome in zip(records, outcomes, strict=True)]


def labelled(found: ClassificationData | None, labels: LabelledData) -> ClassificationData | None:
    """Return a classification with a recruiter's labels over its first function; None where neither says enough."""
    functions = (found or {}).get("functions") or []
    first = functions[0] if functions else None
    name = labels.get("function") or (first["name"] if first else None)
    level = labels.get("level") or (first["level"] if first else None)
    if not name or not level:
        return found
    specialties: Sequence[str] | None = labels.get("specialties")
    if specialties is None:
        specialties = _specialties_of(functions, name)
    mine: FunctionLabelData = {
        "name": name,
        "level": level,
        "specialties": list(specialties),
        "confidence": 1.0,
        "evidence": [],
    }
    others = [function for function in functions if function["name"] != name]
    return {"functions": [mine, *others], "function": name, "level": level}


def _specialties_of(functions: Sequence[FunctionLabelData], name: str) -> Sequence[str]:
    for function in functions:
        if function["name"] == name:
            return function.get("specialties") or ()
    return ()


def _by_hand(data: CandidateDocument, outcome: Outcome[CandidateDocument]) -> Outcome[CandidateDocument]:
    """What a recruiter said stands, whatever the model says now, and where it says nothing at all."""
    labels = data.get("labelled")
    if not labels or outcome.state == "retryable":
        return outcome
    classification = labelled(outcome.fields.get("classification"), labels)
    if not classification:
        return outcome
    return replace(outcome, fields={**outcome.fields, "classification": classification})
