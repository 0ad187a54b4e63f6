"""Vectors as stored, and which of two sets a search looks at."""

from __future__ import annotations

from typing import Annotated, Literal

from typing_extensions import TypedDict

from shared.models.values import Vector


class SpaceDocument(TypedDict, total=False):
    """The live vector space of one kind of record. Vectors of another recipe go to the other place."""

    id: Annotated[str, "the kind of record: `candidates` or `jobs`", "candidates"]
    recipe: Annotated[
        str,
        "model, dimensions and version of the text the live vectors were made with; empty while nothing is embedded",
        "gemini-embedding-2 prefix-1 768d text-1",
    ]
    place: Annotated[
        Literal[1, 2], "1: `embedding`, `skill`, `experience` and `education` are live; 2: those that end in `_2`", "1"
    ]
    since: Annotated[str, "when it became live, UTC", "2026-11-21T09:00:00Z"]
    checked: Annotated[
        str | None, "the id up to which scheduled sweeps have looked for false vectors; null: they begin anew", "null"
    ]
    tidied: Annotated[
        str | None, "while the vectors of the space before are being removed: the id of the last record done", "null"
    ]


class VectorsDocument(TypedDict, total=False):
    """Same id as the candidate. `skill_2` and the like: the other place, see Space."""

    id: Annotated[str, "the candidate's id", "9f2c41d07ab35e6688c1"]
    pool: Annotated[str, "the candidate's pool", "default"]
    skill: Annotated[Vector | None, "of the skills"]
    experience: Annotated[Vector | None, "of the history"]
    education: Annotated[Vector | None, "of degrees and schools"]
    skill_2: Annotated[Vector | None, "of the same in the other place, see Space"]
    experience_2: Annotated[Vector | None, "of the same in the other place, see Space"]
    education_2: Annotated[Vector | None, "of the same in the other place, see Space"]


class JobVectorsDocument(TypedDict, total=False):
    """Same id as the job. `skill_2` and the like: the other place, see Space."""

    id: Annotated[str, "the job's id", "7be1c05fd2a94410"]
    pool: Annotated[str, "the job's pool", "default"]
    skill: Annotated[Vector | None, "of the skills asked for"]
    experience: Annotated[Vector | None, "of the role"]
    education: Annotated[Vector | None, "of the degrees asked for"]
    skill_2: Annotated[Vector | None, "of the same in the other place, see Space"]
    experience_2: Annotated[Vector | None, "of the same in the other place, see Space"]
    education_2: Annotated[Vector | None, "of the same in the other place, see Space"]
