"""A fake of the Model port for what the offline model cannot do: count its calls, fail, and answer as set."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Sequence

import numpy as np

from shared.models.candidate import (
    Classification,
    Enrichment,
    Experience,
    FunctionLabel,
    Person,
    Profile,
    Tokens,
    Trajectory,
)  # fmt: skip
from shared.models.requirements import Requirements
from shared.models.source import Facts
from shared.ports import Reply, Vector


class FakeModel:
    """`asked` counts records a task. `before` is called with the task's name first and may raise. Every text of a job
    is read as `requirements`."""

    def __init__(self, requirements: Requirements | None = None) -> None:
        self.requirements = requirements or Requirements()
        self.asked: Counter[str] = Counter()
        self.version = 1
        self.before: Callable[[str], None] = lambda task: None
        self.refuse: Callable[[Profile], str | None] = lambda profile: None
        self.texts: list[str] = []

    def recipe(self, task: str) -> str:
        return f"fake-{self.version} {task}-1"

    def parse(self, texts: Sequence[str]) -> list[Reply[Facts]]:
        """Understand `Name: …`, `E-mail: …` and `Job: TITLE at COMPANY` lines only."""
        self.before("parse")
        self.asked["parse"] += len(texts)
        return [Reply(_facts(text) if text.strip() else None, tokens=Tokens(input=300, output=90)) for text in texts]

    def read_scan(self, content: bytes, mime: str) -> Reply[str]:
        self.before("read_scan")
        self.asked["read_scan"] += 1
        return Reply(None, "it is a scan, and this fake cannot see")

    def classify(self, profiles: Sequence[Profile]) -> list[Reply[Classification]]:
        self.before("classify")
        self.asked["classify"] += len(profiles)
        return [self._classified(profile) for profile in profiles]

    def enrich(self, profiles: Sequence[Profile], labels: Sequence[Classification | None]) -> list[Reply[Enrichment]]:
        self.before("enrich")
        self.asked["enrich"] += len(profiles)
        value = Enrichment(trajectory=Trajectory(as_of="2026-11"), summary="Works. Does it well.")
        return [Reply(value, tokens=Tokens(input=200, output=100)) for _ in profiles]

    def embed(self, texts: Sequence[str], purpose: str, recipe: str | None = None) -> list[Reply[Vector]]:
        self.before("embed")
        self.asked["embed"] += len(texts)
        self.texts += texts
        return [Reply(unit_vector(text), tokens=Tokens(input=10)) for text in texts]

    def split_job(self, text: str) -> Reply[Requirements]:
        return Reply(self.requirements.model_copy(update={"text": text}))

    def dollars(self, task: str, tokens_in: int, tokens_out: int) -> float:
        return (tokens_in + 4 * tokens_out) / 1e6

    def _classified(self, profile: Profile) -> Reply[Classification]:
        if reason := self.refuse(profile):
            return Reply(None, reason)
        label = FunctionLabel(name="engineering", level="senior", specialties=("backend",), confidence=0.9)
        value = Classification(functions=(label,), function="engineering", level="senior")
        return Reply(value, tokens=Tokens(input=100, output=50))


def unit_vector(text: str) -> Vector:
    """Return a vector that is the same for the same text and at a right angle, nearly, to that of any other."""
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")
    vector = np.random.default_rng(seed).standard_normal(768).astype(np.float32)
    unit: Vector = vector / np.linalg.norm(vector)
    return unit


def _facts(text: str) -> Facts:
    said = dict(line.split(": ", 1) for line in text.splitlines() if ": " in line)
    title, _, company = said.get("Job", "").partition(" at ")
    jobs = (Experience(title=title, company=company, quote=said["Job"]),) if title else ()
    emails = (said["E-mail"],) if "E-mail" in said else ()
    return Facts(person=Person(name=said.get("Name", ""), emails=emails), profile=Profile(experiences=jobs))
