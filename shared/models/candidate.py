"""The candidate document: the public contract of docs/data-model.md."""

from __future__ import annotations

from typing import Final, Literal

from pydantic import Field

from shared.models.frozen import Frozen

SCHEMA: Final = 1
READY: Final = "ready"  # every stage is done or skipped
FAILED: Final = "failed"  # at least one stage failed for good; `stages` says which and why


class Experience(Frozen):
    """One position. Dates are `YYYY-MM` or `YYYY`; `current` is None when the source does not say."""

    title: str | None = None
    company: str | None = None
    start: str | None = None
    end: str | None = None
    current: bool | None = None
    description: str = ""
    achievements: tuple[str, ...] = ()  # what the source lists below the position, one a line of the list
    quote: str = ""  # the words of the source this was read from


class Education(Frozen):
    """One degree or school."""

    degree: str | None = None
    school: str | None = None
    start: str | None = None
    end: str | None = None
    quote: str = ""


class Skill(Frozen):
    """One skill as the source names it. `name` is the canonical spelling of shared/vocabulary/skills.py where known."""

    name: str
    category: str | None = None
    quote: str = ""


class Language(Frozen):
    """A spoken language, with the level as the source words it."""

    name: str
    level: str | None = None
    quote: str = ""


class Profile(Frozen):
    """What a person has done and can do. No name, no contact: this is what models may read."""

    headline: str | None = None
    summary: str | None = None
    experiences: tuple[Experience, ...] = ()  # newest first
    educations: tuple[Education, ...] = ()
    skills: tuple[Skill, ...] = ()  # explicit ones, in the order the sources give them
    certifications: tuple[str, ...] = ()
    languages: tuple[Language, ...] = ()
    tags: tuple[str, ...] = ()  # of all applications, united: recruiters write skills there
    total_years: float | None = None  # of dated positions, overlaps counted once; as of the newest source


class Person(Frozen):
    """Who it is. Never sent to a model that classifies, enriches or embeds."""

    name: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    links: dict[str, str] = Field(default_factory=dict)  # linkedin, github, twitter, website … -> URL
    location: str | None = None  # where the person is, never where a job is


class Application(Frozen):
    """One job and place the person applied for; a newer export updates its stage."""

    job_title: str | None = None
    job_location: str | None = None
    stage: str | None = None
    disqualified: bool = False
    source: str | None = None
    tags: tuple[str, ...] = ()
    applied_at: str | None = None
    import_id: str | None = None
    job_id: str | None = None  # of `jobs`, when the person applied for one of those


class SourceRef(Frozen):
    """Which source said something about this person, and where it came from."""

    source_id: str
    kind: Literal["row", "cv", "form", "correction"]
    import_id: str | None = None
    row: int | None = None  # 1 = first data record of the file
    document_id: str | None = None
    at: str


class Evidence(Frozen):
    """The words a fact rests on, and where they stand (`experience 1`, `tags`, `headline` …)."""

    where: str
    quote: str


class FunctionLabel(Frozen):
    """One function a person holds."""

    name: str
    level: str
    specialties: tuple[str, ...] = ()
    confidence: float = Field(ge=0, le=1)
    evidence: tuple[Evidence, ...] = ()


class Classification(Frozen):
    """What the person is; `function` and `level` repeat the first of `functions` for simple filters."""

    functions: tuple[FunctionLabel, ...]
    function: str
    level: str


class Labelled(Frozen):
    """What a recruiter says a person is: it stands over what the model says. None: the model's word stands."""

    function: str | None = None
    level: str | None = None
    specialties: tuple[str, ...] | None = None  # of that function


class Trajectory(Frozen):
    """The career in numbers, computed from dated positions; None where the dates do not say."""

    years: float | None = None  # overlaps counted once
    positions: int = 0
    median_tenure_months: int | None = None
    months_between_promotions: int | None = None
    current_level: str | None = None
    levels: tuple[str, ...] = ()  # oldest first
    as_of: str  # YYYY-MM


class FoundSkill(Frozen):
    """A skill with the words it rests on; `inferred` ones are likely from the role, not stated."""

    name: str
    category: str | None = None
    evidence: tuple[Evidence, ...] = ()


class Strength(Frozen):
    """Something that stands out, with its words."""

    text: str
    evidence: tuple[Evidence, ...] = ()


class Enrichment(Frozen):
    """What the enrich stage adds."""

    trajectory: Trajectory
    skills: tuple[FoundSkill, ...] = ()  # explicit: stated in the sources
    inferred_skills: tuple[FoundSkill, ...] = ()
    strengths: tuple[Strength, ...] = ()
    summary: str  # two sentences


class StageError(Frozen):
    """Why a stage failed. `message` never carries personal data."""

    message: str
    again: bool


class Tokens(Frozen):
    """What a model call used for this record."""

    input: int = 0
    output: int = 0


class StageState(Frozen):
    """What a stage last did to this record; absent until it first ran."""

    state: Literal["done", "failed", "skipped"]
    input: str  # hash of what the stage read
    recipe: str  # model, prompt and schema versions: `offline-1 classify-1`
    at: str
    attempts: int = 1
    reason: str | None = None  # why skipped
    error: StageError | None = None
    tokens: Tokens = Tokens()
    run: str | None = None  # the run that forced it: its task, delivered twice, does it once


class Lease(Frozen):
    """Who works on this record now."""

    token: str
    owner: str
    stage: str
    until: str


class DocumentRef(Frozen):
    """A file that belongs to this person."""

    document_id: str
    filename: str
    sha256: str


class Flag(Frozen):
    """Something a person should look at. Never moves a score."""

    kind: Literal[
        "possible_duplicate",
        "shared_mailbox",
        "split",
        "hidden_text",
        "instruction_text",
        "not_a_cv",
        "several_people",
        "partly_read",
        "shared_contact",
        "unsure_match",
    ]
    detail: str
    candidate_id: str | None = None  # the other one, where two are concerned


class Candidate(Frozen):
    """One person in one pool: the fold of their sources, and what the stages found."""

    id: str
    pool: str
    readers: tuple[str, ...] = ()  # uids this record was shared with, never the pool's members
    schema_version: int = SCHEMA
    created_at: str
    updated_at: str
    sources: tuple[SourceRef, ...]
    person: Person
    applications: tuple[Application, ...] = ()  # one per job and place
    profile: Profile
    name_key: str | None = None  # comparable form of the name, for finding likely duplicates
    employer_key: str | None = None
    labelled: Labelled | None = None  # by hand; stands over what `classify` finds
    corrected: tuple[str, ...] = ()  # fields set by hand, `person.name`: no import or CV changes them any more
    classification: Classification | None = None
    enrichment: Enrichment | None = None
    search_terms: tuple[str, ...] = ()
    awaiting: str  # a stage name, `ready` or `failed`
    stages: dict[str, StageState] = Field(default_factory=dict)
    lease: Lease | None = None
    documents: tuple[DocumentRef, ...] = ()
    flags: tuple[Flag, ...] = ()
    shares_keys: bool = False  # another record carries one of the identity keys, too
