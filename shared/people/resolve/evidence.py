"""What one source says of who it is about, and what two sources have in common or against each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from shared.reading.text.addresses import linkedin_key
from shared.reading.text.identity import employer_key
from shared.reading.text.names import Agreement, compare_names
from shared.vocabulary.text import normalize

if TYPE_CHECKING:
    from shared.models.documents.people import FactsData, IdentityKeyData, SourceDocument
    from shared.models.documents.profiles import PersonData

_DIGITS: Final = re.compile(r"\D+")
_PHONE_END: Final = 9  # digits: what countries and trunk zeros do not change
_SHORTEST_PHONE: Final = 7
_CLIMBING: Final = "01234567890123456789"


@dataclass(frozen=True, eq=False)
class SourceEvidence:
    """One source, as far as it says who somebody is. `keys`: hash -> kind of the identity keys it carries."""

    source_id: str
    facts: FactsData
    keys: Mapping[str, str]

    @cached_property
    def person(self) -> PersonData:
        """Who it is about."""
        return self.facts.get("person") or {}

    @property
    def name(self) -> str:
        """The name as written."""
        return self.person.get("name") or ""

    @cached_property
    def phones(self) -> frozenset[str]:
        """Comparable telephone numbers; those that stand for none are left out."""
        keys = set(map(phone_key, self.person.get("phones") or ()))
        keys.discard("")
        return frozenset(keys)

    @cached_property
    def profile(self) -> str:
        """The name of the LinkedIn profile."""
        links = self.person.get("links") or {}
        return linkedin_key(links.get("linkedin") or "") or ""

    @cached_property
    def positions(self) -> frozenset[str]:
        """Employer and start of every position that gives both."""
        dated: set[str] = set()
        profile = self.facts.get("profile") or {}
        for job in profile.get("experiences") or ():
            employer = employer_key(job.get("company") or "")
            start = job.get("start")
            if employer and start:
                dated.add(f"{employer}@{start}")
        return frozenset(dated)

    @cached_property
    def schools(self) -> frozenset[str]:
        """School and first or last year of every education that gives both."""
        dated: set[str] = set()
        profile = self.facts.get("profile") or {}
        for study in profile.get("educations") or ():
            school = normalize(study.get("school") or "")
            year = study.get("start") or study.get("end")
            if school and year:
                dated.add(f"{school}@{year}")
        return frozenset(dated)

    @cached_property
    def order(self) -> tuple[str, ...]:
        """What puts sources in an order that depends on their words alone."""
        application = self.facts.get("application") or {}
        emails = self.person.get("emails") or ()
        phones = self.person.get("phones") or ()
        words = (self.name, *emails, *phones, self.profile)
        return (*words, *sorted(self.positions), str(sorted(application.items(), key=str)))


def phone_key(text: str) -> str:
    """Return the end of a number that is one; empty for what forms are filled with: 000000, 123456."""
    digits = _DIGITS.sub("", text)
    national = digits.lstrip("0")
    is_filler = len(set(national)) < 3 or national in _CLIMBING or digits in _CLIMBING
    if len(national) < _SHORTEST_PHONE or is_filler:
        return ""
    return national[-_PHONE_END:]


def agreement(one: SourceEvidence, other: SourceEvidence) -> Agreement:
    """Return how the names of two sources agree."""
    if one.name == other.name and one.name:
        return Agreement.SAME  # most often, and as good as always
    return compare_names(one.name, other.name)


def supports(one: SourceEvidence, other: SourceEvidence) -> list[str]:
    """Return what the two have in common besides a key: `phone`, `position`, `school`."""
    names: list[str] = []
    if one.phones & other.phones:
        names.append("phone")
    if one.positions & other.positions:
        names.append("position")
    if one.schools & other.schools:
        names.append("school")
    return names


def contradictions(one: SourceEvidence, other: SourceEvidence) -> list[str]:
    """Return what both give and give differently: `linkedin`, `phone`, `position`."""
    names: list[str] = []
    if one.profile and other.profile and one.profile != other.profile:
        names.append("linkedin")
    if _differ(one.phones, other.phones):
        names.append("phone")
    if _differ(one.positions, other.positions):
        names.append("position")
    return names


def _differ(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and bool(other) and one.isdisjoint(other)


def evidence_of(source: SourceDocument, keys: Iterable[IdentityKeyData]) -> SourceEvidence:
    """Return the evidence of a source document that carries these keys."""
    kinds: dict[str, str] = {}
    for key in keys:
        kinds[key["hash"]] = key["kind"]
    return SourceEvidence(str(source["id"]), source["facts"], kinds)
