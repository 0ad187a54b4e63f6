"""The endpoints of the whole installation: whether it is alive, who is in it, what it promises."""

from __future__ import annotations

from typing import Final, Literal

from functions.openapi.answers import Answer
from functions.openapi.operation import AFTER, JSON, Operation, limit


class Alive(Answer):
    """The process answers."""

    ok: bool


class Ready(Answer):
    """The store answers, too."""

    ready: bool


class PersonRecord(Answer):
    """One record of a person."""

    id: str
    pool: str
    awaiting: str | None
    updated_at: str | None


class PersonShown(Answer):
    """A person with their records in all pools."""

    id: str
    name: str
    records: list[PersonRecord]


class People(Answer):
    """People over all pools, each once."""

    people: list[PersonShown]
    next: str | None


class Stats(Answer):
    """How many records await what, and what each stage did."""

    total: int
    awaiting: dict[str, int]
    stages: dict[str, dict[Literal["done", "skipped", "failed"], int]]
    sources: int


INSTALLATION: Final[dict[str, Operation]] = {
    "openapi.get_openapi": Operation({200: JSON}, public=True),
    "openapi.get_docs": Operation({200: "text/html"}, public=True),
    "openapi.get_asset": Operation({200: "*/*"}, public=True),
    "people.get_people": Operation({200: People}, query=(limit(50, 200), AFTER)),
    "stats.health": Operation({200: Alive}, public=True),
    "stats.healthz": Operation({200: Alive}, public=True),
    "stats.readyz": Operation({200: Ready}, public=True),
    "stats.get_stats": Operation({200: Stats}),
}
