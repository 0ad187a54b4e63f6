"""The shapes Gemini answers in: short enums, evidence before verdict, no numbers that could rank anybody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from pydantic import BaseModel

from shared.vocabulary import FUNCTIONS, LEVELS, SPECIALTIES
from shared.vocabulary.titles import UNKNOWN_LEVEL

VERSIONS: Final = {"classify": 2, "enrich": 1, "parse": 1, "split_job": 1}  # raised with every change of a shape

if TYPE_CHECKING:  # the values are the vocabulary's, and no type checker can read them there
    Function: TypeAlias = str
    Level: TypeAlias = str
    HeldLevel: TypeAlias = str
    Specialty: TypeAlias = str
else:
    Function = Literal[FUNCTIONS]
    Level = Literal[LEVELS]
    HeldLevel = Literal[(*LEVELS, UNKNOWN_LEVEL)]
    Specialty = Literal[tuple(dict.fromkeys(name for names in SPECIALTIES.values() for name in names))]
Sureness = Literal["sure", "likely", "guess"]
Degree = Literal["bachelor", "master", "phd", "any"]


class FunctionSaid(BaseModel):
    """A function the person holds."""

    quotes: list[str]
    name: Function
    level: HeldLevel
    specialties: list[Specialty]
    sureness: Sureness


class ClassifySaid(BaseModel):
    """What the person is, today's function first."""

    functions: list[FunctionSaid]


class SkillSaid(BaseModel):
    """A skill; the quote names it, or names what makes it likely."""

    quote: str
    name: str


class StrengthSaid(BaseModel):
    """Something that stands out."""

    quotes: list[str]
    text: str


class EnrichSaid(BaseModel):
    """What the career says."""

    skills: list[SkillSaid]
    inferred_skills: list[SkillSaid]
    strengths: list[StrengthSaid]
    summary: str


class ExperienceSaid(BaseModel):
    """One position."""

    quote: str
    title: str | None
    company: str | None
    start: str | None
    end: str | None
    current: bool | None
    description: str
    achievements: list[str]


class EducationSaid(BaseModel):
    """One degree or school."""

    quote: str
    degree: str | None
    school: str | None
    start: str | None
    end: str | None


class LanguageSaid(BaseModel):
    """A spoken language."""

    quote: str
    name: str
    level: str | None


class PersonSaid(BaseModel):
    """Who it is, each as the CV writes it."""

    name: str | None
    emails: list[str]
    phones: list[str]
    links: list[str]
    location: str | None


class ParseSaid(BaseModel):
    """A CV."""

    person: PersonSaid
    headline: str | None
    summary: str | None
    experiences: list[ExperienceSaid]
    educations: list[EducationSaid]
    skills: list[SkillSaid]
    certifications: list[str]
    languages: list[LanguageSaid]


class RoleSaid(BaseModel):
    """A role that is looked for."""

    quote: str
    function: Function
    specialty: Specialty | None


class DemandSaid(BaseModel):
    """A skill that is asked for."""

    quote: str
    name: str
    must: bool


class JobSaid(BaseModel):
    """What a search text or a job offer asks for; empty where it does not."""

    title_quote: str | None
    roles: list[RoleSaid]
    levels_quote: str | None
    levels: list[Level]
    people_quote: str | None
    manages_people: bool | None
    skills: list[DemandSaid]
    years_quote: str | None
    min_years: float | None
    degree_quotes: list[str]
    degree: Degree | None
    places: list[str]
    remote_quote: str | None
