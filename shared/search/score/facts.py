"""One candidate document as the scores read it: roles, positions, skills, each with the words it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final

from shared.search.result import Quote
from shared.search.score.dates import Span, months, span_of, years
from shared.vocabulary.skills import find_skills, skill_key
from shared.vocabulary.titles import read_title

if TYPE_CHECKING:
    from shared.models.documents.people import CandidateDocument
    from shared.models.documents.profiles import ExperienceData, PersonData, ProfileData
    from shared.models.documents.records import EvidenceData

FIELDS: Final = ("pool", "readers", "person", "applications", "profile", "classification", "enrichment", "stages")
ROLE_FIELDS: Final = ("pool", "readers", "classification", "profile")  # all that `Facts.roles` is read from


@dataclass(frozen=True, slots=True)
class Role:
    """A role held. `level` is None when nothing says it."""

    function: str
    specialties: tuple[str, ...]
    level: str | None
    manages: bool
    evidence: Sequence[EvidenceData]


@dataclass(frozen=True, slots=True)
class Position:
    """One job held, with the months it covers where its dates say."""

    title: str
    where: str
    span: Span | None
    dates: str


@lru_cache(maxsize=32768)
def title_roles(title: str) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], str | None, bool]:
    """Return the (function, specialties) a title names, its level, and whether it leads people; cached per title."""
    read = read_title(title)
    by_function: dict[str, list[str]] = {}
    for function, specialty in read.roles:
        by_function.setdefault(function, []).extend([specialty] if specialty else [])
    roles = tuple((function, tuple(found)) for function, found in by_function.items())
    return roles, read.level, read.manages_people


@lru_cache(maxsize=65536)
def _cell_keys(cell: str) -> tuple[str, ...]:
    """Return the skills a skill or tag cell names: itself, and what stands in it."""
    inside = [skill_key(name) for name, _ in find_skills(cell)]
    return tuple(dict.fromkeys([skill_key(cell), *inside]))


@lru_cache(maxsize=65536)
def _text_keys(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((skill_key(name), quote) for name, quote in find_skills(text))


class Facts:
    """What is known of one candidate. Reads the plain document; computes each part once, when it is asked for."""

    def __init__(self, id: str, data: CandidateDocument, now: str) -> None:
        self.id = id
        self.data = data
        self.now = months(now) or 0
        self.profile: ProfileData = data.get("profile") or {}
        self.person: PersonData = data.get("person") or {}
        self.jobs: Sequence[ExperienceData] = self.profile.get("experiences") or ()
        self.classified = bool(data.get("classification"))

    @property
    def title(self) -> str | None:
        """The newest title."""
        return self.current.get("title")

    @property
    def company(self) -> str | None:
        """The newest employer."""
        return self.current.get("company")

    @property
    def title_where(self) -> str:
        """Where the newest title stands."""
        return f"experience {1 + next((n for n, job in enumerate(self.jobs) if job is self.current), 0)} title"

    @cached_property
    def current(self) -> ExperienceData:
        """The position held now, else the newest."""
        for job in self.jobs:
            if job.get("current"):
                return job
        return self.jobs[0] if self.jobs else {}

    @cached_property
    def roles(self) -> tuple[Role, ...]:
        """Roles held, first the main one: the stored labels, else what the newest title or the headline says."""
        if self.classified:
            return tuple(self._labels())
        for where, text in ((self.title_where, self.title), ("headline", self.profile.get("headline"))):
            if text and (found := _roles_of(text, where)):
                return found
        return ()

    def _labels(self) -> Iterator[Role]:
        _, _, manages = title_roles(self.title) if self.title else ((), None, False)
        for label in (self.data.get("classification") or {}).get("functions") or ():
            specialties = tuple(label.get("specialties") or ())
            yield Role(label["name"], specialties, label.get("level"), manages, label.get("evidence") or ())

    @cached_property
    def positions(self) -> tuple[Position, ...]:
        """Every position with a title or dates, newest first."""
        return tuple(
            Position(
                job.get("title") or "",
                f"experience {place} title",
                span_of(job, self.now, place == 1),
                " to ".join(date for date in (job.get("start"), job.get("end") or "today") if date),
            )
            for place, job in enumerate(self.jobs, start=1)
        )

    @cached_property
    def total_years(self) -> float | None:
        """Years worked, overlaps counted once; None when no position is dated."""
        stored = ((self.data.get("enrichment") or {}).get("trajectory") or {}).get("years")
        if stored is not None:
            return float(stored)
        spans = [position.span for position in self.positions if position.span]
        return years(spans) if spans else None

    @cached_property
    def skills(self) -> dict[str, Quote]:
        """Skills stated, by key, with the words that state them."""
        found: dict[str, Quote] = {}
        for where, cell in self._skill_cells():
            for key in _cell_keys(cell):
                found.setdefault(key, Quote(where, cell))
        for item in (self.data.get("enrichment") or {}).get("skills") or ():
            for e in item.get("evidence") or ():
                found.setdefault(skill_key(item["name"]), Quote(e["where"], e["quote"]))
        for where, text in self._texts():
            for key, quote in _text_keys(text):
                found.setdefault(key, Quote(where, quote))
        return found

    def _skill_cells(self) -> Iterator[tuple[str, str]]:
        for item in self.profile.get("skills") or ():
            yield "skills", item["name"]
        for tag in self.profile.get("tags") or ():
            yield "tags", tag
        for application in self.data.get("applications") or ():
            for tag in application.get("tags") or ():
                yield "tags", tag

    def _texts(self) -> Iterator[tuple[str, str]]:
        # The enrich stage has read the long texts of the others.
        if headline := self.profile.get("headline"):
            yield "headline", headline
        if not self.data.get("enrichment") and (summary := self.profile.get("summary")):
            yield "summary", summary
        for position in self.positions:
            if position.title:
                yield position.where, position.title

    @cached_property
    def inferred(self) -> dict[str, tuple[str, tuple[Quote, ...]]]:
        """Skills likely from the role but stated nowhere, by key: (name, the words they were inferred from)."""
        return {
            skill_key(item["name"]): (
                item["name"],
                tuple(Quote(e["where"], e["quote"]) for e in item.get("evidence") or ()),
            )
            for item in (self.data.get("enrichment") or {}).get("inferred_skills") or ()
        }


def _roles_of(text: str, where: str) -> tuple[Role, ...]:
    roles, level, manages = title_roles(text)
    quote: tuple[EvidenceData] = ({"where": where, "quote": text},)
    return tuple(Role(function, specialties, level, manages, quote) for function, specialties in roles)
