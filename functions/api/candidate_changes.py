"""Changes of candidates over HTTP: people typed in, corrections that stand, tags, and taking a record out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

from flask import Response, request
from pydantic import BaseModel, Field, StringConstraints, field_validator, model_validator

from functions.api.candidates import VERSION_HEADERS, version_of, visible_fields, with_version
from functions.audit import note
from functions.openapi.operation import JSON, POOL, Body, Query, boolean, operation
from functions.parameters import JsonBody, flag, read_body
from functions.request import caller, pool_to_change, ports, reads, settings, sight
from shared.access import allow
from shared.errors import InvalidRequest, Outdated, VersionNeeded
from shared.models.candidate import Application, Education, Experience, Labelled, Language, Person, Profile, Skill
from shared.models.collections import CANDIDATES
from shared.people.corrections import correct_candidate, tag_candidate
from shared.people.delete import remove_candidate
from shared.people.keys import is_email
from shared.people.manual_entry import add_by_hand
from shared.pipeline.backlog import queue_due
from shared.privacy.erase import erase
from shared.views.candidates import CandidateAnswer, CandidateCreated, Tags, candidate_record, tags_of
from shared.views.privacy import Erased
from shared.vocabulary import FUNCTIONS, LEVELS, SPECIALTIES
from shared.wiring import dropped_files

_LONGEST_TAG: Final = 100
_VERSION: Final = Query("If-Match", "The `ETag` the record was read with.", header=True)
Line = Annotated[str, StringConstraints(max_length=500, strip_whitespace=True)]
Text = Annotated[str, StringConstraints(max_length=20_000)]
Lines = Annotated[list[Line], Field(max_length=200)]
_FACTS: Final = {"person": "person", "profile": "profile", "classification": "labelled", "withdraw": "withdrawn"}
_PARTS: Final[dict[str, type[BaseModel]]] = {"person": Person, "profile": Profile, "classification": Labelled}


_LISTS: Final = {
    "emails",
    "phones",
    "experiences",
    "educations",
    "skills",
    "certifications",
    "languages",
}


class PersonBody(JsonBody):
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


class ProfileBody(JsonBody):
    """What the person has done and can do."""

    headline: Line | None = None
    summary: Text | None = None
    experiences: Annotated[list[Experience], Field(max_length=200)] | None = None
    educations: Annotated[list[Education], Field(max_length=100)] | None = None
    skills: Annotated[list[Skill], Field(max_length=300)] | None = None
    certifications: Lines | None = None
    languages: Annotated[list[Language], Field(max_length=100)] | None = None


class ApplicationBody(JsonBody):
    """The job the person applies for."""

    job_title: Line | None = None
    job_location: Line | None = None
    stage: Line | None = None
    source: Line | None = None
    tags: Lines = Field(default_factory=list)


class LabelsBody(JsonBody):
    """What the person is, in the vocabulary's words."""

    function: Literal[FUNCTIONS] | None = None  # type: ignore[valid-type]
    level: Literal[LEVELS] | None = None  # type: ignore[valid-type]
    specialties: Lines | None = None

    @model_validator(mode="after")
    def _fit(self) -> LabelsBody:
        functions = [self.function] if self.function else list(SPECIALTIES)
        known = [specialty for function in functions for specialty in SPECIALTIES.get(function, ())]
        if not set(self.specialties or ()) <= set(known):
            raise ValueError(f"specialties: of {self.function or 'all'}, {', '.join(known) or 'none'}")
        return self


class NewCandidate(JsonBody):
    """A person typed in."""

    person: PersonBody
    profile: ProfileBody = Field(default_factory=ProfileBody)
    application: ApplicationBody | None = None

    def facts(self) -> dict[str, Any]:
        """Return what is said as a source's facts; what is not said is not there."""
        fields = self.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
        facts = {name: fields[name] for name in ("person", "profile") if fields.get(name)}
        if self.application is not None:
            application = Application.model_validate(fields.get("application") or {})
            facts["application"] = application.model_dump(mode="json", exclude_none=True)
        return facts


class Correction(JsonBody):
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
        fields = self.model_dump(mode="json", exclude_unset=True)
        for part in ("person", "profile"):
            _empty_lists(fields.get(part) or {})
        return {fact: fields[name] for name, fact in _FACTS.items() if fields.get(name)}


def _empty_lists(fields: dict[str, Any]) -> None:
    """Take null for the empty list it stands for, as records store it."""
    for name in _LISTS & fields.keys():
        if fields[name] is None:
            fields[name] = []
    if "links" in fields and fields["links"] is None:
        fields["links"] = {}


