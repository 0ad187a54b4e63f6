"""Models for benchmarks: one that costs nothing, one whose vectors are made up so that 100,000 people can be made."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import process_time
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from shared.models.candidate import (
    Classification,
    Enrichment,
    Evidence,
    FoundSkill,
    FunctionLabel,
    Profile,
    Trajectory,
)
from shared.models.collections import DIMENSIONS
from shared.models.requirements import Requirements
from shared.ports import Model, Reply

EVIDENCE: Final = (Evidence(where="experience 1", quote="Senior Backend Engineer"),)
LABEL: Final = FunctionLabel(
    name="engineering", level="senior", specialties=("backend",), confidence=0.9, evidence=EVIDENCE
)
CLASSIFIED: Final = Classification(functions=(LABEL,), function="engineering", level="senior")
ENRICHED: Final = Enrichment(
    trajectory=Trajectory(years=9.0, positions=4, current_level="senior", levels=("mid", "senior"), as_of="2026-11"),
    skills=tuple(FoundSkill(name=name, evidence=EVIDENCE) for name in ("Go", "Kafka", "PostgreSQL", "Redis")),
    summary="Senior backend engineer with nine years in four positions. Works with Go, Kafka, PostgreSQL and Redis.",
)
CENTRES: Final = 512  # kinds of text the made-up vectors gather around
NEARNESS: Final = 0.6  # how much of a made-up vector is its centre


@dataclass
class StubModel:
    """Answers at once and always the same; `seconds` is the CPU it used nevertheless."""

    seconds: float = 0.0
    bank: NDArray[np.float32] = field(default_factory=lambda: unit(np.random.default_rng(1).normal(size=(400, 768))))

    def recipe(self, task: Literal["classify", "enrich", "embed", "split_job"]) -> str:
        """Return a recipe of its own."""
        return f"stub-1 {task}-1"

    def classify(self, profiles: Sequence[Profile]) -> list[Reply[Classification]]:
        """Return the one classification."""
        return [Reply(CLASSIFIED)] * len(profiles)

    def enrich(self, profiles: Sequence[Profile], labels: Sequence[Classification | None]) -> list[Reply[Enrichment]]:
        """Return the one enrichment."""
        return [Reply(ENRICHED)] * len(profiles)

    def embed(
        self, texts: Sequence[str], purpose: Literal["document", "query"], recipe: str | None = None
    ) -> list[Reply[NDArray[np.float32]]]:
        """Return vectors of the bank."""
        began = process_time()
        vectors = np.resize(self.bank, (len(texts), DIMENSIONS))
        replies = [Reply(vector) for vector in vectors]
        self.seconds += process_time() - began
        return replies

    def dollars(self, task: str, tokens_in: int, tokens_out: int) -> float:
        """Cost nothing."""
        return 0.0

    def split_job(self, text: str) -> Reply[Requirements]:
        """Understand nothing."""
        return Reply(Requirements(text=text))


@dataclass
class MadeUpVectors:
    """Another model with made-up document vectors: a centre chosen by the text's beginning, and noise of its own."""

    model: Model
    centres: NDArray[np.float32] = field(
        default_factory=lambda: unit(np.random.default_rng(2).normal(size=(CENTRES, DIMENSIONS)))
    )

    def embed(
        self, texts: Sequence[str], purpose: Literal["document", "query"], recipe: str | None = None
    ) -> list[Reply[NDArray[np.float32]]]:
        """Return (768,) float32 unit vectors; the same text has the same vector."""
        place = [zlib.crc32(text[:24].encode()) % CENTRES for text in texts]
        noise = [np.random.default_rng(zlib.crc32(text.encode())).standard_normal(DIMENSIONS) for text in texts]
        vectors = NEARNESS * self.centres[place] + (1 - NEARNESS) * unit(np.array(noise))
        return [Reply(vector) for vector in unit(vectors)]

    def __getattr__(self, name: str) -> Any:
        """Leave all else to the other model."""
        return getattr(self.model, name)


def unit(vectors: NDArray[Any]) -> NDArray[np.float32]:
    """Return rows of unit length as float32."""
    scaled: NDArray[np.float32] = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return scaled
