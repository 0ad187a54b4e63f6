"""What a person is: functions with level, specialties, confidence and evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from shared.models.candidate import Profile
from shared.ports import Data, Ports, Stored
from shared.stages import Outcome
from shared.stages.replies import outcomes_of

REQUIRED: Final = False
PORTION: Final = 25  # records between two looks at the clock: each is a call of its own
_READS: Final = ("headline", "summary", "experiences", "educations", "skills", "certifications", "tags")


def inputs(data: Data) -> Any:
    """Return the profile, and what a recruiter says the person is. Never the person."""
    by_hand = {"labelled": data["labelled"]} if data.get("labelled") else {}
    return {**profile_of(data), **by_hand}


def profile_of(data: Data) -> Data:
    """Return the profile as models read it: titles, history, degrees, skills."""
    profile = data.get("profile") or {}
    return {name: profile[name] for name in _READS if profile.get(name)}


def recipe(ports: Ports) -> str:
    """Return the model's versions for this stage."""
    return ports.model.recipe("classify")


def run(records: Sequence[Stored], ports: Ports) -> list[Outcome]:
    """Ask the model once for all records that hold anything to classify."""
    profiles = [Profile.model_validate(profile_of(record.data)) for record in records]
    asked = [index for index, profile in enumerate(profiles) if profile != Profile()]
    answers = ports.model.classify([profiles[index] for index in asked]) if asked else []
    replies = dict(zip(asked, answers, strict=True))
    outcomes = outcomes_of(len(records), replies, "classification", "no title, history or skills to classify from")
    return [_by_hand(record.data, outcome) for record, outcome in zip(records, outcomes, strict=True)]


def labelled(found: Mapping[str, Any] | None, labels: Mapping[str, Any]) -> Data | None:
    """Return a classification with a recruiter's labels over its first function; None where neither says enough."""
    functions = list((found or {}).get("functions") or ())
    model = functions[0] if functions else {}
    name, level = labels.get("function") or model.get("name"), labels.get("level") or model.get("level")
    if not name or not level:
        return dict(found) if found else None
    same = model if name == model.get("name") else next((each for each in functions if each["name"] == name), {})
    said = labels.get("specialties")
    specialties = list(said if said is not None else same.get("specialties") or ())
    mine = {"name": name, "level": level, "specialties": specialties, "confidence": 1.0, "evidence": []}
    others = [each for each in functions if each["name"] != name]
    return {"functions": [mine, *others], "function": name, "level": level}


def _by_hand(data: Data, outcome: Outcome) -> Outcome:
    """What a recruiter said stands, whatever the model says now, and where it says nothing at all."""
    if not data.get("labelled") or outcome.state == "again":
        return outcome
    found = labelled(outcome.fields.get("classification"), data["labelled"])
    return replace(outcome, fields={**outcome.fields, "classification": found}) if found else outcome
