"""What the stages found out about a person, with the words it rests on."""

from __future__ import annotations

from typing import Annotated, Required

from typing_extensions import TypedDict

from shared.models.documents.records import EvidenceData


class FunctionLabelData(TypedDict, total=False):
    """One function a person holds."""

    name: Required[
        Annotated[str, "one of the vocabulary's functions; `general` means none of the others", "engineering"]
    ]
    level: Required[Annotated[str, "one of the vocabulary's levels", "senior"]]
    specialties: Annotated[list[str], "of that function", '["backend"]']
    confidence: Required[Annotated[float, "0 to 1", "0.9"]]
    evidence: Annotated[list[EvidenceData], "the words it rests on"]


class ClassificationData(TypedDict, total=False):
    """What the person is; `function` and `level` repeat the first of `functions` for simple filters."""

    functions: Annotated[list[FunctionLabelData], "every function the person holds, the main one first"]
    function: Annotated[str, "the first one's name, for simple filters", "engineering"]
    level: Annotated[str, "the first one's level, for simple filters", "senior"]


class TrajectoryData(TypedDict, total=False):
    """The career in numbers, computed from dated positions; None where the dates do not say."""

    years: Annotated[float | None, "years of work, overlaps counted once; null where the dates do not say", "9.2"]
    positions: Annotated[int, "how many", "4"]
    median_tenure_months: Annotated[int | None, "months in a position", "26"]
    months_between_promotions: Annotated[int | None, "between two rises of level", "31"]
    current_level: Annotated[str | None, "level of the current position", "senior"]
    levels: Annotated[list[str], "level of each position, oldest first", '["junior", "mid", "senior"]']
    as_of: Annotated[str, "the month this was reckoned for, `YYYY-MM`", "2026-11"]


class FoundSkillData(TypedDict, total=False):
    """A skill with the words it rests on; `inferred` ones are likely from the role, not stated."""

    name: Required[Annotated[str, "the vocabulary's spelling", "Kafka"]]
    category: Annotated[str | None, "kind of skill, where known", "data"]
    evidence: Annotated[list[EvidenceData], "the words it rests on"]


class StrengthData(TypedDict, total=False):
    """Something that stands out, with its words."""

    text: Required[Annotated[str, "one line", "Promoted twice within one company."]]
    evidence: Annotated[list[EvidenceData], "the words it rests on"]


class EnrichmentData(TypedDict, total=False):
    """What the enrich stage adds."""

    trajectory: Annotated[TrajectoryData, "the career in numbers"]
    skills: Annotated[list[FoundSkillData], "stated in the sources"]
    inferred_skills: Annotated[list[FoundSkillData], "likely from the role, not stated"]
    strengths: Annotated[list[StrengthData], "what stands out"]
    summary: Annotated[
        str, "two sentences", "Senior backend engineer with nine years in four positions. Works with Go and Kafka."
    ]
