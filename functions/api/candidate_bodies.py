"""What requests about candidates may say: a file of its own, so that a health check does not wait for pydantic."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, Field, StringConstraints, field_validator, model_validator

from functions.api.bodies import Body
from shared.models.candidate import Application, Education, Experience, Labelled, Language, Person, Profile, Skill
from shared.people.keys import is_email
from shared.vocabulary import FUNCTIONS, LEVELS, SPECIALTIES

Line = Annotated[str, StringConstraints(max_length=500, strip_whitespace=True)]
Text = Annotated[str, StringConstraints(max_length=20_000)]
Lines = Annotated[list[Line], Field(max_length=200)]
_PARTS: Final[dict[str, type[BaseModel]]] = {"person": Person, "profile": Profile, "classification": Labelled}


class PersonBody(Body):
    """Who it is."""

    name: Line | None = None
    emails: Annotated[list[Line], Field(max_length=20)] | None = None
    phones: Annotated[list[Line], Field(max_length=20)] | None = None
    links: Annotated[dict[str, Line], Field(max_length=20)] | None = None
    location: Line | None = None

    @field_validator("emails")
    @classmethod
    def _are_addresses(cls, values: list[str] | None) -> list[str] | None:
        if not all(is_email(value) for value in values or ()):
            raise ValueError("an e-mail address looks like name@example.org")
        return values


class ProfileBody(Body):
    """What the person has done and can do."""

    headline: Line | None = None
    summary: Text | None = None
    experiences: Annotated[list[Experience], Field(max_length=200)] | None = None
    educations: Annotated[list[Education], Field(max_length=100)] | None = None
    skills: Annotated[list[Skill], Field(max_length=300)] | None = None
    certifications: Lines | None = None
    languages: Annotated[list[Language], Field(max_length=100)] | None = None


class ApplicationBody(Body):
    """The job the person applies for."""

    job_title: Line | None = None
    job_location: Line | None = None
    stage: Line | None = None
    source: Line | None = None
    tags: Lines = Field(default_factory=list)


class LabelsBody(Body):
    """What the person is, in the vocabulary's words."""

    function: Literal[FUNCTIONS] | None = None  # type: ignore[valid-type]
    level: Literal[LEVELS] | None = None  # type: ignore[valid-type]
    specialties: Lines | None = None

    @model_validator(mode="after")
    def _fit(self) -> LabelsBody:
        known = (
            SPECIALTIES.get(self.function or "", ()) if self.function else [s for v in SPECIALTIES.values() for s in v]
        )
        if not set(self.specialties or ()) <= set(known):
            raise ValueError(f"specialties: of {self.function or 'all'}, {', '.join(known) or 'none'}")
        return self


class NewCandidate(Body):
    """A person typed in."""

    person: PersonBody
    profile: ProfileBody = Field(default_factory=ProfileBody)
    application: ApplicationBody | None = None

    def facts(self) -> dict[str, Any]:
        """Return what is said as a source's facts; what is not said is not there."""
        said = self.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
        found = {name: said[name] for name in ("person", "profile") if said.get(name)}
        if self.application is not None:
            found["application"] = Application.model_validate(said.get("application") or {}).model_dump(
                mode="json", exclude_none=True
            )
        return found


class Correction(Body):
    """What a recruiter sets: a field that is there is set, null or empty takes it away, the others stay."""

    person: PersonBody = Field(default_factory=PersonBody)
    profile: ProfileBody = Field(default_factory=ProfileBody)
    classification: LabelsBody = Field(default_factory=LabelsBody)
    withdraw: Annotated[list[str], Field(max_length=50)] = Field(default_factory=list)  # `person.location`

    @field_validator("withdraw")
    @classmethod
    def _are_fields(cls, values: list[str]) -> list[str]:
        for value in values:
            part, _, name = value.partition(".")
            if part not in _PARTS or name not in _PARTS[part].model_fields:
                raise ValueError(
                    "fields are named as in `corrected`: person.name, profile.skills, classification.level"
                )
        return values

    def facts(self) -> dict[str, Any]:
        """Return what is said as a correction's facts; empty when nothing is."""
        said = self.model_dump(mode="json", exclude_unset=True)
        found = {name: said[name] for name in ("person", "profile") if said.get(name)}
        found |= {"labelled": said["classification"]} if said.get("classification") else {}
        return found | ({"withdrawn": said["withdraw"]} if said.get("withdraw") else {})


class NoteBody(Body):
    """A note."""

    text: Text
