"""The whole installation as it is answered: whether it is alive, who is in it, what it promises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from typing_extensions import TypedDict

from shared.privacy.blind import AS_IS, Shape, Sight
from shared.views.answer import CLOSED, Answer, Fields

_PERSON: Final[Shape] = {"id": AS_IS, "records": {"id": AS_IS, "pool": AS_IS, "awaiting": AS_IS}}


@dataclass(frozen=True, kw_only=True)
class Alive(Answer):
    """The process answers."""

    ok: bool


@dataclass(frozen=True, kw_only=True)
class Ready(Answer):
    """The store answers, too."""

    ready: bool


class PersonRecord(TypedDict):
    """One record of a person."""

    __pydantic_config__ = CLOSED  # type: ignore[misc]
    id: str
    pool: str
    awaiting: str | None
    updated_at: str | None


class PersonOfAllPools(TypedDict):
    """A person with their records in all pools."""

    __pydantic_config__ = CLOSED  # type: ignore[misc]
    id: str
    name: str
    records: list[PersonRecord]


@dataclass(frozen=True, kw_only=True)
class People(Answer):
    """People over all pools, each once."""

    people: list[PersonOfAllPools]
    next: str | None


@dataclass(frozen=True, kw_only=True)
class Stats(Answer):
    """How many records await what, and what each stage did."""

    total: int
    awaiting: dict[str, int]
    stages: dict[str, dict[Literal["done", "skipped", "failed"], int]]
    sources: int


def people_page(people: Sequence[Fields], end: str | None, sight: Sight) -> People:
    """Return a page of people; `end` is where the next page begins."""
    return People(people=sight.show_each(people, _PERSON, id_field="id"), next=end)
