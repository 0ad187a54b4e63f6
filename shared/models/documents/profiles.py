"""The parts that say who a person is and what they have done."""

from __future__ import annotations

from typing import Annotated, Literal, Required

from typing_extensions import TypedDict


class PersonData(TypedDict, total=False):
    """Who it is. Never sent to a model that classifies, enriches or embeds."""

    name: Annotated[str, "as the newest source writes it", "Hannah Walker"]
    emails: Annotated[list[str], "every address any source gave, once each", '["hannah@example.org"]']
    phones: Annotated[list[str], "every number, as written", '["+44 7700 900123"]']
    links: Annotated[
        dict[str, str], "kind of page to its address", '{"linkedin": "https://www.linkedin.com/in/zz-hannah"}'
    ]
    location: Annotated[str | None, "where the person is, never where a job is", "Leeds, United Kingdom"]


class ApplicationData(TypedDict, total=False):
    """One job and place the person applied for; a newer export updates its stage."""

    job_title: Annotated[str | None, "the job applied for, never the person's own title", "Senior Backend Engineer"]
    job_location: Annotated[str | None, "where that job is", "Berlin, Germany"]
    stage: Annotated[str | None, "as the export names it", "Phone Screen"]
    disqualified: Annotated[bool, "turned down for this job", "false"]
    source: Annotated[str | None, "where the application came from", "Referral"]
    tags: Annotated[list[str], "as recruiters wrote them", '["Go", "follow-up"]']
    applied_at: Annotated[str | None, "when, as far as the source says", "2026-03-04"]
    import_id: Annotated[str | None, "the import that said so", "99a6da1cfa447757"]
    job_id: Annotated[str | None, "the id in `jobs`, when the person applied for one of those", "7be1c05fd2a94410"]


class ExperienceData(TypedDict, total=False):
    """One position. Dates are `YYYY-MM` or `YYYY`; `current` is None when the source does not say."""

    title: Annotated[str | None, "as written", "Backend Engineer"]
    company: Annotated[str | None, "as written", "Quillmark Bank"]
    start: Annotated[str | None, "`YYYY-MM` or `YYYY`", "2023-04"]
    end: Annotated[str | None, "`YYYY-MM` or `YYYY`; null when open or unknown", "2025-01"]
    current: Annotated[bool | None, "whether it goes on; null when the source does not say", "true"]
    description: Annotated[str, "what was done there, as written", "Led the move to Kafka."]
    achievements: Annotated[
        list[str],
        "what the source lists below the position, as written; also in `description`",
        '["Led the move to Kafka."]',
    ]
    quote: Annotated[
        str, "the words of the source this was read from", "Backend Engineer at Quillmark Bank (04/2023 to N/A)"
    ]


class EducationData(TypedDict, total=False):
    """One degree or school."""

    degree: Annotated[str | None, "as written", "BSc Computer Science"]
    school: Annotated[str | None, "as written", "Harrowgate College"]
    start: Annotated[str | None, "`YYYY-MM` or `YYYY`", "2009-09"]
    end: Annotated[str | None, "`YYYY-MM` or `YYYY`", "2013-06"]
    quote: Annotated[
        str,
        "the words of the source this was read from",
        "BSc Computer Science at Harrowgate College (09/2009 to 06/2013)",
    ]


class SkillData(TypedDict, total=False):
    """One skill as the source names it.

    `name` is the canonical spelling of shared/vocabulary/skills.py where known.
    """

    name: Required[Annotated[str, "the vocabulary's spelling where it knows the skill, else as written", "PostgreSQL"]]
    category: Annotated[str | None, "kind of skill, where known", "database"]
    quote: Annotated[str, "the words of the source", "postgres"]


class LanguageData(TypedDict, total=False):
    """A spoken language, with the level as the source words it."""

    name: Required[Annotated[str, "as written", "Portuguese"]]
    level: Annotated[str | None, "as the source words it", "native"]
    quote: Annotated[str, "the words of the source", "Portuguese (native)"]


class ProfileData(TypedDict, total=False):
    """What a person has done and can do. No name, no contact: this is what models may read."""

    headline: Annotated[str | None, "one line about the person, as written", "Backend engineer, payments"]
    summary: Annotated[str | None, "as written", "Ten years of back-end work."]
    experiences: Annotated[list[ExperienceData], "positions, newest first"]
    educations: Annotated[list[EducationData], "degrees and schools"]
    skills: Annotated[list[SkillData], "those the sources name, in their order"]
    certifications: Annotated[list[str], "as written", '["CKA"]']
    languages: Annotated[list[LanguageData], "spoken ones"]
    tags: Annotated[list[str], "of all applications, united", '["Go", "Kafka"]']
    total_years: Annotated[
        float | None,
        "years of dated positions, overlaps counted once, as of the newest source; only where a CV was read",
        "8.5",
    ]


class LabelledData(TypedDict, total=False):
    """What a recruiter says a person is: it stands over what the model says. None: the model's word stands."""

    function: Annotated[str | None, "one of the vocabulary's functions", "data"]
    level: Annotated[str | None, "one of the vocabulary's levels", "lead"]
    specialties: Annotated[list[str] | None, "of that function", '["analytics"]']


class DocumentRefData(TypedDict):
    """A file that belongs to this person."""

    document_id: Annotated[str, "id of the file", "doc-3"]
    filename: Annotated[str, "as uploaded", "cv.pdf"]
    sha256: Annotated[str, "hash of the bytes", "9b74c9897bac770ffc029102a200c5de…"]


class FlagData(TypedDict, total=False):
    """Something a person should look at. Never moves a score."""

    kind: Required[
        Annotated[
            Literal[
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
            ],
            "what to look at",
            "possible_duplicate",
        ]
    ]
    detail: Required[Annotated[str, "in words, without personal data", "same name and employer"]]
    candidate_id: Annotated[str | None, "the other record, where two are concerned", "1c0a7e55d2f94b3380aa"]
