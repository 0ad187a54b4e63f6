"""Searches as stored: ids and numbers, never names or quotes of people."""

from __future__ import annotations

from typing import Annotated

from typing_extensions import TypedDict

from shared.models.documents.jobs import RequirementsData


class SearchAskedData(TypedDict, total=False):
    """What a search run asks for: a text or a job, and how it is to be answered.

    The body of `POST /api/search-runs/`.
    """

    job_offer_text: Annotated[
        str | None,
        "a text or a whole offer; in one line, operators count",
        "senior backend engineer, Go OR Java -intern",
    ]
    job_id: Annotated[str | None, "instead of a text", "0f3b7c11d2a94e55"]
    weights: Annotated[dict[str, float] | None, "by factor, summing to 1", '{"skill": 0.7, "experience": 0.3}']
    preset: Annotated[str | None, "instead of weights: `executive`, `manager`, `individual`", "manager"]
    top_k: Annotated[int, "how many at most, 1 to 200", "10"]
    filters: Annotated[dict[str, str | float] | None, "field to value", '{"level": "senior", "min_years": 5}']
    strict: Annotated[bool, "drop who does not say a place or years asked for", "false"]
    words: Annotated[str | None, "a word query everybody found must answer", "title:lead -company:acme"]
    rewrite: Annotated[bool, "let the model tell each explanation anew, where it keeps to what was given", "false"]


class RunHitData(TypedDict):
    """One person found. Who they are and the words behind the score are read from their record, while there is one."""

    candidate_id: Annotated[str, "who", "9f2c41d07ab35e6688c1"]
    score: Annotated[float, "0 to 1", "0.82"]
    coverage: Annotated[float, "0 to 1: how much of what was asked is known", "0.95"]
    factors: Annotated[
        dict[str, float | None], "of the asked factors; null: nothing is known", '{"skill": 0.9, "experience": 0.7}'
    ]


class SearchRunDocument(TypedDict, total=False):
    """A search that was run.

    Whoever asked may read it again, and admins. It holds ids and numbers, never names or quotes of people; reading one
    joins what the records say now, and someone who was erased is gone from it but for a random id.
    """

    id: Annotated[str, "random", "b51f8fcd0fbd57f2a1c6"]
    caller: Annotated[str, "uid of who asked", "uid-7"]
    at: Annotated[str, "when, UTC", "2026-11-21T09:00:00.000000Z"]
    asked: Annotated[SearchAskedData, "what was asked"]
    pools: Annotated[list[str], "that were searched", '["default"]']
    requirements: Annotated[RequirementsData, "what the text was read as"]
    weights: Annotated[
        dict[str, float],
        "applied: over the asked factors, summing to 1",
        '{"skill": 0.667, "experience": 0.333, "education": 0, "location": 0}',
    ]
    results: Annotated[list[RunHitData], "who was found, best first"]
    considered: Annotated[int, "people that were scored", "300"]
    recipes: Annotated[
        dict[str, str],
        "what read the text, and what embedded it",
        '{"split_job": "offline-1 split_job-1", "embed": "offline-1 embed-1"}',
    ]
    timings: Annotated[
        dict[str, float],
        "milliseconds a phase: understand, embed, retrieve, score",
        '{"understand": 1.2, "embed": 3.1, "retrieve": 18.4, "score": 6.0}',
    ]
    took_ms: Annotated[float, "milliseconds in all", "28.9"]
