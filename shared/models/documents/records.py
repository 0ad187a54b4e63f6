"""The parts every record that moves through stages has: what its stages did, and who works on it."""

from __future__ import annotations

from typing import Annotated, Literal

from typing_extensions import TypedDict


class StageErrorData(TypedDict, total=False):
    """Why a stage failed. `message` never carries personal data."""

    message: Annotated[str, "what went wrong, without personal data", "the model's reply was cut off"]
    again: Annotated[bool, "whether trying again may help", "false"]


class TokensData(TypedDict, total=False):
    """What a model call used for this record."""

    input: Annotated[int, "read by the model", "412"]
    output: Annotated[int, "written by the model", "96"]


class StageStateData(TypedDict, total=False):
    """What a stage last did to this record; absent until it first ran."""

    state: Annotated[Literal["done", "failed", "skipped"], "how it ended", "done"]
    input: Annotated[str, "hash of what the stage read", "0c7be8f34b21"]
    recipe: Annotated[
        str, "model, prompt and schema versions; another one makes the outcome stale", "offline-1 classify-1"
    ]
    at: Annotated[str, "when, UTC", "2026-11-21T09:05:00Z"]
    attempts: Annotated[int, "how often it was tried", "1"]
    reason: Annotated[str | None, "why skipped", "no history or skills to embed"]
    error: Annotated[StageErrorData | None, "why failed"]
    tokens: Annotated[TokensData, "what the model used"]
    run: Annotated[
        str | None,
        "the run that forced it: its task, delivered twice, does it once; kept for forced work only",
        "3f9c1a2b4d5e",
    ]


class LeaseData(TypedDict, total=False):
    """Who works on this record now."""

    token: Annotated[str, "only its holder may save", "6be01f0c9a417d22"]
    owner: Annotated[str, "the process or task that holds it", "host:4711"]
    stage: Annotated[str, "what it is doing", "classify"]
    until: Annotated[str, "when it ends by itself, UTC", "2026-11-21T09:31:00Z"]


class EvidenceData(TypedDict):
    """The words a fact rests on, and where they stand (`experience 1`, `tags`, `headline` …)."""

    where: Annotated[str, "part of the profile the words stand in", "experience 1"]
    quote: Annotated[str, "the words themselves, found there letter by letter", "Senior Backend Engineer"]


class RecordDocument(TypedDict, total=False):
    """What candidates, jobs and CV files have in common: they move through stages."""

    id: Annotated[str, "of the record"]
    pool: Annotated[str, "whose record it is"]
    created_at: Annotated[str, "when it arrived, UTC"]
    updated_at: Annotated[str, "when anything was last written, UTC"]
    awaiting: Annotated[str, "the next stage, `ready` or `failed`"]
    stages: Annotated[dict[str, StageStateData], "stage name to what it last did"]
    lease: Annotated[LeaseData | None, "who works on it now"]


class LeasedDocument(TypedDict, total=False):
    """What somebody may hold a lease on: records that move through stages, and imports."""

    lease: Annotated[LeaseData | None, "who works on it now"]
