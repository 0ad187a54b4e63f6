"""A job as a record that moves through stages, and the matches between jobs and people."""

from __future__ import annotations

from typing import Annotated, Final, Literal

from pydantic import Field

from shared.models.candidate import Lease, StageState
from shared.models.frozen import Frozen
from shared.models.requirements import Requirements

MOST_SKILLS: Final = 15  # of one job; a longer wish list asks for nobody


class JobFacts(Frozen):
    """What a row, a line or a request says about one job, normalised."""

    external_id: Annotated[str, "the id of the system it comes from", "job-1"] = ""
    title: Annotated[str, "the position", "Senior Backend Engineer"] = ""
    company: Annotated[str, "who hires", "Quillmark Bank"] = ""
    location: Annotated[str, "as given", "Berlin, Germany"] = ""
    url: Annotated[str, "where the offer stands", "https://jobs.example.com/job-1"] = ""
    tags: Annotated[tuple[str, ...], "as given", '["Go", "PostgreSQL"]'] = ()
    description: Annotated[str, "the offer's text, without markup", "You own two services …"] = ""
    seniority: Annotated[str, "as given", "senior"] = ""
    status: Annotated[Literal["open", "closed"] | None, "null when not said", "open"] = None
    extra: Annotated[dict[str, str], "columns nobody maps", '{"Salary": "80k"}'] = Field(default_factory=dict)


class Job(Frozen):
    """One job of one pool. Closed jobs stay, without matches."""

    id: str  # keyed hash of pool and external id, or of pool and content where there is none
    pool: str
    status: Literal["open", "closed"] = "open"
    external_id: str = ""
    title: str = ""
    company: str = ""
    location: str = ""
    url: str = ""
    tags: tuple[str, ...] = ()
    description: str = ""
    seniority: str = ""
    extra: dict[str, str] = Field(default_factory=dict)
    import_id: str | None = None
    created_at: str
    updated_at: str
    enrichment: Requirements | None = None  # without `text`, which is made of the job's own fields
    awaiting: str  # `enrich`, `embed`, `match`, `ready` or `failed`
    stages: dict[str, StageState] = Field(default_factory=dict)
    lease: Lease | None = None


class Match(Frozen):
    """How well a person answers a job, from facts; the same whichever of the two was looked at last."""

    id: str  # `JOB~CANDIDATE`
    pool: str
    job_id: str
    candidate_id: str
    score: float  # 0..1, absolute: who else matches does not move it
    coverage: float  # 0..1: how much of what is asked is known
    factors: dict[str, float | None]  # of the asked factors; None: nothing is known
    matching_skills: tuple[str, ...] = ()
    missing_skills: tuple[str, ...] = ()
    weights: dict[str, float]
    job_recipe: str | None = None  # what read the job
    candidate_recipe: str | None = None  # what classified the person
    at: str
