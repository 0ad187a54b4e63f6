"""Jobs as stored, what they ask for, and how well people answer them."""

from __future__ import annotations

from typing import Annotated, Literal, Required

from typing_extensions import TypedDict

from shared.models.documents.records import EvidenceData, LeaseData, StageStateData
from shared.models.values import Vector


class RequiredSkillData(TypedDict, total=False):
    """A skill asked for, canonical name, with the words that ask for it."""

    name: Required[Annotated[str, "the vocabulary's spelling", "Go"]]
    must: Annotated[bool, "asked for, not only welcome", "true"]
    quote: Annotated[str, "the words that ask for it", "Go or Java"]


class RequirementsData(TypedDict, total=False):
    """Read from a search text or a job offer. Empty means not asked, never 'anything is fine at 100 %'."""

    text: Annotated[
        str,
        "the search text or job offer itself; not stored with a job, whose fields it is made of",
        "senior backend engineer, Go",
    ]
    functions: Annotated[list[str], "asked for", '["engineering"]']
    specialties: Annotated[list[str], "`function/specialty`", '["engineering/backend"]']
    levels: Annotated[list[str], "any of these, best first", '["senior", "lead"]']
    manages_people: Annotated[bool | None, "whether people are led; null when not said", "false"]
    skills: Annotated[list[RequiredSkillData], "asked for"]
    min_years: Annotated[float | None, "years of work asked for", "5"]
    degree: Annotated[Literal["bachelor", "master", "phd", "any"] | None, "least degree asked for", "bachelor"]
    fields_of_study: Annotated[list[str], "asked for", '["computer science"]']
    places: Annotated[list[str], "any of these", '["berlin"]']
    remote: Annotated[bool, "whether working from elsewhere is offered", "false"]
    skill_text: Annotated[str, "the part of the text about skills", "Go, PostgreSQL"]
    experience_text: Annotated[str, "the part about experience", "five years of back-end work"]
    education_text: Annotated[str, "the part about education", "a degree in computer science"]
    summary: Annotated[
        str, "two sentences made of the other fields; of jobs only", "Senior Backend Engineer in Berlin. …"
    ]
    quotes: Annotated[
        list[EvidenceData],
        "the words behind the other fields; `where` names the field",
        '[{"where": "min_years", "quote": "5 years"}]',
    ]


class JobDocument(TypedDict, total=False):
    """One job of one pool. A closed job stays, without matches."""

    id: Annotated[
        str, "keyed hash of pool and external id, or of pool and content where there is none", "7be1c05fd2a94410"
    ]
    pool: Annotated[str, "whose job this is; people of this pool are matched", "default"]
    status: Annotated[Literal["open", "closed"], "only open jobs have matches", "open"]
    external_id: Annotated[str, "the id of the system it comes from; empty where it gives none", "job-1"]
    title: Annotated[str, "the position", "Senior Backend Engineer"]
    company: Annotated[str, "who hires", "Quillmark Bank"]
    location: Annotated[str, "as given", "Berlin, Germany"]
    url: Annotated[str, "where the offer stands", "https://jobs.example.com/job-1"]
    tags: Annotated[list[str], "as given", '["Go", "PostgreSQL"]']
    description: Annotated[str, "the offer's text", "You own two services …"]
    seniority: Annotated[str, "as given, in whatever words", "Mid-Senior level"]
    extra: Annotated[dict[str, str], "columns nobody maps, kept as written", '{"Salary": "80k"}']
    import_id: Annotated[str | None, "the import that last changed it", "99a6da1cfa447757"]
    created_at: Annotated[str, "when it arrived, UTC", "2026-11-21T09:00:00Z"]
    updated_at: Annotated[str, "when anything was last written, UTC", "2026-11-21T09:05:00Z"]
    enrichment: Annotated[
        RequirementsData | None, "what the job asks for, every part with its words; null until `enrich` ran"
    ]
    awaiting: Annotated[str, "the next stage (`enrich`, `embed`, `match`), `ready` or `failed`", "ready"]
    stages: Annotated[dict[str, StageStateData], "stage name to what it last did"]
    lease: Annotated[LeaseData | None, "who works on this record now"]
    embedding: Annotated[Vector | None, "of the whole offer, made as a search is: with the purpose `query`"]
    embedding_2: Annotated[Vector | None, "the same in the other place, see Space"]


class MatchDocument(TypedDict, total=False):
    """How well a person answers a job.

    Both come from facts, so the score is the same whichever of the two was looked at last.
    """

    id: Annotated[str, "job and candidate", "7be1c05fd2a94410~9f2c41d07ab35e6688c1"]
    pool: Annotated[str, "of both", "default"]
    job_id: Annotated[str, "id in `jobs`", "7be1c05fd2a94410"]
    candidate_id: Annotated[str, "id in `candidates`", "9f2c41d07ab35e6688c1"]
    score: Annotated[float, "0 to 1; who else matches does not move it", "0.87"]
    coverage: Annotated[float, "0 to 1: how much of what is asked is known", "0.9"]
    factors: Annotated[
        dict[str, float | None],
        "score of each asked factor; null when nothing is known",
        '{"skill": 0.9, "experience": 1.0}',
    ]
    matching_skills: Annotated[list[str], "asked for and stated", '["Go or Java"]']
    missing_skills: Annotated[list[str], "asked for and not stated", '["Kafka"]']
    weights: Annotated[dict[str, float], "applied, over the asked factors", '{"skill": 0.67, "experience": 0.33}']
    job_recipe: Annotated[str | None, "what read the job", "offline-1 split-2"]
    candidate_recipe: Annotated[str | None, "what classified the person", "offline-1 classify-1"]
    at: Annotated[str, "when it was scored, UTC", "2026-11-21T09:05:00Z"]