@operation(
    {200: CandidateCreated, 201: CandidateCreated},
    refuses=(410,),
    query=(POOL,),
    body=Body({JSON: NewCandidate}),
    headers=VERSION_HEADERS,
)
def create_candidate() -> Response:
    """Take a person typed in: `{"person": …, "profile": …, "application": …}`, `?pool=`; a known address joins them."""
    pool = pool_to_change(request.args.get("pool") or "default")
    facts: Any = read_body(NewCandidate).facts()
    effect: Any
    id_, effect = add_by_hand(ports(), pool, facts, caller().uid)
    note("create", [id_], effect=effect)
    _queue(id_)
    record = reads().one(CANDIDATES, id_).data
    shown = candidate_record(id_, visible_fields(record), sight())
    response = with_version(CandidateCreated(candidate=shown, effect=effect), id_, record)
    response.status_code = 201 if effect == "created" else 200
    response.headers["Location"] = f"/api/candidates/{id_}/"
    return response


@operation(
    {200: CandidateAnswer},
    refuses=(409, 412, 428),
    query=(_VERSION,),
    body=Body({JSON: Correction}),
    headers=VERSION_HEADERS,
)
def edit_candidate(candidate_id: str) -> Response:
    """Correct the record: `{"person": {…}, "profile": {…}, "classification": {…}, "withdraw": […]}`, with `If-Match`.

    A field that is named has exactly this value from now on, whatever imports, CVs and models say; null empties it.
    """
    id_ = _id_to_change(candidate_id)
    if "If-Match" not in request.headers:
        raise VersionNeeded("send `If-Match` with the ETag the record was read with")
    facts: Any = read_body(Correction).facts()
    if not facts:
        raise InvalidRequest(
            "nothing to correct: name fields of person, profile or classification, or what to withdraw"
        )
    record = correct_candidate(ports(), id_, facts, caller().uid, _check_version)
    note("correct", [id_], fields=[f"{part}.{name}" for part, fields in facts.items() for name in fields])
    _queue(id_)
    answer = CandidateAnswer(candidate=candidate_record(id_, visible_fields(record), sight()))
    return with_version(answer, id_, record)


@operation({200: Erased, 204: None}, refuses=(412,), query=(boolean("erase", "For good, from every place."), _VERSION))
def delete_candidate(candidate_id: str) -> Any:
    """Take the record out of its pool; a later import of the same file brings it back. `?erase=true` is for good."""
    if flag("erase"):
        return _erase(candidate_id)
    id_ = _id_to_change(candidate_id)
    remove_candidate(ports(), id_)
    note("delete", [id_])
    return "", 204


@operation({200: Tags}, refuses=(400, 412))
def put_tag(candidate_id: str, tag: str) -> Tags:
    """Put a tag on the person; it stays whatever applications say."""
    return _tag(candidate_id, tag, put=True)


@operation({200: Tags}, refuses=(400, 412))
def remove_tag(candidate_id: str, tag: str) -> Tags:
    """Take a tag off the person; it stays off whatever applications say."""
    return _tag(candidate_id, tag, put=False)


def _tag(candidate_id: str, tag: str, put: bool) -> Tags:
    id_ = _id_to_change(candidate_id)
    if not tag.strip() or len(tag) > _LONGEST_TAG or not tag.isprintable():
        raise InvalidRequest(f"tag: 1 to {_LONGEST_TAG} printable characters")
    record = tag_candidate(ports(), id_, tag.strip(), put, caller().uid)
    note("tag" if put else "untag", [id_])
    _queue(id_)
    return tags_of(record, sight())


def _erase(candidate_id: str) -> Erased:
    """Remove the person from every place and keep them out. For admins."""
    receipt = erase(ports(), reads(), candidate_id, dropped_files(settings(), ports()))
    note("erase", [receipt.id], places=receipt.places)
    shown: Any = receipt.model_dump(mode="json")
    return Erased(receipt=shown)


def _id_to_change(candidate_id: str) -> str:
    """Return the id of a record the caller may change; with `If-Match`, only the version that was read."""
    row = reads().one(CANDIDATES, candidate_id)
    allow(caller(), "change", row.data["pool"])
    if "If-Match" in request.headers:
        _check_version(row.data)
    return row.id


def _check_version(record: Mapping[str, Any]) -> None:
    if not request.if_match.contains(version_of(record)):
        raise Outdated("the record has changed since it was read: read it again")


def _queue(candidate_id: str) -> None:
    queue_due(ports(), "candidates", [candidate_id])
